"""One administrative paper as data: what it says, and which rules of form its date puts it under.

Pure: no database, no clock, no file. ``docx`` and ``pdf`` draw the same :class:`PaperContent`; what
both must agree on (sizes, widths, composed lines) is decided here, once.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I; Thông tư 01/2011/TT-BNV for papers before 05/03/2020.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from dondoc.papers import wording

# --- rules by date --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleSet:
    """The rules of form in force from one day on."""

    code: Literal["nd30", "tt01"]
    title: str
    valid_from: date
    page_number: Literal["top centre", "bottom right"]
    last_basis_mark: str
    types: Mapping[str, str]


TT01 = RuleSet(
    code="tt01",
    title="Thông tư 01/2011/TT-BNV",
    valid_from=date.min,  # nothing older is drawn, so the circular also answers for the days before it
    page_number="bottom right",
    last_basis_mark=",",
    types=wording.FORMER_TYPES,
)
ND30 = RuleSet(
    code="nd30",
    title="Nghị định 30/2020/NĐ-CP",
    valid_from=date(2020, 3, 5),
    page_number="top centre",
    last_basis_mark=".",
    types=wording.TYPES,
)
RULE_SETS = (TT01, ND30)


def rule_set_on(day: date) -> RuleSet:
    """The rules a paper of that day follows."""
    return max((rules for rules in RULE_SETS if rules.valid_from <= day), key=lambda rules: rules.valid_from)


# --- measures, in millimetres and points ----------------------------------------------------------------

PAGE = (210, 297)
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT = 20, 20, 20, 30
HEAD_COLUMNS = (64, 96)
"""Issuer | national title. The title, 88.3 mm at 12 pt bold, stays on one line in 96 mm without padding."""

FOOT_COLUMNS = (80, 80)
TITLE_SIZE, MOTTO_SIZE, NAME_SIZE, NUMBER_SIZE, RECIPIENT_HEAD_SIZE, RECIPIENT_SIZE = 12, 13, 14, 13, 12, 11
FIRST_LINE_INDENT = 12.7
SIGNATURE_ROOM = 25
STROKES = (45, 18)
"""A drawn signature, within the room above the name."""

PARAGRAPH_BEFORE, PARAGRAPH_AFTER = 3, 6
SHORT_RULE_SHARE = 0.4
"""The line under issuer and subject: between a third and a half of the text above it."""


def text_width(landscape: bool) -> int:
    return PAGE[1 if landscape else 0] - MARGIN_LEFT - MARGIN_RIGHT


# --- the parts of a body --------------------------------------------------------------------------------

Alignment = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """Level 1 ``I. …`` in bold, 2 ``1. …`` in bold, 3 ``a) …`` in italic; the prefix is part of the text."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Justified text; ``lead`` stands bold before it, as in *Điều 1.*"""

    text: str
    lead: str = ""
    indent: bool = True
    italic: bool = False


@dataclass(frozen=True)
class Centred:
    """A bold line in the middle, such as *QUYẾT ĐỊNH:*"""

    text: str


@dataclass(frozen=True)
class Bullets:
    """Items with the typed mark ``-``: the custom of these papers, and it survives copying."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """A small italic remark, for instance on the source of a table."""

    text: str


@dataclass(frozen=True)
class Column:
    """A share of the table's width, and how its cells stand."""

    share: float
    align: Alignment = "left"


@dataclass(frozen=True)
class HeaderCell:
    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class GroupRow:
    """A bold line across the table that opens a group of rows."""

    text: str


@dataclass(frozen=True)
class PrintedCell:
    text: str
    align: Alignment
    bold: bool
    columns: int = 1


Row = tuple[wording.Value, ...]


