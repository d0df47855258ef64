"""Compares every sealed dossier with the rows it was made from and with what the record says was sealed."""

from collections.abc import Iterator
from copy import deepcopy

from dondoc.audit.models import Event
from dondoc.minutes.models import Minutes
from dondoc.minutes.sealing import Dossier, answers_of, dossier, seal_of

_PEOPLE = (
    "inspection__programme__plan",
    "inspection__programme__criteria",
    "inspection__unit",
    "drafted_by",
    "unit_signed_by",
    "head_signed_by",
    "docx",
    "pdf",
)


SEALING = ("minutes.head_sign", "inspections.head_sign")
"""Lines of the record that tell a seal; the second is how they were called before minutes had a room."""


def broken_seals() -> Iterator[str]:
    """One sentence per minutes whose rows, dossier or files no longer fit the seal in the record."""
    lines = Event.objects.filter(action__in=SEALING)
    recorded = {line.object_id: line.facts for line in lines.iterator(chunk_size=2000)}
    for minutes in Minutes.objects.select_related(*_PEOPLE).order_by("pk").iterator(chunk_size=100):
        told = recorded.pop(str(minutes.inspection_id), None)
        if told is not None:
            yield from (f"{minutes}: {wrong}" for wrong in _wrongs(minutes, told))
        elif minutes.sealed:
            yield f"{minutes}: nhật ký không có dòng ký, chốt."
    for object_id in recorded:
        yield f"Biên bản của cuộc kiểm tra mã {object_id} đã ký nhưng không còn."


def _wrongs(minutes: Minutes, told: dict[str, str]) -> Iterator[str]:
    sealed = minutes.dossier or {}
    if minutes.sealed != told["sealed"] or seal_of(sealed) != told["sealed"]:
        yield "hồ sơ đã chốt bị sửa."
        return
    if parts := _changed(sealed, _live(minutes, sealed)):
        yield f"dữ liệu không khớp hồ sơ đã chốt ({', '.join(parts)})."
    files = [file.sha256 if file else "" for file in (minutes.docx, minutes.pdf)]
    if files != [told["docx"], told["pdf"]]:
        yield "tệp biên bản bị thay."


def _live(minutes: Minutes, sealed: Dossier) -> Dossier:
    """The dossier of today's rows; names people and papers bear are those of the day of the seal."""
    now = deepcopy(dossier(minutes, answers_of(minutes.inspection)))
    now["programme"]["plan"] = sealed["programme"]["plan"]
    now["unit"]["name"] = sealed["unit"]["name"]
    for part, signer in now["signers"].items():
        signer["name"] = sealed["signers"][part]["name"]
    return now


def _changed(sealed: Dossier, now: Dossier) -> list[str]:
    """Which parts differ, in words: item codes, or the name of the part."""
    words = {
        "programme": "kế hoạch",
        "criteria": "bộ tiêu chí",
        "unit": "đơn vị",
        "visit": "buổi kiểm tra, điểm danh",
        "minutes": "lời biên bản",
        "signers": "chữ ký",
    }
    found = [word for part, word in words.items() if sealed[part] != now[part]]
    before = {answer["code"]: answer for answer in sealed["answers"]}
    after = {answer["code"]: answer for answer in now["answers"]}
    codes = [code for code in before | after if before.get(code) != after.get(code)]
    return found + [f"tiêu chí {code}" for code in codes]
