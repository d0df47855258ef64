"""Papers for tests, brought in and confirmed by the real actions."""

from datetime import date, datetime
from pathlib import Path

from dondoc.directives import actions
from dondoc.directives.models import Directive, Intake
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator
from dondoc.ui.words import HOUSE_ZONE
from dondoc.units.tests.builders import thanh_oai

DATA = Path(__file__).parent / "data"
READ_ON = date(2019, 9, 13)
READ_AT = datetime(2019, 9, 13, 10, 30, tzinfo=HOUSE_ZONE)


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


def a_directive(
    symbol: str = "71/KH-UBND",
    issued_on: date | None = date(2019, 2, 15),
    *,
    type: str = "Kế hoạch",
    issuer: str = "UBND huyện Thanh Oai",
    subject: str = "tiếp tục thực hiện chủ đề công tác năm 2019",
    text: str = "",
    by: User | None = None,
) -> Directive:
    """A paper typed into the register by hand."""
    return actions.register(
        type=type,
        symbol=symbol,
        issued_on=issued_on,
        issuer=issuer,
        subject=subject,
        text=text,
        by=by or a_coordinator(),
        at=READ_AT,
    )
