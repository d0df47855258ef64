"""Pages of PDFs and pictures: written words, seen words, and both in one file."""

import difflib
import io
from pathlib import Path

import pypdfium2
import pytest
import typst
from PIL import Image

from dondoc.extraction import Unreadable, apart, limits, pdf, scans, seen, within
from dondoc.extraction.model import Extracted
from dondoc.extraction.tests import builders
from dondoc.extraction.tests.builders import LINES, page, pictures, saved, typed_in_tcvn3, typed_in_vni

needs_tesseract = pytest.mark.skipif(
    not scans.installed(), reason="Tesseract with Vietnamese is not installed"
)
HEAD = """#grid(columns: (1fr, 1.4fr), align: center,
  [UBND HUYỆN THANH OAI\\ *ĐOÀN KIỂM TRA*\\ Số: 58\\/BC\\-ĐKT],
  text(size: 12.5pt)[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\ Độc lập \\- Tự do\\
  Thanh Oai, ngày 3 tháng 10 năm 2019])
#v(2em)
"""


def read(data: bytes, name: str = "tệp.pdf") -> Extracted:
    return within.extract(data, name, within.kind_of(data, name))


def close(found: str, meant: str) -> float:
    """The share of letters that are right, blanks apart."""
    one, other = "".join(found.split()), "".join(meant.split())
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def test_written_words_come_in_order_with_their_hyphens() -> None:
    found = read(builders.pdf(page(), "Kế hoạch số 292\\/KH\\-\\ UBND ngày 11"))

    assert " ".join(found.text.split()) == " ".join([*LINES, "Kế hoạch số 292/KH- UBND ngày 11"])
    assert found.notes == ()


@pytest.mark.parametrize(("typed", "name"), [(typed_in_tcvn3, "TCVN3 (ABC)"), (typed_in_vni, "VNI")])
def test_old_fonts_inside_a_pdf_are_converted(typed: object, name: str) -> None:
    assert callable(typed)
    found = read(builders.pdf(page(tuple(typed(line) for line in LINES))))

    assert found.text.casefold().split() == " ".join(LINES).casefold().split()
    assert found.notes == (f"Văn bản gõ bằng bảng mã {name}, đã chuyển sang Unicode.",)


def test_the_fonts_of_a_pdf_tell_capitals_and_what_became_of_the_letter_u_with_a_horn() -> None:
    found = read(
        builders.set_in(
            (".VnTimeH", "Uû ban nh©n d©n"),
            (".VnTime", "KÕ ho¹ch ch\u00ada lµm ®\u00adîc th«ng t\u00ad sè 292/KH-UBND"),
            ("ABCDEF+VNI-Times", "Quyeát ñònh"),
            ("Arial", "So 12"),
        )
    )

    assert found.text.split("\n") == [
        "UỶ BAN NHÂN DÂN",
        "Kế hoạch chưa làm được thông tư số 292/KH-UBND",
        "Quyết định",
        "So 12",
    ]
    assert found.notes == (
        "Văn bản gõ bằng bảng mã TCVN3 (ABC), đã chuyển sang Unicode.",
        "Văn bản gõ bằng bảng mã VNI, đã chuyển sang Unicode.",
    )


def test_too_many_pages_and_none_at_all() -> None:
    with pytest.raises(Unreadable, match=r"too_long.*301 trang"):
        read(blank(limits.MOST_PAGES + 1))
    with pytest.raises(Unreadable, match="no_text"):
        read(blank(1))


def blank(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_a_scan_without_tesseract_is_told_and_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_known", frozenset)
    scanned = saved(pictures(builders.pdf(page())), "PDF")

    for data in (scanned, saved(pictures(builders.pdf(page())), "PNG")):
        with pytest.raises(Unreadable, match="scan: .*chưa cài.*Dán nội dung"):
            read(data)


def test_pages_that_are_pictures_are_named_where_they_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_known", frozenset)

    found = read(joined(builders.pdf(page()), saved(pictures(builders.pdf("hai")), "PDF")))

    assert found.text.startswith(LINES[0])
    assert found.notes == ("Trang 2 chỉ có ảnh, chưa đọc được chữ vì máy chủ chưa cài Tesseract tiếng Việt.",)


def joined(*parts: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        source = pypdfium2.PdfDocument(part)
        whole.import_pages(source)
        source.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()


def test_only_pages_without_words_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "_known", lambda: frozenset({"vie"}))
    monkeypatch.setattr(scans, "read", lambda picture, page: f"<trang {page}: {picture.size[0]} điểm>\n")
    heard: list[tuple[int, int, str]] = []
    data = joined(builders.pdf(page()), saved(pictures(builders.pdf("hai")), "PDF"), builders.pdf("ba"))

    text, notes = pdf.words(data, "a.pdf", lambda *line: heard.append(line))

    assert text.count("<trang") == 1
    assert "<trang 2: 248" in text
    assert text.rstrip().endswith("ba")
    assert notes == (scans.note(1),)
    assert heard[:3] == [(1, 3, "Đọc trang"), (2, 3, "Đọc trang"), (3, 3, "Đọc trang")]
    assert heard[3:] == [(1, 1, "Nhận dạng chữ trong ảnh, trang")]


def test_a_scan_that_carries_only_the_stamp_of_its_signature_is_seen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scans, "_known", lambda: frozenset({"vie"}))
    monkeypatch.setattr(scans, "read", lambda picture, page: "chữ trong ảnh\n")
    stamp = "#place(top + right)[Ký bởi: UBND huyện Thanh Oai, ngày ký: 11\\/9\\/2019 09:56]"
    picture = saved(pictures(builders.pdf(page())), "PNG")

    text, _ = pdf.words(stamped(tmp_path, picture, stamp), "a.pdf", lambda *line: None)

    assert text == "chữ trong ảnh\n"


