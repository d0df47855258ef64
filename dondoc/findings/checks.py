"""The seven checks before a notice may go out. Each stops the submission until it is answered.

Source: inspection.md §5.2, faults that a real review of a draft conclusion named.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dondoc.findings.models import Conclusion, Finding
from dondoc.foundation.folding import fold
from dondoc.inspections.corrections import Correction, corrections_of
from dondoc.inspections.models import Inspection
from dondoc.units.models import Unit

MOST_GENERATIONS = 5
"""How far back the predecessors of a merged unit are followed."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the checks and the paper read, fetched once."""

    conclusion: Conclusion
    inspection: Inspection
    findings: tuple[Finding, ...]
    still_open: tuple[Finding, ...]
    corrected: tuple[tuple[str, Correction], ...] = ()
    """What signed amendments put right in the minutes, with the code of the item (empty: words)."""

    @classmethod
    def of(cls, conclusion: Conclusion) -> "Dossier":
        inspection = Inspection.objects.select_related(
            "programme__plan", "programme__authority", "team", "unit"
        ).get(pk=conclusion.inspection_id)
        standing = Finding.objects.standing().filter(inspection=inspection)
        still_open = Finding.objects.still_open(lineage(inspection.unit), before=inspection)
        return cls(
            conclusion=conclusion,
            inspection=inspection,
            findings=tuple(standing.select_related("answer__criterion").order_by("field", "pk")),
            still_open=tuple(
                still_open.select_related("inspection__unit", "inspection__conclusion__paper").order_by(
                    "inspection__planned_on", "pk"
                )
            ),
            corrected=tuple(
                (code, each) for code, told in corrections_of(inspection).items() for each in told
            ),
        )

    def of_class(self, *categories: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.category in categories)

    @property
    def requirements(self) -> tuple[Finding, ...]:
        """What the unit has to put right, the earliest deadline first."""
        called = [finding for finding in self.findings if finding.calls_for_work]
        return tuple(sorted(called, key=lambda finding: (finding.due_days or 0, finding.pk)))


def lineage(unit: Unit) -> list[Unit]:
    """The unit and those it came from: what they left open is asked of it."""
    found, layer = [unit], [unit]
    for _ in range(MOST_GENERATIONS):
        layer = list(Unit.objects.filter(heirs__successor__in=layer).exclude(pk__in=[u.pk for u in found]))
        if not layer:
            break
        found += layer
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the draft: ``sentence`` is empty when it is answered."""

    number: int
    title: str
    sentence: str

    @property
    def passed(self) -> bool:
        return not self.sentence


def checks_of(conclusion: Conclusion) -> tuple[Check, ...]:
    """All seven, in the order of the source."""
    return checked(Dossier.of(conclusion))


def checked(dossier: Dossier) -> tuple[Check, ...]:
    return tuple(Check(number, title, ask(dossier)) for number, (title, ask) in enumerate(QUESTIONS, 1))


def cites_its_bases(dossier: Dossier) -> str:
    """Plan and minutes of the team."""
    plan = dossier.inspection.programme.plan
    missing = []
    if not (plan.symbol and plan.issued_on):
        missing.append("số và ngày của kế hoạch kiểm tra")
    if dossier.inspection.signed_at is None:
        missing.append("biên bản kiểm tra đã ký")
    return f"Thông báo chưa dẫn được {' và '.join(missing)}." if missing else ""


_PARTS = {
    "recommendation": "việc phải làm",
    "owner": "người thực hiện",
    "due_days": "thời hạn",
    "proof_expected": "minh chứng cần có",
}


def every_requirement_is_complete(dossier: Dossier) -> str:
    """Work, person, deadline and proof of each."""
    told = []
    for finding in dossier.requirements:
        missing = [words for name, words in _PARTS.items() if not getattr(finding, name)]
        if missing:
            told.append(f"“{_brief(finding)}” thiếu {', '.join(missing)}")
    return f"Yêu cầu khắc phục chưa đủ: {'; '.join(told)}." if told else ""


def urgent_comes_first(dossier: Dossier) -> str:
    """Nothing serious is due later than the longest deadline of what is less serious."""
    due = [finding for finding in dossier.requirements if finding.due_days]
    others = [finding.due_days or 0 for finding in due if finding.severity != Finding.Severity.SERIOUS]
    if not others:
        return ""
    late = [
        finding
        for finding in due
        if finding.severity == Finding.Severity.SERIOUS and (finding.due_days or 0) > max(others)
    ]
    if not late:
        return ""
    named = "; ".join(f"“{_brief(finding)}” ({finding.due_days} ngày)" for finding in late)
    return f"Việc nghiêm trọng có hạn muộn hơn việc khác ({max(others)} ngày): {named}. Rút ngắn hạn."


def somebody_follows(dossier: Dossier) -> str:
    return "" if dossier.conclusion.followed_by.strip() else "Chưa ghi người theo dõi việc khắc phục."


def earlier_items_have_a_status(dossier: Dossier) -> str:
    """What earlier notices to this unit, or to those it came from, asked and nobody verified as done."""
    count = len(dossier.still_open)
    if not count or dossier.conclusion.earlier.strip():
        return ""
    named = "; ".join(f"“{_brief(finding)}”" for finding in dossier.still_open[:3])
    more = f" và {count - 3} việc khác" if count > 3 else ""
    return f"Còn {count} kiến nghị của lần trước chưa xong mà dự thảo chưa nêu tình hình: {named}{more}."


def everyone_receives_it(dossier: Dossier) -> str:
    """The unit and every body that is asked to act; the archive line is always printed."""
    told = fold(dossier.conclusion.recipients)
    bodies = [str(dossier.inspection.unit)]
    bodies += [finding.addressed_to for finding in dossier.of_class("DIFFICULTY", "PROPOSAL")]
    missing = [body for body in dict.fromkeys(bodies) if fold(body) not in told]
    return f"Nơi nhận còn thiếu: {'; '.join(missing)}." if missing else ""


def no_praise_against_blame(dossier: Dossier) -> str:
    """One criterion is not both a strength and a fault."""
    by_criterion: dict[str, set[bool]] = defaultdict(set)
    for finding in dossier.of_class("STRENGTH", "NOT_DONE", "SHORTCOMING"):
        if finding.answer is not None:
            by_criterion[finding.answer.criterion.code].add(finding.calls_for_work)
    both = [code for code, sides in by_criterion.items() if len(sides) == 2]
    return (
        f"Tiêu chí {', '.join(both)} vừa được khen vừa bị nêu tồn tại. Bỏ hoặc sửa một bên." if both else ""
    )


Question = Callable[[Dossier], str]
QUESTIONS: Sequence[tuple[str, Question]] = (
    ("Dẫn kế hoạch và biên bản kiểm tra", cites_its_bases),
    ("Mỗi yêu cầu có việc, người, hạn, minh chứng", every_requirement_is_complete),
    ("Việc nghiêm trọng không có hạn muộn hơn việc khác", urgent_comes_first),
    ("Có người theo dõi khắc phục", somebody_follows),
    ("Nêu tình hình kiến nghị lần trước còn mở", earlier_items_have_a_status),
    ("Nơi nhận đủ đơn vị và cơ quan có thể xử lý", everyone_receives_it),
    ("Không vừa khen vừa nêu tồn tại cùng một tiêu chí", no_praise_against_blame),
)


def _brief(finding: Finding) -> str:
    words = finding.text.split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
