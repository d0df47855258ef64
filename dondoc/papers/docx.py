"""The paper as a Word file an office can still edit: the statutory layout in native tables and styles."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from dondoc.papers import fonts, layout, ooxml, wording
from dondoc.papers.layout import PaperContent
from dondoc.papers.ooxml import Cell, Element, Shape, element, paragraph, run, twips

FONT = "Times New Roman"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_CENTRED = Shape(justify="center")


def render(content: PaperContent) -> bytes:
    """The paper as .docx; the same content gives the same bytes."""
    paper = layout.cleaned(content)
    document = _blank(paper)
    body = document.element.body
    references = list(body.sectPr)[: _reference_count(body.sectPr)]
    sections = _sections(paper)
    for index, (parts, landscape, restart) in enumerate(sections):
        properties = ooxml.section(layout.PAGE, _margins(), landscape=landscape, restart=restart)
        if index == 0:
            for at, reference in enumerate(references):
                properties.insert(at, deepcopy(reference))
        for part in parts:
            body.insert(len(body) - 1, part)
        if index < len(sections) - 1:
            body.insert(len(body) - 1, _section_end(properties))
        else:
            body.replace(body.sectPr, properties)
    return _reproducible(document)


def _margins() -> tuple[float, float, float, float]:
    return layout.MARGIN_TOP, layout.MARGIN_RIGHT, layout.MARGIN_BOTTOM, layout.MARGIN_LEFT


def _sections(paper: PaperContent) -> list[tuple[list[Element], bool, bool]]:
    """Runs of pages: their content, whether they lie, whether their count begins anew."""
    found: list[tuple[list[Element], bool, bool]] = []
    body = paper.body_pages()
    for index, pages in enumerate(body):
        parts = [*_opening(paper)] if index == 0 else []
        parts += _blocks(pages, paper)
        if index == len(body) - 1:
            _keep_last(parts)
            parts += _signing(paper)
        found.append((parts, pages.landscape, index == 0))
    for pages in paper.annex_pages():
        parts = _annex_title(paper, pages) if pages.annex else []
        found.append((parts + _blocks(pages, paper), pages.landscape, pages.annex is not None))
    return found


def _section_end(properties: Element) -> Element:
    """The section's own last paragraph, too small to be seen."""
    end = paragraph((), Shape(exactly=1))
    end.find(qn("w:pPr")).append(properties)
    return end


def _keep_last(parts: list[Element]) -> None:
    """The signature never stands alone on a page: the last paragraph goes with it."""
    if parts and parts[-1].tag == qn("w:p"):
        properties = parts[-1].find(qn("w:pPr"))
        if properties.find(qn("w:keepNext")) is None:
            style = properties.find(qn("w:pStyle"))
            properties.insert(0 if style is None else 1, element("w:keepNext"))


# --- head -----------------------------------------------------------------------------------------------


def _opening(paper: PaperContent) -> list[Element]:
    parts = [_letterhead(paper)]
    if paper.type_name:
        parts += [
            paragraph(
                [run(paper.type_line, layout.NAME_SIZE, bold=True)],
                Shape(justify="center", before=12, with_next=True),
            ),
            paragraph([run(paper.subject, layout.NAME_SIZE, bold=True)], _CENTRED),
            _short_rule(paper.subject, layout.NAME_SIZE, layout.text_width(False), bold=True),
        ]
    if paper.authority:
        shape = Shape(justify="center", before=12, after=6, with_next=True)
        parts.append(paragraph([run(paper.authority.upper(), paper.body_size, bold=True)], shape))
    parts += _addressees(paper)
    shape = _text_shape(indent=True)
    parts += [paragraph([run(line, paper.body_size, italic=True)], shape) for line in paper.basis_lines]
    return parts


def _letterhead(paper: PaperContent) -> Element:
    left, right = layout.HEAD_COLUMNS
    names = [paragraph([run(line, layout.TITLE_SIZE)], _CENTRED) for line in paper.superior_body]
    names += [paragraph([run(line, layout.TITLE_SIZE, bold=True)], _CENTRED) for line in paper.issuing_body]
    names.append(_short_rule(paper.issuing_body[-1], layout.TITLE_SIZE, left, bold=True))
    motto_length = fonts.width_mm(wording.MOTTO, layout.MOTTO_SIZE, bold=True)
    nation = [
        paragraph([run(wording.NATIONAL_TITLE, layout.TITLE_SIZE, bold=True)], _CENTRED),
        paragraph([run(wording.MOTTO, layout.MOTTO_SIZE, bold=True)], _CENTRED),
        ooxml.rule(motto_length, right),
    ]
    under = Shape(justify="center", before=4)
    number = [paragraph([run(paper.number_line, layout.NUMBER_SIZE)], under)]
    if paper.letter_subject:
        subject = Shape(justify="center", before=6)
        number.append(paragraph([run(paper.letter_subject, layout.TITLE_SIZE)], subject))
    place = [paragraph([run(paper.place_line, layout.NUMBER_SIZE, italic=True)], under)]
    rows = [[Cell(names), Cell(nation)], [Cell(number), Cell(place)]]
    return ooxml.table([twips(left), twips(right)], rows, ruled=False)


