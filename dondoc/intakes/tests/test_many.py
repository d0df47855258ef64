"""Many files at once: sent, sent again, read, looked through, confirmed together."""

import io
import zipfile
from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import READ_AT
from dondoc.extraction import limits
from dondoc.foundation.refusals import Refused
from dondoc.intakes import actions, arriving
from dondoc.intakes.bring_screens import Row
from dondoc.intakes.clearness import doubts_of
from dondoc.intakes.models import Batch, Intake
from dondoc.intakes.tests.builders import seed_text
from dondoc.jobs import worker
from dondoc.jobs.models import Job
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator, an_inspector

pytestmark = pytest.mark.django_db
S = Intake.Status
MANY = "/lam-viec/van-ban/nhieu/"
JSON = {"Accept": "application/json"}


def clear(number: int) -> str:
    """A plan with nothing to doubt."""
    return (
        f"UBND HUYỆN THANH OAI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {number}/KH-UBND\n"
        "Thanh Oai, ngày 15 tháng 02 năm 2019\n\nKẾ HOẠCH\nCải cách hành chính năm 2019\n\n"
        "Ủy ban nhân dân huyện ban hành Kế hoạch cải cách hành chính năm 2019 như sau.\n"
    )


def signed_in(person: User | None = None) -> Client:
    client = Client()
    client.force_login(person or a_coordinator())
    return client


def page(response: Any) -> str:
    return unescape(response.content.decode())


def upload(name: str, text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as box:
        for name, data in files.items():
            box.writestr(name, data)
    return out.getvalue()


def read_all() -> None:
    while worker.run_one(timezone.now()):
        pass


def a_batch(texts: Mapping[str, str], *, by: User | None = None, read: bool = True) -> Batch:
    by = by or a_coordinator()
    batch = actions.open_batch("Năm 2019", by=by, at=READ_AT)
    for origin, text in texts.items():
        actions.add_file(batch, text.encode(), origin=origin, by=by, at=READ_AT)
    if read:
        read_all()
    return batch


def test_the_texts_of_these_tests_are_clear_and_doubtful() -> None:
    batch = a_batch({"a.txt": clear(1), "b.txt": seed_text()})

    found = {intake.origin: intake for intake in batch.intakes.all()}
    assert doubts_of(found["a.txt"].reading) == []
    assert doubts_of(found["b.txt"].reading) != []
    assert (found["a.txt"].doubtful, found["b.txt"].doubtful) == (False, True)


def test_without_javascript_everything_comes_in_one_request() -> None:
    client = signed_in()
    box = zipped({"2019/c.txt": clear(3).encode(), "2019/Thumbs.db": b"x", "__MACOSX/._c.txt": b"x"})

    answer = client.post(
        MANY,
        {
            "name": "Văn bản năm 2019",
            "papers": [upload("a.txt", clear(1)), upload("trang.html", "<html>")],
            "folder": [upload("b.txt", clear(2)), SimpleUploadedFile("rong.pdf", b"")],
            "archive": SimpleUploadedFile("goi.zip", box),
        },
    )

    batch = Batch.objects.get()
    assert answer.headers["Location"] == batch.get_absolute_url()
    assert batch.passed_over == 2
    told = dict(batch.intakes.values_list("origin", "status"))
    assert told == {
        "a.txt": S.READING,
        "b.txt": S.READING,
        "2019/c.txt": S.READING,
        "trang.html": S.STOPPED,
        "rong.pdf": S.STOPPED,
    }
    assert Job.objects.count() == 3
    shown = page(client.get(batch.get_absolute_url()))
    assert "Tệp “rong.pdf” rỗng (0 byte)" in shown
    assert "Đã lướt qua 2 tệp do máy tự tạo" in shown


def test_a_request_with_more_files_than_allowed_is_refused_whole() -> None:
    several = [upload(f"{number}.txt", "x") for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]

    assert signed_in().post(MANY, {"papers": several}).status_code == 400
    assert Batch.objects.count() == 0


def test_nothing_chosen_is_told_at_its_field() -> None:
    answer = signed_in().post(MANY, {"name": "Trống"})

    assert answer.status_code == 422
    assert "Chọn tệp, thư mục hoặc tệp nén." in page(answer)


def test_with_javascript_files_come_one_by_one_and_each_once() -> None:
    client = signed_in()
    told = client.post(MANY, {"name": "Từng tệp", "announced": "3"}, headers=JSON).json()
    sending = {"path": "2019/Quý 1/kh.txt"}
    for _ in range(2):  # the answer to the first was lost on the way
        answer = client.post(told["add"], sending | {"papers": upload("kh.txt", clear(1))}, headers=JSON)
        assert answer.json() == {"taken": True}

    here = client.get(told["add"]).json()["arrived"]

    assert here == [["2019/Quý 1/kh.txt", len(clear(1).encode())]]
    assert Job.objects.count() == 1
    assert "Còn 2 tệp chưa đến" in page(client.get(told["page"]))


def test_a_file_too_large_is_a_row_with_its_reason(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    client = signed_in()
    client.post(MANY, {"papers": [upload("to.txt", clear(1))]})

    assert "nặng quá" in Intake.objects.get().problem


BAD_BOXES = {
    "broken": (b"PK\x03\x04" + b"\0" * 40, "bị hỏng"),
    "empty": (zipped({}), "không có tệp nào"),
    "many": (zipped({f"{n}.txt": b"x" for n in range(limits.MOST_ARCHIVED + 1)}), "có 301 tệp, quá 300"),
    "bomb": (zipped({"a.txt": b"0" * 5_000_000}), "giải nén ra quá lớn"),
    "cut": (zipped({"a.txt": b"Hoa Binh"}, zipfile.ZIP_STORED).replace(b"Hoa", b"hoa"), "bị hỏng"),
    "text": (b"khong phai tep nen", "bị hỏng"),
}


@pytest.mark.parametrize("name", BAD_BOXES)
def test_a_wrong_archive_is_answered_at_its_field(name: str) -> None:
    data, sentence = BAD_BOXES[name]

    answer = signed_in().post(MANY, {"archive": SimpleUploadedFile("goi.zip", data)})

    assert answer.status_code == 409
    assert sentence in page(answer)
    assert Batch.objects.count() == 0


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Van ban\\a.txt", "C:/Van ban/a.txt"),
        ("/a//b/./c.txt", "a/b/c.txt"),
        ("a\x00\u202eb.txt", "ab.txt"),
        ("Kê\u0301.txt", "Kế.txt"),
        ("x" * 400, "x" * 300),
    ],
)
def test_names_from_elsewhere_are_made_fit_to_be_shown(path: str, shown: str) -> None:
    assert arriving.origin_of(path) == shown


