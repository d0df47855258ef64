"""One view of a text for reading, and the way back to the text as it was given.

A text arrives composed or decomposed, with invisible characters, hard blanks, dashes of every
length, lines broken in the middle of a sentence, and marks that a scanner misread. The grammar
reads ``folded``: same length as ``clean``, one plain lower-case letter per letter, so a wrong mark
("Ké hoạch", "ƯBND", "sô") cannot hide a word. Values are taken from ``clean``; offsets go back to
the original through ``View.span``.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b\x0c\r"
_SUSPECT = re.compile(f"[{_INVISIBLE}\u0300-\u036f]")  # without one of them nothing is irregular
# At most four marks are composed at once: more are no letter, and sorting thousands is quadratic.
_IRREGULAR = re.compile(f"[{_INVISIBLE}]|[^\u0300-\u036f{_INVISIBLE}][\u0300-\u036f]{{1,4}}", re.DOTALL)
_BLANK = re.compile(f"[{_BLANKS}\x1c-\x1f\x85\u2028\u2029]")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
_SLASHES = dict.fromkeys(map(ord, "\u2044\u2215\uff0f"), "/")
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»"), '"')

# A line that ends with one of these words goes on in the next line, whatever letter begins it.
_OPEN_END = frozenset(
    [
        "cua",
        "va",
        "ve",
        "tai",
        "so",
        "ngay",
        "thang",
        "nam",
        "cac",
        "theo",
        "tren",
        "trong",
        "den",
        "tu",
        "voi",
        "do",
        "boi",
        "cho",
        "la",
        "huyen",
        "xa",
        "tinh",
        "phuong",
        "quan",
    ]
)
# "2. Đối với Phòng Nội vụ huyện": a heading of its own, though the name of a place could follow.
_CHARGED_ALONE = re.compile(
    r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|[a-z]\)|[-+])\s+(?:doi voi |giao |de nghi )?"
    r"(?:ubnd|uy ban|phong|so|van phong|cong an|thanh tra|ban|chu tich|trung tam|chi cuc|dai)\s[^,;:.]{0,48}"
)
# A line end worth a look: behind a long line or behind a hyphen or slash, and before more words.
_LINE_END = re.compile(r"\n(?=[^\n]{0,39}\S)(?:(?<=[^\n]{20}\n)|(?<=[a-z0-9][-/]\n)|(?<=[a-z0-9][-/] \n))")
# A run of digits with o, l or i among them; letters alone only where nothing but a number can stand.
_MISREAD = re.compile(
    r"[0-9oli](?:(?<![a-z0-9].)"
    r"(?:(?<=[0-9])(?=[0-9]{0,5}[oli])|(?<=[oli])(?=[oli]{0,5}[0-9])|(?<=ngay [oli]))"
    r"[0-9oli]{1,6}(?![a-z0-9])"
    r"|(?<=ngay [oli])(?=\s?/|\s+thang))"
)
_DIGITS = str.maketrans("oli", "011")
_CAPITAL = re.compile(r"[A-Z]")
_LONG_BLANK = re.compile(r"[ \n]{9,}")
_BLANK_HINTS = ("     ", "\n\n\n", "\n \n", " \n ", "\n\n ")  # every long run holds one of them
_BLANKS_KEPT = 8
_LINES_KEPT = 4
_LINE_MARK = re.compile(r"\s*(?:[-+*•]\s|\(?[0-9]{1,2}[.)-]\s|[a-z][.)]\s|[ivx]{1,5}[.)-]\s)")
_WRAPPED_AFTER = 40  # shorter lines are headings or signatures, not wrapped prose
_WRAPPED_AFTER_PLAIN = 55  # the same for a text without capitals, where every line begins small


class _Folding(dict[int, str]):
    """Character to its plain lower-case letter, learnt as characters are met; never changes a length."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        self[code] = base if len(base) == 1 else char
        return self[code]


_FOLDING = _Folding({ord(c): "d" for c in "đĐðÐ"} | _DASHES | _SLASHES | _QUOTES | {ord("\n"): "\n"})


def fold(text: str) -> str:
    """Letter by letter without marks and capitals: fold("Đảng ủy") == "dang uy"."""
    return text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class View:
    """A text as the grammar sees it. Positions count in ``clean`` and ``folded`` alike."""

    original: str
    clean: str
    folded: str
    starts: Sequence[int]
    ends: Sequence[int]
    plain: bool  # the text has no capitals to go by: "kính gửi: ubnd 9 xã, thị trấn"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original of a stretch of the view."""
        return (self.starts[start], self.ends[end - 1]) if start < end else (0, 0)

    def value(self, start: int, end: int) -> str:
        """The words of a stretch, composed, with single blanks."""
        return " ".join(self.clean[start:end].split())


def view_of(text: str) -> View:
    """Compose, drop the invisible, shorten long blanks, join wrapped lines, fold."""
    clean, starts, ends = _composed(text)
    clean = _BLANK.sub(" ", clean).replace("Ð", "Đ").replace("ð", "đ")
    clean, starts, ends = _shortened(clean, starts, ends)
    folded = _with_digits(clean.translate(_FOLDING))
    plain = _is_plain(clean)
    joined = _joined(folded, clean, plain, lambda at: text[starts[at]] == "\t")
    if joined:
        folded, clean = _with_blanks(folded, joined), _with_blanks(clean, joined)
    return View(text, clean, folded, starts, ends, plain)


def _with_digits(folded: str) -> str:
    """Letters a scanner read for digits: "63/2O10", "l3/7/2015", "ngày lO tháng 5"."""

    def repaired(found: re.Match[str]) -> str:
        run, begin = found[0], found.start()
        whole = not run.isalpha() or (
            folded[max(0, begin - 5) : begin] == "ngay "
            and folded[found.end() : found.end() + 8].lstrip().startswith(("/", "thang"))
        )
        return run.translate(_DIGITS) if whole else run

    return _MISREAD.sub(repaired, folded)


