"""How a body of this house heads and signs its papers. Pure over one unit and one post title.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I (cơ quan ban hành, địa danh, quyền hạn và chức vụ của người ký).
"""

from dataclasses import dataclass

from dondoc.units.models import Unit

COMMITTEE = "Ủy ban nhân dân"
ABBREVIATION = "UBND"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``lines`` for the head of the page, ``name`` for running text, ``place`` before the date."""

    lines: tuple[str, ...]
    name: str
    place: str
    abbreviation: str = ABBREVIATION


def letterhead(unit: Unit) -> Letterhead:
    """A People's Committee has no superior-body line; its place is the unit's own name."""
    return Letterhead((COMMITTEE.upper(), str(unit).upper()), f"{COMMITTEE} {unit}", unit.name)


def signing_lines(post_title: str) -> tuple[str, ...]:
    """The lines above the signature of somebody who signs for a People's Committee.

    >>> signing_lines("Phó Chủ tịch UBND huyện")
    ('TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH')
    """
    post = post_title.split(ABBREVIATION)[0].split(COMMITTEE)[0].strip(" ,").upper()
    if post in {"", "CHỦ TỊCH"}:
        return (f"TM. {COMMITTEE.upper()}", "CHỦ TỊCH")
    if post == "PHÓ CHỦ TỊCH":
        return (f"TM. {COMMITTEE.upper()}", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    return ("TL. CHỦ TỊCH", post)
