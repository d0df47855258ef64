"""The dossier of a visit: everything both sides agreed on, as plain data, and its fingerprint.

Beside the words people read it holds a fingerprint of every row it was made from, whole, so that a change in
any column of any of them is found. ``KEPT`` says which rows; a room that gives the minutes more adds a line.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from dondoc.audit.fingerprints import columns_of, fingerprinted, fingerprints
from dondoc.audit.models import canonical
from dondoc.criteria.models import CriteriaSet, Criterion, Section
from dondoc.files.models import StoredFile
from dondoc.findings.models import (
    FeedbackFile,
    FeedbackPoint,
    FeedbackRound,
    Finding,
    ImmediateReply,
    ImmediateRequest,
)
from dondoc.inspections.models import Answer, AnswerChange, Contest, Evidence, Inspection, SelfReport
from dondoc.minutes.models import (
    Amendment,
    Confirmation,
    Given,
    Minutes,
    OnsiteSignature,
    Reading,
    Signature,
)
from dondoc.people.models import User
from dondoc.sampling.models import Draw, Drawn, Population, Replacement

Dossier = dict[str, Any]
_FOLLOWED = ("status", "version", "put_right_on", "recommendation", "owner", "due_days", "proof_expected")
"""Of a finding the notice still sets what is to be done about it; the dossier tells how it read."""


@dataclass(frozen=True)
class Kept:
    """One table of which a seal holds the rows of its visit. ``living`` columns go on changing afterwards."""

    model: type[Model]
    word: str
    rows: Callable[[Inspection], Q]
    living: Sequence[str] = ()
    called: str = ""
    """Tells rows of one table apart that came to be sealed later than its others."""

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower} {self.called}".rstrip()

    def of(self, inspection: Inspection) -> QuerySet[Any]:
        return self.model._base_manager.filter(self.rows(inspection))


_RETURNED = SelfReport.returned_items.through
KEPT = (
    Kept(Inspection, "buổi kiểm tra, điểm danh", lambda visit: Q(pk=visit.pk), ("status",)),
    Kept(SelfReport, "báo cáo tự kiểm tra", lambda visit: Q(inspection=visit)),
    Kept(_RETURNED, "tiêu chí trả lại bổ sung", lambda visit: Q(selfreport__inspection=visit)),
    Kept(Answer, "câu trả lời", lambda visit: Q(inspection=visit)),
    Kept(AnswerChange, "lần ghi câu trả lời", lambda visit: Q(answer__inspection=visit)),
    Kept(Contest, "mục cần đối chiếu", lambda visit: Q(answer__inspection=visit)),
    Kept(Evidence, "tài liệu kiểm chứng", lambda visit: Q(answer__inspection=visit)),
    Kept(StoredFile, "tệp", lambda visit: Q(pk__in=_files_of(visit))),
    Kept(Finding, "phát hiện", lambda visit: Q(inspection=visit), _FOLLOWED),
    Kept(
        ImmediateRequest,
        "yêu cầu khắc phục ngay",
        lambda visit: Q(finding__inspection=visit),
        ("answered_at",),
    ),
    Kept(ImmediateReply, "trả lời yêu cầu khắc phục ngay", lambda visit: _before_seal(visit)),
    Kept(StoredFile, "tệp của đơn vị", lambda visit: _said_with(visit), called="said with"),
    Kept(FeedbackRound, "lần xin ý kiến", lambda visit: Q(inspection=visit)),
    Kept(FeedbackPoint, "điểm xin ý kiến", lambda visit: Q(round__inspection=visit)),
    Kept(FeedbackFile, "tài liệu giải trình", lambda visit: Q(point__round__inspection=visit)),
    Kept(Confirmation, "xác nhận của thành viên", lambda visit: Q(inspection=visit)),
    Kept(Population, "danh sách hồ sơ", lambda visit: Q(inspection=visit)),
    Kept(Draw, "lần rút mẫu", lambda visit: Q(population__inspection=visit)),
    Kept(Drawn, "hồ sơ được rút", lambda visit: Q(draw__population__inspection=visit)),
    Kept(Replacement, "lần thay hồ sơ", lambda visit: Q(gone__draw__population__inspection=visit)),
    Kept(Reading, "lần mở đọc", lambda visit: Q(minutes__inspection=visit)),
    Kept(Signature, "chữ ký", lambda visit: Q(minutes__inspection=visit)),
    Kept(OnsiteSignature, "chữ ký lấy tại chỗ", lambda visit: Q(inspection=visit)),
    Kept(CriteriaSet, "bộ tiêu chí", lambda visit: Q(pk=visit.programme.criteria_id)),
    Kept(Section, "mục của bộ tiêu chí", lambda visit: Q(criteria=visit.programme.criteria_id)),
    Kept(Criterion, "tiêu chí trong bộ", lambda visit: Q(criteria=visit.programme.criteria_id)),
)


def _files_of(visit: Inspection) -> QuerySet[Any]:
    return Evidence.objects.filter(answer__inspection=visit).values("file")


def _before_seal(visit: Inspection) -> Q:
    """Replies brought until the seal; those after it belong to the task of their finding."""
    return Q(request__finding__inspection=visit, brought_at__lte=F("request__finding__inspection__signed_at"))


def _said_with(visit: Inspection) -> Q:
    """Files the unit explained or answered with before the seal."""
    replied = ImmediateReply.objects.filter(_before_seal(visit), file__isnull=False).values("file")
    explained = FeedbackFile.objects.filter(point__round__inspection=visit).values("file")
    return Q(pk__in=replied) | Q(pk__in=explained)


def rows_of(inspection: Inspection) -> Dossier:
    """The fingerprint of every kept row, by table, with the columns it covers: one query a table."""
    return {kept.name: fingerprinted(kept.of(inspection), kept.living) for kept in KEPT}


def differing(inspection: Inspection, sealed: Dossier) -> dict[Kept, list[str]]:
    """Keys of the rows that are no longer as they were sealed: altered, gone, or slipped in."""
    found: dict[Kept, list[str]] = {}
    for kept in KEPT:
        if (held := sealed.get(kept.name)) is None:
            continue  # a table the house did not keep yet when this was sealed
        now, then = fingerprints(kept.of(inspection), held["columns"]), held["rows"]
        keys = [key for key in {**then, **now} if then.get(key) != now.get(key)]
        if keys:
            found[kept] = keys
    return found


def answers_of(inspection: Inspection) -> list[Answer]:
    """The answers of one visit with criteria, people and proof: two queries."""
    found = inspection.answers.with_everything().prefetch_related("evidence__file", "evidence__added_by")
    return list(found)


def dossier(minutes: Minutes, answers: Sequence[Answer]) -> Dossier:
    """What is sealed: programme, criteria version, visit, every answer on both sides, opinions, signers.

    People stand by key and by the name they bore when the minutes were drafted into the seal; moments in UTC.
    """
    inspection = minutes.inspection
    criteria = inspection.programme.criteria
    assert criteria is not None  # may_open saw to it
    return {
        "programme": {"key": inspection.programme_id, "plan": str(inspection.programme)},
        "criteria": {"code": criteria.code, "version": criteria.version, "title": criteria.title},
        "unit": {"key": inspection.unit_id, "name": str(inspection.unit)},
        "visit": _visit(inspection),
        "answers": [_answer(answer) for answer in answers],
        "findings": [_finding(each) for each in inspection.findings.order_by("pk")],
        "minutes": {
            "place": minutes.place,
            "team_opinion": minutes.team_opinion,
            "unit_opinion": minutes.unit_opinion,
            "reservations": minutes.reservations,
        },
        "signatures": [_signature(each) for each in minutes.signatures.order_by("side")],
        "onsite": [_onsite(each) for each in inspection.onsite_signatures.all()],
        "files": {
            "scan": minutes.scan.sha256 if minutes.scan else "",
            "evidence": sorted({each.file.sha256 for answer in answers for each in answer.evidence.all()}),
        },
        "signers": {
            "drafted": _signer(minutes.drafted_by, minutes.drafted_at),
            "unit": _signer(minutes.unit_signed_by, minutes.unit_signed_at),
            "head": _signer(minutes.head_signed_by, minutes.head_signed_at),
        },
        "rows": rows_of(inspection),
    }


def own_rows(minutes: Minutes) -> Dossier:
    """The sealed row itself and its papers, as the record tells them: a dossier cannot hold its own row."""
    papers = StoredFile.objects.filter(pk__in=[minutes.docx_id, minutes.pdf_id, minutes.scan_id])
    return {
        "minutes": fingerprinted(Minutes.objects.filter(pk=minutes.pk)),
        "files": fingerprinted(papers),
    }


def amendment_dossier(amendment: Amendment) -> Dossier:
    """What an amendment seals: which seal it amends, the seals between, what it puts right, who signed."""
    minutes = amendment.minutes
    before = Amendment.objects.sealed().filter(minutes=minutes).order_by("number")
    signatures = amendment.signatures.order_by("side")
    return {
        "amends": minutes.sealed,
        "before": list(before.values_list("sealed", flat=True)),
        "visit": minutes.inspection_id,
        "number": amendment.number,
        "reason": amendment.reason,
        "changes": amendment.changes,
        "drafted": _signer(amendment.drafted_by, amendment.drafted_at),
        "signatures": [_given(each) for each in signatures],
        "rows": fingerprinted(signatures),
    }


def amendment_rows(amendment: Amendment) -> Dossier:
    """The row of the amendment, all but the step it is at, and its papers, as the record tells them."""
    papers = StoredFile.objects.filter(pk__in=[amendment.docx_id, amendment.pdf_id])
    row = Amendment.objects.filter(pk=amendment.pk)
    return {"amendment": fingerprinted(row, ("status",)), "files": fingerprinted(papers)}


def seal_of(told: Dossier) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(told)).hexdigest()


def _visit(inspection: Inspection) -> Dossier:
    return {
        "team": inspection.team_id,
        "planned_on": inspection.planned_on.isoformat(),
        "session": inspection.session,
        "unannounced": inspection.unannounced,
        "begun_at": _moment(inspection.begun_at),
        "begun_by": inspection.begun_by_id,
        "expected": inspection.expected,
        "present": inspection.present,
        "excused": inspection.excused,
    }


def _answer(answer: Answer) -> Dossier:
    return {
        "id": answer.pk,
        "code": answer.criterion.code,
        "text": answer.criterion.text,
        "declared": _side(answer, "declared"),
        "verified": _side(answer, "verified") | {"override_why": answer.override_why},
        "evidence": [_proof(each) for each in answer.evidence.all()],
    }


def _side(answer: Answer, side: str) -> Dossier:
    return {
        "value": getattr(answer, side),
        "result": getattr(answer, f"{side}_result"),
        "note": getattr(answer, f"{side}_note"),
        "at": _moment(getattr(answer, f"{side}_at")),
        "by": getattr(answer, f"{side}_by_id"),
        "version": getattr(answer, f"{side}_version"),
    }


def _signature(signature: Signature) -> Dossier:
    return _given(signature) | {"opened_at": _moment(signature.opened_at)}


def _onsite(signature: OnsiteSignature) -> Dossier:
    """With the text it was given under, whether it counted or not."""
    return _given(signature) | {"digest": signature.digest, "lines": signature.lines}


def _given(signature: Given) -> Dossier:
    return {
        "side": signature.side,
        "way": signature.way,
        "name": signature.name,
        "post": signature.post,
        "reservations": signature.reservations,
        "strokes": signature.strokes,
        "at": _moment(signature.at),
    }


def _finding(finding: Finding) -> Dossier:
    """A finding as it was when the minutes were sealed, in every word."""
    told = {name: getattr(finding, name) for name in columns_of(Finding) if not name.endswith(("_at", "_on"))}
    return told | {"recorded_at": _moment(finding.recorded_at)}


def _proof(evidence: Evidence) -> Dossier:
    return {
        "side": AnswerChange.Side(evidence.side).value,
        "name": evidence.file.name,
        "page": evidence.page,
        "sha256": evidence.file.sha256,
        "at": _moment(evidence.added_at),
        "by": evidence.added_by_id,
    }


def _signer(person: User | None, at: datetime | None) -> Dossier:
    return {"key": person.pk if person else None, "name": str(person) if person else "", "at": _moment(at)}


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