@dataclass(frozen=True)
class Table:
    """A ruled table whose header repeats on every page. A landscape one gets pages of its own."""

    columns: tuple[Column, ...]
    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[Row | GroupRow, ...]
    total: Row | None = None
    caption: str = ""
    landscape: bool = False

    def __post_init__(self) -> None:
        for row in (*self.rows, *((self.total,) if self.total else ())):
            if not isinstance(row, GroupRow) and len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, but a row of {len(row)}: {row!r}")
        for fill in self.header_fill():
            if fill != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns, but a header row fills {fill}")

    def header_fill(self) -> list[int]:
        """How many columns each header row fills, counting cells that reach down from above."""
        fill = [0] * len(self.header)
        for index, row in enumerate(self.header):
            for cell in row:
                for below in range(index, min(index + cell.rows, len(fill))):
                    fill[below] += cell.columns
        return fill

    def header_slots(self) -> list[list[tuple[HeaderCell, bool]]]:
        """Each header row from left to right; ``True`` where a cell continues the one above it."""
        rows: list[list[tuple[HeaderCell, bool]]] = []
        reaching: dict[int, tuple[HeaderCell, int]] = {}
        for row in self.header:
            own, slots, at = iter(row), [], 0
            while at < len(self.columns):
                cell, left = reaching.pop(at, (None, 0))
                continues = cell is not None
                if cell is None:
                    cell = next(own)
                    left = cell.rows
                slots.append((cell, continues))
                if left > 1:
                    reaching[at] = (cell, left - 1)
                at += cell.columns
            rows.append(slots)
        return rows

    def printed_rows(self) -> list[list[PrintedCell]]:
        """What stands under the header, cell by cell; the total's label takes the empty cells before it."""
        rows = [self._printed(row, bold=False) for row in self.rows]
        if self.total is None:
            return rows
        empty = next((at for at, value in enumerate(self.total) if value is not None), 0)
        label, *others = self._printed(self.total, bold=True)[empty:]
        return [*rows, [dataclasses.replace(label, columns=empty + 1), *others]]

    def _printed(self, row: Row | GroupRow, *, bold: bool) -> list[PrintedCell]:
        if isinstance(row, GroupRow):
            return [PrintedCell(wording.cell(row.text), "left", bold=True, columns=len(self.columns))]
        pairs = zip(row, self.columns, strict=True)
        return [PrintedCell(wording.cell(value), column.align, bold) for value, column in pairs]

    def size(self) -> int:
        """11 to 13 points are allowed; a wide table takes the smallest."""
        return 12 if len(self.columns) <= 8 else 11

    def shares(self) -> list[float]:
        """Column widths as parts of one."""
        whole = sum(column.share for column in self.columns)
        return [column.share / whole for column in self.columns]


Block = Heading | Paragraph | Centred | Bullets | Note | Table


def header(*titles: str) -> tuple[tuple[HeaderCell, ...], ...]:
    """The common header: one row, one title a column."""
    return (tuple(HeaderCell(title) for title in titles),)


# --- the paper ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signature:
    """``lines`` as in ``("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")``; no title before the name."""

    lines: tuple[str, ...]
    name: str = ""
    note: str = ""
    strokes: tuple[tuple[tuple[int, int], ...], ...] = ()
    """The signature as drawn, on a square of 1000; ``STROKES`` millimetres wide and high on paper."""


@dataclass(frozen=True)
class Annex:
    """Begins on a page of its own, numbered from 1. ``note`` replaces the composed *Kèm theo* line."""

    title: str
    body: tuple[Block, ...]
    landscape: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pages:
    """A run of blocks on pages of one orientation. ``annex`` is set where an annex, and its count, begins."""

    blocks: tuple[Block, ...]
    landscape: bool
    annex: Annex | None = None
    annex_number: int = 0


