"""The words of a .docx in the order in which they are read, as they stand when every change is accepted."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from dondoc.extraction import encodings
from dondoc.extraction.encodings import Old
from dondoc.extraction.model import Unreadable
from dondoc.extraction.numbering import Numbering
from dondoc.extraction.package import Element, Package, attribute, child, tag
from dondoc.extraction.styles import Look, Styles

_GONE = {"del", "moveFrom"}
_CLEAR = {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo"}
"""What may stand around runs, paragraphs, rows and cells alike without changing them."""
_LINE = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_NUMBER_LINE = re.compile(r"\bS(?:ố|è|oá)\s*:[^\n]*/")


def words(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Paragraphs, tables and text boxes as they follow one another; a footnote after what it belongs to.

    Raises: ``Unreadable`` for a file that is broken, carries macros or entities, or holds only pictures.
    """
    package = Package(data, name)
    root = package.tree(package.main)
    body = child(root, "body")
    if body is None:
        package.broken()
    reader = _Reader(package)
    try:
        text = "\n".join([*reader.head(body), *reader.flowing(body)])
    except RecursionError:
        package.broken()
    text, old = encodings.recovered(text)
    if old:
        reader.old[old.name] = old
    if not text.strip() and package.beside("image"):
        raise Unreadable(
            "scan",
            f"Tệp “{name}” chỉ có ảnh, không có chữ. Lưu thành PDF rồi tải lên để nhận dạng, "
            "hoặc dán nội dung vào ô “Nội dung văn bản”.",
        )
    return text, tuple(each.note for each in reader.old.values())


@dataclass(frozen=True, slots=True)
class _Box:
    """A text box and how far from the top and the left it is drawn, where that is told."""

    lines: list[str]
    top: int | None
    left: int


@dataclass(slots=True)
class _Paragraph:
    """What one paragraph gathers: pieces of words with their look, boxes before and after them."""

    pieces: list[tuple[str, Look]] = field(default_factory=list)
    before: list[_Box] = field(default_factory=list)
    after: list[_Box] = field(default_factory=list)

    def begun(self) -> bool:
        return any(text.strip() for text, _ in self.pieces)