def stamped(folder: Path, picture: bytes, stamp: str) -> bytes:
    """A page-wide picture below some written words."""
    (folder / "p.png").write_bytes(picture)
    main = folder / "main.typ"
    main.write_text(
        f'#set page(width: 210mm, height: 297mm, background: image("p.png", width: 100%))\n{stamp}'
    )
    drawn = typst.compile(str(main))
    assert isinstance(drawn, bytes)
    return drawn


def test_a_page_as_large_as_a_wall_is_drawn_small(monkeypatch: pytest.MonkeyPatch) -> None:
    document = pypdfium2.PdfDocument.new()
    wall = document.new_page(14_000, 14_000)
    assert pdf._drawn(wall).size[0] <= 3000
    wall.close()
    document.close()


def test_a_broken_page_of_a_picture_and_too_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = saved([Image.new("L", (400, 400), 255)] * 3, "TIFF")
    with pytest.raises(Unreadable, match="broken"):
        apart.extract(whole[: len(whole) // 2], name="a.tif")
    monkeypatch.setattr(limits, "MOST_SCANNED_PAGES", 2)
    with pytest.raises(Unreadable, match=r"too_long.*3 trang ảnh"):
        read(whole, "a.tif")


def test_a_tesseract_that_hangs_or_fails_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "PAGE_SECONDS", 1)
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "tesseract"
    for script, code in (("exec /bin/sleep 60", "slow"), ("exit 1", "scan_failed")):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        with pytest.raises(Unreadable, match=f"{code}: .*trang 4"):
            scans.read(Image.new("L", (100, 100), 255), page=4)


@needs_tesseract
@pytest.mark.parametrize("kind", ["PDF", "TIFF", "PNG", "JPEG"])
def test_scans_are_read(kind: str) -> None:
    found = apart.extract(saved(pictures(builders.pdf(page())), kind), name="quét")

    assert close(found.text, " ".join(LINES)) > 0.97
    assert "292/KH-UBND" in found.text
    assert found.notes == (scans.note(1),)


@needs_tesseract
def test_a_scan_of_several_pages_tells_how_far_it_is() -> None:
    heard: list[tuple[int, int]] = []
    pages = pictures(builders.pdf("Trang một của báo cáo", "Trang hai của báo cáo"))

    found = apart.extract(
        saved(pages, "TIFF"), name="a.tif", on_progress=lambda at, of, doing: heard.append((at, of))
    )

    assert [line for line in found.text.split("\n") if line] == [
        "Trang một của báo cáo",
        "Trang hai của báo cáo",
    ]
    assert heard == [(1, 2), (2, 2)]


@needs_tesseract
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_columns_of_a_head_are_read_one_after_the_other_however_the_page_lies(turned: int) -> None:
    if turned and "osd" not in scans._known():
        pytest.skip("Tesseract's data for orientation is not installed")
    picture = pictures(builders.pdf(HEAD + page(LINES * 2)))[0].rotate(turned, expand=True)

    lines = [line for line in apart.extract(saved([picture], "PNG"), name="a.png").text.split("\n") if line]

    assert lines[:3] == ["UBND HUYỆN THANH OAI", "ĐOÀN KIỂM TRA", "Số: 58/BC-ĐKT"]
    assert lines[3:6] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do",
        "Thanh Oai, ngày 3 tháng 10 năm 2019",
    ]


def table(*lines: list[tuple[str, int]]) -> str:
    """Tesseract's table of words that are ten dots high and as wide as their letters times ten."""
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    for at, line in enumerate(lines):
        for place, (word, left) in enumerate(line):
            rows.append(f"5\t1\t1\t1\t{at}\t{place}\t{left}\t{at * 20}\t{len(word) * 10}\t10\t90.0\t{word}")
    return "\n".join(rows)


def test_lines_that_cross_the_gutter_end_the_head() -> None:
    found = seen.text(
        table(
            [("UBND", 0), ("XÃ", 45), ("CỘNG", 200), ("HÒA", 245)],
            [("Số:", 0), ("Độc", 210), ("lập", 245)],
            [("Bích", 205), ("Hòa", 250)],
            [("Kính", 0), ("gửi:", 45), ("đoàn", 90), ("kiểm", 135), ("tra", 180), ("huyện", 215)],
            [("a", 0), ("|", 20), ("b_|", 40), ("c", 200)],
        )
    )

    assert found.split("\n") == [
        "UBND XÃ",
        "Số:",
        "CỘNG HÒA",
        "Độc lập",
        "Bích Hòa",
        "Kính gửi: đoàn kiểm tra huyện",
        "a\tb\tc",
    ]


@pytest.mark.parametrize("table", ["", "rubbish", "5\t1\t1\n", "5" + "\t1" * 10 + "\t "])
def test_a_page_without_words_is_empty(table: str) -> None:
    assert seen.text(table) == ""
