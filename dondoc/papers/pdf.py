"""The paper as PDF/A-2a and PDF/UA-1: drawn by Typst with the shipped typeface, the same on every machine."""

import dataclasses
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from dondoc.papers import fonts, layout, wording
from dondoc.papers.layout import PaperContent

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"


def render(content: PaperContent) -> bytes:
    """The paper as PDF; the same content gives the same bytes."""
    return draw(TEMPLATE, _data(layout.cleaned(content)))


def draw(template: Path, data: dict[str, Any]) -> bytes:
    """Words travel as JSON, never as markup; the fonts of the machine are not looked at."""
    drawn = typst.compile(
        str(template),
        font_paths=[str(fonts.FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime(1980, 1, 1, tzinfo=UTC),
    )
    assert isinstance(drawn, bytes)
    return drawn


def _printable(value: Any) -> Any:
    match value:
        case str():
            return fonts.printable(value)
        case dict():
            return {key: _printable(held) for key, held in value.items()}
        case list() | tuple():
            return [_printable(held) for held in value]
    return value


def _data(paper: PaperContent) -> dict[str, Any]:
    day = paper.issued_on
    return {
        "title": paper.document_title,
        "author": paper.issuer_name,
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "marker": paper.marker,
        "page_number": paper.rule_set.page_number,
        **_measures(paper),
        "superior": paper.superior_body,
        "issuer": paper.issuing_body,
        "nation": wording.NATIONAL_TITLE,
        "motto": wording.MOTTO,
        "number_line": paper.number_line,
        "place_line": paper.place_line,
        "letter_subject": paper.letter_subject,
        "type_line": paper.type_line,
        "subject": paper.subject,
        "authority": paper.authority.upper(),
        "addressees": paper.addressee_lines,
        "bases": paper.basis_lines,
        "recipients": paper.recipient_lines,
        "signatures": [
            {"lines": s.lines, "name": s.name, "note": s.note, "strokes": _drawn(s.strokes)}
            for s in paper.signatures
        ],
        "pages": _pages(paper),
    }


def _measures(paper: PaperContent) -> dict[str, Any]:
    return {
        "margin": {
            "top": layout.MARGIN_TOP,
            "right": layout.MARGIN_RIGHT,
            "bottom": layout.MARGIN_BOTTOM,
            "left": layout.MARGIN_LEFT,
        },
        "head_columns": layout.HEAD_COLUMNS,
        "foot_columns": layout.FOOT_COLUMNS,
        "text_width": layout.text_width(False),
        "indent": layout.FIRST_LINE_INDENT,
        "paragraph_gap": (layout.PARAGRAPH_BEFORE + layout.PARAGRAPH_AFTER) * 25.4 / 72,
        "signature_room": layout.SIGNATURE_ROOM,
        "strokes": layout.STROKES,
        "short_rule": layout.SHORT_RULE_SHARE,
        "body_size": paper.body_size,
        "sizes": {
            "title": layout.TITLE_SIZE,
            "motto": layout.MOTTO_SIZE,
            "name": layout.NAME_SIZE,
            "number": layout.NUMBER_SIZE,
            "recipient_head": layout.RECIPIENT_HEAD_SIZE,
            "recipient": layout.RECIPIENT_SIZE,
        },
    }


def _pages(paper: PaperContent) -> list[dict[str, Any]]:
    body = paper.body_pages()
    found: list[dict[str, Any]] = []
    for index, pages in enumerate(body + paper.annex_pages()):
        annex = pages.annex and {
            "label": paper.annex_label(pages.annex_number),
            "title": pages.annex.title.upper(),
            "note": paper.annex_note(pages.annex),
        }
        blocks = [_block(block) for block in pages.blocks if not _empty_heading(block)]
        signs = index == len(body) - 1
        found.append({"landscape": pages.landscape, "annex": annex, "signs": signs, "blocks": blocks})
    _tag_headings(block for pages in found for block in pages["blocks"])
    return found


def _empty_heading(block: layout.Block) -> bool:
    """An accessible file may hold none."""
    return isinstance(block, layout.Heading) and not block.text.strip()


def _tag_headings(blocks: Iterable[dict[str, Any]]) -> None:
    """The level a screen reader hears: it may not skip one."""
    level = 0
    for block in blocks:
        if block["kind"] == "heading":
            level = block["tag"] = min(block["level"], level + 1)


def _block(block: layout.Block) -> dict[str, Any]:
    match block:
        case layout.Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case layout.Paragraph():
            return {
                "kind": "paragraph",
                "text": block.text,
                "lead": block.lead,
                "indent": block.indent,
                "italic": block.italic,
            }
        case layout.Centred():
            return {"kind": "centred", "text": block.text}
        case layout.Bullets():
            return {"kind": "bullets", "items": block.items}
        case layout.Note():
            return {"kind": "note", "text": block.text}
        case layout.Table():
            return _table(block)


def _table(table: layout.Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "size": table.size(),
        "shares": table.shares(),
        "header": [
            [{"text": cell.text, "columns": cell.columns, "rows": cell.rows} for cell in row]
            for row in table.header
        ],
        "rows": [[dataclasses.asdict(cell) for cell in row] for row in table.printed_rows()],
    }


def _drawn(strokes: Sequence[Sequence[tuple[int, int]]]) -> list[list[tuple[float, float]]]:
    """Points in millimetres from the upper left corner of the signature."""
    wide, high = layout.STROKES
    return [[(x * wide / 1000, y * high / 1000) for x, y in line] for line in strokes]
