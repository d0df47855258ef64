"""Papers for tests, put into the register by the real actions."""

from datetime import date, datetime

from dondoc.directives import actions
from dondoc.directives.models import Directive
from dondoc.people.models import User
from dondoc.people.tests.builders import a_coordinator
from dondoc.ui.words import HOUSE_ZONE

READ_AT = datetime(2019, 9, 13, 10, 30, tzinfo=HOUSE_ZONE)


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