def test_what_needs_a_person_comes_first_with_its_reason_in_words() -> None:
    by = a_coordinator()
    batch = a_batch(
        {
            "1-ro.txt": clear(1),
            "2-nghi.txt": seed_text(),
            "3-hong.txt": "Trời hôm nay đẹp.",
            "4-lai.txt": clear(1) + "\nbản khác",
            "5-cung.txt": clear(1),
        },
        by=by,
    )

    answer = signed_in(by).get(batch.get_absolute_url())

    rows: list[Row] = answer.context["screen"].rows
    assert [(row.file, row.state[0]) for row in rows] == [
        ("3-hong.txt", "Chưa đọc được"),
        ("4-lai.txt", "Đã có"),
        ("5-cung.txt", "Đã có"),
        ("2-nghi.txt", "Cần xem lại"),
        ("1-ro.txt", "Rõ, chờ xác nhận"),
    ]
    assert "Không thấy văn bản nào" in rows[0].asking[0]
    assert rows[4].asking == ()
    assert (rows[4].paper, rows[4].dated, rows[4].citations) == ("Kế hoạch 1/KH-UBND", "15/02/2019", 0)
    assert "5 tệp: 4 cần người xem, 1 rõ và chờ xác nhận" in " ".join(page(answer).split())
    narrowed = signed_in(by).get(f"{batch.get_absolute_url()}?trang-thai=ro")
    assert [row.file for row in narrowed.context["screen"].rows] == ["1-ro.txt"]


def test_clear_ones_are_confirmed_together_after_being_listed() -> None:
    by = a_coordinator()
    batch = a_batch({"1.txt": clear(1), "2.txt": clear(2), "3.txt": seed_text()}, by=by)
    client = signed_in(by)
    keys = [intake.pk for intake in batch.intakes.order_by("origin")]

    asked = client.get(f"{batch.get_absolute_url()}xac-nhan/", {"van-ban": keys})

    assert Directive.objects.count() == 0
    screen = asked.context["screen"]
    assert [row.file for row in screen.entering] == ["1.txt", "2.txt"]
    assert [(row.file, refusal.code) for row, refusal in screen.refused] == [("3.txt", "intakes.doubtful")]
    answer = client.post(
        f"{batch.get_absolute_url()}xac-nhan/", {"van-ban": [f"{key}:1" for key in keys[:2]]}
    )
    assert answer.headers["Location"] == batch.get_absolute_url()
    assert set(batch.intakes.values_list("origin", "status")) == {
        ("1.txt", S.CONFIRMED),
        ("2.txt", S.CONFIRMED),
        ("3.txt", S.WAITING),
    }
    assert Directive.objects.filter(symbol__in=["1/KH-UBND", "2/KH-UBND"]).count() == 2


