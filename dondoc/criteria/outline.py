"""The tree of a set as two tables of order, and the moves an editor makes in it. Pure.

``sections`` holds, for each section (``None``: the set itself), its children in order; ``items`` the items of
each section in order (``None``: items that lost their section). Items of a section stand before its children.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

Way = Literal["up", "down", "in", "out"]
WAYS: dict[Way, str] = {"up": "Lên", "down": "Xuống", "in": "Vào trong", "out": "Ra ngoài"}


class Heading(Protocol):
    pk: int
    parent_id: int | None


class Leaf(Protocol):
    pk: int
    section_id: int | None


class NoSuchMove(ValueError):
    """The thing already stands at that edge of the tree."""


@dataclass
class Outline:
    sections: dict[int | None, list[int]] = field(default_factory=dict)
    items: dict[int | None, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, sections: Iterable[Heading], items: Iterable[Leaf]) -> "Outline":
        """From rows in the order of their positions."""
        made = cls()
        for each in sections:
            made.sections.setdefault(each.parent_id, []).append(each.pk)
        for item in items:
            made.items.setdefault(item.section_id, []).append(item.pk)
        return made

    def walk(self, under: int | None = None, depth: int = 1) -> Iterator[tuple[int, int]]:
        """Sections with their depth, as they are read from top to bottom."""
        for section in self.sections.get(under, ()):
            yield section, depth
            yield from self.walk(section, depth + 1)

    def parent(self, section: int) -> int | None:
        return next(parent for parent, children in self.sections.items() if section in children)

    def home(self, item: int) -> int | None:
        return next(section for section, items in self.items.items() if item in items)

    def path(self, section: int | None) -> tuple[int, ...]:
        """From the root down to this section."""
        return () if section is None else (*self.path(self.parent(section)), section)

    def section_order(self) -> list[int]:
        return [section for section, _ in self.walk()]

    def item_order(self) -> list[int]:
        """Items from top to bottom; those without a section come last."""
        return [item for home in (*self.section_order(), None) for item in self.items.get(home, ())]

    def put_section(self, section: int, under: int | None, at: int | None = None) -> None:
        """Raises: ``NoSuchMove`` for a section put under itself."""
        if under is not None and section in self.path(under):
            raise NoSuchMove(section)
        _put(self.sections, section, under, at)

    def put_item(self, item: int, under: int | None, at: int | None = None) -> None:
        _put(self.items, item, under, at)

    def move_section(self, section: int, way: Way) -> None:
        """Up and down among its siblings; in: under the one above; out: after its parent.

        Raises: ``NoSuchMove``.
        """
        parent = self.parent(section)
        siblings = self.sections[parent]
        at = siblings.index(section)
        if way in ("up", "down"):
            _put(self.sections, section, parent, _step(at, way, len(siblings)))
        elif way == "in":
            if at == 0:
                raise NoSuchMove(section)
            self.put_section(section, siblings[at - 1])
        else:
            if parent is None:
                raise NoSuchMove(section)
            grand = self.parent(parent)
            self.put_section(section, grand, self.sections[grand].index(parent) + 1)

    def move_item(self, item: int, way: Way) -> None:
        """Up and down within its section and on into the next; in and out between a section and its parent.

        Raises: ``NoSuchMove``.
        """
        home = self.home(item)
        siblings = self.items[home]
        at = siblings.index(item)
        if way in ("up", "down"):
            if 0 <= at + _STEP[way] < len(siblings):
                return self.put_item(item, home, at + _STEP[way])
            order = self.section_order()
            here = order.index(home) if home in order else len(order)
            return self.put_item(item, order[_step(here, way, len(order))], None if way == "up" else 0)
        children = self.sections.get(home, [])
        parent = self.parent(home) if home is not None else None
        if (way == "in" and not children) or (way == "out" and parent is None):
            raise NoSuchMove(item)
        self.put_item(item, children[0] if way == "in" else parent, 0 if way == "in" else None)


_STEP = {"up": -1, "down": 1}


def _step(at: int, way: Way, length: int) -> int:
    to = at + _STEP[way]
    if not 0 <= to < length:
        raise NoSuchMove(way)
    return to


def _put(table: dict[int | None, list[int]], thing: int, under: int | None, at: int | None) -> None:
    for things in table.values():
        if thing in things:
            things.remove(thing)
    row = table.setdefault(under, [])
    row.insert(len(row) if at is None else at, thing)
