"""Is a Word file laid out as the law asks? Every departure is named with what was found and expected.

Source: Nghị định 30/2020/NĐ-CP, điều 8 and Phụ lục I; for papers dated before 05/03/2020
Thông tư 01/2011/TT-BNV. What only a person can judge (the wording, who may sign) is not checked here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from docx.oxml.ns import qn

from dondoc.papers import fonts, layout, word_lines, wording
from dondoc.papers.word_lines import Line, UnreadableWordFile, WordFile

__all__ = ["Deviation", "UnreadableWordFile", "check_docx"]

_TOLERANCE = 0.5  # mm; Word rounds to twips, people to whole millimetres
_DATE = re.compile(r"^(?P<place>.+?),? *ngày(?P<day>.*?)tháng(?P<month>.*?)năm(?P<year>.*)$")
_NUMBER = re.compile(r"^Số: ?(?P<number>[\d .…_]*)/(?P<symbol>[^\s/]+)$")
_BASIS = re.compile(r"^(Căn cứ|Theo đề nghị|Xét đề nghị|Xét Tờ trình)\b")
_LEVEL_ONE = re.compile(r"^[IVX]+\. ")
_LEARNED = re.compile(r"^(GS|PGS|TS|ThS|BS|KS|CN|NGND|NGƯT)\b\.?")
_LONG = 90  # letters; a paragraph of more than a line
_NEEDS_HEADER = 10  # rows; a table that may run over a page


@dataclass(frozen=True)
class Deviation:
    """``rule`` is a stable dotted name; the other two are Vietnamese, for people."""

    rule: str
    found: str
    expected: str


class _Paper:
    """The file with the parts of a paper pointed out."""

    def __init__(self, file: WordFile, on: date | None) -> None:
        self.file = file
        self.lines = [line for line in file.lines if line.text.strip()]
        self.rules = layout.rule_set_on(on or self.dated_on or date.max)

    @cached_property
    def head(self) -> list[Line]:
        """Where title, number and date stand: everything before the first long paragraph."""
        for index, line in enumerate(self.lines):
            if line.free and len(line.text) > _LONG and line.justify != "center":
                return self.lines[:index]
        return self.lines

    @cached_property
    def title(self) -> Line | None:
        return _starting(self.head, "CONG HOA XA HOI")

    @cached_property
    def motto(self) -> Line | None:
        return _starting(self.head, "DOC LAP")

    @cached_property
    def number(self) -> Line | None:
        return next((line for line in self.head if re.match(r"^\s*Số\s*:", line.text)), None)

    @cached_property
    def place(self) -> Line | None:
        return next((line for line in self.head if line.cell is not None and _date_in(line)), None)

    @cached_property
    def dated_on(self) -> date | None:
        found = _date_in(self.place) if self.place else None
        try:
            return date(*(int(found[part]) for part in ("year", "month", "day"))) if found else None
        except ValueError:
            return None

    @cached_property
    def kind(self) -> Line | None:
        names = {name.upper() for name in self.rules.types}
        return next((line for line in self.head if line.free and _plain(line) in names), None)

    @cached_property
    def kind_abbreviation(self) -> str | None:
        return self.rules.types[_plain(self.kind).capitalize()] if self.kind else None

    @cached_property
    def recipients(self) -> list[Line]:
        """*Nơi nhận* and the dashed lines under it."""
        starts = [index for index, line in enumerate(self.lines) if _fold(line.text).startswith("NOI NHAN")]
        if not starts:
            return []
        head, *others = self.lines[starts[-1] :]
        found = [head]
        for line in others:
            if not line.text.lstrip().startswith("-") or line.cell is not head.cell:
                break
            found.append(line)
        return found

    @cached_property
    def body(self) -> list[Line]:
        """Free paragraphs under the head that are neither centred nor recipients."""
        left_out = {id(line.element) for line in self.recipients}
        free = [line for line in self.lines if line.free and line.justify != "center"]
        return [line for line in free if id(line.element) not in left_out]


def check_docx(data: bytes, *, on: date | None = None) -> list[Deviation]:
    """Departures in reading order of the rules; none means the form is right.

    The rules are those of the date the paper bears, unless ``on`` says otherwise; a draft without a date
    is held to the rules in force last. Raises ``UnreadableWordFile``.
    """
    paper = _Paper(word_lines.read(data), on)
    return [deviation for rule in _RULES for deviation in rule(paper)]


def _page(paper: _Paper) -> Iterator[Deviation]:
    for number, page in enumerate(paper.file.pages, 1):
        sides = sorted((page.width, page.height))
        if any(abs(side - wanted) > _TOLERANCE for side, wanted in zip(sides, layout.PAGE, strict=True)):
            yield Deviation("page.size", f"phần {number}: {_mm(page.width)} x {_mm(page.height)}", "A4")
        wanted_sides = (
            ("trên", page.top, 20, 25),
            ("dưới", page.bottom, 20, 25),
            ("trái", page.left, 30, 35),
            ("phải", page.right, 15, 20),
        )
        for side, value, least, most in wanted_sides:
            if not least - _TOLERANCE <= value <= most + _TOLERANCE:
                yield Deviation(
                    "page.margin", f"phần {number}, lề {side} {_mm(value)}", f"{least} - {most} mm"
                )


def _font(paper: _Paper) -> Iterator[Deviation]:
    used = sorted(set().union(*(line.fonts for line in paper.lines)))
    if paper.rules is layout.ND30:
        for name in used:
            if name != "Times New Roman":
                yield Deviation("text.font", name, "Times New Roman")
    elif len(used) > 1:
        yield Deviation("text.font", ", ".join(used), "một phông chữ tiếng Việt cho cả văn bản")
    for colour in sorted(set().union(*(line.colours for line in paper.lines)) - {"auto", "000000"}):
        yield Deviation("text.colour", f"màu {colour}", "màu đen")


def _unicode(paper: _Paper) -> Iterator[Deviation]:
    for line in paper.lines:
        if not unicodedata.is_normalized("NFC", line.text):
            yield Deviation("text.nfc", _short(line.text), "tiếng Việt dựng sẵn (Unicode NFC)")
            return


def _nation(paper: _Paper) -> Iterator[Deviation]:
    yield from _look("nation.title", paper.title, wording.NATIONAL_TITLE, (12, 13), bold=True)
    yield from _look("nation.motto", paper.motto, wording.MOTTO, (13, 14), bold=True)
    if paper.title and paper.title.room and paper.title.sizes:
        needed = fonts.width_mm(wording.NATIONAL_TITLE, max(paper.title.sizes), bold=True)
        if needed > paper.title.room + _TOLERANCE:
            yield Deviation("nation.one_line", f"cột rộng {_mm(paper.title.room)}", f"ít nhất {_mm(needed)}")
    if paper.motto and paper.motto.text.strip():
        length = fonts.width_mm(wording.MOTTO, max(paper.motto.sizes, default=13), bold=True)
        yield from _rule_under("nation.rule", paper.motto, length - 1, length + 1)


def _issuer(paper: _Paper) -> Iterator[Deviation]:
    """The left column beside the national title."""
    title = paper.title
    if title is None or title.cell is None:
        yield Deviation("issuer.missing", "không có bảng hai cột ở đầu văn bản", "tên cơ quan ở cột trái")
        return
    row = title.cell.getparent()
    names = [
        line
        for line in paper.head
        if line.cell is not None and line.cell.getparent() is row and line.cell is not title.cell
        if line is not paper.number and not line.text.startswith("V/v")
    ]
    bold = [line for line in names if line.bold]
    if not bold:
        yield Deviation("issuer.missing", _short(" ".join(line.text for line in names)), "chữ in hoa, đậm")
        return
    for line in names:
        yield from _look("issuer.name", line, line.text.strip().upper(), (12, 13))
    last = bold[-1]
    length = fonts.width_mm(last.text.strip(), max(last.sizes, default=12), bold=True)
    yield from _rule_under("issuer.rule", last, length / 3, length / 2)


def _number(paper: _Paper) -> Iterator[Deviation]:
    if paper.number is None:
        yield Deviation("number.missing", "không thấy dòng số, ký hiệu", "Số: …/…")
        return
    text = _plain(paper.number)
    yield from _look("number.line", paper.number, text, (13, 13))
    parts = _NUMBER.match(text)
    if parts is None:
        yield Deviation("number.form", text, "Số: …/KÝ-HIỆU, không có dấu cách trong ký hiệu")
        return
    given = parts["number"].strip(" .…_")
    if given and given != wording.number_text(int(given)):
        yield Deviation("number.padding", given, wording.number_text(int(given)))
    first, *others = parts["symbol"].split("-")
    wanted = paper.kind_abbreviation
    if wanted and (first != wanted or not others):
        yield Deviation("number.type", parts["symbol"], f"{wanted}-… theo tên loại văn bản")
    if not wanted and first in set(paper.rules.types.values()) - {""}:
        yield Deviation("number.type", parts["symbol"], "công văn không ghi chữ viết tắt loại văn bản")


def _date(paper: _Paper) -> Iterator[Deviation]:
    if paper.place is None:
        yield Deviation("date.missing", "không thấy địa danh và thời gian", "Địa danh, ngày … tháng … năm …")
        return
    yield from _look("date.line", paper.place, _plain(paper.place), (13, 14), italic=True)
    parts = _date_in(paper.place)
    if parts is not None and paper.dated_on:
        expected = wording.place_and_date(parts["place"].strip(), paper.dated_on)
        if _plain(paper.place) != expected:
            yield Deviation("date.form", _plain(paper.place), expected)


def _kind(paper: _Paper) -> Iterator[Deviation]:
    if paper.kind:
        sizes = (13, 14) if paper.rules is layout.ND30 else (14, 14)
        yield from _look("type.line", paper.kind, _plain(paper.kind), sizes, bold=True)
        if paper.kind.justify != "center":
            yield Deviation("type.centred", paper.kind.justify, "căn giữa")
        return
    subject = next((line for line in paper.head if line.text.startswith("V/v")), None)
    if subject is None:
        yield Deviation("type.missing", "không thấy tên loại văn bản", "tên loại, hoặc V/v đối với công văn")
        return
    yield from _look("letter.subject", subject, subject.text, (12, 13), bold=False, italic=False)
    if not any(_fold(line.text).startswith("KINH GUI") for line in paper.lines):
        yield Deviation("letter.addressee", "không thấy Kính gửi", "Kính gửi: …")


def _bases(paper: _Paper) -> Iterator[Deviation]:
    bases = [line for line in paper.body if line.italic and _BASIS.match(line.text)]
    upright = [line for line in paper.body if not line.italic and line.text.startswith("Căn cứ")]
    for line in upright:
        if line.text.rstrip().endswith((";", ",", ".")) and paper.kind_abbreviation == "QĐ":
            yield Deviation("basis.italic", _short(line.text), "chữ in nghiêng")
    for index, line in enumerate(bases):
        mark = paper.rules.last_basis_mark if index == len(bases) - 1 else ";"
        if not line.text.rstrip().endswith(mark):
            yield Deviation("basis.mark", _short(line.text[-30:]), f"kết thúc bằng “{mark}”")


def _body(paper: _Paper) -> Iterator[Deviation]:
    sizes = sorted(set().union(*(line.sizes for line in paper.body)))
    if len(sizes) > 1 or any(not 13 <= size <= 14 for size in sizes):
        shown = ", ".join(wording.decimal(size) for size in sizes)
        yield Deviation("body.size", f"cỡ chữ {shown}", "một cỡ chữ, 13 hoặc 14")
    long = [line for line in paper.body if len(line.text) > _LONG]
    yield from _worst("body.justified", [x for x in long if x.justify != "both"], "căn đều hai bên")
    strange = [x for x in long if not 10 - _TOLERANCE <= x.first_indent <= 12.7 + _TOLERANCE]
    yield from _worst("body.indent", strange, "lùi đầu dòng 1 cm hoặc 1,27 cm")
    headings = [x for x in paper.body if _LEVEL_ONE.match(x.text) and not x.bold]
    yield from _worst("heading.bold", headings, "đề mục đánh số La Mã in đậm")
    numbered = [x for x in paper.lines if x.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None]
    yield from _worst("list.typed", numbered, "số thứ tự, gạch đầu dòng gõ thành chữ")


def _signing(paper: _Paper) -> Iterator[Deviation]:
    for line in paper.lines:
        if line.cell is None or not line.bold or line.in_ruled_table:
            continue
        if _LEARNED.match(line.text):
            yield Deviation("signature.title", line.text, "họ và tên, không ghi học hàm, học vị")
        if re.match(r"^TM\. (PHÒNG|SỞ)\b", line.text):
            yield Deviation("signature.collective", line.text, "TM. chỉ dùng cho tập thể lãnh đạo")


def _recipients(paper: _Paper) -> Iterator[Deviation]:
    if not paper.recipients:
        if paper.kind_abbreviation != "BB":
            yield Deviation("recipients.missing", "không thấy Nơi nhận", "Nơi nhận: … - Lưu: VT, …")
        return
    head, *lines = paper.recipients
    yield from _look("recipients.head", head, "Nơi nhận:", (12, 12), bold=True, italic=True)
    for line in lines:
        yield from _look("recipients.line", line, line.text.strip(), (11, 11), bold=False, italic=False)
    for line in lines[:-1]:
        if not line.text.rstrip().endswith(";"):
            yield Deviation("recipients.mark", _short(line.text), "mỗi dòng kết thúc bằng “;”")
    last = lines[-1].text.strip() if lines else ""
    if not last.startswith("- Lưu:") or not last.endswith("."):
        yield Deviation("recipients.archive", _short(last), "dòng cuối: - Lưu: VT, …")


def _page_number(paper: _Paper) -> Iterator[Deviation]:
    on_top = paper.rules.page_number == "top centre"
    found = paper.file.header_number if on_top else paper.file.footer_number
    wanted = "center" if on_top else "right"
    where = "giữa lề trên" if on_top else "góc phải cuối trang"
    several = len(paper.file.pages) > 1 or sum(len(line.text) for line in paper.lines) > 3000
    if found != wanted and (several or found is not None):
        yield Deviation("page.number", found or "không có số trang", f"số trang ở {where}")
    if found and not paper.file.first_page_differs:
        yield Deviation("page.first", "trang đầu có số trang", "không hiển thị số ở trang thứ nhất")


def _tables(paper: _Paper) -> Iterator[Deviation]:
    for table in paper.file.ruled_tables:
        if table.width > table.room + 1:
            yield Deviation("table.width", f"“{table.first_words}”: {_mm(table.width)}", _mm(table.room))
        if table.rows > _NEEDS_HEADER and not table.header_repeats:
            yield Deviation("table.header", f"“{table.first_words}”", "dòng tiêu đề lặp lại ở mỗi trang")


_RULES: tuple[Callable[[_Paper], Iterable[Deviation]], ...] = (
    _page,
    _page_number,
    _font,
    _unicode,
    _nation,
    _issuer,
    _number,
    _date,
    _kind,
    _bases,
    _body,
    _tables,
    _signing,
    _recipients,
)


def _look(
    rule: str,
    line: Line | None,
    words: str,
    sizes: tuple[int, int],
    *,
    bold: bool | None = None,
    italic: bool | None = None,
) -> Iterator[Deviation]:
    """The words, the size and the weight of one line."""
    if line is None:
        yield Deviation(f"{rule}.missing", "không thấy", words)
        return
    if _plain(line) != wording.clean(words).replace("\u00a0", " ").strip():
        yield Deviation(f"{rule}.words", _short(_plain(line)), words)
    least, most = sizes
    if any(not least <= size <= most for size in line.sizes):
        wanted = f"cỡ chữ {least}" if least == most else f"cỡ chữ {least} - {most}"
        shown = ", ".join(wording.decimal(size) for size in sorted(line.sizes))
        yield Deviation(f"{rule}.size", f"{_short(line.text)}: {shown}", wanted)
    if bold is not None and line.bold != bold:
        yield Deviation(f"{rule}.weight", _short(line.text), "chữ đậm" if bold else "chữ không đậm")
    if italic is not None and line.italic != italic:
        yield Deviation(f"{rule}.slope", _short(line.text), "chữ nghiêng" if italic else "chữ đứng")


def _rule_under(rule: str, line: Line, least: float, most: float) -> Iterator[Deviation]:
    """A solid line under the text: a drawn one is accepted unmeasured, a border is measured."""
    around = [line.element, *line.element.itersiblings(qn("w:p"))][:2]
    drawings = (qn("w:drawing"), qn("w:pict"))
    holder = line.cell if line.cell is not None else line.element
    if any(True for _ in holder.iter(*drawings)):
        return
    for element in around:
        if element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is None:
            continue
        indent = element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        if line.room and indent is not None:
            inset = sum(int(indent.get(qn(f"w:{side}"), 0)) for side in ("left", "right")) * 25.4 / 1440
            length = line.room - inset
            if not least - _TOLERANCE <= length <= most + _TOLERANCE:
                yield Deviation(f"{rule}.length", _mm(length), f"{_mm(least)} - {_mm(most)}")
        return
    yield Deviation(f"{rule}.missing", f"không có dòng kẻ dưới “{_short(line.text)}”", "dòng kẻ nét liền")


def _worst(rule: str, lines: list[Line], expected: str) -> Iterator[Deviation]:
    """One deviation for many paragraphs, showing the first."""
    if lines:
        yield Deviation(rule, f"{len(lines)} đoạn, ví dụ “{_short(lines[0].text)}”", expected)


def _date_in(line: Line) -> dict[str, str] | None:
    found = _DATE.match(_plain(line))
    return found.groupdict() if found else None


def _starting(lines: list[Line], words: str) -> Line | None:
    return next((line for line in lines if _fold(line.text).startswith(words)), None)


def _plain(line: Line) -> str:
    return re.sub(r"\s+", " ", line.text).strip()


def _fold(text: str) -> str:
    """Capitals without marks, to find a line that is slightly wrong."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).upper().strip()


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= 60 else f"{flat[:57]}…"


def _mm(value: float) -> str:
    return f"{wording.decimal(round(value, 1))} mm"
