"""The marks Word draws before the items of its lists: "1.", "a)", "-". No file stores them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from dondoc.extraction.encodings import told_by
from dondoc.extraction.package import Element, Package, attribute, child, tag
from dondoc.extraction.styles import Numbered, look_of

_LEVELS = 9
_DASHES = "-–—+*"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def letters(number: int) -> str:
    """a … z, then aa, bb, as Word goes on."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "ordinal": str,
}
_MOST_NUMBER = 3000


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    in_figures: bool = False
    restarts_after: int | None = None

    def drawn(self, number: int, *, figures: bool) -> str:
        draw = str if figures else _FORMATS.get(self.format, str)
        return draw(number) if 0 < number <= _MOST_NUMBER else str(number)


def _level(element: Element) -> _Level:
    def value(name: str) -> str:
        return attribute(child(element, name), "val")

    text = value("lvlText")
    if told := told_by(look_of(child(element, "rPr")).font or ""):
        text = told[0].convert(text, capitals=told[1])
    start, restart = value("start"), value("lvlRestart")
    return _Level(
        value("numFmt") or "decimal",
        text,
        int(start) if start.isdecimal() else 1,
        child(element, "isLgl") is not None,
        int(restart) if restart.isdecimal() else None,
    )


@dataclass(slots=True)
class _Counted:
    """One list of levels and where each of them stands."""

    levels: dict[int, _Level] = field(default_factory=dict)
    at: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one file, counting while its paragraphs are read in order."""

    def __init__(self, package: Package) -> None:
        part = next(iter(package.beside("numbering").values()), "")
        root = package.tree(part) if part else None
        drawings: dict[str, Element] = {}
        linked: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counted: dict[str, _Counted] = {}
        self._begun: set[str] = set()
        for each in root if root is not None else ():
            code = attribute(each, "abstractNumId")
            if tag(each) == "abstractNum":
                drawings[code] = each
                if style := attribute(child(each, "styleLink"), "val"):
                    linked[style] = code
        for each in root if root is not None else ():
            if tag(each) == "num":
                code = attribute(child(each, "abstractNumId"), "val")
                style = attribute(child(drawings.get(code), "numStyleLink"), "val")
                self._take(each, linked.get(style, code), drawings)

    def _take(self, num: Element, code: str, drawings: dict[str, Element]) -> None:
        if code not in self._counted:
            found = [each for each in drawings.get(code, ()) if tag(each) == "lvl"]
            self._counted[code] = _Counted({_number(each): _level(each) for each in found})
        own: dict[int, _Level] = {}
        starts: dict[int, int] = {}
        for each in num:
            if tag(each) == "lvlOverride":
                if (level := child(each, "lvl")) is not None:
                    own[_number(each)] = _level(level)
                start = attribute(child(each, "startOverride"), "val")
                if start.isdecimal():
                    starts[_number(each)] = int(start)
        self._lists[attribute(num, "numId")] = code, own, starts

    def mark(self, numbered: Numbered) -> str:
        """The next mark of this list, "" when the paragraph is in none."""
        if numbered.list is None or numbered.list not in self._lists:
            return ""
        code, own, starts = self._lists[numbered.list]
        counted, depth = self._counted[code], min(numbered.level or 0, _LEVELS - 1)
        levels = counted.levels | own
        level = levels.get(depth)
        if level is None:
            return ""
        if numbered.list not in self._begun:
            self._begun.add(numbered.list)
            counted.at |= {place: start - 1 for place, start in starts.items()}
        counted.at[depth] = counted.at.get(depth, level.start - 1) + 1
        for deeper in [each for each in counted.at if each > depth]:
            if _restarts(levels.get(deeper), depth):
                del counted.at[deeper]
        return self._drawn(levels, depth, counted.at)

    def _drawn(self, levels: dict[int, _Level], depth: int, at: dict[int, int]) -> str:
        level = levels[depth]
        if level.format == "none":
            return level.text if "%" not in level.text else ""
        if level.format == "bullet":
            return level.text if level.text and level.text in _DASHES else "-"
        mark = level.text
        for place in range(_LEVELS):
            if f"%{place + 1}" in mark:
                above = levels.get(place, level)
                number = at.setdefault(place, above.start)
                mark = mark.replace(f"%{place + 1}", above.drawn(number, figures=level.in_figures))
        return mark.strip()


def _restarts(level: _Level | None, above: int) -> bool:
    if level is None or level.restarts_after is None:
        return True
    return level.restarts_after > above


def _number(element: Element) -> int:
    found = attribute(element, "ilvl")
    return int(found) if found.isdecimal() else 0
