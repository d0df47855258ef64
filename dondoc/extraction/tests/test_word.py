"""Word files are read as they look on paper, whatever they hide."""

import io
import time
import zipfile

import docx
import pytest

from dondoc.extraction import limits, within
from dondoc.extraction.model import Extracted, Unreadable
from dondoc.extraction.numbering import letters, roman
from dondoc.extraction.tests.builders import (
    content_types,
    document,
    item,
    paragraph,
    run,
    said,
    table,
    typed_in_tcvn3,
    typed_in_vni,
    word,
)


def read(data: bytes) -> Extracted:
    return within.extract(data, "tệp.docx", within.kind_of(data, "tệp.docx"))


def lines(*blocks: str, **parts: str) -> list[str]:
    return read(word(*blocks, **parts)).text.split("\n")


def box(*words: str, top: int | None = None, left: int = 0) -> str:
    """A run that anchors a text box, in both drawings Word stores."""
    content = f"<w:txbxContent>{''.join(map(said, words))}</w:txbxContent>"
    place = (
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        if top is not None
        else ""
    )
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>{place}"
        f"<wps:txbx>{content}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_file_of_word_itself_is_read_in_order() -> None:
    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    grid = made.add_table(2, 3)
    for place, text in enumerate(("TT", "Xã", "Ngày", "1", "Bích Hòa", "15/10/2019")):
        grid.cell(place // 3, place % 3).text = text
    grid.cell(0, 1).merge(grid.cell(0, 2))
    made.add_paragraph("Nơi nhận")
    out = io.BytesIO()
    made.save(out)

    assert read(out.getvalue()).text.split("\n") == [
        "KẾ HOẠCH", "TT", "Xã", "Ngày", "1\tBích Hòa\t15/10/2019", "Nơi nhận",
    ]  # fmt: skip


def test_merged_and_nested_cells_are_read_once() -> None:
    begun = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + said("Sở Nội vụ")
    goes_on = "<w:tcPr><w:vMerge/></w:tcPr>" + said("")
    inner = table((said("a"), said("b"))) + said("")

    assert lines(table((begun, said("việc 1")), (goes_on, said("việc 2")), (said("trong"), inner))) == [
        "Sở Nội vụ\tviệc 1",
        "\tviệc 2",
        "trong\ta\tb",
    ]


def test_what_was_struck_out_is_left_out_and_what_was_put_in_is_kept() -> None:
    changed = paragraph(
        run("trước ngày "),
        '<w:del w:id="1"><w:r><w:delText>15/10</w:delText></w:r></w:del>',
        f'<w:ins w:id="2">{run("30/11")}</w:ins>',
        f'<w:moveFrom w:id="3">{run("/2018")}</w:moveFrom>',
        f'<w:moveTo w:id="4">{run("/2019")}</w:moveTo>',
    )
    joined = paragraph(run("Kế hoạch "), properties='<w:rPr><w:del w:id="5"/></w:rPr>')
    gone = "<w:tbl><w:tr><w:trPr><w:del w:id='6'/></w:trPr><w:tc>" + said("bỏ") + "</w:tc></w:tr></w:tbl>"

    assert lines(changed, joined, said("số 71"), gone) == ["trước ngày 30/11/2019", "Kế hoạch số 71"]


def test_hidden_words_links_fields_and_controls() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run("11/9")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    whole = paragraph(
        run("ẩn", properties="<w:vanish/>"),
        f"<w:hyperlink>{run('Nghị định')}</w:hyperlink>",
        "<w:r><w:tab/></w:r>",
        f"<w:sdt><w:sdtContent>{run('số 61')}</w:sdtContent></w:sdt>",
        "<w:r><w:br/><w:t>92</w:t><w:noBreakHyphen/><w:t>KH </w:t></w:r>",
        field,
        run(" tiêu đề", properties="<w:caps/>"),
    )

    assert lines(f"<w:sdt><w:sdtContent>{whole}</w:sdtContent></w:sdt>") == [
        "Nghị định\tsố 61",
        "92-KH 11/9 TIÊU ĐỀ",
    ]


def test_text_boxes_stand_where_they_are_read_and_once() -> None:
    head = paragraph(
        box("phải", top=0, left=500), box("dưới", top=900), box("trái", top=0, left=10), run("thân")
    )
    after = paragraph(run("đoạn"), box("chú ý"))

    assert lines(head, after) == ["trái", "phải", "dưới", "thân", "đoạn", "chú ý"]


def test_notes_stand_behind_the_paragraph_or_table_that_calls_them() -> None:
    def call(kind: str, code: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{code}"/></w:r>'

    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{said("---")}</w:footnote>'
        f'<w:footnote w:id="2">{said("Báo cáo số 58/BC-ĐKT")}{said("và phụ lục")}</w:footnote>'
        f'<w:footnote w:id="3">{said("trong bảng")}</w:footnote>'
    )
    ends = f'<w:endnote w:id="2">{said("cuối")}</w:endnote>'

    assert lines(
        paragraph(run("theo báo cáo"), call("footnote", 2), run(" nêu trên")),
        table((paragraph(run("ô"), call("footnote", 3)), said("hai"))),
        paragraph(run("hết"), call("endnote", 2), call("footnote", 99)),
        footnotes=notes,
        endnotes=ends,
    ) == [
        "theo báo cáo nêu trên",
        "[1] Báo cáo số 58/BC-ĐKT và phụ lục",
        "ô\thai",
        "[2] trong bảng",
        "hết",
        "[3] cuối",
    ]


LISTS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
  <w:lvlText w:val="%1.%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
 <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="+"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="§iÒu %1."/>
  <w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def test_the_marks_of_lists_are_computed() -> None:
    assert lines(
        item("MỤC ĐÍCH", numbered=1),
        item("một", numbered=1, level=1),
        item("chữ", numbered=1, level=2),
        item("chữ nữa", numbered=1, level=2),
        item("YÊU CẦU", numbered=1),
        item("hai", numbered=1, level=1),
        item("lại từ đầu", numbered=1, level=2),
        item("chấm", numbered=1, level=3),
        item("cộng", numbered=1, level=4),
        item("Phạm vi", numbered=2),
        item("Đối tượng", numbered=2),
        item("Hiệu lực", numbered=3),
        item("không", numbered=0),
        item("lạ", numbered=77),
        numbering=LISTS,
    ) == [
        "I. MỤC ĐÍCH",
        "1.1. một",
        "a) chữ",
        "b) chữ nữa",
        "II. YÊU CẦU",
        "2.1. hai",
        "a) lại từ đầu",
        "- chấm",
        "+ cộng",
        "Điều 3. Phạm vi",
        "Điều 4. Đối tượng",
        "Điều 1. Hiệu lực",
        "không",
        "lạ",
    ]


def test_a_style_brings_its_list_and_its_font() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:rFonts w:hAnsi=".VnTimeH"/></w:rPr>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:basedOn w:val="Base"/></w:style>'
    )

    assert lines(
        paragraph(run("ph¹m vi"), properties='<w:pStyle w:val="Dieu"/>'), styles=styles, numbering=LISTS
    ) == ["Điều 3. PHẠM VI"]


