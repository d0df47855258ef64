"""What changes: drafting the minutes, laying them before the unit, signing and sealing."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import record, take
from dondoc.audit.models import Event
from dondoc.files.actions import keep
from dondoc.files.models import StoredFile
from dondoc.findings.models import Finding
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.inspections.actions import hold, inspecting_side, unit_side
from dondoc.inspections.models import Inspection
from dondoc.minutes import flow, paper, rules, sealing
from dondoc.minutes.models import Confirmation, Minutes, Reading, Signature
from dondoc.minutes.standing import Weight, in_the_way, parts_of
from dondoc.notices.actions import tell
from dondoc.papers import docx, pdf
from dondoc.people.models import User
from dondoc.ui.signing import Strokes

STALE_DRAFT = not_yet(
    "minutes.stale_draft",
    "Có người vừa lưu dự thảo khác. Mở biên bản ở thẻ mới để so sánh; lưu lần nữa nếu giữ bản này.",
)
UNREAD = not_yet(
    "minutes.unread", "Biên bản đã được sửa và trình lại từ khi anh/chị mở trang. Đọc bản mới rồi ký."
)
NOT_OPENED = not_yet("minutes.not_opened", "Anh/chị chưa mở toàn văn biên bản đang trình ký. Mở đọc rồi ký.")
NO_REASON_TO_SKIP = not_yet(
    "minutes.no_skipping_reason", "Ghi lý do trình ký khi còn việc chưa xong trong mục “Còn vướng”."
)
MARK = "Phát hiện –"
"""How a line about a finding begins in the minutes, so that drafting again replaces it."""

_SEALED_WORDS = (
    "place",
    "team_opinion",
    "unit_opinion",
    "reservations",
    "unit_signed_at",
    "unit_signed_by",
)


@transaction.atomic
def draft_minutes(
    inspection: Inspection,
    *,
    by: User,
    at: datetime,
    place: str = "",
    team_opinion: str | None = None,
    seen: str | None = None,
) -> Minutes:
    """Write or rewrite the draft; with ``seen`` only over the draft of that moment (``""``: over none).

    ``team_opinion`` left out is composed from the answers and the findings.
    """
    hold(inspection)
    require(rules.may_draft_minutes(by, inspection))
    require(None if seen is None or seen == draft_mark(inspection) else STALE_DRAFT)
    if team_opinion is None:
        team_opinion = composed(inspection)
    minutes, _ = Minutes.objects.update_or_create(
        inspection=inspection,
        defaults={
            "place": place.strip() or f"Trụ sở UBND {inspection.unit}",
            "team_opinion": team_opinion,
            "drafted_at": at,
            "drafted_by": by,
        },
    )
    record("minutes.draft_minutes", inspection, label="Lập dự thảo biên bản", by=by, at=at)
    return minutes


@transaction.atomic
def write_findings(inspection: Inspection, *, by: User, at: datetime) -> Minutes:
    """Draft the minutes, or draft them again, with every standing finding under the words that stand."""
    drafted = Minutes.objects.filter(inspection=inspection).first()
    if drafted is None:
        return draft_minutes(inspection, by=by, at=at)
    kept = [line for line in drafted.team_opinion.splitlines() if not line.startswith(MARK)]
    words = "\n".join((*kept, *_finding_lines(inspection)))
    return draft_minutes(inspection, place=drafted.place, team_opinion=words, by=by, at=at)


def composed(inspection: Inspection) -> str:
    """The team's opinion as a first draft: figures by field, differences, what was found."""
    figures = paper.opinion(list(inspection.answers.with_everything()))
    return "\n".join((figures, *_finding_lines(inspection)))


def _finding_lines(inspection: Inspection) -> list[str]:
    found = Finding.objects.standing().filter(inspection=inspection).order_by("category", "field", "pk")
    return [f"{MARK} {each.get_category_display()}: {' '.join(each.text.split())}" for each in found]


def draft_mark(inspection: Inspection) -> str:
    """Which draft of the minutes stands now."""
    drafted = Minutes.objects.filter(inspection=inspection).values_list("drafted_at", flat=True).first()
    return drafted.isoformat() if drafted else ""


def handing_over(inspection: Inspection) -> int | None:
    """Which handing over for signature was the last."""
    handed = Event.objects.about(inspection).filter(action=flow.HAND_FOR_SIGNING.code)
    return handed.order_by("-number").values_list("number", flat=True).first()


@transaction.atomic
def confirm_part(inspection: Inspection, *, by: User, at: datetime) -> None:
    """A member stands by everything they verified on this visit until now."""
    hold(inspection)
    require(rules.may_confirm_part(by, inspection))
    [part] = [each for each in parts_of(inspection) if each.person == by]
    told = {"items": part.items, "at": at}
    Confirmation.objects.update_or_create(inspection=inspection, person=by, defaults=told)
    label = f"Xác nhận phần đã ghi ({part.items} tiêu chí)"
    record("minutes.confirm_part", inspection, label=label, by=by, at=at, facts={"items": part.items})


