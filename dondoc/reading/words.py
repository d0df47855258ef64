"""Many words as one pattern that branches letter by letter, so that its speed hangs on no word list."""

import re
from collections.abc import Iterable

_Tree = dict[str, "_Tree"]
_END = ""


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of some folded words, the longest that fits; a blank stands for any blanks.

    >>> any_of(["ke hoach", "ket luan", "ke"])
    'ke(?:(?:\\\\s+hoach|t\\\\s+luan))?'
    """
    tree: _Tree = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_END] = {}
    return _written(tree)


def beginning(words: Iterable[str]) -> str:
    """A look ahead that leaves at once where no word begins: most places of a text."""
    return f"(?={any_of(dict.fromkeys(word[:3].rstrip() for word in words))})"


def _written(tree: _Tree) -> str:
    branches = [_letter(letter) + _written(rest) for letter, rest in tree.items() if letter != _END]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{pattern})?" if _END in tree else pattern


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)
