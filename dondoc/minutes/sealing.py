"""The dossier of a visit: everything both sides agreed on, as plain data, and its fingerprint."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from dondoc.audit.models import canonical
from dondoc.inspections.models import Answer, AnswerChange, Evidence, Inspection
from dondoc.minutes.models import Minutes
from dondoc.people.models import User

Dossier = dict[str, Any]


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
        "minutes": {
            "place": minutes.place,
            "team_opinion": minutes.team_opinion,
            "unit_opinion": minutes.unit_opinion,
            "reservations": minutes.reservations,
        },
        "signers": {
            "drafted": _signer(minutes.drafted_by, minutes.drafted_at),
            "unit": _signer(minutes.unit_signed_by, minutes.unit_signed_at),
            "head": _signer(minutes.head_signed_by, minutes.head_signed_at),
        },
    }


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
