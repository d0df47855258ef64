"""What the answers of one visit add up to, and where the two sides differ. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dondoc.inspections.models import Answer, Result
from dondoc.inspections.values import shown


@dataclass
class FieldTally:
    """How many items of one field have which verified result."""

    code: str
    name: str
    answers: list[Answer] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def answered(self) -> int:
        """Items the unit has answered."""
        return sum(answer.declared is not None for answer in self.answers)

    @property
    def verified(self) -> int:
        """Items the team has been through."""
        return sum(answer.verified_at is not None for answer in self.answers)

    @property
    def done(self) -> int:
        return self.count(Result.DONE)

    @property
    def limited(self) -> int:
        return self.count(Result.LIMITED)

    @property
    def not_done(self) -> int:
        return self.count(Result.NOT_DONE)

    @property
    def not_applicable(self) -> int:
        return self.count(Result.NOT_APPLICABLE)

    @property
    def differing(self) -> int:
        return sum(differs(answer) for answer in self.answers)

    def count(self, result: Result) -> int:
        return sum(answer.verified_result == result for answer in self.answers)


def by_field(answers: Iterable[Answer]) -> list[FieldTally]:
    """One tally per field, in the order of the checklist; answers come in the order of their criteria."""
    return [
        FieldTally(code, found[0].criterion.field_name, found)
        for code, rows in groupby(answers, key=lambda answer: answer.criterion.field)
        if (found := list(rows))
    ]


def differs(answer: Answer) -> bool:
    """Both sides spoke, and not with one voice."""
    if answer.declared is None or answer.verified_at is None:
        return False
    told = (answer.declared, answer.declared_result)
    return told != (answer.verified, answer.verified_result)


def difference(answer: Answer) -> str:
    """One sentence that sets the two sides beside each other."""
    item = answer.criterion
    declared, verified = shown(item, answer.declared), shown(item, answer.verified)
    return (
        f"{item.code}: đơn vị báo {declared} – {answer.get_declared_result_display().lower()}; "
        f"đoàn ghi nhận {verified} – {answer.get_verified_result_display().lower()}."
    )


def differences(answers: Sequence[Answer]) -> list[str]:
    return [difference(answer) for answer in answers if differs(answer)]
