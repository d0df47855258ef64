"""What the window forgets every morning."""

from dondoc.foundation import clock
from dondoc.jobs.tasks import task
from dondoc.portal import codes, readers
from dondoc.portal.actions import forget_phones


@task(daily_at=3)
def forget() -> None:
    """Reader marks of earlier days, spent codes, phones of comments answered a year ago."""
    now = clock.now()
    readers.forget_before(clock.today())
    codes.forget_expired(at=now)
    forget_phones(at=now)
