"""At most once, nothing dropped, both values kept where two people differ, and no order that matters."""

import hashlib
import io
import json
import os
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dondoc.fieldwork import actions
from dondoc.fieldwork.actions import NotTheirs, Sent
from dondoc.fieldwork.claims import Claim, weigh
from dondoc.fieldwork.forms import read_sent
from dondoc.fieldwork.models import Operation
from dondoc.fieldwork.tests import builders as f
from dondoc.files.actions import read
from dondoc.findings.models import Finding
from dondoc.foundation.refusals import Refused
from dondoc.inspections import actions as inspections
from dondoc.inspections.models import Answer, AnswerChange, Contest, Evidence, Inspection
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions as minutes_actions
from dondoc.minutes import rules as minutes_rules
from dondoc.minutes.tests import builders as m

pytestmark = pytest.mark.django_db
CHOSEN = "TTHC-04"


def test_an_operation_is_applied_once_however_often_it_comes() -> None:
    visit, cast = b.a_visit_under_way()
    phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
    once = f.a_verdict(answer, 1)

    first = f.sent(phone, visit, once)
    again = [f.sent(phone, visit, once, once) for _ in range(5)]

    assert first[0].outcome == "APPLIED"
    assert all(receipts == [*first, *first] for receipts in again)
    assert AnswerChange.objects.filter(answer=answer, side="VERIFIED").count() == 1
    assert b.the_answer(visit, CHOSEN).verified_version == 1


