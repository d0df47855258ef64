"""A table beside the draft it would change: looked at first, then taken exactly as it was looked at.

Between the two pages the table travels with the officer, signed: nobody can slip another one in.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core import signing

from dondoc.criteria import comparing, sheets, writing
from dondoc.criteria.comparing import Change, Difference, Version
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.sheets import Sheet

_SALT = "dondoc.criteria.offering"
_DAY = 24 * 3600
MOST_PACKED = 4 * 1024 * 1024
"""What a form may send back beside its own fields."""


class Stale(ValueError):
    """No table this house packed for this set within a day."""


@dataclass(frozen=True)
class Offered:
    """One table looked at."""

    sheet: Sheet
    name: str
    digest: str
    """Of the file, SHA-256."""
    seen: str
    difference: Difference
    renamed: tuple[Change, ...]
    other_set: str
    """The code the table names, when it was written from another set."""
    packed: str

    @property
    def is_empty(self) -> bool:
        return self.difference.is_empty and not self.renamed

    @property
    def short_digest(self) -> str:
        return self.digest[:8]


def offer(criteria: CriteriaSet, present: Sheet, data: bytes, name: str) -> Offered:
    """Raises: ``sheets.BadSheet`` with every fault."""
    sheet = sheets.read_bytes(data, name)
    if sheet.faults:
        raise sheets.BadSheet(sheet.faults)
    offered = _beside(criteria, present, sheet, name, hashlib.sha256(data).hexdigest())
    if len(offered.packed) > MOST_PACKED:
        sentence = "Bảng dài quá mức xem trước được. Tách thành nhiều lần nhập hoặc rút gọn nội dung."
        raise sheets.BadSheet([sheets.Fault(1, "", sentence)])
    return offered


def again(criteria: CriteriaSet, present: Sheet, packed: str) -> Offered:
    """The same table beside what the draft holds by now; ``seen`` is what it was looked at beside.

    Raises: ``Stale``.
    """
    try:
        told: dict[str, Any] = signing.loads(packed, salt=_SALT, max_age=_DAY)
    except signing.BadSignature as bad:
        raise Stale from bad
    if told["set"] != criteria.pk:
        raise Stale
    sheet = sheets.read_bytes(told["rows"].encode(), "bang.csv")
    return _beside(criteria, present, sheet, told["name"], told["digest"])


def seen_in(packed: str) -> str:
    """The stamp of the draft a packed table was looked at beside."""
    return str(signing.loads(packed, salt=_SALT, max_age=_DAY)["seen"])


def _beside(criteria: CriteriaSet, present: Sheet, sheet: Sheet, name: str, digest: str) -> Offered:
    seen = writing.stamp(present)
    rows = writing.to_csv(sheet).decode()
    told = {"set": criteria.pk, "seen": seen, "name": name, "digest": digest, "rows": rows}
    return Offered(
        sheet,
        name,
        digest,
        seen,
        comparing.compare(Version(*sheets.built(present)), Version(*sheets.built(sheet))),
        tuple(_renamed(present, sheet)) if sheet.title else (),
        sheet.code if sheet.code not in ("", criteria.code) else "",
        signing.dumps(told, salt=_SALT, compress=True),
    )


def _renamed(present: Sheet, sheet: Sheet) -> list[Change]:
    pairs = (("Tên bộ", present.title, sheet.title), ("Nguồn", present.source, sheet.source))
    return [Change(name, old, new, comparing.pieces(old, new)) for name, old, new in pairs if old != new]
