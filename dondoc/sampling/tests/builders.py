"""Lists and draws for tests, walked there by the real actions."""

from typing import Any

from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as below
from dondoc.sampling import actions
from dondoc.sampling.listing import read_text
from dondoc.sampling.models import Draw, Population

AT = below.ARRIVED


def a_text(count: int = 12) -> str:
    lines = [f"HS-{number:02}\t{'Đất đai' if number % 3 else 'Hộ tịch'}" for number in range(1, count + 1)]
    return "Mã hồ sơ\tLĩnh vực\n" + "\n".join(lines)


def a_list(inspection: Inspection, cast: below.Cast, *, count: int = 12) -> Population:
    return actions.list_files(
        inspection,
        title="Hồ sơ chứng thực",
        criterion=None,
        listed=read_text(a_text(count)),
        by=cast.member,
        at=AT,
    )


def a_plan(population: Population, cast: below.Cast, **options: Any) -> Draw:
    told: dict[str, Any] = {
        "rule": "SIMPLE",
        "size": 4,
        "every": None,
        "stratified_by": "",
        "team_number": "12",
    } | options
    return actions.fix(population, **told, by=cast.member, at=AT)


def a_draw(inspection: Inspection, cast: below.Cast, **options: Any) -> Draw:
    draw = a_plan(a_list(inspection, cast), cast, **options)
    actions.tell_number(draw, number="07", said_by="", by=cast.leader, at=AT)
    actions.draw_files(draw, by=cast.member, at=AT)
    return draw