def _short_rule(text: str, size: float, room: float, *, bold: bool) -> Element:
    """A line between a third and a half of the text above it, which may itself fill several lines."""
    length = min(fonts.width_mm(text, size, bold=bold), room)
    return ooxml.rule(length * layout.SHORT_RULE_SHARE, room)


def _addressees(paper: PaperContent) -> list[Element]:
    lines = paper.addressee_lines
    if len(lines) == 1:
        shape = Shape(justify="center", before=12, after=6)
        return [paragraph([run(lines[0], paper.body_size)], shape)]
    shapes = [Shape(left=25, before=12)] + [Shape(left=45)] * max(len(lines) - 1, 0)
    return [paragraph([run(line, paper.body_size)], s) for line, s in zip(lines, shapes, strict=False)]


# --- body -----------------------------------------------------------------------------------------------


def _text_shape(*, indent: bool, with_next: bool = False, style: str = "") -> Shape:
    return Shape(
        justify="both",
        before=layout.PARAGRAPH_BEFORE,
        after=layout.PARAGRAPH_AFTER,
        spread=1.15,
        first=layout.FIRST_LINE_INDENT if indent else 0,
        with_next=with_next,
        style=style,
    )


def _blocks(pages: layout.Pages, paper: PaperContent) -> list[Element]:
    width = layout.text_width(pages.landscape)
    return [part for block in pages.blocks for part in _block(block, paper.body_size, width)]


def _block(block: layout.Block, size: int, width: int) -> list[Element]:
    match block:
        case layout.Heading():
            look = run(block.text, size, bold=block.level < 3, italic=block.level == 3)
            return [
                paragraph([look], _text_shape(indent=True, with_next=True, style=f"Heading{block.level}"))
            ]
        case layout.Paragraph():
            lead = [run(f"{block.lead} ", size, bold=True)] if block.lead else []
            text = run(block.text, size, italic=block.italic)
            return [paragraph([*lead, text], _text_shape(indent=block.indent))]
        case layout.Centred():
            shape = Shape(justify="center", before=6, after=6, with_next=True)
            return [paragraph([run(block.text, size, bold=True)], shape)]
        case layout.Bullets():
            shape = _text_shape(indent=True)
            return [paragraph([run(f"- {item}", size)], shape) for item in block.items]
        case layout.Note():
            return [paragraph([run(block.text, size, italic=True)], Shape(justify="both", before=3, after=6))]
        case layout.Table():
            return _table(block, size, width)


def _table(block: layout.Table, size: int, width: int) -> list[Element]:
    widths = [twips(width * share) for share in block.shares()]
    rows = [[_header_cell(cell, below, block.size()) for cell, below in row] for row in block.header_slots()]
    rows += [[_body_cell(cell, block.size()) for cell in row] for row in block.printed_rows()]
    caption = Shape(justify="center", before=6, after=4, with_next=True)
    parts = [paragraph([run(block.caption, size, bold=True)], caption)] if block.caption else []
    parts.append(ooxml.table(widths, rows, ruled=True, header_rows=len(block.header)))
    return [*parts, paragraph((), Shape(exactly=6))]


def _header_cell(cell: layout.HeaderCell, continues: bool, size: int) -> Cell:
    words = () if continues else [run(cell.text, size, bold=True)]
    shape = Shape(justify="center", before=2, after=2, with_next=True)
    below = "continue" if continues else "restart" if cell.rows > 1 else ""
    return Cell([paragraph(words, shape)], cell.columns, below, middle=True)  # type: ignore[arg-type]


def _body_cell(cell: layout.PrintedCell, size: int) -> Cell:
    shape = Shape(justify=cell.align, before=2, after=2)
    return Cell([paragraph([run(cell.text, size, bold=cell.bold)], shape)], cell.columns, middle=True)


# --- foot -----------------------------------------------------------------------------------------------


def _signing(paper: PaperContent) -> list[Element]:
    gap = paragraph((), Shape(exactly=12, with_next=True))
    after = paragraph((), Shape(exactly=1))
    recipients = _recipients(paper)
    posts = [_post(signature, paper.body_size) for signature in paper.signatures]
    names = [_name(signature, paper.body_size) for signature in paper.signatures]
    if len(posts) == 1:
        widths = [twips(width) for width in layout.FOOT_COLUMNS]
        row = [Cell(recipients), Cell([*posts[0], *names[0]])]
        return [gap, ooxml.table(widths, [row], ruled=False), after]
    # Posts in one row and names in another, so that the names stand level.
    share = twips(layout.text_width(False) / len(posts))
    rows = [[Cell(post) for post in posts], [Cell(name) for name in names]]
    table = ooxml.table([share] * len(posts), rows, ruled=False)
    return [gap, table, paragraph((), Shape(exactly=12)), *recipients]


