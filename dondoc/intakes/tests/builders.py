"""Papers brought in and confirmed by the real actions."""

from datetime import date
from pathlib import Path

from dondoc.directives.models import Directive
from dondoc.directives.tests.builders import READ_AT
from dondoc.intakes import actions
from dondoc.intakes.models import Intake
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator
from dondoc.units.tests.builders import thanh_oai

DATA = Path(__file__).parent / "data"
READ_ON = date(2019, 9, 13)


def seed_text() -> str:
    """The district's news item that announces plan 292/KH-UBND."""
    return (DATA / "seed.txt").read_text(encoding="utf-8")


def a_seed_intake(*, by: User | None = None) -> Intake:
    """The seed brought in and read; it waits for an officer."""
    thanh_oai()
    return actions.bring_in(seed_text(), by=by or a_coordinator(), at=READ_AT, on=READ_ON)


def the_seed(*, by: User | None = None) -> Directive:
    """Plan 292/KH-UBND of 11/09/2019 in the register, with the six papers it carries out."""
    by = by or a_coordinator()
    return actions.confirm(a_seed_intake(by=by), by=by, at=READ_AT)