def _with_blanks(text: str, places: frozenset[int]) -> str:
    letters = list(text)
    for place in places:
        letters[place] = " "
    return "".join(letters)


def _shortened(
    clean: str, starts: Sequence[int], ends: Sequence[int]
) -> tuple[str, Sequence[int], Sequence[int]]:
    """No more blanks in a row than a layout can mean: what looks past blanks then looks past few.

    Columns stay columns, and two empty lines stay two.
    """
    if not any(hint in clean for hint in _BLANK_HINTS):
        return clean, starts, ends
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    last = 0
    for found in _LONG_BLANK.finditer(clean):
        begin, end = found.span()
        kept = found[0][-_BLANKS_KEPT:]
        lines = min(found[0].count("\n"), _LINES_KEPT)
        if lines:
            kept = "\n" * lines + kept[kept.rfind("\n") + 1 :]
        pieces += clean[last:begin], kept
        new_starts += starts[last : begin + len(kept)]
        new_ends += ends[last : begin + len(kept)]
        last = end
    pieces.append(clean[last:])
    new_starts += starts[last:]
    new_ends += ends[last:]
    return "".join(pieces), new_starts, new_ends


def _composed(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The text with letters composed and invisible characters gone, and where each character stood."""
    if not _SUSPECT.search(text):
        return text, range(len(text)), range(1, len(text) + 1)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for found in _IRREGULAR.finditer(text):
        begin, end = found.span()
        pieces.append(text[last:begin])
        starts.extend(range(last, begin))
        ends.extend(range(last + 1, begin + 1))
        letter = unicodedata.normalize("NFC", found[0]) if end - begin > 1 else ""
        pieces.append(letter)
        starts.extend([begin] * len(letter))
        ends.extend([end] * len(letter))
        last = end
    pieces.append(text[last:])
    starts.extend(range(last, len(text)))
    ends.extend(range(last + 1, len(text) + 1))
    return "".join(pieces), starts, ends


def _is_plain(clean: str) -> bool:
    """Whether a text is written without capitals (a hurried mail): fewer than one letter in fifty."""
    sample = clean[:4000]
    if len(_CAPITAL.findall(sample)) * 100 >= len(sample):  # told by the letters without marks already
        return False
    return sum(map(str.isupper, sample)) * 100 < sum(map(str.isalpha, sample))


def _joined(folded: str, clean: str, plain: bool, is_tab: Callable[[int], bool]) -> frozenset[int]:
    """The line ends inside a sentence or symbol: "Nghị định số 30/2020/NĐ-⏎CP", "Uỷ ban nhân⏎dân".

    Before a capital a line goes on only among lines that do: "… huyện về tiến độ⏎… UBND huyện Thanh⏎Oai có".
    """
    sure: set[int] = set()
    likely: list[int] = []
    for found in _LINE_END.finditer(folded):
        end = found.start()
        following = folded[end + 1 : end + 41].split("\n", 1)[0]
        line = folded[max(folded.rfind("\n", max(0, end - 80), end) + 1, end - 80, 0) : end]
        if clean[max(end - min(12, len(line)), 0) : end].isupper() and not plain:
            continue
        if (
            "|" in line
            or "|" in following
            or any(is_tab(at) for at in range(end - len(line), end) if folded[at] == " ")
        ):
            continue  # a row of a table ends where its line does
        if _goes_on(line, following, clean[end + 1], plain):
            sure.add(end)
        elif len(line) >= _WRAPPED_AFTER and line[-1:].isalnum() and not _LINE_MARK.match(following):
            likely.append(end)
    for end in likely if sure else ():
        if folded.rfind("\n", 0, end) in sure or folded.find("\n", end + 1) in sure:
            sure.add(end)
    return frozenset(sure)


def _goes_on(line: str, following: str, first: str, plain: bool) -> bool:
    tail = line.rstrip()
    if not tail or "   " in tail.lstrip() or _LINE_MARK.match(following):
        return False
    if tail[-1] in "-/" and len(tail) > 1 and tail[-2].isalnum():
        return True
    last_word = tail.rsplit(" ", 1)[-1]
    if last_word in _OPEN_END and len(tail) > len(last_word) and not plain:
        return len(tail) >= 20 and not following.startswith("so:") and not _CHARGED_ALONE.fullmatch(tail)
    if tail[-1] in ".;:!?":
        return False
    enough = _WRAPPED_AFTER_PLAIN if plain else _WRAPPED_AFTER
    return (first.islower() or first == "(") and len(tail) >= enough


# The two ways of setting a tone on oa, oe, uy; official texts after 2018 use the first letter.
_TONES = {
    new: old
    for base, tones in (("oa", "òa óa ỏa õa ọa"), ("oe", "òe óe ỏe õe ọe"), ("uy", "ùy úy ủy ũy ụy"))
    for old in tones.split()
    for new in (unicodedata.normalize("NFC", base + unicodedata.normalize("NFD", old)[1]),)
}
_TONE = re.compile(r"(?<![qQ])(" + "|".join(sorted(_TONES)) + r")(?!\w)", re.IGNORECASE)


def same_tones(text: str) -> str:
    """ "Hoà Vang" and "Uỷ ban" as "Hòa Vang" and "Ủy ban": one name, one spelling."""

    def moved(found: re.Match[str]) -> str:
        old = _TONES[found[0].lower()]
        return "".join(b.upper() if a.isupper() else b for a, b in zip(found[0], old, strict=True))

    return _TONE.sub(moved, text)
