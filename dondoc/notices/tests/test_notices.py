"""People are told in the house at once and by mail after the change is safe; mail holds no content."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from dondoc.jobs import worker
from dondoc.jobs.models import Job
from dondoc.notices import actions, tasks
from dondoc.notices.models import Notice
from dondoc.people.models import User
from dondoc.people.tests.builders import a_person

pytestmark = pytest.mark.django_db
NOON = datetime(2019, 9, 11, 5, tzinfo=UTC)


def _someone(address: str = "lan@example.vn") -> User:
    person = a_person()
    person.email = address
    person.save()
    return person


def _tell(*people: User) -> None:
    actions.tell(people, subject="Có lịch kiểm tra", text="Sáng 16/9 Đoàn 1 đến.", url="/don-vi/", at=NOON)


def _work() -> None:
    while worker.run_one(timezone.now() + timedelta(seconds=1)):
        pass


def test_each_person_is_told_once_and_mailed_a_link_without_content(settings: Any) -> None:
    lan = _someone()

    _tell(lan, lan)
    _work()

    assert Notice.objects.visible_to(lan).unread().count() == 1
    (sent,) = mail.outbox
    assert sent.to == ["lan@example.vn"]
    assert f"{settings.PUBLIC_URL}/don-vi/" in sent.body
    assert "Đoàn 1" not in sent.body


def test_nothing_is_sent_when_the_change_is_undone() -> None:
    lan = _someone()

    with transaction.atomic():
        _tell(lan)
        transaction.set_rollback(True)
    _work()

    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_a_repeated_job_mails_only_the_rest() -> None:
    lan = _someone()
    _tell(lan)
    _work()

    tasks.mail.run(notices=list(Notice.objects.values_list("pk", flat=True)))

    assert len(mail.outbox) == 1


def test_people_see_only_their_own() -> None:
    lan, minh = _someone(), _someone("minh@example.vn")
    _tell(lan)

    assert not Notice.objects.visible_to(minh).exists()


def test_reading_is_noted_once() -> None:
    lan = _someone()
    _tell(lan)
    notice = Notice.objects.get()

    actions.mark_read(notice, at=NOON)
    actions.mark_read(notice, at=NOON + timedelta(days=1))

    notice.refresh_from_db()
    assert notice.read_at == NOON


def test_a_subject_of_several_lines_is_told_and_mailed_as_one() -> None:
    lan = _someone()

    actions.tell([lan], subject="Trả lại:\r\nBcc: ai@example.vn\nsửa lịch", text="…", url="/don-vi/", at=NOON)
    _work()

    assert lan.notices.get().subject == "Trả lại: Bcc: ai@example.vn sửa lịch"
    assert [letter.to for letter in mail.outbox] == [["lan@example.vn"]]
    assert not Job.objects.filter(done_at__isnull=True).exists()
