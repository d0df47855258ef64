"""Who may list, fix, tell a number, draw, look at and replace case files, and whether it is time."""

from dondoc.foundation.refusals import Refusal, not_yet
from dondoc.inspections.models import Inspection
from dondoc.inspections.querysets import MINUTED
from dondoc.inspections.rules import NOT_OPEN, UNIT_SIDE, is_inspecting_side, may_work
from dondoc.people.models import User
from dondoc.sampling.models import Draw, Drawn, Population


def may_list(actor: User, inspection: Inspection) -> Refusal | None:
    """Members of the team while the visit is under way."""
    return may_work(actor, inspection)


def may_fix(actor: User, population: Population) -> Refusal | None:
    return may_work(actor, population.inspection)


def may_relist(actor: User, population: Population) -> Refusal | None:
    """Bring another list for this one, until it is fixed."""
    if refused := may_work(actor, population.inspection):
        return refused
    if population.status != Population.Status.OPEN:
        return not_yet("sampling.fixed", "Danh sách đã chốt nên không đổi được nữa.")
    return None


def may_preview(actor: User, population: Population) -> Refusal | None:
    """How many of which part: only of a list that can no longer be trimmed to taste."""
    if population.status != Population.Status.FIXED:
        return not_yet("sampling.not_fixed", "Chốt danh sách rồi mới xem được cách rút mẫu.")
    return None


def may_tell(actor: User, draw: Draw) -> Refusal | None:
    """The unit's number: by its own people, or by a member of the team who names who said it."""
    inspection = draw.population.inspection
    if actor.holds(*UNIT_SIDE, at=inspection.unit_id):
        return None if inspection.status == Inspection.Status.UNDER_WAY else NOT_OPEN
    return may_work(actor, inspection)


def may_draw(actor: User, draw: Draw) -> Refusal | None:
    return may_work(actor, draw.population.inspection)


def may_check(actor: User, file: Drawn) -> Refusal | None:
    """Members of the team; not a file whose place another has taken."""
    if refused := may_work(actor, file.draw.population.inspection):
        return refused
    if hasattr(file, "replacement"):
        return not_yet("sampling.replaced", "Hồ sơ này đã được thay bằng hồ sơ khác.")
    return None


def may_replace(actor: User, file: Drawn) -> Refusal | None:
    """A file that cannot be had: only before somebody has looked at it."""
    if refused := may_check(actor, file):
        return refused
    if file.result:
        return not_yet("sampling.checked", "Hồ sơ này đã xem và ghi kết quả nên không thay được.")
    return None


def may_read_results(actor: User, inspection: Inspection) -> bool:
    """What was seen in the files opens to the unit with the minutes, as all that the team noted."""
    return inspection.status in MINUTED or is_inspecting_side(actor, inspection)