@transaction.atomic
def hand_for_signing(minutes: Minutes, *, why: str = "", by: User, at: datetime) -> None:
    """Close the answers and lay the minutes before the unit.

    ``why``: the head's reason to go on over what could still be mended; without anything of that kind unused.
    """
    inspection = minutes.inspection
    hold(inspection)
    require(flow.HAND_FOR_SIGNING.refusal(by, inspection))
    skipped = [each for each in in_the_way(inspection) if each.weight == Weight.REASON]
    require(NO_REASON_TO_SKIP if skipped and not why.strip() else None)
    facts = {"in_spite_of": [each.sentence for each in skipped]} if skipped else None
    take(flow.HAND_FOR_SIGNING, inspection, by=by, at=at, note=why.strip() if skipped else "", facts=facts)
    tell_the_unit(
        inspection,
        subject="Biên bản kiểm tra chờ đơn vị ký",
        text=f"{inspection.programme}: đọc biên bản, ghi ý kiến của đơn vị rồi ký.",
        at=at,
    )


@transaction.atomic
def hand_back(minutes: Minutes, *, why: str, by: User, at: datetime) -> None:
    """Reopen the minutes for correction; a signature already given falls with the old words."""
    require(None if why.strip() else not_yet("minutes.no_reason", "Ghi rõ chỗ cần sửa trong biên bản."))
    inspection = minutes.inspection
    hold(inspection)
    take(flow.HAND_BACK, inspection, by=by, at=at, note=why.strip())
    minutes.signatures.all().delete()
    minutes.unit_signed_at, minutes.unit_signed_by = None, None
    minutes.save(update_fields=["unit_signed_at", "unit_signed_by"])
    _tell_the_visit(inspection, unit_signed_at=None)
    tell(
        inspecting_side(inspection, at),
        subject=f"Biên bản kiểm tra {inspection.unit} được trả lại để sửa",
        text=why.strip(),
        url=_minutes_url(inspection),
        at=at,
    )


@dataclass(frozen=True)
class Signed:
    """What came from the pad: the name and post as written, the strokes drawn (none: typed)."""

    name: str
    post: str = ""
    strokes: Strokes = field(default_factory=list)


@transaction.atomic
def open_text(minutes: Minutes, *, by: User, at: datetime) -> None:
    """Remember that a signer opened the whole text, as it was handed over last; the first time counts."""
    hold(minutes.inspection)
    require(rules.may_open(by, minutes))
    told = {"minutes": minutes, "person": by, "handing": handing_over(minutes.inspection)}
    if Reading.objects.get_or_create(**told, defaults={"at": at})[1]:
        record("minutes.open_text", minutes.inspection, label="Mở đọc biên bản", by=by, at=at)


def reading_of(minutes: Minutes, person: User) -> Reading | None:
    """The person's reading of the text that now waits for signatures."""
    handing = handing_over(minutes.inspection)
    if handing is None:
        return None
    return Reading.objects.filter(minutes=minutes, person=person, handing=handing).first()


def _put_signature(
    minutes: Minutes, side: Signature.Side, signed: Signed | None, reservations: str, by: User, at: datetime
) -> None:
    """Raises: ``Refused`` when the signer has not opened the text of this handing over."""
    read = reading_of(minutes, by)
    if read is None:
        raise Refused(NOT_OPENED)
    told = signed or Signed(str(by))
    Signature.objects.create(
        minutes=minutes,
        side=side,
        way=Signature.Way.DRAWN if told.strokes else Signature.Way.TYPED,
        person=by,
        name=told.name.strip() or str(by),
        post=told.post.strip(),
        reservations=reservations.strip(),
        strokes=told.strokes,
        opened_at=read.at,
        at=at,
    )


@transaction.atomic
def upload_scan(
    minutes: Minutes,
    scan: StoredFile,
    *,
    unit: Signed,
    opinion: str = "",
    reservations: str = "",
    team_reservations: str = "",
    by: User,
    at: datetime,
) -> None:
    """Both sides signed on paper: the head tells who, the scan goes into the dossier, and it is sealed."""
    hold(minutes.inspection)
    minutes.refresh_from_db(fields=["unit_signed_at"])
    require(rules.may_upload(by, minutes))
    minutes.scan = scan
    minutes.save(update_fields=["scan"])
    unit_agrees(minutes, opinion, reservations, by=by, at=at)
    sides = (
        (Signature.Side.UNIT, unit, reservations),
        (Signature.Side.TEAM, Signed(str(by), "Trưởng đoàn"), team_reservations),
    )
    for side, told, reserved in sides:
        Signature.objects.create(
            minutes=minutes,
            side=side,
            way=Signature.Way.SCANNED,
            person=by,
            name=told.name,
            post=told.post,
            reservations=reserved.strip(),
            at=at,
        )
    record(
        "minutes.upload_scan",
        minutes.inspection,
        label="Nộp bản biên bản đã ký tay",
        by=by,
        at=at,
        facts={"scan": scan.sha256, "unit_signer": unit.name},
    )
    seal(minutes, by, at)


