"""What stands in one cell of a criteria table where a plain word does not do. Pure; written text reads back.

    options of a choice      A | Đủ hồ sơ | Đạt                    one line each; no result: a person judges
    columns of a table       ten | Tên thôn | chữ | bắt buộc       one line each
                             loai | Loại | chọn | | xã; phường
    kinds of unit            xã; phường
    show-if                  TTHC-01 trả lời Có; Một phần và (CD-02 có kết quả Đạt hoặc CD-03 trả lời 3)

A bar, a semicolon or a backslash that belongs to a name is written after a backslash; an answer that might be
read as something else stands in quotation marks.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dondoc.criteria import conditions
from dondoc.criteria.models import Result
from dondoc.criteria.showing import Condition, Item
from dondoc.criteria.values import CHOICES
from dondoc.foundation.folding import fold
from dondoc.units.models import Unit

COLUMN_KINDS = {"text": "chữ", "count": "số", "date": "ngày", "choice": "chọn"}
REQUIRED = "bắt buộc"
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_DEEPEST = 30


class NotRead(ValueError):
    """A cell that says nothing this house understands; ``sentence`` says where and how to mend it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


# Words a spreadsheet would take for a formula


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if _FORMULA.match(text) else text


def meant(text: str) -> str:
    """The inverse of :func:`harmless`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# Options, columns, kinds


def options_text(options: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_line(o["code"], o["label"], _result_word(o.get("result"))) for o in options)


def read_options(text: str) -> list[dict[str, Any]]:
    """Raises: ``NotRead``."""
    found = []
    for number, parts in _lines(text, 2, 3, "mã | tên phương án | kết quả"):
        code, label, word = (*parts, "", "")[:3]
        result = _codes(Result).get(fold(word))
        if word and result is None:
            known = ", ".join(str(each.label) for each in Result)
            raise NotRead(f"Dòng {number} trong ô: “{word}” không phải kết quả. Ghi {known}, hoặc để trống.")
        found.append({"code": code, "label": label, "result": result})
    return found


def columns_text(columns: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(
        _line(
            each["code"],
            each["label"],
            COLUMN_KINDS.get(each.get("kind", "text"), "chữ"),
            REQUIRED if each.get("required") else "",
            "; ".join(_escaped(word, ";") for word in each.get("options", ())),
        )
        for each in columns
    )


def read_columns(text: str) -> list[dict[str, Any]]:
    """Raises: ``NotRead``."""
    kinds = {fold(word): code for code, word in COLUMN_KINDS.items()} | {code: code for code in COLUMN_KINDS}
    found = []
    for number, parts in _lines(text, 2, 5, "mã | tên cột | chữ, số, ngày hoặc chọn | bắt buộc | a; b"):
        code, label, kind, needed, listed = (*parts, "", "", "")[:5]
        if (known := kinds.get(fold(kind or "chữ"))) is None:
            raise NotRead(
                f"Dòng {number} trong ô: “{kind}” không rõ. Ghi {', '.join(COLUMN_KINDS.values())}."
            )
        if needed and fold(needed) != fold(REQUIRED):
            raise NotRead(f"Dòng {number} trong ô: “{needed}” không rõ. Ghi “{REQUIRED}” hoặc để trống.")
        words = [word for word in _parts(listed, ";") if word]
        if words and known != "choice":
            raise NotRead(f"Dòng {number} trong ô: chỉ cột “chọn” mới có danh sách giá trị.")
        found.append(
            {"code": code, "label": label, "kind": known, "required": bool(needed), "options": words}
        )
    return found


def kinds_text(kinds: Sequence[str]) -> str:
    return "; ".join(str(Unit.Kind(kind).label) for kind in kinds)


def read_kinds(text: str) -> list[str]:
    """Raises: ``NotRead``."""
    known = _codes(Unit.Kind)
    found = []
    for word in filter(None, (each.strip() for each in text.split(";"))):
        if fold(word) not in known:
            listed = ", ".join(str(each.label) for each in Unit.Kind)
            raise NotRead(f"“{word}” không phải loại đơn vị. Ghi {listed}, cách nhau dấu chấm phẩy.")
        found.append(known[fold(word)])
    return found


# Show-if


def condition_text(condition: Condition, by_code: Mapping[str, Item]) -> str:
    if not condition:
        return ""
    for key, joint, alone in (("all", " và ", "mọi"), ("any", " hoặc ", "một")):
        if key not in condition:
            continue
        inner = [condition_text(each, by_code) for each in condition[key]]
        if len(inner) < 2:
            return f"{alone}({''.join(inner)})"
        simple = ["item" in each or len(_joined(each)) < 2 for each in condition[key]]
        return joint.join(text if plain else f"({text})" for text, plain in zip(inner, simple, strict=True))
    code = condition["item"]
    name = code if re.fullmatch(r"[\w./-]+", code) and fold(code) not in _KEYWORDS else _quoted(code)
    if "result" in condition:
        told = [str(Result(each).label) for each in condition["result"]]
        return f"{name} có kết quả {'; '.join(told) or '()'}"
    told = [_answer_text(by_code.get(code), each) for each in condition.get("is", ())]
    return f"{name} trả lời {'; '.join(told) or '()'}"


def read_condition(text: str) -> "Parsed":
    """Raises: ``NotRead`` with the place of the first sign that does not fit."""
    return _Reader(text).all()


Parsed = dict[str, Any] | None
"""A condition whose bare answers still wait for the item they answer; see :func:`settled`."""


class Bare(str):
    """An answer written without quotation marks: what it means depends on the item."""

    __slots__ = ()


def settled(parsed: Parsed, by_code: Mapping[str, Item]) -> dict[str, Any] | None:
    """The condition itself, once every item is known."""
    if parsed is None or "result" in parsed:
        return parsed
    for key in ("all", "any"):
        if key in parsed:
            return {key: [settled(each, by_code) for each in parsed[key]]}
    item = by_code.get(parsed["item"])
    return {
        "item": parsed["item"],
        "is": [_meaning(item, each) if isinstance(each, Bare) else each for each in parsed["is"]],
    }


_KEYWORDS = {"va", "hoac", "moi", "mot"}
_WORDS = {fold(word): code for code, word in (CHOICES | conditions.ABSENT).items()}
_NUMBER = re.compile(r"-?\d+(,\d+)?")
_SAFE = re.compile(r"[\w./,-]+(?: [\w./,-]+)*")
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"(?:\\.|[^"\\])*"|“[^”]*”)|(?P<sign>[();])|(?P<word>[^\s();"“”]+))', re.S
)


def _answer_text(item: Item | None, answer: Any) -> str:
    """The shortest wording that means this answer."""
    if isinstance(answer, int | float):
        return f"{answer}".replace(".", ",")
    told = conditions.answer_word(item, answer) if item else CHOICES.get(answer, answer)
    for word in (str(told), str(answer)):
        plain = _SAFE.fullmatch(word) and not {"va", "hoac"} & set(fold(word).split())
        if plain and _meaning(item, word) == answer:
            return word
    return _quoted(str(answer))


def _meaning(item: Item | None, word: str) -> Any:
    known = conditions.answers_of(item) if item else {}
    if word in known:
        return str(word)
    if found := next((code for code, label in known.items() if fold(label) == fold(word)), None):
        return found
    if fold(word) in _WORDS:
        return _WORDS[fold(word)]
    if not _NUMBER.fullmatch(word):
        return str(word)
    return float(word.replace(",", ".")) if "," in word else int(word)


def _quoted(text: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _joined(condition: Mapping[str, Any]) -> Sequence[Any]:
    """The conditions an "all" or "any" joins."""
    found: Sequence[Any] = condition.get("all", condition.get("any", ()))
    return found


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int

    @property
    def key(self) -> str:
        return fold(self.text) if self.kind == "word" else self.text if self.kind == "sign" else ""


class _Reader:
    """Reads a condition from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.depth = text, list(_tokens(text)), 0, 0

    def all(self) -> Parsed:
        if not self.tokens:
            return None
        found = self.joined()
        if self.at < len(self.tokens):
            raise self.wrong("Chờ “và”, “hoặc” hay hết điều kiện")
        return found

    def joined(self) -> Parsed:
        """Conditions between one kind of joint; both kinds together need brackets."""
        found, joint = [self.one()], ""
        while (key := self.peek()) in ("va", "hoac"):
            if joint and key != joint:
                raise self.wrong("Vừa “và” vừa “hoặc”: đặt ngoặc đơn quanh phần đi với nhau")
            joint = key
            self.at += 1
            found.append(self.one())
        return {"all" if joint == "va" else "any": found} if joint else found[0]

    def one(self) -> Parsed:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.wrong(f"Ngoặc lồng quá {_DEEPEST} tầng")
        try:
            key = self.peek()
            if key in ("moi", "mot") and self.peek(1) == "(":
                self.at += 2
                inner = [] if self.peek() == ")" else [self.joined()]
                self.expect(")", "Thiếu dấu đóng ngoặc")
                return {"all" if key == "moi" else "any": inner}
            if key == "(":
                self.at += 1
                found = self.joined()
                self.expect(")", "Thiếu dấu đóng ngoặc")
                return found
            return self.simple()
        finally:
            self.depth -= 1

    def simple(self) -> Parsed:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind == "sign" or token.key in _KEYWORDS:
            raise self.wrong("Chờ mã tiêu chí")
        self.at += 1
        if (self.peek(), self.peek(1)) == ("tra", "loi"):
            self.at += 2
            return {"item": token.text, "is": self.answers()}
        if (self.peek(), self.peek(1), self.peek(2)) == ("co", "ket", "qua"):
            self.at += 3
            return {"item": token.text, "result": [self.result(each) for each in self.answers()]}
        raise self.wrong("Sau mã tiêu chí chờ “trả lời” hoặc “có kết quả”")

    def answers(self) -> list[str]:
        if (self.peek(), self.peek(1)) == ("(", ")"):
            self.at += 2
            return []
        found = [self.answer()]
        while self.peek() == ";":
            self.at += 1
            found.append(self.answer())
        return found

    def answer(self) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at].kind == "quoted":
            self.at += 1
            return self.tokens[self.at - 1].text
        words = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.kind != "word" or token.key in ("va", "hoac"):
                break
            words.append(token.text)
            self.at += 1
        if not words:
            raise self.wrong("Chờ câu trả lời")
        return Bare(" ".join(words))

    def result(self, word: str) -> str:
        found = _codes(Result).get(fold(word))
        if found is None:
            known = ", ".join(str(each.label) for each in Result)
            raise NotRead(f"“{word}” không phải kết quả. Ghi {known}.")
        return found

    def peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at].key if at < len(self.tokens) else "end"

    def expect(self, sign: str, sentence: str) -> None:
        if self.peek() != sign:
            raise self.wrong(sentence)
        self.at += 1

    def wrong(self, sentence: str) -> NotRead:
        at = self.tokens[self.at].at if self.at < len(self.tokens) else len(self.text)
        return NotRead(f"Điều kiện hỏi sai ở ký tự thứ {at + 1}: {sentence}.")


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotRead(f"Điều kiện hỏi sai ở ký tự thứ {at + 1}: dấu ngoặc kép không khép.")
        kind, told = match.lastgroup, match[match.lastgroup]
        if kind == "quoted":
            told = re.sub(r"\\(.)", r"\1", told[1:-1], flags=re.S) if told[0] == '"' else told[1:-1]
        found.append(_Token(kind, told, match.start(match.lastgroup)))
        at = match.end()
    return found


