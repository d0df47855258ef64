"""The few WordprocessingML elements a paper is made of, built in the order the schema asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml

Element = Any  # lxml publishes no types
Justify = Literal["left", "center", "right", "both"]


def element(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """``element("w:sz", val=28)``; children that are ``None`` are left out."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def run(text: str, size: float, *, bold: bool = False, italic: bool = False) -> Element:
    """Text with its look; line breaks inside it stay line breaks."""
    made = element("w:r", _look(size, bold, italic))
    for index, line in enumerate(text.split("\n")):
        if index:
            made.append(element("w:br"))
        words = element("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        made.append(words)
    return made


_DRAWING = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{key}" name="{called}" descr="{called}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
    ' uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/>"
    '<a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="1000" h="1000" fill="none">{path}'
    '</a:path></a:pathLst></a:custGeom><a:noFill/><a:ln w="11430" cap="rnd"><a:solidFill>'
    '<a:srgbClr val="0B2E6B"/></a:solidFill><a:round/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def drawing(strokes: Sequence[Sequence[tuple[int, int]]], wide: float, high: float, called: str) -> Element:
    """Lines drawn by hand on a square of 1000, as a shape of that many millimetres."""
    path = "".join(
        f'<a:moveTo><a:pt x="{line[0][0]}" y="{line[0][1]}"/></a:moveTo>'
        + "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in (line[1:] or line))
        for line in strokes
    )
    cx, cy = round(wide * 36000), round(high * 36000)
    key = 1000 + sum(map(len, strokes))
    return parse_xml(
        _DRAWING.format(cx=cx, cy=cy, key=key, called=escape(called, {'"': "&quot;"}), path=path)
    )


def page_number(size: float) -> list[Element]:
    """A PAGE field."""
    instruction = element("w:instrText")
    instruction.text = "PAGE"
    inner = (element("w:fldChar", fldCharType="begin"), instruction, element("w:fldChar", fldCharType="end"))
    return [element("w:r", _look(size, False, False), part) for part in inner]


def _look(size: float, bold: bool, italic: bool) -> Element:
    return element(
        "w:rPr",
        element("w:b") if bold else None,
        element("w:i") if italic else None,
        element("w:sz", val=round(size * 2)),
        element("w:szCs", val=round(size * 2)),
    )


@dataclass(frozen=True)
class Shape:
    """How a paragraph stands; lengths in millimetres, space before and after in points."""

    justify: Justify = "left"
    before: float = 0
    after: float = 0
    spread: float = 1.0
    exactly: float | None = None
    first: float = 0
    left: float = 0
    right: float = 0
    with_next: bool = False
    style: str = ""
    ruled: bool = False


def paragraph(runs: Iterable[Element], shape: Shape) -> Element:
    made = element("w:p", _properties(shape))
    made.extend(runs)
    return made


def _properties(shape: Shape) -> Element:
    line: dict[str, str | int] = {"line": round(shape.spread * 240), "lineRule": "auto"}
    if shape.exactly is not None:
        line = {"line": round(shape.exactly * 20), "lineRule": "exact"}
    top = element("w:top", val="single", sz=6, space=0, color="000000")
    return element(
        "w:pPr",
        element("w:pStyle", val=shape.style) if shape.style else None,
        element("w:keepNext") if shape.with_next else None,
        element("w:pBdr", top) if shape.ruled else None,
        element("w:spacing", before=round(shape.before * 20), after=round(shape.after * 20), **line),
        element("w:ind", left=twips(shape.left), right=twips(shape.right), firstLine=twips(shape.first)),
        element("w:jc", val=shape.justify),
    )


def rule(length: float, room: float) -> Element:
    """A solid line in the middle: an almost empty paragraph whose top border is drawn in."""
    inset = max((room - length) / 2, 0)
    return paragraph((), Shape(exactly=4, before=2, left=inset, right=inset, ruled=True, justify="center"))


@dataclass(frozen=True)
class Cell:
    """Paragraphs in a table cell; ``merge`` joins it with the cells under or above it."""

    paragraphs: Sequence[Element]
    columns: int = 1
    merge: Literal["", "restart", "continue"] = ""
    middle: bool = False


def table(
    widths: Sequence[int], rows: Sequence[Sequence[Cell]], *, ruled: bool, header_rows: int = 0
) -> Element:
    """A table of fixed widths (twips), written both in the grid and in every cell.

    Word obeys the cells, LibreOffice the grid. Rows never break over a page.
    """
    padding = 85 if ruled else 0
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    made = element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", w=sum(widths), type="dxa"),
            element("w:jc", val="center") if ruled else None,
            None if ruled else element("w:tblInd", w=0, type="dxa"),
            element("w:tblBorders", *(_border(side) for side in sides)) if ruled else None,
            element("w:tblLayout", type="fixed"),
            element("w:tblCellMar", *(element(f"w:{s}", w=padding, type="dxa") for s in ("left", "right"))),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
    )
    made.extend(_row(widths, row, repeated=index < header_rows) for index, row in enumerate(rows))
    return made


def _border(side: str) -> Element:
    return element(f"w:{side}", val="single", sz=4, space=0, color="000000")


def _row(widths: Sequence[int], cells: Sequence[Cell], *, repeated: bool) -> Element:
    made = element(
        "w:tr",
        element("w:trPr", element("w:cantSplit"), element("w:tblHeader") if repeated else None),
    )
    at = 0
    for cell in cells:
        width = sum(widths[at : at + cell.columns])
        made.append(_cell(cell, width))
        at += cell.columns
    return made


def _cell(cell: Cell, width: int) -> Element:
    properties = element(
        "w:tcPr",
        element("w:tcW", w=width, type="dxa"),
        element("w:gridSpan", val=cell.columns) if cell.columns > 1 else None,
        element("w:vMerge", val=cell.merge) if cell.merge else None,
        element("w:vAlign", val="center") if cell.middle else None,
    )
    return element("w:tc", properties, *(cell.paragraphs or (paragraph((), Shape()),)))


def section(
    size: tuple[int, int], margins: tuple[float, float, float, float], *, landscape: bool, restart: bool
) -> Element:
    """Page properties; ``restart`` numbers from 1 and hides the number on the first page."""
    width, height = (twips(side) for side in (reversed(size) if landscape else size))
    top, right, bottom, left = (twips(side) for side in margins)
    page = element("w:pgSz", w=width, h=height)
    if landscape:
        page.set(qn("w:orient"), "landscape")
    return element(
        "w:sectPr",
        element("w:type", val="nextPage"),
        page,
        element(
            "w:pgMar",
            top=top,
            right=right,
            bottom=bottom,
            left=left,
            header=twips(10),
            footer=twips(10),
            gutter=0,
        ),
        element("w:pgNumType", start=1) if restart else None,
        element("w:titlePg") if restart else None,
    )
