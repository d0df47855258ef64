"""What the pages show on which papers are brought in and read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import Page

from dondoc.directives.identity import Day
from dondoc.directives.models import Directive
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refusal
from dondoc.intakes.clearness import doubts_of
from dondoc.intakes.models import Batch, Intake
from dondoc.ui.inputs import Form
from dondoc.ui.words import NOTHING, day_text

S = Intake.Status


@dataclass(frozen=True)
class BringScreen:
    """Paste or upload; beside a refusal, the paper or intake it is about."""

    form: Form
    known: Directive | None = None
    waiting: Intake | None = None
    kept: StoredFile | None = None
    queue: Sequence[Intake] = ()
    completes: Directive | None = None
    parts: Collection[str] = ()


@dataclass(frozen=True)
class ReadingScreen:
    """A file that is being read, or was not to be read; what can be done then."""

    intake: Intake
    paste: Form
    again: Form
    parts: Collection[str] = ("progress",)

    @property
    def form(self) -> Form:
        """The one that was sent and refused."""
        return self.paste if self.paste.is_bound else self.again

    @property
    def reading(self) -> bool:
        return self.intake.status == S.READING

    @property
    def stopped(self) -> bool:
        return self.intake.status == S.STOPPED

    @property
    def word(self) -> str:
        return self.intake.word

    @property
    def may_be_another(self) -> bool:
        """Taken for a paper that is known; not the very same file, of which one is enough."""
        twin = self.intake.twin
        return self.intake.known is not None or (
            twin is not None and twin.file_digest != self.intake.file_digest
        )


@dataclass(frozen=True)
class ManyScreen:
    """Where many files are chosen, and the batches so far."""

    form: Form
    batches: Page[Batch]
    parts: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One file of a batch: what was read from it, and whether it needs a person."""

    intake: Intake

    @property
    def file(self) -> str:
        return self.intake.origin or str(self.intake.file or NOTHING)

    @property
    def paper(self) -> str:
        told = self._document
        return " ".join(filter(None, (told.get("type"), told.get("symbol") or told.get("number")))) or NOTHING

    @property
    def subject(self) -> str:
        return str(self._document.get("subject") or "")

    @property
    def dated(self) -> str:
        day = Day.read(self._document.get("date"))
        if day.first is None:
            return NOTHING
        return _dated(day.first, day.precision)

    @property
    def issuer(self) -> str:
        return str(self._document.get("issuer") or NOTHING)

    @property
    def citations(self) -> int | None:
        if not self.intake.proposal:
            return None
        return sum(1 for each in self.intake.proposal["citations"] if each.get("kept", True))

    @property
    def asking(self) -> Sequence[str]:
        """Why a person is needed, in words."""
        if self.intake.status == S.STOPPED:
            return [self.intake.problem]
        if self.intake.status == S.WAITING and self.intake.doubtful:
            return doubts_of(self.intake.proposal, self.intake.notes)
        return ()

    @property
    def state(self) -> tuple[str, str]:
        """The word for where it stands, and the kind of its badge."""
        if self.intake.status == S.STOPPED:
            return ("Đã có", "soon") if self.intake.known or self.intake.twin else ("Chưa đọc được", "late")
        if self.intake.status == S.WAITING:
            return ("Cần xem lại", "soon") if self.intake.doubtful else ("Rõ, chờ xác nhận", "wait")
        return {
            S.READING: ("Đang đọc", "doing"),
            S.CONFIRMED: ("Đã vào sổ", "done"),
            S.DROPPED: ("Đã bỏ", "muted"),
        }[S(self.intake.status)]

    @property
    def url(self) -> str:
        """Where to go on with it."""
        if self.intake.directive is not None:
            return self.intake.directive.get_absolute_url()
        return self.intake.get_absolute_url()

    @property
    def may_be_chosen(self) -> bool:
        return not self.intake.is_settled and self.intake.status != S.READING

    @property
    def _document(self) -> Mapping[str, str]:
        told: Mapping[str, str] = self.intake.proposal.get("document") or {}
        return told


def _dated(first: date, precision: str) -> str:
    if precision == "DAY":
        return day_text(first)
    return f"{first.month}/{first.year}" if precision == "MONTH" else str(first.year)


@dataclass(frozen=True, slots=True)
class Filter:
    """One state a batch can be narrowed to."""

    word: str
    label: str
    count: int
    url: str


_FILTERS = {
    "chua-doc": "Chưa đọc được, đã có",
    "can-xem": "Cần xem lại",
    "dang-doc": "Đang đọc",
    "ro": "Rõ, chờ xác nhận",
    "vao-so": "Đã vào sổ",
    "da-bo": "Đã bỏ",
}


@dataclass(frozen=True)
class BatchScreen:
    """What became of the files of a batch, what needs a person first."""

    batch: Batch
    counts: Mapping[str, int]
    page: Page[Intake]
    chosen: str
    form: Form
    parts: Collection[str] = ("progress",)

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(intake) for intake in self.page]

    @property
    def came(self) -> int:
        return sum(self.counts.values())

    @property
    def being_read(self) -> int:
        return self.counts["dang_doc"]

    @property
    def done(self) -> int:
        return self.came - self.being_read

    @property
    def asking(self) -> int:
        return self.counts["chua_doc"] + self.counts["can_xem"]

    @property
    def clear(self) -> int:
        return self.counts["ro"]

    @property
    def not_come(self) -> int:
        """Announced by the sender and not here yet."""
        return max(0, self.batch.announced - self.came - self.batch.passed_over)

    @property
    def filters(self) -> list[Filter]:
        return [Filter("", "Tất cả", self.came, self.batch.get_absolute_url())] + [
            Filter(word, label, count, f"{self.batch.get_absolute_url()}?trang-thai={word}")
            for word, label in _FILTERS.items()
            if (count := self.counts[word.replace("-", "_")]) or word == self.chosen
        ]


@dataclass(frozen=True)
class ConfirmScreen:
    """Which papers enter the register together, which do not and why; afterwards, what became of it."""

    batch: Batch
    entering: Sequence[Row]
    refused: Sequence[tuple[Row, Refusal]]
    entered: int = 0
    parts: Collection[str] = ()
