"""The unit's own shelf of evidence: each document kept once, replaced by newer versions, used many times."""

from datetime import date, datetime
from pathlib import PurePath

from django.db import models, transaction

from dondoc.audit.actions import record
from dondoc.files.models import StoredFile
from dondoc.foundation.refusals import Refusal, not_yet, require
from dondoc.inspections import rules
from dondoc.inspections.models import Evidence, EvidenceDocument, EvidenceVersion, SelfReport
from dondoc.people.models import User
from dondoc.units.models import Unit


def known(unit: Unit, sha256: str) -> EvidenceDocument | None:
    """The unit's document of which these bytes are a version."""
    held = EvidenceDocument.objects.filter(unit=unit, versions__file__sha256=sha256)
    return held.select_related("file").order_by("pk").first()


@transaction.atomic
def keep(unit: Unit, file: StoredFile, *, by: User, at: datetime) -> EvidenceDocument:
    """The document of these bytes: the one that has them already, or a new one called as the file is."""
    if (held := known(unit, file.sha256)) is not None:
        return held
    title = PurePath(file.name).stem[:200] or file.name
    found = EvidenceDocument.objects.create(unit=unit, title=title, file=file)
    EvidenceVersion.objects.create(document=found, number=1, file=file, added_at=at, added_by=by)
    return found


@transaction.atomic
def describe(
    document: EvidenceDocument,
    *,
    title: str,
    symbol: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> None:
    """What the document is called, its number and day if it is a paper, and until when it holds."""
    require(rules.may_keep_document(by, document))
    document.title, document.symbol = title, symbol
    document.issued_on, document.expires_on = issued_on, expires_on
    document.save(update_fields=["title", "symbol", "issued_on", "expires_on"])
    facts = {
        "title": title,
        "symbol": symbol,
        "issued_on": issued_on.isoformat() if issued_on else "",
        "expires_on": expires_on.isoformat() if expires_on else "",
    }
    record("inspections.describe", document, label="Sửa thông tin tài liệu", by=by, at=at, facts=facts)


@transaction.atomic
def replace(document: EvidenceDocument, file: StoredFile, *, why: str = "", by: User, at: datetime) -> int:
    """A newer version. Reports the unit may still edit take it; what was sent keeps what it was sent with.

    Gives: how many links now show the new version.
    """
    require(rules.may_keep_document(by, document))
    document = EvidenceDocument.objects.select_for_update().select_related("unit").get(pk=document.pk)
    held = known(document.unit, file.sha256)
    require(_there_already(held) if held else None)
    document.version += 1
    document.file = file
    document.save(update_fields=["version", "file"])
    EvidenceVersion.objects.create(
        document=document, number=document.version, file=file, why=why, added_at=at, added_by=by
    )
    facts = {"version": document.version, "sha256": file.sha256}
    record("inspections.replace", document, label="Thay bản mới", by=by, at=at, note=why, facts=facts)
    return _open_uses(document).update(file=file)


def _there_already(held: EvidenceDocument) -> Refusal:
    return not_yet(
        "inspections.same_bytes",
        f"Tệp này đã có trong kho: “{held}”. Chọn tệp của bản mới, hoặc dùng tài liệu đã có.",
    )


def _open_uses(document: EvidenceDocument) -> models.QuerySet[Evidence]:
    """Links in reports still to be sent; of a returned one, at the returned items alone."""
    report = "answer__inspection__self_report"
    mine = Evidence.objects.filter(document=document, side="DECLARED")
    due = mine.filter(**{f"{report}__status": SelfReport.Status.DUE})
    returned = mine.filter(
        **{
            f"{report}__status": SelfReport.Status.RETURNED,
            f"{report}__returned_items": models.F("answer__criterion"),
        }
    )
    return Evidence.objects.filter(
        pk__in=[*due.values_list("pk", flat=True), *returned.values_list("pk", flat=True)]
    )


def warning(document: EvidenceDocument | None, *, today: date, visit: date | None) -> str:
    """What must be said of a document that no longer holds, or will not when the team comes."""
    if document is None or document.expires_on is None:
        return ""
    day = f"{document.expires_on:%d/%m/%Y}"
    if document.expired(today):
        return f"Đã hết hiệu lực từ {day}"
    if visit and document.expired(visit):
        return f"Hết hiệu lực từ {day}, trước ngày kiểm tra"
    return ""
