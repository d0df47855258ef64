"""Files as people send them: the good, the wrong and the hostile."""

import io
import zipfile
from collections.abc import Callable

import docx
import pypdfium2
import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dondoc.directives.actions import take_paper
from dondoc.directives.tests.builders import READ_AT
from dondoc.extraction import limits
from dondoc.foundation.refusals import Refused
from dondoc.intakes import actions, extraction, tasks
from dondoc.intakes.models import Intake
from dondoc.intakes.tests.builders import DATA, seed_text
from dondoc.jobs import worker
from dondoc.people.tests.builders import a_coordinator

pytestmark = pytest.mark.django_db

LINES = ["Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ;", "Ế Ỗ Ậ ữ ặ đ"]


def text_of(name: str, data: bytes) -> str:
    by = a_coordinator()
    stored = take_paper(SimpleUploadedFile(name, data), by=by, at=READ_AT)
    return extraction.text_of(stored)


def word(build: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(lines: list[str]) -> bytes:
    drawn = typst.compile(" \\\n".join(lines).encode())
    assert isinstance(drawn, bytes)
    return drawn


def blank_pdf(pages: int = 1) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_files_are_read_in_every_usual_encoding(encoding: str) -> None:
    assert text_of("a.txt", "\r\n".join(LINES).encode(encoding)) == "\n".join(LINES)


def test_the_old_vietnamese_windows_page_is_read() -> None:
    # That page writes most tones as marks of their own, after the letter.
    typed = "Kê\u0301 hoa\u0323ch cu\u0309a huyê\u0323n, Đoàn kiê\u0309m tra"

    assert text_of("a.txt", typed.encode("cp1258")) == "Kế hoạch của huyện, Đoàn kiểm tra"


def test_word_files_are_read_in_order_with_their_tables() -> None:
    def build(document: docx.document.Document) -> None:
        head = document.add_table(1, 2)
        head.cell(0, 0).text = "UBND HUYỆN THANH OAI\nSố: 292/KH-UBND"
        head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        document.add_paragraph("KẾ HOẠCH")
        table = document.add_table(2, 3)
        for place, words in enumerate(("TT", "Xã", "Ngày", "1", "Bích Hòa", "15/10/2019")):
            table.cell(place // 3, place % 3).text = words
        table.cell(0, 1).merge(table.cell(0, 2))
        document.add_paragraph("Nơi nhận")

    assert text_of("kh.docx", word(build)).split("\n") == [
        "UBND HUYỆN THANH OAI",
        "Số: 292/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "KẾ HOẠCH",
        "TT",
        "Xã",
        "Ngày",
        "1\tBích Hòa\t15/10/2019",
        "Nơi nhận",
    ]


def test_the_words_of_a_pdf_are_read_with_their_marks() -> None:
    found = text_of("nd.pdf", pdf(LINES))

    assert "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ" in " ".join(found.split())


def test_a_word_file_goes_from_upload_to_review() -> None:
    def build(document: docx.document.Document) -> None:
        for line in seed_text().split("\n"):
            document.add_paragraph(line)

    data = word(build)
    by = a_coordinator()
    stored = take_paper(SimpleUploadedFile("tin.docx", data), by=by, at=READ_AT)

    intake = actions.bring_file(stored, by=by, at=READ_AT)
    assert intake.status == Intake.Status.READING
    tasks.read_file.run(intake=intake.pk)

    intake.refresh_from_db()
    assert str(intake) == "Kế hoạch 292/KH-UBND"
    assert len(intake.reading["citations"]) == 6


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("rong.pdf", lambda: b"", "rỗng (0 byte)"),
    ("to.pdf", lambda: b"%PDF-1.7" + b"0" * 30 * 1024 * 1024, "nặng 30,0 MB, quá 20 MB"),
    ("trang.pdf", lambda: b"<!DOCTYPE html><script>alert(1)</script>", "mà không phải PDF"),
    ("anh.docx", lambda: b"\x89PNG\r\n\x1a\n" + b"0" * 100, "thật ra là PNG"),
    ("that.txt", lambda: blank_pdf(), "thật ra là PDF"),
    ("khoa.pdf", lambda: (DATA / "locked.pdf").read_bytes(), "đặt mật khẩu"),
    ("khoa.docx", lambda: (DATA / "locked.docx").read_bytes(), "đặt mật khẩu"),
    ("bom.docx", bomb, "giải nén ra quá lớn"),
    ("hong.docx", lambda: b"PK\x03\x04" + b"\x00" * 40, "bị hỏng"),
    ("hong.pdf", lambda: b"%PDF-1.7\nkhong phai", "bị hỏng"),
    ("nhi-phan.txt", lambda: bytes(range(256)), "mà không phải TXT"),
]
UNREADABLE: list[tuple[str, Callable[[], bytes], str]] = [
    ("rong.docx", lambda: word(lambda document: None), "không có chữ nào"),
    ("day.pdf", lambda: blank_pdf(limits.MOST_PAGES + 1), "có 301 trang, quá 300 trang"),
    ("trang.pdf", blank_pdf, "không có chữ nào"),
    ("khac.txt", "Trời hôm nay đẹp.".encode, "Không thấy văn bản nào"),
]


@pytest.mark.parametrize(("name", "make", "sentence"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_every_wrong_file_is_answered_with_a_sentence_at_its_field(
    name: str, make: Callable[[], bytes], sentence: str
) -> None:
    client = Client()
    client.force_login(a_coordinator())

    response = client.post("/lam-viec/van-ban/doc/", {"text": "", "file": SimpleUploadedFile(name, make())})

    assert response.status_code in {409, 422}
    errors = response.context["screen"].form.errors["file"]
    assert sentence in errors[0]
    assert errors[0] in response.content.decode().replace("&quot;", '"')
    assert Intake.objects.count() == 0


@pytest.mark.parametrize(("name", "make", "sentence"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_a_file_that_cannot_be_read_waits_with_the_reason(
    name: str, make: Callable[[], bytes], sentence: str
) -> None:
    client = Client()
    client.force_login(a_coordinator())
    sent = client.post("/lam-viec/van-ban/doc/", {"text": "", "file": SimpleUploadedFile(name, make())})
    intake = Intake.objects.get()
    assert sent.headers["Location"] == intake.get_absolute_url()

    assert worker.run_one(timezone.now())

    intake.refresh_from_db()
    shown = client.get(intake.get_absolute_url())
    assert intake.status == Intake.Status.STOPPED
    assert sentence in intake.problem
    assert intake.problem in shown.content.decode().replace("&quot;", '"')


def test_what_was_pasted_stays_when_the_file_is_refused() -> None:
    client = Client()
    client.force_login(a_coordinator())

    response = client.post(
        "/lam-viec/van-ban/doc/", {"text": seed_text(), "file": SimpleUploadedFile("a.pdf", b"")}
    )

    assert "Nhằm đôn đốc, hướng dẫn, chấn chỉnh" in response.content.decode()
    assert "rỗng (0 byte)" in response.context["screen"].form.errors["file"][0]


def test_a_word_file_of_broken_parts_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(Refused, match=r"intakes\.broken"):
        text_of("hong.docx", out.getvalue())


def test_a_text_beyond_the_bounds_is_refused() -> None:
    long = "Kế hoạch số 71/KH-UBND. " * 20_000
    with pytest.raises(Refused, match=r"intakes\.too_long"):
        actions.bring_in(long, by=a_coordinator(), at=READ_AT)


def test_control_characters_do_not_reach_the_database() -> None:
    intake = actions.bring_in(
        "Kế hoạch số 71/KH-UBND\x00 ngày 15/02/2019\u200b của UBND huyện Thanh Oai\x1b.",
        by=a_coordinator(),
        at=READ_AT,
    )

    assert intake.text == "Kế hoạch số 71/KH-UBND ngày 15/02/2019 của UBND huyện Thanh Oai."