def test_letters_and_roman_figures() -> None:
    assert [letters(number) for number in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99, 2019)] == [
        "i", "iv", "ix", "xiv", "xl", "xcix", "mmxix",
    ]  # fmt: skip


def test_old_fonts_are_converted_run_by_run() -> None:
    found = read(
        word(
            paragraph(run("Uû ban nh©n d©n", font=".VnTimeH"), run(" số 5")),
            paragraph(
                run(typed_in_tcvn3("Kế hoạch cải cách"), font=".VnTime"), run(" hành chính", font="Arial")
            ),
            paragraph(run("Quyeát ñ", font="VNI-Times"), run("ònh", font="VNI-Times", properties="<w:b/>")),
            paragraph(run("Đã là Unicode và được", font=".VnTime")),
            paragraph(
                "<w:r><w:rPr><w:rFonts w:hAnsi='.VnTime'/></w:rPr><w:t>n¨m </w:t><w:softHyphen/></w:r>"
            ),
        )
    )

    assert found.text.split("\n") == [
        "UỶ BAN NHÂN DÂN số 5",
        "Kế hoạch cải cách hành chính",
        "Quyết định",
        "Đã là Unicode và được",
        "năm ư",
    ]
    assert found.notes == (
        "Văn bản gõ bằng bảng mã TCVN3 (ABC), đã chuyển sang Unicode.",
        "Văn bản gõ bằng bảng mã VNI, đã chuyển sang Unicode.",
    )


