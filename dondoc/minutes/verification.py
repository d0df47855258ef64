"""Compares every seal with the rows it was made from, its files, and what the record says was sealed."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError

from dondoc.audit.fingerprints import altered, fingerprints
from dondoc.audit.models import Event
from dondoc.files.models import StoredFile
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes
from dondoc.minutes.sealing import Dossier, Kept, answers_of, differing, dossier, seal_of

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


def broken_seals(only: Sequence[int] = ()) -> Iterator[str]:
    """One sentence per thing that no longer fits a seal in the record; ``only`` these visits when given."""
    lines = Event.objects.filter(action__in=SEALING)
    held = Minutes.objects.select_related(*_PEOPLE).order_by("pk")
    if only:
        lines = lines.filter(object_id__in=[str(pk) for pk in only])
        held = held.filter(inspection__in=only)
    recorded = {line.object_id: line.facts for line in lines.iterator(chunk_size=2000)}
    for pk in list(held.values_list("pk", flat=True)):
        try:
            minutes = held.get(pk=pk)
            told = recorded.pop(str(minutes.inspection_id), None)
            if told is not None:
                yield from (f"{minutes}: {wrong}" for wrong in _wrongs(minutes, told))
            elif minutes.sealed:
                yield f"{minutes}: nhật ký không có dòng ký, chốt."
        except (ValueError, TypeError, ValidationError, ObjectDoesNotExist):
            yield f"Biên bản mã {pk} (hoặc dòng nó dựa vào): dữ liệu không đọc được."
    for object_id in recorded:
        yield f"Biên bản của cuộc kiểm tra mã {object_id} đã ký nhưng không còn."
    yield from _broken_amendments(only)


def _broken_amendments(only: Sequence[int]) -> Iterator[str]:
    """The same for what amends the minutes: every one the record tells, and no other that claims a seal."""
    told = {
        line.object_id: line.facts
        for line in Event.objects.filter(action="minutes.amendment_head_sign").iterator(chunk_size=2000)
        if not only or line.facts["visit"] in only
    }
    held = Amendment.objects.select_related("minutes__inspection__unit", "docx", "pdf").order_by("pk")
    if only:
        held = held.filter(minutes__inspection__in=only)
    for pk in list(held.values_list("pk", flat=True)):
        facts = told.pop(str(pk), None)
        try:
            amendment = held.get(pk=pk)
            if facts is not None:
                yield from (f"{amendment}: {wrong}" for wrong in _wrongs_of_amendment(amendment, facts))
            elif amendment.sealed or amendment.status == Amendment.Status.SEALED:
                yield f"{amendment}: nhật ký không có dòng ký, chốt."
        except (ValueError, TypeError, ValidationError, ObjectDoesNotExist):
            yield f"Bản sửa đổi biên bản mã {pk} (hoặc dòng nó dựa vào): dữ liệu không đọc được."
    for object_id in told:
        yield f"Bản sửa đổi biên bản mã {object_id} đã ký nhưng không còn."


def _wrongs_of_amendment(amendment: Amendment, told: dict[str, Any]) -> Iterator[str]:
    sealed = amendment.dossier or {}
    if amendment.sealed != told["sealed"] or seal_of(sealed) != told["sealed"]:
        yield "hồ sơ đã chốt bị sửa."
        return
    if amendment.status != Amendment.Status.SEALED:
        yield "trạng thái đã chốt bị sửa."
    if sealed["amends"] != amendment.minutes.sealed:
        yield "không còn khớp biên bản mà nó sửa."
    signatures = AmendmentSignature.objects.filter(amendment=amendment)
    if fingerprints(signatures, sealed["rows"]["columns"]) != sealed["rows"]["rows"]:
        yield "chữ ký bị sửa, thêm hoặc bớt."
    files = [file.sha256 if file else "" for file in (amendment.docx, amendment.pdf)]
    if files != [told["docx"], told["pdf"]]:
        yield "tệp bản sửa đổi bị thay."
    if altered(Amendment, told["rows"]["amendment"]):
        yield "dòng bản sửa đổi bị sửa."
    if altered(StoredFile, told["rows"]["files"]):
        yield "dòng ghi tệp bản sửa đổi bị sửa."


def _wrongs(minutes: Minutes, told: dict[str, Any]) -> Iterator[str]:
    sealed = minutes.dossier or {}
    if minutes.sealed != told["sealed"] or seal_of(sealed) != told["sealed"]:
        yield "hồ sơ đã chốt bị sửa."
        return
    if "rows" not in sealed:
        yield from _wrongs_by_words(minutes, sealed)
    else:
        for kept, keys in differing(minutes.inspection, sealed["rows"]).items():
            yield from (_sentence(kept, key, sealed) for key in keys)
    files = [file.sha256 if file else "" for file in (minutes.docx, minutes.pdf)]
    if files != [told["docx"], told["pdf"]]:
        yield "tệp biên bản bị thay."
    yield from _own_rows(minutes, told.get("rows", {}))


def _own_rows(minutes: Minutes, told: Dossier) -> Iterator[str]:
    """The row of the minutes and those of its papers stand in the line of the record."""
    for name, model in (("minutes", Minutes), ("files", StoredFile)):
        if (held := told.get(name)) is None:
            continue
        if altered(model, held):
            yield "dòng biên bản bị sửa." if model is Minutes else "dòng ghi tệp biên bản bị sửa."


def _sentence(kept: Kept, key: str, sealed: Dossier) -> str:
    """Which row, by the name it bears today or, when it is gone, by its key."""
    row = kept.model._base_manager.filter(pk=key)
    if key not in sealed["rows"][kept.name]["rows"]:
        return f"{kept.word} mã {key} ({_called(row)}) thêm vào sau khi chốt."
    if not row.exists():
        return f"{kept.word} mã {key} ({_remembered(kept, key, sealed)}) không còn."
    return f"{kept.word} mã {key} ({_called(row)}) bị sửa."


def _called(row: Any) -> str:
    try:
        return str(row.get())
    except (ValueError, TypeError, ValidationError, ObjectDoesNotExist):
        return "không đọc được"


def _remembered(kept: Kept, key: str, sealed: Dossier) -> str:
    """What the dossier itself says of a row that is gone."""
    told = {"inspections.answer": ("answers", "code"), "findings.finding": ("findings", "text")}.get(
        kept.name
    )
    if told is None:
        return kept.word
    part, word = told
    return next((str(each[word]) for each in sealed[part] if str(each.get("id")) == key), kept.word)


def _wrongs_by_words(minutes: Minutes, sealed: Dossier) -> Iterator[str]:
    """Seals of version 0.1.0 hold no fingerprints of rows: their words are compared with today's."""
    now = deepcopy(dossier(minutes, answers_of(minutes.inspection)))
    now["programme"]["plan"] = sealed["programme"]["plan"]
    now["unit"]["name"] = sealed["unit"]["name"]
    for part, signer in now["signers"].items():
        signer["name"] = sealed["signers"][part]["name"]
    if parts := _changed(sealed, now):
        yield f"dữ liệu không khớp hồ sơ đã chốt ({', '.join(parts)})."


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
    after = {
        answer["code"]: {name: answer[name] for name in answer if name != "id"} for answer in now["answers"]
    }
    codes = [code for code in before | after if before.get(code) != after.get(code)]
    return found + [f"tiêu chí {code}" for code in codes]
