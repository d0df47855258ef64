"""The code of the form: one try, ten minutes, one form; seen and heard."""

import io
import wave
from datetime import datetime, timedelta
from math import log2

import pytest
from django.test import Client
from PIL import Image

from dondoc.portal import codes
from dondoc.portal.models import SpentCode
from dondoc.portal.tests.builders import HERE

NOON = datetime(2019, 9, 13, 12, 0, tzinfo=HERE)
pytestmark = pytest.mark.django_db


def a_code(form_key: str = "form") -> tuple[str, str]:
    """Token and answer."""
    token = codes.new_token(form_key, at=NOON)
    code = codes.read(token)
    assert code is not None
    return token, code.answer


def test_a_code_is_taken_once_in_either_case() -> None:
    token, answer = a_code()

    assert codes.spend(token, answer.lower(), form_key="form", at=NOON)
    assert not codes.spend(token, answer, form_key="form", at=NOON)


def test_a_wrong_try_uses_it_up() -> None:
    token, answer = a_code()

    assert not codes.spend(token, "nothing", form_key="form", at=NOON)
    assert not codes.spend(token, answer, form_key="form", at=NOON)


def test_it_belongs_to_one_form() -> None:
    token, answer = a_code("one")

    assert not codes.spend(token, answer, form_key="two", at=NOON)


@pytest.mark.parametrize(("after", "taken"), [(timedelta(minutes=9, seconds=59), True), (codes.LIFE, False)])
def test_it_lasts_ten_minutes(after: timedelta, taken: bool) -> None:
    token, answer = a_code()

    assert codes.spend(token, answer, form_key="form", at=NOON + after) is taken


@pytest.mark.parametrize("token", ["", "x", "gAAAAA", "é" * 20, "A" * 5000])
def test_what_was_not_made_here_is_nothing(client: Client, token: str) -> None:
    assert codes.read(token) is None
    assert not codes.spend(token, "ACEFH", form_key="form", at=NOON)
    assert client.get(f"/ma-xac-nhan/{token or 'x'}.png").status_code == 404


def test_guessing_is_hopeless() -> None:
    assert codes.LENGTH * log2(len(codes.ALPHABET)) >= 20
    assert len({codes.read(codes.new_token("form", at=NOON)) for _ in range(200)}) == 200
    token, answer = a_code()
    guesses = [guess for guess in ("ACEFH", "33333", "", answer[:-1]) if guess != answer]
    assert not any(codes.spend(token, guess, form_key="form", at=NOON) for guess in guesses)


def test_the_token_does_not_tell() -> None:
    token, answer = a_code()

    assert answer not in token


def test_every_sign_has_a_clip_and_a_picture() -> None:
    picture = Image.open(io.BytesIO(codes.picture("AC3")))
    ink = sum(picture.convert("L").histogram()[:100])
    assert picture.size == (240, 80)
    assert ink > 300
    with wave.open(io.BytesIO(codes.sound(codes.ALPHABET))) as spoken:
        assert spoken.getframerate() == 8000
        assert spoken.getnframes() > 8000 * 0.5 * len(codes.ALPHABET)
    assert codes.picture("AC3") != codes.picture("AC3")


def test_spent_codes_are_forgotten_only_when_they_have_expired() -> None:
    token, answer = a_code()
    codes.spend(token, answer, form_key="form", at=NOON)

    assert codes.forget_expired(at=NOON + timedelta(minutes=9)) == 0
    assert codes.forget_expired(at=NOON + timedelta(minutes=11)) == 1
    assert not SpentCode.objects.exists()