def test_what_a_phone_brought_is_refused_to_change_or_go() -> None:
    visit, cast = b.a_visit_under_way()
    said = f.a_verdict(b.the_answer(visit, CHOSEN), 1)
    f.sent(f.a_phone(cast.head, visit), visit, said)
    kept = Operation.objects.filter(pk=said.id)

    for change in (
        lambda: kept.update(payload={"verdict": "NOT_DONE"}),
        lambda: kept.update(happened_at=b.SIGNED),
        kept.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert kept.update(settled_how="Đã xem.") == 1


def test_the_later_word_of_one_phone_stands_in_either_order() -> None:
    for order in (1, -1):
        with _undone():
            visit, cast = b.a_visit_under_way()
            phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
            said = [f.a_verdict(answer, 1), f.a_verdict(answer, 2, "NOT_DONE")]
            for each in said[::order]:
                f.sent(phone, visit, each)
            assert b.the_answer(visit, CHOSEN).verified_result == "NOT_DONE"
            assert f.outcomes(said) == ["REPLACED", "APPLIED"]


def test_two_inspectors_on_one_item_are_both_kept_and_the_head_decides() -> None:
    visit, cast = b.a_visit_under_way()
    b.verify_all(visit, cast)
    inspections.headcount(visit, expected=5, present=5, excused=0, by=cast.head, at=b.ARRIVED)
    minutes_actions.draft_minutes(visit, by=cast.secretary, at=b.ARRIVED)
    answer = b.the_answer(visit, CHOSEN)
    first = f.a_verdict(answer, 1, "DONE", base=1, note="Thấy tại bảng tin.")
    second = f.a_verdict(answer, 1, "NOT_DONE", base=1, device="2")
    f.sent(f.a_phone(cast.head, visit), visit, first)
    f.sent(f.a_phone(cast.member, visit), visit, second)

    assert f.outcomes([first, second]) == ["APPLIED", "CONFLICT"]
    refused = minutes_rules.may_hand_for_signing(cast.head, b.fresh(visit))
    assert refused is not None
    assert refused.code == "minutes.contested"
    other = Operation.objects.select_related("device__person").get(pk=second.id)
    contested = b.the_answer(visit, CHOSEN)
    with pytest.raises(Refused, match=r"fieldwork\.not_head"):
        actions.settle(contested, other, version=2, by=cast.member, at=b.ARRIVED)
    actions.settle(contested, other, version=2, by=cast.head, at=b.ARRIVED)
    assert b.the_answer(visit, CHOSEN).verified_result == "NOT_DONE"
    assert not Contest.objects.exists()
    assert minutes_rules.may_hand_for_signing(cast.head, b.fresh(visit)) is None


def test_what_was_typed_over_an_older_version_waits_beside_what_stands() -> None:
    visit, cast = b.a_visit_under_way()
    phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
    inspections.verify(answer, {"choice": "NO"}, version=0, by=cast.secretary, at=b.ARRIVED)

    late = f.a_verdict(answer, 1, "DONE", base=0)
    f.sent(phone, visit, late)

    assert f.outcomes([late]) == ["CONFLICT"]
    assert b.the_answer(visit, CHOSEN).verified_result == "NOT_DONE"
    assert Contest.objects.get().answer_id == answer.pk


def test_after_the_minutes_and_from_a_revoked_phone_nothing_is_applied_and_nothing_dropped() -> None:
    visit, cast = b.a_visit_under_way()
    lost, kept = f.a_phone(cast.member, visit), f.a_phone(cast.head, visit)
    answer = b.the_answer(visit, CHOSEN)
    actions.revoke(lost, by=cast.member, at=b.ARRIVED)
    from_lost = f.a_verdict(answer, 1, "NOT_DONE")
    assert f.sent(lost, visit, from_lost)[0].outcome == "QUARANTINED"
    assert b.the_answer(visit, CHOSEN).verified_version == 0
    b.verify_all(visit, cast)
    inspections.headcount(visit, expected=5, present=5, excused=0, by=cast.head, at=b.ARRIVED)
    minutes = minutes_actions.draft_minutes(visit, by=cast.secretary, at=b.ARRIVED)
    minutes_actions.hand_for_signing(minutes, why=m.ON_THE_SPOT, by=cast.head, at=b.ARRIVED)

    late = f.a_verdict(answer, 1, "NOT_DONE", device="kept")
    assert f.sent(kept, visit, late)[0].outcome == "QUARANTINED"
    assert b.the_answer(visit, CHOSEN).verified_result == "DONE"
    held = Operation.objects.for_head(cast.head).waiting()
    assert {each.pk for each in held} == {from_lost.id, late.id}
    with pytest.raises(Refused, match=r"fieldwork\.not_open"):
        actions.admit(_aside(late), by=cast.head, at=b.ARRIVED)
    actions.dismiss(_aside(late), why="Đã ghi trên phiếu.", by=cast.head, at=b.ARRIVED)
    assert Operation.objects.filter(pk=late.id, settled_how="Đã ghi trên phiếu.").exists()


def test_the_head_takes_in_what_a_revoked_phone_brought() -> None:
    visit, cast = b.a_visit_under_way()
    lost, answer = f.a_phone(cast.member, visit), b.the_answer(visit, CHOSEN)
    actions.revoke(lost, by=cast.member, at=b.ARRIVED)
    brought = f.a_verdict(answer, 1, "NOT_DONE")
    f.sent(lost, visit, brought)

    actions.admit(_aside(brought), by=cast.head, at=b.ARRIVED)

    assert b.the_answer(visit, CHOSEN).verified_result == "NOT_DONE"
    assert f.outcomes([brought]) == ["APPLIED"]


def test_what_makes_no_sense_is_refused_with_the_sentence_of_the_form_and_kept() -> None:
    visit, cast = b.a_visit_under_way()
    phone, share = f.a_phone(cast.head, visit), b.the_answer(visit, "TTHC-08")
    wrong = f.a_verdict(share, 1, "", numerator="5", denominator="3")

    [receipt] = f.sent(phone, visit, wrong)

    assert receipt.outcome == "REFUSED"
    assert "lớn hơn tổng" in receipt.why
    assert Operation.objects.filter(pk=wrong.id).exists()


def test_an_operation_of_another_phone_or_visit_does_not_exist() -> None:
    visit, cast = b.a_visit_under_way()
    answer = b.the_answer(visit, CHOSEN)
    mine = f.a_verdict(answer, 1)
    f.sent(f.a_phone(cast.head, visit), visit, mine)
    with pytest.raises(NotTheirs):
        f.sent(f.a_phone(cast.secretary, visit), visit, mine)


def test_a_place_in_the_sequence_used_twice_is_set_aside() -> None:
    visit, cast = b.a_visit_under_way()
    phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
    first, copied = f.a_verdict(answer, 1), f.a_verdict(answer, 1, "NOT_DONE")
    f.sent(phone, visit, first)
    assert f.sent(phone, visit, copied)[0].outcome == "QUARANTINED"


def test_findings_heads_and_photos_come_once() -> None:
    visit, cast = b.a_visit_under_way()
    phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
    picture = _a_photo()
    digest = hashlib.sha256(picture).hexdigest()
    told = {"category": "STRENGTH", "text": "Niêm yết đủ 24 thủ tục."}
    brought = [
        Sent(uuid4(), 1, "FINDING", told, answer.criterion_id),
        Sent(uuid4(), 2, "HEADCOUNT", {"expected": 20, "present": 18, "excused": 1}),
        Sent(uuid4(), 3, "PHOTO", {"digest": digest}, answer.criterion_id),
    ]  # fmt: skip
    assert [each.id for each in f.sent(phone, visit, *brought)] == [each.id for each in brought[:2]]

    photo = actions.bring_photo(visit, digest, picture, by=cast.head, at=b.ARRIVED)
    for _ in range(3):
        actions.bring_photo(visit, digest, picture, by=cast.head, at=b.ARRIVED)
        f.sent(phone, visit, *brought)

    assert f.outcomes(brought) == ["APPLIED"] * 3
    assert Finding.objects.count() == 1
    assert (b.fresh(visit).present, b.fresh(visit).excused) == (18, 1)
    assert Evidence.objects.get(side="VERIFIED").file_id == photo.file_id


def test_an_item_of_each_new_kind_comes_from_a_phone() -> None:
    field = {"field": "TTHC", "field_name": "Cải cách thủ tục hành chính"}
    options = [{"code": "b", "label": "Qua bưu chính", "result": "LIMITED"}]
    columns = [{"code": "ten", "label": "Thôn", "kind": "text", "required": True}]
    kinds: dict[str, list[Any]] = {"choice": options, "table": columns, "photo": [], "signature": []}
    criteria = [
        {"code": code, "text": code, "kind": code, "options": told, "unannounced": True, **field}
        for code, told in kinds.items()
    ]
    visit, cast = b.a_visit_under_way(unannounced=True, criteria=criteria)
    phone, picture = f.a_phone(cast.head, visit), _a_photo()
    digest = hashlib.sha256(picture).hexdigest()
    item = {code: b.the_answer(visit, code) for code in ("choice", "table", "photo", "signature")}
    brought = [
        Sent(uuid4(), 1, "PHOTO", {"digest": digest}, item["photo"].criterion_id),
        f.a_verdict(item["photo"], 2, "DONE", photos=json.dumps([digest])),
        f.a_verdict(item["choice"], 3, "", option="b"),
        f.a_verdict(item["table"], 4, "DONE", rows=json.dumps([{"ten": "Thôn Đông"}])),
        f.a_verdict(item["signature"], 5, "", name="Nguyễn Văn A", strokes=json.dumps([[[0, 0], [9, 9]]])),
    ]
    assert [each.id for each in f.sent(phone, visit, *brought)] == [each.id for each in brought[2:]]

    photo = actions.bring_photo(visit, digest, picture, by=cast.head, at=b.ARRIVED)
    f.sent(phone, visit, *brought)

    assert f.outcomes(brought) == ["APPLIED"] * 5
    assert {code: b.the_answer(visit, code).verified for code in item} == {
        "choice": {"option": "b"},
        "table": {"rows": [{"ten": "Thôn Đông"}]},
        "photo": {"photos": [photo.file.sha256]},
        "signature": {"name": "Nguyễn Văn A", "post": "", "strokes": [[[0, 0], [9, 9]]]},
    }


def test_a_photo_is_drawn_anew_without_place_or_maker() -> None:
    visit, cast = b.a_visit_under_way()
    picture = _a_photo(side=2400, place=True)
    assert b"Exif" in picture

    photo = actions.bring_photo(
        visit, hashlib.sha256(picture).hexdigest(), picture, by=cast.head, at=b.ARRIVED
    )

    kept = Image.open(io.BytesIO(read(photo.file)))
    assert max(kept.size) == 1600
    assert not kept.getexif()
    with pytest.raises(Refused, match=r"fieldwork\.broken_photo"):
        actions.bring_photo(visit, "0" * 64, picture, by=cast.head, at=b.ARRIVED)


@pytest.mark.parametrize("minutes", [14, -14, 24 * 60, -24 * 60])
def test_a_wrong_clock_moves_nothing_and_what_it_said_is_kept(minutes: int) -> None:
    visit, cast = b.a_visit_under_way()
    phone, answer = f.a_phone(cast.head, visit), b.the_answer(visit, CHOSEN)
    wrong = b.ARRIVED + timedelta(minutes=minutes)
    made = {"kind": "VERIFY", "payload": {"verdict": "DONE"}, "criterion": answer.criterion_id}
    hour = timedelta(hours=1)
    told = made | {"id": str(uuid4()), "sequence": 1, "device_time": (wrong - hour).isoformat()}
    jumped = made | {"id": str(uuid4()), "sequence": 2, "device_time": (wrong + hour).isoformat()}

    sent = read_sent({"operations": [told, jumped], "device_now": wrong.isoformat()})
    f.sent(phone, visit, *sent)

    first, second = Operation.objects.order_by("sequence")
    assert (first.happened_at, first.device_time) == (
        b.ARRIVED - timedelta(hours=1),
        wrong - timedelta(hours=1),
    )
    assert second.happened_at == b.ARRIVED, "a clock set back meanwhile: when it came is all that is known"
    assert (first.outcome, second.outcome) == ("REPLACED", "APPLIED")


def test_sixty_answers_cost_no_more_queries_than_six() -> None:
    visit, cast = b.a_visit_under_way(criteria=b.the_83_criteria())
    phone = f.a_phone(cast.head, visit)
    told = [_plain(each, place) for place, each in enumerate(b.answers(visit), 1)]

    few, many = _queries(phone, visit, told[:6]), _queries(phone, visit, told[6:66])

    assert Operation.objects.filter(outcome="APPLIED").count() == 66
    assert many <= few + 2
    assert many <= 27


# Beginning away from the house


def _an_announced_visit() -> tuple[Inspection, b.Cast]:
    report, cast = b.a_sent_self_report()
    visit = b.fresh(report.inspection)
    inspections.announce(visit, by=cast.coordinator, at=b.SENT)
    return visit, cast


def _a_beginning(sequence: int, *, hours_ago: float = 2, **told: int) -> Sent:
    return Sent(uuid4(), sequence, "BEGIN", told, age=timedelta(hours=hours_ago))


HEADS = {"expected": 20, "present": 18, "excused": 1}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_work_typed_before_the_beginning_comes_in_whatever_arrives_first(order: tuple[int, ...]) -> None:
    visit, cast = _an_announced_visit()
    mine, theirs = f.a_phone(cast.head, visit), f.a_phone(cast.member, visit)
    answer, other = b.the_answer(visit, CHOSEN), b.the_answer(visit, "TTHC-08")
    early = f.a_verdict(answer, 1)
    foreign = f.a_verdict(other, 1, "", device="2", numerator="3", denominator="3")
    begun = _a_beginning(2, **HEADS)
    brought = [(mine, begun), (mine, early), (theirs, foreign)]

    for place in order:
        phone, told = brought[place]
        f.sent(phone, visit, told)

    held = b.fresh(visit)
    assert f.outcomes([begun, early, foreign]) == ["APPLIED"] * 3
    assert (held.status, held.begun_by, held.begun_at) == (
        "UNDER_WAY", cast.head, b.ARRIVED - timedelta(hours=2))  # fmt: skip
    assert (held.expected, held.present, held.excused) == (20, 18, 1)
    assert b.the_answer(visit, "TTHC-08").verified_by == cast.member
    assert f.sent(theirs, visit, foreign)[0].outcome == "APPLIED"


def test_a_second_beginning_does_no_harm_and_a_different_count_waits_for_the_head() -> None:
    visit, cast = b.a_visit_under_way()
    again, counted = _a_beginning(1), _a_beginning(1, **HEADS)
    [receipt] = f.sent(f.a_phone(cast.secretary, visit), visit, again)
    assert receipt.outcome == "REPLACED"
    assert "đã được bắt đầu" in receipt.why
    inspections.headcount(b.fresh(visit), expected=20, present=20, excused=0, by=cast.head, at=b.ARRIVED)
    assert f.sent(f.a_phone(cast.member, visit), visit, counted)[0].outcome == "CONFLICT"
    assert b.fresh(visit).present == 20


def test_who_may_not_begin_or_begins_on_another_day_waits_for_the_head() -> None:
    visit, cast = _an_announced_visit()
    phone = f.a_phone(cast.head, visit)
    by_member, wrong_day = _a_beginning(1), _a_beginning(1, hours_ago=30)
    f.sent(f.a_phone(cast.member, visit), visit, by_member)
    f.sent(phone, visit, wrong_day, f.a_verdict(b.the_answer(visit, CHOSEN), 2))
    assert f.outcomes([by_member, wrong_day]) == ["QUARANTINED"] * 2
    assert b.fresh(visit).status == "ANNOUNCED"

    actions.admit(_aside(wrong_day), by=cast.head, at=b.ARRIVED)

    assert b.fresh(visit).status == "UNDER_WAY"
    assert b.the_answer(visit, CHOSEN).verified_result == "DONE"


# Order


def _scene(seed: int) -> tuple[Inspection, list[tuple[Any, Sent]], list[Answer]]:
    """Three phones, four items, each phone changing its mind at random."""
    chance = random.Random(seed)
    visit, cast = b.a_visit_under_way()
    phones = [f.a_phone(person, visit) for person in (cast.head, cast.secretary, cast.member)]
    items = [b.the_answer(visit, code) for code in (CHOSEN, "TTHC-08", "TTHC-99")]
    brought: list[tuple[Any, Sent]] = []
    for place, phone in enumerate(phones):
        for sequence in range(1, chance.randint(2, 5)):
            answer = chance.choice(items)
            brought.append((phone, _anything(answer, sequence, str(place), chance)))
    return visit, brought, items


def _anything(answer: Answer, sequence: int, device: str, chance: random.Random) -> Sent:
    verdict = chance.choice(["DONE", "NOT_DONE"])
    match answer.criterion.code:
        case "TTHC-08":
            return f.a_verdict(answer, sequence, "", device=device, numerator=str(chance.randint(0, 3)),
                               denominator="3")  # fmt: skip
        case "TTHC-99":
            return f.a_verdict(answer, sequence, verdict, device=device, text=f"Lời {chance.randint(1, 2)}")
    return f.a_verdict(answer, sequence, verdict, device=device)


def _state(items: list[Answer]) -> Any:
    held = Answer.objects.filter(pk__in=[each.pk for each in items]).order_by("pk")
    return (
        list(held.values_list("verified", "verified_result", "verified_note", "verified_by")),
        sorted(Contest.objects.values_list("answer", flat=True)),
        sorted(Operation.objects.values_list("id", "outcome")),
    )


class _undone:
    def __enter__(self) -> None:
        self.held = transaction.atomic()
        self.held.__enter__()

    def __exit__(self, *told: object) -> None:
        transaction.set_rollback(True)
        self.held.__exit__(None, None, None)


@pytest.mark.parametrize("seed", range(10))
def test_orders_with_replays_end_in_one_state(seed: int) -> None:
    """Pieces are sent again too; ``ORDERS=50`` with its ten seeds walks five hundred orders."""
    visit, brought, items = _scene(seed)
    chance = random.Random(seed * 7919)
    seen = []
    for _ in range(int(os.environ.get("ORDERS", "5"))):
        order = [*brought, *chance.sample(brought, 2)]
        chance.shuffle(order)
        with _undone():
            for phone, operation in order:
                f.sent(phone, visit, operation)
            seen.append(_state(items))
    assert all(each == seen[0] for each in seen)


_claims = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 3)), min_size=1, max_size=8,
    unique_by=lambda told: (told[0], told[1]),
)  # fmt: skip


