"""A Word file read back as lines with the look a reader sees, styles and defaults resolved.

For the statutory checks: what matters there is what is printed, wherever the file says it.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml.ns import qn

Element = Any  # lxml publishes no types
_MOST_BYTES = 200_000_000
_MM_PER_TWIP = 25.4 / 1440
_OFF = {"0", "false", "off"}


class UnreadableWordFile(ValueError):
    """Not a .docx, or one that would unpack beyond all measure."""


@dataclass(frozen=True)
class Line:
    """One paragraph. ``cell`` and ``room`` (mm) are those of the table cell it stands in, if any."""

    text: str
    sizes: frozenset[float]
    fonts: frozenset[str]
    colours: frozenset[str]
    bold: bool
    italic: bool
    justify: str
    first_indent: float
    element: Element
    cell: Element | None = None
    room: float | None = None
    in_ruled_table: bool = False

    @property
    def free(self) -> bool:
        """Stands on the page itself, not in a table."""
        return self.cell is None


@dataclass(frozen=True)
class PageSetup:
    """Millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True)
class TableFacts:
    rows: int
    header_repeats: bool
    width: float
    room: float
    first_words: str


@dataclass(frozen=True)
class WordFile:
    lines: list[Line] = field(default_factory=list)
    pages: list[PageSetup] = field(default_factory=list)
    ruled_tables: list[TableFacts] = field(default_factory=list)
    header_number: str | None = None  # how the page number in the header is justified; None without one
    footer_number: str | None = None
    first_page_differs: bool = False


def read(data: bytes) -> WordFile:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise UnreadableWordFile("Tệp quá lớn khi giải nén.")
        document = Document(io.BytesIO(data))
    except UnreadableWordFile:
        raise
    except Exception as error:  # python-docx answers a broken package with many kinds of exception
        raise UnreadableWordFile("Tệp không phải là văn bản Word (.docx) đọc được.") from error
    return _Reading(document).file()


