"""Show-if conditions in words, and words typed for answers as the codes they mean. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from dondoc.criteria.models import Criterion, Result
from dondoc.criteria.showing import Condition, Item
from dondoc.criteria.values import CHOICES
from dondoc.foundation.folding import fold

ABSENT = {"NA": Result.NOT_APPLICABLE.label}


def words(condition: Condition, by_code: Mapping[str, Item]) -> str:
    """ "TTHC-01 trả lời “Có” hoặc “Một phần”"; empty for no condition."""
    if not condition:
        return ""
    for key, joint in (("all", " và "), ("any", " hoặc ")):
        if key in condition:
            return joint.join(_inner(each, by_code) for each in condition[key])
    code = condition["item"]
    if "result" in condition:
        told = " hoặc ".join(f"“{Result(each).label}”" for each in condition["result"])
        return f"{code} có kết quả {told}"
    told = " hoặc ".join(f"“{answer_word(by_code.get(code), each)}”" for each in condition.get("is", ()))
    return f"{code} trả lời {told}"


def answers_of(item: Item) -> dict[str, str]:
    """The answers a condition may name, code to words; empty where any number, day or text may stand."""
    if item.kind == Criterion.Kind.CHOICE:
        found = {str(option["code"]): str(option["label"]) for option in item.options}
    elif item.kind == Criterion.Kind.YES_PARTIAL_NO:
        found = dict(CHOICES)
    elif item.kind == Criterion.Kind.YES_NO:
        found = {code: word for code, word in CHOICES.items() if code != "PARTLY"}
    else:
        return {}
    return found | ABSENT if item.may_not_apply else found


def answer_word(item: Item | None, code: Any) -> str:
    known = answers_of(item) if item else {}
    return known.get(str(code), ABSENT.get(str(code), str(code)))


def read_answers(item: Item, typed: str) -> tuple[list[str], list[str]]:
    """Codes of answers typed as words or codes between semicolons, and the words that are no answer of it."""
    known = answers_of(item)
    by_word = {fold(word): code for code, word in known.items()} | {fold(code): code for code in known}
    read: list[str] = []
    unknown: list[str] = []
    for word in filter(None, (each.strip() for each in typed.split(";"))):
        if not known:
            read.append("NA" if fold(word) == fold(ABSENT["NA"]) else word)
        elif fold(word) in by_word:
            read.append(by_word[fold(word)])
        else:
            unknown.append(word)
    return read, unknown


def flat(condition: Condition) -> tuple[str, list[Mapping[str, Any]]] | None:
    """ "all" or "any" with its simple conditions; ``None`` when it is nested deeper than a form can show."""
    if not condition:
        return "all", []
    for key in ("all", "any"):
        if key in condition:
            simple = all("item" in each for each in condition[key])
            return (key, list(condition[key])) if simple else None
    return "all", [condition]


def joined(key: str, conditions: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The inverse of :func:`flat`."""
    found = list(conditions)
    if len(found) < 2:
        return found[0] if found else None
    return {key: found}


def _inner(condition: Mapping[str, Any], by_code: Mapping[str, Item]) -> str:
    told = words(condition, by_code)
    return told if "item" in condition else f"({told})"
