"""Entries of the register put right: what they say, and all that leads to them from any room."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import DatabaseError, models, transaction

from dondoc.directives.identity import Identity
from dondoc.directives.models import Citation, Directive, Inside
from dondoc.foundation.refusals import Refused, not_yet

_CLOSE = ("NONE", "YEAR", "MONTH", "DAY")


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one kind lead to an entry."""

    what: str
    count: int


def described(paper: Directive) -> dict[str, str]:
    """What tells it from others, in words."""
    return {
        "loại": paper.type,
        "số và ký hiệu": paper.symbol,
        "ngày ban hành": paper.dated,
        "cơ quan ban hành": paper.issuer,
        "trích yếu": paper.subject,
    }


def knowing(paper: Directive) -> tuple[bool, int, int]:
    """How much an entry says: its copy first, then its date, then whatever else."""
    said = (paper.symbol, paper.issuer, paper.subject)
    return paper.has_copy, _CLOSE.index(paper.identity.day.precision), sum(map(bool, said))


def filled(told: Identity, other: Identity) -> Identity:
    """What one entry does not say, or says more vaguely, is taken from the other."""
    day, issuer = told.day, told.issuer
    if not told.against(other):
        day = max(told.day, other.day, key=lambda one: _CLOSE.index(one.precision))
        issuer = max(told.issuer, other.issuer, key=len)
    return replace(
        told,
        symbol=told.symbol or other.symbol,
        number=told.number or other.number,
        day=day if day.first else other.day,
        issuer=issuer or other.issuer,
        subject=told.subject or other.subject,
    )


def moving(paper: Directive) -> list[Moving]:
    """What would be led elsewhere, by kind."""
    found: dict[str, int] = {}
    for field in _leading():
        count = field.model._base_manager.filter(**{field.name: paper}).count()
        if count:
            name = _name(field)
            found[name] = found.get(name, 0) + count
    return [Moving(what, count) for what, count in found.items()]


def lead(gone: Directive, kept: Directive) -> dict[str, int]:
    """Everything that leads to ``gone`` leads to ``kept``, in every room; gives how many rows of each kind.

    Raises: ``Refused`` when a row is signed and may not change, or both are what only one paper can be.
    """
    _drop_doubles(gone, kept)
    Inside.objects.filter(directive=gone).delete()
    moved: dict[str, int] = {}
    for field in _leading():
        rows = field.model._base_manager.filter(**{field.name: gone})
        if field.unique and rows.exists():
            _refuse_two(field, kept)
        if field.model._meta.auto_created:
            _drop_doubled_ties(field, gone, kept)
        try:
            with transaction.atomic():
                count = rows.update(**{field.name: kept})
        except DatabaseError:
            raise Refused(
                not_yet(
                    "directives.frozen",
                    f"Mục này đang được dùng trong {_name(field)} đã ký hoặc đã chốt nên không gộp được. "
                    "Giữ lại mục này và gộp mục kia vào nó.",
                )
            ) from None
        if count:
            moved[field.model._meta.label_lower] = moved.get(field.model._meta.label_lower, 0) + count
    return moved


def _leading() -> Iterator["models.ForeignKey[models.Model, models.Model]"]:
    """Every field of every room that leads to a paper, those of ties between many included."""
    for relation in Directive._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if isinstance(field, models.ForeignKey) and field.model is not Inside and field is not relation:
            yield field


def _name(field: "models.ForeignKey[models.Model, models.Model]") -> str:
    """A kind of row as people call it; a tie between many is called by the row it belongs to."""
    if not field.model._meta.auto_created:
        return str(field.model._meta.verbose_name)
    owner = next(
        one
        for one in field.model._meta.get_fields()
        if isinstance(one, models.ForeignKey) and one is not field
    )
    return str(owner.related_model._meta.verbose_name)


def _refuse_two(field: "models.ForeignKey[models.Model, models.Model]", kept: Directive) -> None:
    if field.model._base_manager.filter(**{field.name: kept}).exists():
        raise Refused(
            not_yet(
                "directives.two_of_one",
                f"Cả hai mục đều đã có {_name(field)} riêng nên không gộp được.",
            )
        )


def _drop_doubles(gone: Directive, kept: Directive) -> None:
    """Citations that would say a thing twice, or of a paper that it cites itself."""
    links = Citation.objects
    links.filter(source=gone, target=kept).delete()
    links.filter(source=kept, target=gone).delete()
    for near, far in (("source", "target"), ("target", "source")):
        there = set(links.filter(**{near: kept}).values_list(f"{far}_id", "start"))
        mine = links.filter(**{near: gone}).values_list("pk", f"{far}_id", "start")
        links.filter(pk__in=[pk for pk, other, start in mine if (other, start) in there]).delete()


def _drop_doubled_ties(
    field: "models.ForeignKey[models.Model, models.Model]", gone: Directive, kept: Directive
) -> None:
    """A row tied to both keeps one tie."""
    ties = field.model._base_manager
    owner = next(
        one
        for one in field.model._meta.get_fields()
        if isinstance(one, models.ForeignKey) and one is not field
    )
    owners = ties.filter(**{field.name: kept}).values(owner.attname)
    ties.filter(**{field.name: gone, f"{owner.attname}__in": owners}).delete()