@transaction.atomic
def unit_sign(
    minutes: Minutes,
    *,
    opinion: str = "",
    reservations: str = "",
    seen: int | None = None,
    signed: Signed | None = None,
    by: User,
    at: datetime,
) -> None:
    """The unit agrees, with what it thinks and what it does not agree with. It signs once, having read.

    ``seen`` is the handing over it read: minutes corrected and handed over again must be read again.
    """
    hold(minutes.inspection)
    minutes.refresh_from_db(fields=["unit_signed_at"])
    require(rules.may_unit_sign(by, minutes))
    require(None if seen is None or seen == handing_over(minutes.inspection) else UNREAD)
    _put_signature(minutes, Signature.Side.UNIT, signed, reservations, by, at)
    unit_agrees(minutes, opinion, reservations, by=by, at=at)
    record(
        "minutes.unit_sign",
        minutes.inspection,
        label="Đơn vị ký biên bản",
        by=by,
        at=at,
        facts={"reserved": bool(minutes.reservations)},
    )
    tell(
        inspecting_side(minutes.inspection, at),
        subject=f"{minutes.inspection.unit.title} đã ký biên bản",
        text="Đơn vị có ý kiến bảo lưu." if minutes.reservations else "Đơn vị không có ý kiến bảo lưu.",
        url=_minutes_url(minutes.inspection),
        at=at,
    )


@transaction.atomic
def head_sign(
    minutes: Minutes, *, reservations: str = "", signed: Signed | None = None, by: User, at: datetime
) -> None:
    """The head signs last, having read, with the reservations of the team; then the minutes are sealed."""
    inspection = minutes.inspection
    hold(inspection)
    require(flow.HEAD_SIGN.refusal(by, inspection))
    minutes.refresh_from_db(fields=_SEALED_WORDS)
    _put_signature(minutes, Signature.Side.TEAM, signed, reservations, by, at)
    seal(minutes, by, at)


def seal(minutes: Minutes, by: User, at: datetime) -> None:
    """Dossier, fingerprint, both files in one UPDATE, after which the database keeps them."""
    inspection = minutes.inspection
    require(flow.HEAD_SIGN.refusal(by, inspection))
    minutes.head_signed_at, minutes.head_signed_by = at, by
    _tell_the_visit(inspection, signed_at=at)
    answers = sealing.answers_of(inspection)
    minutes.dossier = sealing.dossier(minutes, answers)
    minutes.sealed = sealing.seal_of(minutes.dossier)
    drawn = paper.paper(minutes, answers, day=_day(at))
    stem = f"Bien-ban-kiem-tra-{inspection.pk}"
    minutes.docx = keep(docx.render(drawn), name=f"{stem}.docx", by=by, at=at, among=("docx",))
    minutes.pdf = keep(pdf.render(drawn), name=f"{stem}.pdf", by=by, at=at, among=("pdf",))
    minutes.save(
        update_fields=[
            "head_signed_at",
            "head_signed_by",
            "dossier",
            "sealed",
            "docx",
            "pdf",
        ]
    )
    facts = {"sealed": minutes.sealed, "docx": minutes.docx.sha256, "pdf": minutes.pdf.sha256}
    take(flow.HEAD_SIGN, inspection, by=by, at=at, facts={**facts, "rows": sealing.own_rows(minutes)})
    tell_the_unit(
        inspection,
        subject="Biên bản kiểm tra đã ký và chốt",
        text=f"{inspection.programme}: biên bản có đủ chữ ký hai bên, vân tay {minutes.sealed[:8]}.",
        at=at,
    )


def unit_agrees(minutes: Minutes, opinion: str, reservations: str, *, by: User, at: datetime) -> None:
    """Note that the unit has signed; ``by`` signs, or stands for what was signed elsewhere."""
    minutes.unit_opinion, minutes.reservations = opinion.strip(), reservations.strip()
    minutes.unit_signed_at, minutes.unit_signed_by = at, by
    minutes.save(update_fields=["unit_opinion", "reservations", "unit_signed_at", "unit_signed_by"])
    _tell_the_visit(minutes.inspection, unit_signed_at=at)


def tell_the_unit(inspection: Inspection, *, subject: str, text: str, at: datetime) -> None:
    tell(unit_side(inspection, at), subject=subject, text=text, url=_minutes_url(inspection), at=at)


def _tell_the_visit(inspection: Inspection, **signed: datetime | None) -> None:
    """How far the minutes have come stands in the visit's own row, for the rooms below."""
    Inspection.objects.filter(pk=inspection.pk).update(**signed)
    for name, at in signed.items():
        setattr(inspection, name, at)


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _minutes_url(inspection: Inspection) -> str:
    return reverse("minutes:page", args=[inspection.pk])
