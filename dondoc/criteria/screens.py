"""What each page of a criteria set shows, fetched before its template sees it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Count
from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from dondoc.audit.history import history_of
from dondoc.criteria import comparing, conditions, flow, merging, rules, trying
from dondoc.criteria.checks import Remark, remarks
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.criteria.offering import Offered
from dondoc.criteria.outline import WAYS, Outline
from dondoc.criteria.sheets import Fault, Sheet
from dondoc.foundation.flow import Offer, offers
from dondoc.people.models import User
from dondoc.ui.fields import summary
from dondoc.ui.screens import HistoryLine


@dataclass(frozen=True)
class ListScreen:
    sets: tuple[tuple[CriteriaSet, int, int], ...]
    """Set, its criteria, the plans that use it."""
    may_load: bool
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, actor: User) -> "ListScreen":
        found = CriteriaSet.objects.visible_to(actor).select_related("issued_by")
        items = dict(Criterion.objects.order_by().values_list("criteria").annotate(Count("pk")))
        uses = dict(CriteriaSet.objects.order_by().values_list("pk").annotate(Count("programmes")))
        rows = tuple((each, items.get(each.pk, 0), uses.get(each.pk, 0)) for each in found)
        return cls(rows, rules.may_load(actor) is None)


@dataclass(frozen=True)
class Row:
    """One line of the tree."""

    thing: Section | Criterion
    depth: int
    weight: int
    """Of a section: the sum of all below it."""
    count: int = 0
    faulty: bool = False

    @property
    def is_section(self) -> bool:
        return isinstance(self.thing, Section)

    @property
    def words(self) -> str:
        return self.thing.title if isinstance(self.thing, Section) else self.thing.text


@dataclass(frozen=True)
class Facts:
    """What is told of one item beyond its own columns."""

    item: Criterion
    thresholds: str
    options: str
    kinds: str
    shown_if: str


@dataclass(frozen=True)
class Tree:
    """A set with everything in it, fetched once; every page of a set stands on it."""

    criteria: CriteriaSet
    sections: tuple[Section, ...]
    items: tuple[Criterion, ...]

    @classmethod
    def of(cls, criteria: CriteriaSet) -> "Tree":
        return cls(criteria, tuple(criteria.sections.all()), tuple(criteria.items.all()))

    @cached_property
    def remarks(self) -> tuple[Remark, ...]:
        return remarks(self.sections, self.items)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        outline = Outline.of(self.sections, self.items)
        headings, leaves = {s.pk: s for s in self.sections}, {i.pk: i for i in self.items}
        faulty = {(type(r.thing), r.thing.pk) for r in self.remarks if r.thing and r.blocks}
        weights: dict[int, int] = {}
        counts: dict[int, int] = {}
        for item in self.items:
            for section in outline.path(item.section_id):
                weights[section] = weights.get(section, 0) + item.weight
                counts[section] = counts.get(section, 0) + 1

        def leaf(pk: int, depth: int) -> Row:
            item = leaves[pk]
            return Row(item, depth, item.weight, faulty=(Criterion, pk) in faulty)

        found: list[Row] = []
        for pk, depth in outline.walk():
            heading = headings[pk]
            found.append(Row(heading, depth, weights.get(pk, 0), counts.get(pk, 0), (Section, pk) in faulty))
            found += [leaf(item, depth + 1) for item in outline.items.get(pk, ())]
        return (*found, *(leaf(item, 1) for item in outline.items.get(None, ())))

    @property
    def weight(self) -> int:
        return sum(item.weight for item in self.items)

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        return {item.code: item for item in self.items}

    def facts(self, item: Criterion) -> Facts:
        return Facts(
            item,
            comparing.thresholds_text(item),
            comparing.options_text(item),
            comparing.kinds_text(item),
            conditions.words(item.shown_if, self.by_code),
        )

    def thing(self, key: str) -> Section | Criterion | None:
        """By the key of its row: m12 a section, t34 an item."""
        return next((row.thing for row in self.rows if row.thing.key == key), None)


class Editor(Protocol):
    """Several forms read as one."""

    @property
    def forms(self) -> Sequence[BaseForm]: ...


@dataclass(frozen=True)
class SetScreen:
    """The tree at the left; at the right what was chosen, to read or to change."""

    tree: Tree
    chosen: Section | Criterion | None
    editor: Editor | None
    form: BaseForm | None
    adding: str
    """What the form makes: "muc", "tieu-chi", or nothing when it changes what is chosen."""
    editable: bool
    renew: str
    discard: bool
    used: int
    offers: tuple[Offer, ...]
    versions: tuple[CriteriaSet, ...]
    history: Sequence[HistoryLine]
    parts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        tree: Tree,
        actor: User,
        chosen: Section | Criterion | None = None,
        *,
        editor: Editor | None = None,
        form: BaseForm | None = None,
        adding: str = "",
    ) -> "SetScreen":
        criteria = tree.criteria
        versions = CriteriaSet.objects.visible_to(actor).filter(code=criteria.code)
        address = reverse("criteria:issue", args=[criteria.pk])
        used = criteria.programmes.count()
        editable = rules.may_edit(actor, criteria) is None
        return cls(
            tree,
            chosen,
            editor,
            form,
            adding,
            editable,
            _renewing(actor, criteria),
            editable and not used,
            used,
            offers(actor, criteria, flow.CRITERIA, lambda step: address),
            tuple(each for each in versions if each.pk != criteria.pk),
            history_of(criteria)[::-1],
        )

    @property
    def criteria(self) -> CriteriaSet:
        return self.tree.criteria

    @property
    def name(self) -> str:
        return str(self.criteria)

    @property
    def stamp(self) -> str:
        """Of what is being changed, so that a save over somebody else's is seen."""
        return merging.stamp(self.chosen) if self.chosen and not self.adding else ""

    @property
    def key(self) -> str:
        """Of the row that is chosen."""
        return self.chosen.key if self.chosen else ""

    @property
    def is_section(self) -> bool:
        return isinstance(self.chosen, Section)

    @property
    def facts(self) -> Facts | None:
        return self.tree.facts(self.chosen) if isinstance(self.chosen, Criterion) else None

    @property
    def previous(self) -> CriteriaSet | None:
        """The version before this one."""
        return next((each for each in self.versions if each.version < self.criteria.version), None)

    @property
    def ways(self) -> Iterable[tuple[str, str]]:
        return WAYS.items()

    @property
    def faults(self) -> Sequence[BaseForm]:
        """The forms whose faults stand at the top."""
        return self.editor.forms if self.editor else (self.form,) if self.form else ()

    @property
    def wrong(self) -> SafeString:
        """What must be put right, in every row of the form."""
        return summary(self.faults)


