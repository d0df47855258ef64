"""One person at a keyboard, and how long the work would take them.

No pause is slept through. Each control somebody comes to costs a moment of thought, each typed character and
each press of a key its share; the waiting for pages is measured and added.
"""

import time
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

THINKING = 1.2
"""Seconds before a control is used."""
TYPING = 60 / 200
"""Seconds for one character: 200 a minute."""
MOVING = 0.2
"""Seconds for one press of Tab or of an arrow on the way to a control."""
_FAR = 400


@dataclass
class Hands:
    """Works one page with keys alone."""

    page: Page
    controls: int = 0
    characters: int = 0
    moves: int = 0
    machine: float = 0.0
    """Seconds waited for pages, from the key to the answer."""

    @property
    def human(self) -> float:
        """Seconds a person would have spent thinking, typing and moving."""
        return self.controls * THINKING + self.characters * TYPING + self.moves * MOVING

    def reach(self, target: Locator) -> None:
        """Press Tab until this control has the focus, whichever way is shorter in the page."""
        target.wait_for()
        for _ in range(_FAR):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press(self._way(target))
            self.moves += 1
        raise AssertionError(f"Tab never came to {target}")

    def _way(self, target: Locator) -> str:
        """Back when the control stands before the focus: nobody walks round the whole page."""
        before = "each => document.activeElement.compareDocumentPosition(each) & 2"
        return "Shift+Tab" if target.evaluate(before) else "Tab"

    def past_the_head(self) -> None:
        """The first stop of a page leads to its main part, unless a notice there already has the focus."""
        self.page.keyboard.press("Tab")
        self.moves += 1
        if self.page.evaluate("document.activeElement.matches('.dd-skip')"):
            self.page.keyboard.press("Enter")
            self.moves += 1

    def paste(self, target: Locator, text: str) -> None:
        """One action, however long the text."""
        self.reach(target)
        self.page.keyboard.insert_text(text)
        self.controls += 1

    def type(self, target: Locator, text: str) -> None:
        """Over what stood there."""
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        self.controls += 1
        self.characters += len(text)

    def choose(self, target: Locator, downs: int) -> None:
        """The option so many lines below."""
        self.reach(target)
        for _ in range(downs):
            self.page.keyboard.press("ArrowDown")
        self.controls += 1
        self.moves += downs

    def strike(self, key: str) -> None:
        """One shortcut of the page, after a look at what it is for."""
        self.page.keyboard.press(key)
        self.controls += 1

    def tick(self, box: Locator) -> None:
        """Accept or reject what a box stands for."""
        self.reach(box)
        self.page.keyboard.press("Space")
        self.controls += 1

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Use a link or a button, and be where it leads."""
        self.reach(target)
        self._go(key)

    def send(self) -> None:
        """Ctrl+Enter sends the form one stands in."""
        self._go("Control+Enter")

    def _go(self, key: str) -> None:
        begun = time.monotonic()
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.machine += time.monotonic() - begun
        self.controls += 1
