"""What the styles of a Word file say of a run or a paragraph: font, capitals, hidden, numbered."""

from dataclasses import dataclass, replace

from dondoc.extraction.package import Element, Package, attribute, child, tag

_OFF = {"0", "false", "off", "none"}
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class Look:
    """Of a run: None is what it leaves to the style below it."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None

    def over(self, below: "Look") -> "Look":
        return Look(
            self.font if self.font is not None else below.font,
            self.capitals if self.capitals is not None else below.capitals,
            self.hidden if self.hidden is not None else below.hidden,
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """The list a paragraph belongs to and its level there."""

    list: str | None = None
    level: int | None = None

    def over(self, below: "Numbered") -> "Numbered":
        return Numbered(
            self.list if self.list is not None else below.list,
            self.level if self.level is not None else below.level,
        )


def look_of(properties: Element | None) -> Look:
    """Of a ``w:rPr``."""
    if properties is None:
        return Look()
    look = Look()
    for each in properties:
        name = tag(each)
        if name == "rFonts":
            # Letters beyond ASCII are drawn in the second of these.
            font = attribute(each, "hAnsi") or attribute(each, "ascii")
            look = replace(look, font=font or None)
        elif name == "caps":
            look = replace(look, capitals=attribute(each, "val") not in _OFF)
        elif name == "vanish":
            look = replace(look, hidden=attribute(each, "val") not in _OFF)
    return look


def numbered_of(properties: Element | None) -> Numbered:
    """Of a ``w:pPr``."""
    found = child(properties, "numPr")
    if found is None:
        return Numbered()
    level = attribute(child(found, "ilvl"), "val")
    return Numbered(attribute(child(found, "numId"), "val") or None, int(level) if level.isdigit() else None)


class Styles:
    """The styles of one file, followed to what they are based on."""

    def __init__(self, package: Package) -> None:
        part = next(iter(package.beside("styles").values()), "")
        root = package.tree(part) if part else None
        self._styles: dict[str, Element] = {}
        self._standard = ""
        self._below = Look()
        for each in root if root is not None else ():
            if tag(each) == "style":
                self._styles[attribute(each, "styleId")] = each
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in {"1", "true"}:
                    self._standard = attribute(each, "styleId")
            elif tag(each) == "docDefaults":
                self._below = look_of(child(each, "rPrDefault", "rPr"))

    def paragraph(self, properties: Element | None) -> tuple[Look, Numbered]:
        """The look its runs begin with, and its list."""
        look, numbered = Look(), numbered_of(properties)
        for style in self._chain(attribute(child(properties, "pStyle"), "val") or self._standard):
            look = look.over(look_of(child(style, "rPr")))
            numbered = numbered.over(numbered_of(child(style, "pPr")))
        return look.over(self._below), numbered

    def run(self, properties: Element | None, paragraph: Look) -> Look:
        if properties is None:
            return paragraph
        look = look_of(properties)
        for style in self._chain(attribute(child(properties, "rStyle"), "val")):
            look = look.over(look_of(child(style, "rPr")))
        return look.over(paragraph)

    def _chain(self, code: str) -> list[Element]:
        chain: list[Element] = []
        while code in self._styles and len(chain) < _MOST_BASES:
            chain.append(self._styles[code])
            code = attribute(child(chain[-1], "basedOn"), "val")
        return chain