def _post(signature: layout.Signature, size: int) -> list[Element]:
    shape = Shape(justify="center", with_next=True)
    lines = [paragraph([run(line, size, bold=True)], shape) for line in signature.lines]
    if signature.note:
        lines.append(paragraph([run(signature.note, 12, italic=True)], shape))
    return lines


def _name(signature: layout.Signature, size: int) -> list[Element]:
    """The name under room to sign in, or under the signature as it was drawn."""
    wide, high = layout.STROKES if signature.strokes else (0, 0)
    room = Shape(justify="center", before=(layout.SIGNATURE_ROOM - high) * 72 / 25.4)
    name = [run(signature.name, size, bold=True)]
    if not signature.strokes:
        return [paragraph(name, room)]
    drawn = ooxml.drawing(signature.strokes, wide, high, f"Chữ ký của {signature.name}")
    return [paragraph([drawn], room), paragraph(name, Shape(justify="center"))]


def _recipients(paper: PaperContent) -> list[Element]:
    if not paper.recipient_lines:
        return []
    head = paragraph([run("Nơi nhận:", layout.RECIPIENT_HEAD_SIZE, bold=True, italic=True)], Shape())
    return [
        head,
        *(paragraph([run(line, layout.RECIPIENT_SIZE)], Shape()) for line in paper.recipient_lines),
    ]


def _annex_title(paper: PaperContent, pages: layout.Pages) -> list[Element]:
    annex = pages.annex
    assert annex is not None
    note = Shape(justify="center", after=8)
    return [
        paragraph([run(paper.annex_label(pages.annex_number), layout.NAME_SIZE, bold=True)], _CENTRED),
        paragraph([run(annex.title.upper(), layout.NAME_SIZE, bold=True)], _CENTRED),
        paragraph([run(paper.annex_note(annex), layout.NAME_SIZE, italic=True)], note),
    ]


# --- the file -------------------------------------------------------------------------------------------


def _blank(paper: PaperContent) -> WordDocument:
    document = Document()
    for child in list(document.element.body)[:-1]:
        document.element.body.remove(child)
    _style(document)
    _furnish(document, paper)
    properties = document.core_properties
    properties.title = paper.document_title[:255]
    properties.author = properties.last_modified_by = paper.issuer_name[:255]
    properties.comments = properties.keywords = properties.subject = ""
    properties.language, properties.revision = "vi-VN", 1
    day = paper.issued_on or paper.rule_set.valid_from
    stamp = datetime.combine(max(day, datetime(1980, 1, 1).date()), time(), UTC)
    properties.created = properties.modified = stamp
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(key)  # the empty template's preview
    return document


def _style(document: WordDocument) -> None:
    """One font for everything, black, Vietnamese; headings keep their level for navigation."""
    sizes = {"Normal": 14, "Heading 1": 14, "Heading 2": 14, "Heading 3": 14, "Header": 13, "Footer": 13}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        look = style.element.get_or_add_rPr()
        _use_font(look)
        if name == "Normal":
            look.append(element("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
            style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    defaults: Any = (
        document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    )
    _use_font(defaults)
    language = defaults.find(qn("w:lang"))
    if language is not None:
        language.set(qn("w:val"), "vi-VN")


def _use_font(look: Element) -> None:
    names = look.get_or_add_rFonts() if hasattr(look, "get_or_add_rFonts") else look.find(qn("w:rFonts"))
    names.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        names.set(qn(f"w:{script}"), FONT)


def _furnish(document: WordDocument, paper: PaperContent) -> None:
    """Page number where the rules want it, from the second page on; the marker on every page."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    on_top = paper.rule_set.page_number == "top centre"
    number = paragraph(ooxml.page_number(13), Shape(justify="center" if on_top else "right"))
    marker = [run(paper.marker, 12, bold=True)] if paper.marker else []
    marked = paragraph(marker, _CENTRED)
    _fill(section.header, [number] if on_top else [])
    _fill(section.footer, [marked] if on_top else [number, marked])
    _fill(section.first_page_header, [])
    _fill(section.first_page_footer, [deepcopy(marked)])


def _fill(part: Any, paragraphs: Sequence[Element]) -> None:
    part.is_linked_to_previous = False
    holder = part._element
    for child in list(holder):
        holder.remove(child)
    holder.extend(paragraphs or [paragraph((), Shape())])


def _reference_count(properties: Iterable[Element]) -> int:
    wanted = (qn("w:headerReference"), qn("w:footerReference"))
    return sum(1 for child in properties if child.tag in wanted)


def _reproducible(document: WordDocument) -> bytes:
    """The file with its moment of saving taken out."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return packed.getvalue()