class _Reading:
    def __init__(self, document: Any) -> None:
        self.document = document
        root = document.styles.element
        self.styles = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        self.normal = next(
            (
                key
                for key, style in self.styles.items()
                if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"
            ),
            "Normal",
        )
        self.run_defaults = _find(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self.paragraph_defaults = _find(root, "w:docDefaults", "w:pPrDefault", "w:pPr")

    def file(self) -> WordFile:
        sections = [_page_setup(section._sectPr) for section in self.document.sections]
        found = WordFile(
            pages=sections,
            header_number=self._number_in(self.document.sections[0].header),
            footer_number=self._number_in(self.document.sections[0].footer),
            first_page_differs=bool(self.document.sections[0].different_first_page_header_footer),
        )
        current = 0
        for child in self.document.element.body:
            page = sections[min(current, len(sections) - 1)]
            if child.tag == qn("w:p"):
                found.lines.append(self._line(child))
                current += child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
            elif child.tag == qn("w:tbl"):
                found.lines.extend(self._table_lines(child))
                if self._ruled(child):
                    found.ruled_tables.append(_table_facts(child, page))
        return found

    def _table_lines(self, table: Element) -> Iterator[Line]:
        ruled = self._ruled(table)
        for cell in table.iter(qn("w:tc")):
            width = _find(cell, "w:tcPr", "w:tcW")
            room = _twips(width, "w:w") if width is not None else None
            for child in cell.iterchildren(qn("w:p")):
                yield self._line(child, cell, room, ruled)

    def _ruled(self, table: Element) -> bool:
        borders = _find(table, "w:tblPr", "w:tblBorders")
        if borders is None:
            style = _find(table, "w:tblPr", "w:tblStyle")
            named = self.styles.get(style.get(qn("w:val"))) if style is not None else None
            borders = _find(named, "w:tblPr", "w:tblBorders") if named is not None else None
        drawn = [] if borders is None else [side.get(qn("w:val")) for side in borders]
        return any(kind not in (None, "nil", "none") for kind in drawn)

    def _number_in(self, part: Any) -> str | None:
        for element in part._element.iter(qn("w:p")):
            fields = [text.text or "" for text in element.iter(qn("w:instrText"))]
            fields += [simple.get(qn("w:instr"), "") for simple in element.iter(qn("w:fldSimple"))]
            if any("PAGE" in words.split() for words in fields):
                return self._line(element).justify
        return None

    def _line(
        self, element: Element, cell: Element | None = None, room: float | None = None, ruled: bool = False
    ) -> Line:
        own = element.find(qn("w:pPr"))
        chain = self._style_chain(own)
        looks = [self._run_looks(run, chain) for run in element.iter(qn("w:r")) if _words(run).strip()]
        justify = _first(self._paragraph_parts(own, chain), "w:jc", "w:val")
        indent = _first(self._paragraph_parts(own, chain), "w:ind", "w:firstLine")
        return Line(
            text="".join(_words(run) for run in element.iter(qn("w:r"))),
            sizes=frozenset(float(_first(parts, "w:sz", "w:val") or 20) / 2 for parts in looks),
            fonts=frozenset(self._font(parts) for parts in looks),
            colours=frozenset(_first(parts, "w:color", "w:val") or "auto" for parts in looks),
            bold=bool(looks) and all(_on(parts, "w:b") for parts in looks),
            italic=bool(looks) and all(_on(parts, "w:i") for parts in looks),
            justify={"start": "left", "end": "right"}.get(justify or "left", justify or "left"),
            first_indent=int(indent or 0) * _MM_PER_TWIP,
            element=element,
            cell=cell,
            room=room,
            in_ruled_table=ruled,
        )

    def _style_chain(self, own: Element | None) -> list[Element]:
        named = _find(own, "w:pStyle") if own is not None else None
        return self._based_on(named.get(qn("w:val")) if named is not None else self.normal)

    def _based_on(self, key: str | None) -> list[Element]:
        """The style and those it rests on; a circle in a broken file ends it."""
        chain: list[Element] = []
        while key in self.styles and self.styles[key] not in chain:
            chain.append(self.styles[key])
            base = _find(chain[-1], "w:basedOn")
            key = base.get(qn("w:val")) if base is not None else None
        return chain

    def _run_looks(self, run: Element, chain: list[Element]) -> list[Element]:
        """Run properties from the nearest to the farthest."""
        own = run.find(qn("w:rPr"))
        named = _find(own, "w:rStyle") if own is not None else None
        styles = self._based_on(named.get(qn("w:val"))) if named is not None else []
        parts = [own, *(_find(style, "w:rPr") for style in (*styles, *chain)), self.run_defaults]
        return [part for part in parts if part is not None]

    def _paragraph_parts(self, own: Element | None, chain: list[Element]) -> list[Element]:
        parts = [own, *(_find(style, "w:pPr") for style in chain), self.paragraph_defaults]
        return [part for part in parts if part is not None]

    def _font(self, parts: list[Element]) -> str:
        for part in parts:
            names = part.find(qn("w:rFonts"))
            if names is not None:
                if theme := names.get(qn("w:asciiTheme")):
                    return f"phông của chủ đề ({theme})"
                if name := names.get(qn("w:ascii")):
                    return str(name)
        return "phông mặc định của máy"


def _words(run: Element) -> str:
    shown = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:cr"): "\n"}
    return "".join(shown[part.tag] or part.text or "" for part in run if part.tag in shown)


def _find(element: Element, *path: str) -> Element | None:
    for tag in path:
        if element is None:
            return None
        element = element.find(qn(tag))
    return element


def _first(parts: list[Element], tag: str, attribute: str) -> str | None:
    for part in parts:
        found = part.find(qn(tag))
        if found is not None and found.get(qn(attribute)) is not None:
            return str(found.get(qn(attribute)))
    return None


def _on(parts: list[Element], tag: str) -> bool:
    for part in parts:
        found = part.find(qn(tag))
        if found is not None:
            return found.get(qn("w:val")) not in _OFF
    return False


def _twips(element: Element, attribute: str) -> float:
    """Millimetres from twentieths of a point; zero where the file says nothing usable."""
    try:
        return float(element.get(qn(attribute), 0)) * _MM_PER_TWIP
    except ValueError:
        return 0.0


def _page_setup(properties: Element) -> PageSetup:
    size, margins = properties.find(qn("w:pgSz")), properties.find(qn("w:pgMar"))
    if size is None or margins is None:
        return PageSetup(0, 0, 0, 0, 0, 0)
    width, height = _twips(size, "w:w"), _twips(size, "w:h")
    top, right, bottom, left = (_twips(margins, f"w:{side}") for side in ("top", "right", "bottom", "left"))
    return PageSetup(width, height, top, right, bottom, left)


def _table_facts(table: Element, page: PageSetup) -> TableFacts:
    rows = table.findall(qn("w:tr"))
    repeats = bool(rows) and _find(rows[0], "w:trPr", "w:tblHeader") is not None
    width = sum(_twips(column, "w:w") for column in table.iter(qn("w:gridCol")))
    first = "".join(_words(run) for run in table.iter(qn("w:r")))[:40]
    return TableFacts(len(rows), repeats, width, page.width - page.left - page.right, first)