# Lines of parts


def _line(*parts: str) -> str:
    told = [_escaped(part, "|", keep=number == 4) for number, part in enumerate(parts)]
    while told and not told[-1] and len(told) > 2:
        told.pop()
    return " | ".join(told)


def _escaped(text: str, sign: str, keep: bool = False) -> str:
    """``keep``: backslashes were doubled already, in the parts of a list."""
    found = str(text) if keep else str(text).replace("\\", "\\\\").replace("\n", "\\n")
    return found.replace(sign, f"\\{sign}")


def _lines(text: str, least: int, most: int, shape: str) -> list[tuple[int, list[str]]]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        parts = _parts(line, "|", raw_from=4)
        if not least <= len(parts) <= most or not parts[0] or not parts[1]:
            raise NotRead(f"Dòng {number} trong ô: ghi theo mẫu “{shape}”.")
        found.append((number, parts))
    return found


def _parts(text: str, sign: str, raw_from: int = 99) -> list[str]:
    """Split at the sign, not where a backslash stands before it; parts from ``raw_from`` on keep backslashes
    that are not the sign's, for they are split again."""
    found: list[str] = []
    part, at = "", 0
    while at < len(text):
        letter = text[at]
        if letter == "\\" and at + 1 < len(text):
            after = text[at + 1]
            if len(found) >= raw_from and after != sign:
                part += letter + after
            else:
                part += "\n" if after == "n" else after
            at += 2
            continue
        if letter == sign:
            found.append(part.strip())
            part = ""
        else:
            part += letter
        at += 1
    return [*found, part.strip()]


def _result_word(code: str | None) -> str:
    return str(Result(code).label) if code else ""


def _codes(words: Any) -> dict[str, str]:
    """Folded labels and codes of a list of choices."""
    return {fold(str(each.label)): each.value for each in words} | {
        fold(each.value): each.value for each in words
    }