@dataclass(frozen=True, kw_only=True)
class PaperContent:
    """Everything printed on one paper.

    ``type_name`` is one of the rule set's types in any case, ``None`` for a letter (*công văn*), whose
    subject then stands after *V/v*. ``number`` and ``issued_on`` are ``None`` until the records clerk
    gives them and leave visible blanks. ``issuing_body`` holds lines broken by meaning; ``issuer_name``
    is the same body in running text. Several ``signatures`` (minutes) stand side by side, the last
    speaker (the head of the team) on the right. ``marker`` is printed on every page, for sample data.
    """

    rule_set: RuleSet
    issuing_body: tuple[str, ...]
    issuer_name: str
    issuer_abbreviation: str
    place: str
    subject: str
    body: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    superior_body: tuple[str, ...] = ()
    type_name: str | None = None
    number: int | None = None
    unit_abbreviation: str | None = None
    issued_on: date | None = None
    addressees: tuple[str, ...] = ()
    authority: str = ""
    legal_bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = ""
    annexes: tuple[Annex, ...] = ()
    marker: str = ""
    body_size: Literal[13, 14] = 14

    def __post_init__(self) -> None:
        if self.type_name is not None and not self.rule_set.types.get(self.type_name.capitalize()):
            raise ValueError(f"no such type of paper in {self.rule_set.code}: {self.type_name!r}")
        if not 1 <= len(self.signatures) <= 3:
            raise ValueError(f"a paper has one to three signatures, not {len(self.signatures)}")
        if (self.recipients or len(self.signatures) == 1) and not self.archive:
            raise ValueError("the list of recipients ends with the archive line")

    @property
    def symbol(self) -> str:
        kind = self.rule_set.types[self.type_name.capitalize()] if self.type_name else None
        return wording.symbol(self.number, kind, self.issuer_abbreviation, self.unit_abbreviation)

    @property
    def number_line(self) -> str:
        return f"Số: {self.symbol}"

    @property
    def place_line(self) -> str:
        return wording.place_and_date(self.place, self.issued_on)

    @property
    def type_line(self) -> str:
        """The type in capitals; empty on a letter."""
        return self.type_name.upper() if self.type_name else ""

    @property
    def letter_subject(self) -> str:
        """What a letter prints under its number."""
        return "" if self.type_name else f"V/v {self.subject}"

    @property
    def document_title(self) -> str:
        """Title in the file's properties, and what a screen reader says first."""
        return f"{self.type_line} {self.subject}" if self.type_name else self.letter_subject

    @property
    def basis_lines(self) -> list[str]:
        return wording.legal_bases(self.legal_bases, self.rule_set.last_basis_mark)

    @property
    def addressee_lines(self) -> list[str]:
        return wording.addressees(self.addressees)

    @property
    def recipient_lines(self) -> list[str]:
        return wording.recipients(self.recipients, self.archive) if self.archive else []

    def annex_label(self, number: int) -> str:
        return "Phụ lục" if len(self.annexes) == 1 else f"Phụ lục {wording.roman(number)}"

    def annex_note(self, annex: Annex) -> str:
        kind = self.type_name.capitalize() if self.type_name else "Công văn"
        return annex.note or wording.attached_to(kind, self.symbol, self.issued_on, self.issuer_name)

    def body_pages(self) -> list[Pages]:
        """The first run carries the head and the last one the signatures: both are always upright."""
        runs = list(_pages(self.body, landscape=False))
        if not runs or runs[0].landscape:
            runs.insert(0, Pages((), landscape=False))
        if runs[-1].landscape:
            runs.append(Pages((), landscape=False))
        return runs

    def annex_pages(self) -> list[Pages]:
        found: list[Pages] = []
        for number, annex in enumerate(self.annexes, 1):
            first, *others = list(_pages(annex.body, annex.landscape)) or [Pages((), annex.landscape)]
            found += [dataclasses.replace(first, annex=annex, annex_number=number), *others]
        return found


def _pages(blocks: tuple[Block, ...], landscape: bool) -> Iterator[Pages]:
    """Cut where the orientation changes: a wide table turns the page, and turns it back after itself."""
    run: list[Block] = []
    turned = landscape
    for block in blocks:
        wanted = landscape or (isinstance(block, Table) and block.landscape)
        if wanted != turned and run:
            yield Pages(tuple(run), turned)
            run = []
        turned = wanted
        run.append(block)
    if run:
        yield Pages(tuple(run), turned)


def cleaned(content: PaperContent) -> PaperContent:
    """The same paper with every text made fit to print (:func:`wording.clean`)."""
    return _clean(content)


T = TypeVar("T")


def _clean(value: T) -> T:
    answer: Any = value
    if isinstance(value, str):
        answer = wording.clean(value)
    elif isinstance(value, tuple):
        answer = tuple(_clean(item) for item in value)
    elif isinstance(value, RuleSet):
        pass  # ours, not typed by anybody
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {field.name: _clean(getattr(value, field.name)) for field in dataclasses.fields(value)}
        answer = dataclasses.replace(value, **held)
    return answer  # type: ignore[no-any-return]