def test_old_letters_without_their_font_are_told_by_look() -> None:
    found = read(word(said(typed_in_vni("Kiểm tra công tác cải cách hành chính")), said("Soá: 12")))

    assert found.text == "Kiểm tra công tác cải cách hành chính\nSố: 12"
    assert found.notes == ("Văn bản gõ bằng bảng mã VNI, đã chuyển sang Unicode.",)


@pytest.mark.parametrize(("header", "first"), [("UBND HUYỆN\tSố: 71/KH-UBND", True), ("Trang 1", False)])
def test_a_header_is_read_where_it_holds_the_number(header: str, first: bool) -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r_header"/></w:sectPr>'

    assert lines(said("KẾ HOẠCH"), section, header=said(header)) == [header] * first + ["KẾ HOẠCH"]


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return out.getvalue()


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
THIEF = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MACRO_TYPE = content_types("application/vnd.ms-word.document.macroEnabled.main+xml")
HOSTILE = {
    "entities that multiply": (zipped(word__document_xml=document(said("x&b;"), LAUGHS)), "entities"),
    "entities from disk": (zipped(word__document_xml=document(said("x&a;"), THIEF)), "entities"),
    "macros": (zipped(word__document_xml=document(said("x")), word__vbaProject_bin=b"x"), "macros"),
    "the type of macros": (
        zipped(**{"[Content_Types]_xml": MACRO_TYPE, "word__document_xml": document(said("x"))}),
        "macros",
    ),
    "a bomb": (zipped(word__document_xml=b"0" * 60_000_000), "bomb"),
    "one long part": (
        zipped(
            word__document_xml=bytes(31 * 1024 * 1024),
            x=b"".join(i.to_bytes(4, "big") for i in range(300_000)),
        ),
        "too_long",
    ),
    "half a document": (zipped(word__document_xml="<w:document"), "broken"),
    "no body": (zipped(word__document_xml="<a/>"), "broken"),
    "ten thousand floors": (zipped(word__document_xml=document("<w:tbl>" * 10_000)), "broken"),
    "half a zip": (zipped(word__document_xml=document(said("x" * 5000)))[:-30], "broken"),
    "nothing": (word(said(" ")), "no_text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_word_files_are_refused_with_a_sentence(name: str) -> None:
    data, code = HOSTILE[name]

    with pytest.raises(Unreadable) as refused:
        read(data)

    assert refused.value.code == code
    assert "“tệp.docx”" in refused.value.sentence


def test_a_part_that_is_larger_than_it_says_is_not_unpacked() -> None:
    data = bytearray(zipped(word__document_xml=bytes(limits.MOST_XML * 2)))
    real = (limits.MOST_XML * 2).to_bytes(4, "little")
    assert data.count(real) == 2
    lying = bytes(data).replace(real, (1000).to_bytes(4, "little"))

    with pytest.raises(Unreadable, match="broken|too_long"):
        read(lying)


def test_deep_tables_within_the_parsers_bound_are_read() -> None:
    deep = said("đáy")
    for _ in range(40):
        deep = table((deep,))

    assert lines(deep) == ["đáy"]


def test_a_note_that_calls_itself_is_read_once() -> None:
    call = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    note = f'<w:footnote w:id="7">{paragraph(run("vòng"), call)}</w:footnote>'

    assert lines(paragraph(run("đoạn"), call, call), footnotes=note) == ["đoạn", "[1] vòng"]


def test_a_paragraph_of_very_many_runs_is_read_in_time() -> None:
    begun = time.perf_counter()

    assert len(lines(paragraph("<w:r><w:t>a</w:t></w:r>" * 20_000, run("x" * 50_000)))[0]) == 70_000
    assert time.perf_counter() - begun < 3


def test_pictures_alone_are_told() -> None:
    with pytest.raises(Unreadable, match="scan"):
        read(with_picture(word(said(""))))


def with_picture(data: bytes) -> bytes:
    """The same file, its main part related to a picture."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            inside = source.read(name)
            if name == "word/_rels/document.xml.rels":
                inside = inside.replace(
                    b"</Rel", b'<Relationship Id="p" Type="x/image" Target="p.png"/></Rel'
                )
            target.writestr(name, inside)
    return out.getvalue()