def test_one_that_is_refused_stops_no_other() -> None:
    by = a_coordinator()
    batch = a_batch({"1.txt": clear(1), "2.txt": clear(2), "3.txt": seed_text()}, by=by)
    first, second, third = batch.intakes.order_by("origin")
    actions.correct(first, first.reading, version=1, by=by, at=READ_AT)
    sent = [f"{first.pk}:1", f"{second.pk}:1", f"{third.pk}:1", "9999:1", "rác"]

    answer = signed_in(by).post(f"{batch.get_absolute_url()}xac-nhan/", {"van-ban": sent})

    assert answer.status_code == 409
    shown = page(answer)
    assert "Đã đưa 1 văn bản vào sổ." in shown
    assert "Có người vừa lưu bản sửa khác" in shown
    assert "Bản đọc còn chỗ chưa chắc" in shown
    assert [intake.status for intake in batch.intakes.order_by("origin")] == [
        S.WAITING,
        S.CONFIRMED,
        S.WAITING,
    ]


def test_papers_of_another_batch_are_not_confirmed_from_this_one() -> None:
    by = a_coordinator()
    other, batch = a_batch({"1.txt": clear(1)}, by=by), a_batch({"2.txt": clear(2)}, by=by)
    key = other.intakes.get().pk

    signed_in(by).post(f"{batch.get_absolute_url()}xac-nhan/", {"van-ban": [f"{key}:1"]})
    signed_in(by).post(f"{batch.get_absolute_url()}bo/", {"chosen": str(key)})

    assert other.intakes.get().status == S.WAITING


def test_several_are_dropped_after_one_question() -> None:
    by = a_coordinator()
    batch = a_batch({"1.txt": clear(1), "2.txt": "Trời đẹp.", "3.txt": clear(3)}, by=by)
    client = signed_in(by)
    keys = [intake.pk for intake in batch.intakes.order_by("origin")[:2]]

    assert "Bỏ 2 văn bản?" in page(client.get(f"{batch.get_absolute_url()}bo/", {"van-ban": keys}))
    client.post(f"{batch.get_absolute_url()}bo/", {"chosen": ",".join(map(str, keys)), "why": "Nhầm"})

    assert sorted(batch.intakes.values_list("status", flat=True)) == [S.DROPPED, S.DROPPED, S.WAITING]


def test_choosing_nothing_leads_back_with_a_word() -> None:
    by = a_coordinator()
    batch = a_batch({"1.txt": clear(1)}, by=by)
    for act in ("xac-nhan/", "bo/"):
        answer = signed_in(by).get(batch.get_absolute_url() + act, follow=True)
        assert "Chưa chọn văn bản nào" in page(answer)


def test_a_batch_is_full_at_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arriving, "MOST_IN_BATCH", 1)
    with pytest.raises(Refused, match=r"intakes\.batch_full"):
        a_batch({"1.txt": clear(1), "2.txt": clear(2)})


def test_only_coordinators_send_and_see_batches() -> None:
    batch = a_batch({"1.txt": clear(1)})
    client = signed_in(an_inspector())

    assert client.get(MANY).status_code == 403
    assert client.get(batch.get_absolute_url()).status_code == 403
    assert client.post(f"{batch.get_absolute_url()}them/", {}).status_code == 403


def test_progress_ends_the_asking() -> None:
    by = a_coordinator()
    batch = a_batch({"1.txt": clear(1), "2.txt": clear(2)}, by=by, read=False)
    client = signed_in(by)
    worker.run_one(timezone.now())

    part = client.get(f"{batch.get_absolute_url()}tien-do/")
    assert part.status_code == 200
    assert "Đã đọc 1 trên 2" in page(part)
    read_all()

    assert client.get(f"{batch.get_absolute_url()}tien-do/").status_code == 286


def test_a_batch_costs_the_same_for_ten_files_and_for_three_hundred() -> None:
    by = a_coordinator()
    few, many = a_batch({f"{n}.txt": clear(n) for n in range(1, 11)}, by=by), a_batch({}, by=by)
    model = few.intakes.order_by("pk")[0]
    rows = []
    for number in range(300):
        row = Intake.objects.get(pk=model.pk)
        row.pk, row.batch, row.origin = None, many, f"{number}.txt"
        row.digest, row.file_digest = f"{number:064}", f"{number:064}"
        rows.append(row)
    Intake.objects.bulk_create(rows)
    client = signed_in(by)

    counts = []
    for batch in (few, many):
        keys = list(batch.intakes.values_list("pk", flat=True)[:50])
        asked = [("", {}), ("xac-nhan/", {"van-ban": keys}), ("bo/", {"van-ban": keys})]
        counts.append([_queries(client, batch.get_absolute_url() + path, data) for path, data in asked])

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
    assert _queries(client, MANY, {}) <= 10


def _queries(client: Client, url: str, data: Mapping[str, Any]) -> int:
    with CaptureQueriesContext(connection) as ran:
        assert client.get(url, data).status_code == 200
    return len(ran)
