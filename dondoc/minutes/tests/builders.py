"""Minutes for tests, walked there by the real actions."""

from typing import Any

from dondoc.inspections import actions as visits
from dondoc.inspections.models import Inspection
from dondoc.inspections.tests import builders as b
from dondoc.minutes import actions
from dondoc.minutes.models import Minutes

ON_THE_SPOT = "Hai bên đã trao đổi tại buổi làm việc."


def minutes_for_signing(**options: Any) -> tuple[Minutes, b.Cast]:
    """Everything verified, heads counted, minutes laid before the unit."""
    return minutes_for_signing_of(*b.a_visit_under_way(**options))


def minutes_for_signing_of(inspection: Inspection, cast: b.Cast) -> tuple[Minutes, b.Cast]:
    """The same for a visit already under way."""
    b.verify_all(inspection, cast)
    visits.headcount(inspection, expected=20, present=17, excused=2, by=cast.secretary, at=b.ARRIVED)
    minutes = actions.draft_minutes(inspection, by=cast.secretary, at=b.SIGNED)
    actions.hand_for_signing(minutes, why=ON_THE_SPOT, by=cast.head, at=b.SIGNED)
    return the_minutes(inspection), cast


def signed_minutes(**options: Any) -> tuple[Minutes, b.Cast]:
    """Signed by both sides and sealed."""
    minutes, cast = minutes_for_signing(**options)
    actions.open_text(minutes, by=cast.leader, at=b.SIGNED)
    actions.unit_sign(
        minutes, opinion="Nhất trí.", reservations="Tiêu chí TTHC-08.", by=cast.leader, at=b.SIGNED
    )
    actions.open_text(minutes, by=cast.head, at=b.SIGNED)
    actions.head_sign(minutes, by=cast.head, at=b.SIGNED)
    return the_minutes(minutes.inspection), cast


def the_minutes(inspection: Inspection) -> Minutes:
    return Minutes.objects.select_related("inspection").get(inspection=inspection)
