"""Papers as offices send them, made here: Word files of raw markup, pages drawn, old encodings typed."""

import io
import unicodedata
import zipfile
from typing import Any

import typst
from PIL import Image

from dondoc.extraction import encodings
from dondoc.papers import fonts

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_SPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_HORN = "\u031b"
LINES = (
    "ỦY BAN NHÂN DÂN HUYỆN THANH OAI",
    "Số: 292/KH-UBND",
    "Thanh Oai, ngày 11 tháng 9 năm 2019",
    "KẾ HOẠCH",
    "Kiểm tra công tác cải cách hành chính năm 2019",
    "Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ;",
    "Ủy ban nhân dân huyện ban hành kế hoạch kiểm tra tại 21 xã, thị trấn; việc chưa được phải khắc phục",
    "trước ngày 30/11/2019, gửi báo cáo bằng văn bản về Phòng Nội vụ để tổng hợp.",
)


# --- Word ---------------------------------------------------------------------------------------------------


def run(text: str, *, font: str = "", properties: str = "") -> str:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:rPr>{fonts}{properties}</w:rPr><w:t xml:space="preserve">{escaped}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def said(text: str) -> str:
    return paragraph(run(text))


def item(text: str, *, numbered: int, level: int = 0) -> str:
    """A paragraph of a list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>'
    return paragraph(run(text), properties=place)


def table(*rows: tuple[str, ...]) -> str:
    """``rows`` of cells' own markup, a cell's properties first where it has some."""
    drawn = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl>{drawn}</w:tbl>"


def word(*blocks: str, **parts: str) -> bytes:
    """A .docx of these blocks; ``parts`` are the insides of numbering, styles, notes and header."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes", "endnotes": "endnotes",
             "header": "hdr"}  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", content_types(f"{_TYPES}document.main+xml"))
        archive.writestr("_rels/.rels", relations(officeDocument="word/document.xml"))
        archive.writestr("word/document.xml", document("".join(blocks)))
        archive.writestr("word/_rels/document.xml.rels", relations(**{name: f"{name}.xml" for name in parts}))
        for name, inside in parts.items():
            root = roots[name]
            archive.writestr(f"word/{name}.xml", f"<w:{root} {_SPACES}>{inside}</w:{root}>")
    return out.getvalue()


def document(body: str, before: str = "") -> str:
    inside = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
    return f"<?xml version='1.0' encoding='UTF-8'?>{before}{inside}"


def content_types(main: str) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(**targets: str) -> str:
    each = "".join(
        f'<Relationship Id="r_{kind}" Type="{_R}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


# --- PDF and pictures ---------------------------------------------------------------------------------------


def pdf(*pages: str) -> bytes:
    """Pages of Typst markup."""
    source = '#set page(width: 210mm, height: 297mm)\n#set text(font: "Tinos", size: 14pt)\n'
    whole = source + "\n#pagebreak()\n".join(pages)
    drawn = typst.compile(whole.encode(), font_paths=typst.Fonts(font_paths=[str(fonts.FOLDER)]))
    assert isinstance(drawn, bytes)
    return drawn


def set_in(*lines: tuple[str, str]) -> bytes:
    """A PDF of lines and the fonts it says they are set in: typed by hand, for those fonts are not free."""
    fonts_used = sorted({font for font, _ in lines})
    shown = "".join(f"/F{fonts_used.index(font)} 12 Tf ({text}) Tj T*\n" for font, text in lines)
    content = f"BT 14 TL 50 700 Td\n{shown}ET"
    named = " ".join(
        f"/F{place} << /Type /Font /Subtype /TrueType /BaseFont /{font} /Encoding /WinAnsiEncoding >>"
        for place, font in enumerate(fonts_used)
    )
    things = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << {named} >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    )
    out, places = "%PDF-1.4\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{thing}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size, at = len(things) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF"
    return out.encode("cp1252")


def page(lines: tuple[str, ...] = LINES) -> str:
    return " \\\n".join(
        "".join(f"\\{char}" if char in "#$*_`<>@=-/[]" else char for char in line) for line in lines
    )


def pictures(data: bytes, *, dots: int = 200) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    drawn = [each.render(scale=dots / 72).to_pil().convert("L") for each in document]
    document.close()
    return drawn


def saved(pages: list[Image.Image], kind: str, *, dots: int = 200) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if kind in {"PDF", "TIFF"} else {}
    pages[0].save(out, kind, **({"resolution": dots} if kind == "PDF" else {"dpi": (dots, dots)}), **more)
    return out.getvalue()


# --- old encodings ------------------------------------------------------------------------------------------


def typed_in_tcvn3(text: str) -> str:
    """As Western letters, the way a file holds it. Capitals with a tone stay small: the font has none."""
    back = {letter: chr(0xA0 + place) for place, letter in enumerate(encodings._TCVN3) if letter != "\u00a0"}
    for letter in "ẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ":
        back.pop(letter, None)
    return "".join(
        back.get(char, back.get(char.lower(), char)) for char in unicodedata.normalize("NFC", text)
    )


def typed_in_vni(text: str) -> str:
    letters = {letter: sign for sign, letter in encodings._VNI_LETTERS.items()}
    marks = {sign: mark for mark, sign in encodings._VNI_MARKS.items()}
    composed = unicodedata.normalize("NFC", text)
    return "".join(letters.get(char) or _with_marks(char, letters, marks) for char in composed)


def _with_marks(char: str, letters: dict[str, str], marks: dict[str, str]) -> str:
    """The bearer and the one letter that carries all its marks."""
    base, *signs = list(unicodedata.normalize("NFD", char))
    if _HORN in signs:
        signs.remove(_HORN)
        base = letters[unicodedata.normalize("NFC", base + _HORN)]
    # Canonical order puts a dot below before a hat; the table names the hat first.
    carried = marks.get("".join(sorted(signs, key="\u0302\u0306\u0301\u0300\u0309\u0303\u0323".find)))
    if carried is None or base in "iI":
        return char
    return base + (carried.upper() if base.isupper() else carried)