class _Reader:
    def __init__(self, package: Package) -> None:
        self.old: dict[str, Old] = {}
        self._package = package
        self._styles, self._numbering = Styles(package), Numbering(package)
        self._notes = {kind: self._load_notes(kind) for kind in ("footnote", "endnote")}
        self._waiting: list[str] = []
        self._told = 0
        self._carried = ""

    def _load_notes(self, kind: str) -> dict[str, Element]:
        part = next(iter(self._package.beside(kind + "s").values()), "")
        root = self._package.tree(part) if part else None
        return {attribute(each, "id"): each for each in (root if root is not None else ())}

    # --- blocks -----------------------------------------------------------------------------------------

    def head(self, body: Element) -> Iterator[str]:
        """The first page's header, where an office keeps its number line there."""
        section = next((each for each in body.iter() if tag(each) == "sectPr"), None)
        if section is None:
            return
        wanted = "first" if child(section, "titlePg") is not None else "default"
        parts = self._package.beside("header")
        for each in section:
            if tag(each) == "headerReference" and attribute(each, "type") == wanted:
                root = self._package.tree(parts.get(attribute(each, "id"), ""))
                lines = list(self.blocks(root)) if root is not None else []
                if _NUMBER_LINE.search("\n".join(lines)):
                    yield from lines

    def flowing(self, body: Element) -> Iterator[str]:
        """The whole body, each paragraph or table with the notes called in it behind it."""
        for each in body:
            yield from self.blocks((each,))
            waiting, self._waiting = self._waiting, []
            yield from waiting

    def blocks(self, container: Element) -> Iterator[str]:
        for each in container:
            name = tag(each)
            if name == "p":
                yield from self._paragraph(each)
            elif name == "tbl":
                yield from self._rows(each)
            elif name in _CLEAR:
                yield from self.blocks(each)
            elif name == "sdt":
                yield from self.blocks(_content(each))
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(each))

    def _rows(self, table: Element) -> Iterator[str]:
        """A row of short cells on one line, parted by tabs; cells of several lines one after another."""
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = [self._cell(cell) for cell in _inside(row, "tc")]
            yield ("\n" if any("\n" in cell for cell in cells) else "\t").join(cells)

    def _cell(self, cell: Element) -> str:
        merged = child(cell, "tcPr", "vMerge")
        if merged is not None and attribute(merged, "val") != "restart":
            return ""  # the lower part of a cell that was read above
        return "\n".join(self.blocks(cell)).strip()

    # --- one paragraph ----------------------------------------------------------------------------------

    def _paragraph(self, element: Element) -> Iterator[str]:
        properties = child(element, "pPr")
        look, numbered = self._styles.paragraph(properties)
        found = _Paragraph()
        self._inline(element, look, found)
        text, self._carried = self._carried + self._drawn(found.pieces), ""
        if child(properties, "rPr", "del") is not None:
            self._carried = text  # its end was struck out: the next paragraph goes on from here
            return
        if mark := self._numbering.mark(numbered):
            text = f"{mark} {text}"
        for box in _in_order(found.before):
            yield from box.lines
        yield text
        for box in _in_order(found.after):
            yield from box.lines

    def _inline(self, element: Element, look: Look, found: _Paragraph) -> None:
        for each in element:
            name = tag(each)
            if name == "r":
                self._run(each, self._styles.run(child(each, "rPr"), look), found)
            elif name in _CLEAR:
                self._inline(each, look, found)
            elif name == "sdt":
                self._inline(_content(each), look, found)
            elif name == "AlternateContent":
                self._inline(_chosen(each), look, found)
            elif name in {"oMath", "oMathPara"}:
                found.pieces += [(part.text or "", look) for part in each.iter() if tag(part) == "t"]

    def _run(self, run: Element, look: Look, found: _Paragraph) -> None:
        if look.hidden:
            return
        for each in run:
            name = tag(each)
            if name == "t":
                found.pieces.append((each.text or "", look))
            elif name in _LINE:
                found.pieces.append(("" if attribute(each, "type") == "page" else _LINE[name], look))
            elif name == "sym":
                self._symbol(each, found)
            elif name in {"footnoteReference", "endnoteReference"}:
                self._note(name.removesuffix("Reference"), attribute(each, "id"))
            elif name in {"drawing", "pict", "object"}:
                self._boxes(each, found)
            elif name == "AlternateContent":
                self._run(_chosen(each), look, found)

    def _symbol(self, element: Element, found: _Paragraph) -> None:
        """A letter taken from a font: read where the font is one of the old Vietnamese ones."""
        font, code = attribute(element, "font"), attribute(element, "char")
        if encodings.told_by(font) and re.fullmatch("[0-9A-Fa-f]{1,4}", code):
            found.pieces.append((chr(int(code, 16)), Look(font)))

    def _note(self, kind: str, code: str) -> None:
        note = self._notes[kind].pop(code, None)  # Word calls each once; a hostile file calls itself
        if note is None:
            return
        self._told += 1
        number, outer = self._told, self._carried
        self._carried = ""
        text = " ".join(line.strip() for line in self.blocks(note) if line.strip())
        self._carried = outer
        self._waiting.append(f"[{number}] {text}")

    def _boxes(self, drawing: Element, found: _Paragraph) -> None:
        for content in _outermost(drawing, "txbxContent"):
            outer, self._carried = self._carried, ""
            lines = [line for line in self.blocks(content) if line.strip()]
            self._carried = outer
            if lines:
                top, left = (_offset(drawing, axis) for axis in ("positionV", "positionH"))
                (found.after if found.begun() else found.before).append(_Box(lines, top, left or 0))

    def _drawn(self, pieces: list[tuple[str, Look]]) -> str:
        """The words as they look on paper: out of their old font, in capitals where they are drawn so."""
        runs = [
            ("".join(text for text, _ in same), look) for look, same in groupby(pieces, key=itemgetter(1))
        ]
        told = [encodings.told_by(look.font or "") for _, look in runs]
        believed = {
            old: encodings.better(
                " ".join(runs[at][0] for at, by in enumerate(told) if by and by[0] == old), old
            )
            for old in {by[0] for by in told if by}
        }
        out = []
        for (text, look), by in zip(runs, told, strict=True):
            if by and believed[by[0]]:
                converted = by[0].convert(text, capitals=by[1])
                if converted.casefold() != text.casefold():
                    self.old[by[0].name] = by[0]
                text = converted
            out.append(text.upper() if look.capitals else text)
        return unicodedata.normalize("NFC", "".join(out)) if believed else "".join(out)


def _chosen(alternate: Element) -> Element:
    """The new drawing of a thing, unless only the old one has words: never both."""
    parts = {tag(each): each for each in alternate}
    new, old = parts.get("Choice"), parts.get("Fallback")
    if new is not None and (old is None or any(tag(each) == "t" for each in new.iter())):
        return new
    return old if old is not None else ()


def _content(control: Element) -> Element:
    """What a content control holds."""
    found = child(control, "sdtContent")
    return found if found is not None else ()


def _inside(container: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through what may stand around them."""
    for each in container:
        if tag(each) == name:
            yield each
        elif tag(each) in _CLEAR:
            yield from _inside(each, name)
        elif tag(each) == "sdt":
            yield from _inside(_content(each), name)


def _outermost(element: Element, name: str) -> Iterator[Element]:
    for each in element:
        if tag(each) == name:
            yield each
        elif tag(each) == "AlternateContent":
            yield from _outermost(_chosen(each), name)
        else:
            yield from _outermost(each, name)


def _offset(drawing: Element, axis: str) -> int | None:
    found = child(drawing, "anchor", axis, "posOffset")
    told = "" if found is None else (found.text or "").strip()
    return int(told) if re.fullmatch(r"-?\d{1,12}", told) else None


def _in_order(boxes: list[_Box]) -> list[_Box]:
    """From top to bottom, then from left to right, where every box says how high it stands."""
    if any(box.top is None for box in boxes):
        return boxes
    return sorted(boxes, key=lambda box: (box.top, box.left))
