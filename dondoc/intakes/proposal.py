"""What was read and corrected, in the published schema, seen as papers. Pure: dictionaries in, values out.

Beside the schema a corrected proposal bears ``seen`` (an officer found it right) and ``kept`` (False:
rejected) on citations and contents, ``seen`` on the document and for units and purposes, and ``paper`` on
citations: which paper of the register is meant. Once confirmed, rejected ones are gone and each citation
bears ``directive``, the key of its paper.
"""

from collections.abc import Mapping
from typing import Any

from dondoc.directives.identity import Day, Identity, Item, number_of
from dondoc.foundation.folding import nfc

MOST_CITATIONS, MOST_CONTENTS = 200, 120
"""As many as one page of forms can carry; more are several papers in one text."""


def identity_of(item: Item) -> Identity:
    """A document or citation of a proposal as an identity."""
    symbol = _text(item, "symbol")
    return Identity(
        type=_text(item, "type"),
        symbol=symbol,
        number=_text(item, "number") or number_of(symbol),
        day=Day.read(item.get("date")),
        issuer=_text(item, "issuer"),
        subject=_text(item, "subject"),
    )


def sound(read: Mapping[str, Any]) -> dict[str, Any]:
    """The same with every date that no calendar has taken as not known."""
    document = read["document"]
    return {
        **read,
        "document": _with_sound_date(document) if document else None,
        "citations": [_with_sound_date(item) for item in read["citations"]],
    }


def _with_sound_date(item: Item) -> dict[str, Any]:
    try:
        Day.read(item["date"])
    except ValueError:
        return {**item, "date": None, "date_precision": "none"}
    return dict(item)


def doubts(item: Item) -> list[str]:
    """Why an officer should look again, in words; empty when nothing is missing or guessed."""
    found = []
    if not (item.get("symbol") or item.get("type") in ("Luật", "Bộ luật")):
        found.append("chưa có số và ký hiệu")
    if not item.get("date"):
        found.append("chưa có ngày")
    elif item.get("date_precision") == "inferred":
        found.append("ngày suy ra từ ngữ cảnh")
    if not item.get("issuer"):
        found.append("chưa có cơ quan ban hành")
    return found


def doubts_of_content(item: Item) -> list[str]:
    """The same for a content: a deadline nobody is bound to."""
    return ["có thời hạn nhưng chưa rõ ai thực hiện"] if item.get("due") and not item.get("owner") else []


def doubts_of_units(told: Mapping[str, Any]) -> list[str]:
    """The same for the units of a proposal."""
    count, names = told.get("count"), told.get("names") or []
    if not count and not names:
        return []
    if not count:
        return ["kể tên đơn vị nhưng không nêu số lượng"]
    if names and len(names) > count:
        return [f"nêu {count} đơn vị nhưng kể tên {len(names)}"]
    return []


def settled(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was rejected; contents point to the places citations have then."""
    kept = [place for place, item in enumerate(proposal["citations"]) if item.get("kept", True)]
    now_at = {before: after for after, before in enumerate(kept)}
    contents = [
        {**content, "citations": [now_at[place] for place in content["citations"] if place in now_at]}
        for content in proposal["contents"]
        if content.get("kept", True)
    ]
    return {**proposal, "citations": [proposal["citations"][place] for place in kept], "contents": contents}


def _text(item: Item, name: str) -> str:
    return " ".join(nfc(item.get(name) or "").split())
