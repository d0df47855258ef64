"""Sets of every shape, made up by hypothesis."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from dondoc.criteria import conditions
from dondoc.criteria.models import Criterion, Result
from dondoc.criteria.sheets import Heading, Item, Sheet
from dondoc.foundation.folding import nfc
from dondoc.units.models import Unit

Kind = Criterion.Kind
_SIGNS = "=+-@'\"“”|;\\,()<>{}$&_ \n\tax0AĐấ và hoặc–𝄞"


def words(least: int = 0, most: int = 40, lines: bool = True) -> st.SearchStrategy[str]:
    """Text as forms leave it: NFC, no blank edges, nothing a database refuses."""
    letters = st.one_of(
        st.sampled_from(_SIGNS if lines else _SIGNS.replace("\n", "")),
        st.characters(exclude_categories=("Cs", "Cc", "Cn")),
    )
    return (
        st.text(letters, min_size=least, max_size=most)
        .map(lambda text: nfc(text).strip())
        .filter(lambda text: least <= len(text) <= most)
    )


def _options() -> st.SearchStrategy[list[dict[str, Any]]]:
    result = st.sampled_from([None, *Result.values])
    one = st.fixed_dictionaries({"code": words(1, 8, False), "label": words(1, 20, False), "result": result})
    return st.lists(one, min_size=2, max_size=4, unique_by=lambda each: each["code"].casefold())


def _columns() -> st.SearchStrategy[list[dict[str, Any]]]:
    head = {"code": words(1, 8, False), "label": words(1, 20, False), "required": st.booleans()}
    plain = st.fixed_dictionaries(
        head | {"kind": st.sampled_from(["text", "count", "date"]), "options": st.just([])}
    )
    listed = st.lists(words(1, 10, False), min_size=2, max_size=4)
    chosen = st.fixed_dictionaries(head | {"kind": st.just("choice"), "options": listed})
    return st.lists(
        st.one_of(plain, chosen), min_size=1, max_size=4, unique_by=lambda each: each["code"].casefold()
    )


def _condition(draw: st.DrawFn, earlier: list[Item], depth: int = 0) -> dict[str, Any]:
    if depth < 3 and draw(st.integers(0, 3)) == 0:
        key = draw(st.sampled_from(["all", "any"]))
        size = draw(st.integers(0, 3))
        return {key: [_condition(draw, earlier, depth + 1) for _ in range(size)]}
    item = draw(st.sampled_from(earlier))
    if draw(st.booleans()):
        return {"item": item.code, "result": draw(st.lists(st.sampled_from(Result.values), max_size=3))}
    known = list(conditions.answers_of(item))
    number = st.one_of(st.integers(-5, 10**6), st.integers(1, 99).map(lambda n: n + 0.25))
    answer = st.sampled_from(known) if known else st.one_of(words(1, 12, False), number)
    return {"item": item.code, "is": draw(st.lists(answer, max_size=3))}


def _marks(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    if kind not in ("count", "percent") or draw(st.booleans()):
        return {}
    most = 10_000 if kind == "percent" else 10**11
    low, high = sorted(draw(st.lists(st.integers(0, most), min_size=2, max_size=2, unique=True)))
    comparison = draw(st.sampled_from([">=", "<="]))
    done, limited = (high, low) if comparison == ">=" else (low, high)
    return {
        "comparison": comparison,
        "done_from": Decimal(done) / 100,
        "limited_from": draw(st.sampled_from([None, Decimal(limited) / 100])),
    }


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """A set that could be issued, of one to six items in a tree of any depth."""
    roots = draw(st.lists(words(1, 8, False), min_size=1, max_size=5, unique_by=lambda code: code.casefold()))
    headings: list[Heading] = []
    open_: list[Heading] = []
    for code in roots:
        open_ = open_[: draw(st.integers(0, len(open_)))]
        heading = Heading(code, draw(words(1, 20, False)), open_[-1].code if open_ else "")
        headings.append(heading)
        open_.append(heading)
    homes = sorted(draw(st.lists(st.integers(0, len(headings) - 1), min_size=1, max_size=6)))
    codes = draw(
        st.lists(
            words(1, 12, False),
            min_size=len(homes),
            max_size=len(homes),
            unique_by=lambda code: code.casefold(),
        )
    )
    items: list[Item] = []
    for place, (home, code) in enumerate(zip(homes, codes, strict=True), 1):
        items.append(_item(draw, place, code, headings, home, items))
    title, source = draw(words(1, 30, False)), draw(words(0, 40))
    return Sheet(tuple(items), (), tuple(headings), code="BO-1", title=title, source=source)


def _item(
    draw: st.DrawFn, place: int, code: str, headings: list[Heading], home: int, earlier: list[Item]
) -> Item:
    kind = draw(st.sampled_from(Kind.values))
    by_code = {heading.code: heading for heading in headings}
    root = headings[home]
    while root.parent:
        root = by_code[root.parent]
    options: list[dict[str, Any]] = []
    if kind in ("choice", "table"):
        options = draw(_options() if kind == "choice" else _columns())
    least = 1 if kind == "percent" else 0
    told: dict[str, Any] = {}
    conditional: bool = draw(st.booleans())
    names = ("hint", "evidence", "done_when", "limited_when", "not_done_when", "legal_basis")
    lines = ("measure", "answered_by", "checked_by", "threshold_source")
    told |= _marks(draw, kind)
    flags = ("may_not_apply", "evidence_required", "is_key", "unannounced")
    told |= {name: draw(words()) for name in names}
    told |= {name: draw(words(0, 20, False)) for name in lines}
    told |= {name: draw(st.booleans()) for name in flags}
    return Item(
        code=code,
        position=place,
        field=root.code,
        field_name=root.title,
        text=draw(words(1)),
        kind=kind,
        section=headings[home].code,
        options=options,
        applies_to=draw(st.lists(st.sampled_from(Unit.Kind.values), unique=True, max_size=3)),
        shown_if=_condition(draw, earlier) if earlier and conditional else None,
        numerator=draw(words(least, 20, False)),
        denominator=draw(words(least, 20, False)),
        sample_size=draw(st.one_of(st.none(), st.integers(1, 32_767))),
        weight=draw(st.integers(1 if place == 1 else 0, 32_767)),
        **told,
    )