def _renewing(actor: User, criteria: CriteriaSet) -> str:
    """ "yes", nothing when it is not theirs, or why not now."""
    refused = rules.may_renew(actor, criteria)
    if refused is None:
        return "yes"
    return refused.sentence if criteria.issued_at and refused.kind == "not_yet" else ""


@dataclass(frozen=True)
class PrintScreen:
    """The whole set on paper."""

    tree: Tree
    parts: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[tuple[Row, Facts | None]]:
        for row in self.tree.rows:
            yield row, self.tree.facts(row.thing) if isinstance(row.thing, Criterion) else None


@dataclass(frozen=True)
class CompareScreen:
    old: CriteriaSet
    new: CriteriaSet
    difference: comparing.Difference
    parts: tuple[str, ...] = ()

    @classmethod
    def of(cls, old: CriteriaSet, new: CriteriaSet) -> "CompareScreen":
        trees = Tree.of(old), Tree.of(new)
        sides = [comparing.Version(tree.sections, tree.items) for tree in trees]
        return cls(old, new, comparing.compare(*sides))

    @property
    def name(self) -> str:
        return str(self.new)

    @property
    def old_name(self) -> str:
        return str(self.old.version)

    @property
    def new_name(self) -> str:
        return str(self.new.version)


@dataclass(frozen=True)
class ConflictScreen:
    """What was typed beside what somebody else saved meanwhile."""

    thing: Section | Criterion
    differing: tuple[merging.Part, ...]
    sent: tuple[tuple[str, str], ...]
    """Everything that was typed, to be sent again."""
    stamp: str
    last: HistoryLine | None
    back: str
    parts: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, criteria: CriteriaSet, thing: Section | Criterion, told: Mapping[str, Any], sent: QueryDict
    ) -> "ConflictScreen":
        by_code = {item.code: item for item in criteria.items.all()}
        kept = ((name, value) for name in sent for value in sent.getlist(name))
        own = ("csrfmiddlewaretoken", "ban", "giu")
        return cls(
            thing,
            merging.parts(thing, told, by_code),
            tuple(pair for pair in kept if pair[0] not in own and not pair[0].startswith("phan-")),
            merging.stamp(thing),
            next((line for line in history_of(criteria)[::-1] if line.what.endswith(f" {thing.code}")), None),
            f"{criteria.get_absolute_url()}?chon={thing.key}",
        )

    @property
    def name(self) -> str:
        return f"{'mục' if isinstance(self.thing, Section) else 'tiêu chí'} {self.thing.code}"

    @property
    def set_name(self) -> str:
        return str(self.thing.criteria)


@dataclass(frozen=True)
class TableScreen:
    """A table for a draft: chosen, its faults, or what it would change."""

    criteria: CriteriaSet
    form: BaseForm
    faults: tuple[Fault, ...] = ()
    offered: Offered | None = None
    blocked: str = ""
    """Why no table can be taken now."""
    changed: bool = False
    """Somebody changed the draft after the officer was shown the table beside it."""
    renew: bool = False
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.criteria)

    @property
    def last(self) -> HistoryLine | None:
        """Who changed the set last."""
        return next(iter(history_of(self.criteria)[::-1]), None)


@dataclass(frozen=True)
class TrialScreen:
    tree: Tree
    form: BaseForm
    lines: tuple[trying.Line, ...]
    totals: tuple[trying.Total, ...]
    parts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.tree.criteria)

    @property
    def answered(self) -> int:
        return sum(1 for line in self.lines if line.asked and line.result)

    @property
    def asked(self) -> int:
        return sum(1 for line in self.lines if line.asked)


@dataclass(frozen=True)
class FormScreen:
    """A form of its own page."""

    title: str
    form: BaseForm
    back: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LoadScreen:
    form: BaseForm
    faults: tuple[Fault, ...] = ()
    found: Sheet | None = None
    """What a table holds that was only to be looked at."""
    parts: tuple[str, ...] = ()