@given(_claims, st.randoms(use_true_random=False))
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_weighing_does_not_look_at_the_order(told: list[tuple[int, int, int]], chance: random.Random) -> None:
    claims = [Claim((d, s), d, s, 0, None, said) for d, s, said in told]
    mixed = claims[:]
    chance.shuffle(mixed)

    one, other = weigh(claims, ground=0, saying=None), weigh(mixed, ground=0, saying=None)

    assert one.stands == other.stands
    assert set(one.contested) == set(other.contested)
    assert one.stands is not None
    last = {d: max(s for device, s, _ in told if device == d) for d, _, _ in told}
    saying = {each.saying for each in claims if each.sequence == last[each.device]}
    assert {one.stands.saying, *(each.saying for each in one.contested)} == saying


def _plain(answer: Answer, sequence: int) -> Sent:
    value = b.a_value(answer)
    verdict = {"choice": "DONE", "text": "DONE", "date": "DONE"}.get(next(iter(value)), "")
    told: dict[str, Any] = {
        name: str(held).replace("2019-01-15", "15/01/2019") for name, held in value.items()
    }
    told.pop("choice", None)
    return f.a_verdict(answer, sequence, verdict or ("DONE" if b.judged(answer) else ""), **told)


def _queries(phone: Any, visit: Inspection, told: list[Sent]) -> int:
    with CaptureQueriesContext(connection) as seen:
        f.sent(phone, visit, *told)
    return len(seen)


def _aside(sent: Sent) -> Operation:
    around = ("device__person", "inspection__team", "inspection__unit", "answer__criterion")
    return Operation.objects.select_related(*around).get(pk=sent.id)


def _a_photo(side: int = 40, *, place: bool = False) -> bytes:
    drawn = Image.new("RGB", (side, side // 2), "#886644")
    told = Image.Exif()
    if place:
        told[0x010F] = "Maker"
        told.get_ifd(0x8825)[1] = "N"
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", exif=told)
    return kept.getvalue()
