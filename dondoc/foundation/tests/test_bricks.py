"""Refusals, steps, folding and settings."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.foundation import clock, env
from dondoc.foundation.flow import Step, offers
from dondoc.foundation.folding import fold, sort_key
from dondoc.foundation.refusals import Refusal, Refused, not_yet, not_yours, require


@dataclass
class Door:
    status: str = "SHUT"


def _only_anna(actor: str, door: Door) -> Refusal | None:
    if actor == "stranger":
        return not_yours("door.not_yours", "Không phải cửa của anh.")
    return None if actor == "anna" else not_yet("door.later", "Đợi chút.")


OPEN: Step[Door, str] = Step("door.open", "Mở", {"SHUT"}, "OPEN", _only_anna)


def _url(step: Step[Any, Any]) -> str:
    return f"/{step.code}/"


def test_a_stranger_sees_no_button_a_waiting_person_a_shut_one() -> None:
    assert offers("stranger", Door(), [OPEN], _url) == ()
    assert [offer.refusal for offer in offers("anna", Door(), [OPEN], _url)] == [None]
    (waiting,) = offers("bob", Door(), [OPEN], _url)
    assert waiting.refusal is not None
    assert waiting.refusal.sentence == "Đợi chút."


def test_a_step_from_another_status_is_not_yet_and_not_drawn() -> None:
    refused = OPEN.refusal("anna", Door("OPEN"))

    assert refused is not None
    assert (refused.code, refused.status) == ("door.open.status", 409)
    assert offers("anna", Door("OPEN"), [OPEN], _url) == ()


def test_require_raises_the_refusal_itself() -> None:
    no = not_yours("x.y", "Không.")

    with pytest.raises(Refused, match="x.y") as caught:
        require(no)
    assert caught.value.refusal.status == 403


def test_folding_finds_d_with_stroke_and_all_marks() -> None:
    assert fold("Kiểm tra  ĐỢT 1 – Ủy ban") == "kiem tra dot 1 – uy ban"


@given(st.text())
def test_folding_is_stable_under_unicode_forms_and_itself(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


def test_sorting_follows_the_dictionary() -> None:
    ordered = ["An", "Ăn", "Ấp", "Bình", "Dân", "Dũng", "Đà", "Điện", "Êm", "Ôn", "Ơn", "Xuân"]

    assert sorted(reversed(ordered), key=sort_key) == ordered


@pytest.mark.parametrize(
    ("found", "least", "most"), [("abc", 1, 9), ("10", 1, 9), ("-1", 1, 9), ("1.5", 1, 9)]
)
def test_a_wrong_number_stops_with_the_setting_and_the_bounds(found: str, least: int, most: int) -> None:
    with pytest.raises(env.WrongSetting, match="PORT.*từ 1 đến 9"):
        env.number("PORT", 5, least=least, most=most, env={"PORT": found})


def test_settings_fall_back_and_read_flags() -> None:
    assert env.number("PORT", 5, least=1, most=9, env={}) == 5
    assert env.flag("SAMPLE", True, env={"SAMPLE": "không"}) is False
    with pytest.raises(env.WrongSetting, match="SAMPLE"):
        env.flag("SAMPLE", True, env={"SAMPLE": "maybe"})


def test_the_samples_clock_starts_where_the_sample_ends_and_ticks_on(settings: Any) -> None:
    plays_at = datetime(2019, 11, 12, 9, 0, tzinfo=UTC)
    assert not clock.is_sample()

    clock.play_sample("x", plays_at)

    assert clock.is_sample()
    assert timedelta(0) <= clock.now() - plays_at < timedelta(minutes=1)
    assert (Path(settings.DONDOC_HOME) / clock.SAMPLE_FILE).exists()
