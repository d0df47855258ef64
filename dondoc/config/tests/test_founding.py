"""A new installation gets its units and its first administrator from the command line."""

import io
from typing import Any

import pytest

from dondoc.config.cli import main
from dondoc.people.models import Role, User
from dondoc.people.tests.builders import a_coordinator

pytestmark = pytest.mark.django_db
WORDS = ["administrator", "quantri", "--name", "Trần Thị Quản Trị"]


def _type(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))


def test_the_first_administrator_holds_the_post_and_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, "hoa sen trang no")

    assert main(WORDS) == 0

    person = User.objects.get(username="quantri")
    assert person.has(Role.ADMINISTRATOR)
    assert person.check_password("hoa sen trang no")


@pytest.mark.parametrize(
    ("password", "more"), [("ngan", []), ("hoa sen trang no", ["--unit", "Nơi Không Có"])]
)
def test_a_weak_password_or_an_unknown_unit_is_told_and_makes_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: Any, password: str, more: list[str]
) -> None:
    _type(monkeypatch, password)

    assert main([*WORDS, *more]) == 1

    assert capsys.readouterr().err.strip()
    assert not User.objects.exists()


def test_a_house_with_people_takes_no_first_administrator(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    a_coordinator()
    _type(monkeypatch, "hoa sen trang no")

    assert main(WORDS) == 1
    assert "đã có người dùng" in capsys.readouterr().err
