"""What the pages show on which papers are brought in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.intakes.models import Intake
from dondoc.ui.inputs import Form


@dataclass(frozen=True)
class BringScreen:
    """Paste or upload; beside a refusal, the paper or intake it is about."""

    form: Form
    known: Directive | None = None
    waiting: Intake | None = None
    kept: StoredFile | None = None
    queue: Sequence[Intake] = ()
    parts: Collection[str] = ()
