"""Issuing a paper: number, date, bytes and seal in one transaction."""

import dataclasses
import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from dondoc.audit.actions import record
from dondoc.audit.fingerprints import fingerprinted
from dondoc.audit.models import canonical
from dondoc.files.actions import keep
from dondoc.files.models import StoredFile
from dondoc.foundation.folding import fold
from dondoc.papers import docx, pdf
from dondoc.papers.layout import PaperContent, RuleSet
from dondoc.papers.models import Paper
from dondoc.papers.numbering import next_number
from dondoc.people.models import User
from dondoc.units.models import Unit

SAMPLE_MARK = "DỮ LIỆU MẪU"


@transaction.atomic
def issue(
    content: PaperContent,
    *,
    issuer: Unit,
    type_name: str,
    signer: str,
    signer_title: str,
    by: User,
    at: datetime,
    is_sample: bool = False,
    replaces: Paper | None = None,
) -> Paper:
    """Number the drafted content, draw it as .docx and .pdf, keep both and seal the content.

    Takes:  a draft whose number and day are open; ``type_name`` as printed in sentences ("Thông báo").
    Who may do this is asked by the room the paper belongs to, in the step that leads here.
    """
    day = timezone.localdate(at)
    register = type_name
    number = next_number(issuer, register, day.year)
    final = dataclasses.replace(
        content, number=number, issued_on=day, marker=SAMPLE_MARK if is_sample else content.marker
    )
    told = as_json(final)
    stem = final.symbol.replace("/", "-")
    paper = Paper.objects.create(
        type=type_name,
        issuer=issuer,
        year=day.year,
        register=register,
        number=number,
        symbol=final.symbol,
        subject=final.subject,
        issued_on=day,
        signer=signer,
        signer_title=signer_title,
        content=told,
        docx=keep(docx.render(final), name=f"{stem}.docx", by=by, at=at, among=("docx",)),
        pdf=keep(pdf.render(final), name=f"{stem}.pdf", by=by, at=at, among=("pdf",)),
        sealed=seal_of(told),
        issued_at=at,
        issued_by=by,
        replaces=replaces,
        is_sample=is_sample,
        folded=fold(f"{type_name} {final.symbol} {final.subject}"),
    )
    record(
        "papers.issue",
        paper,
        label="Ban hành văn bản",
        by=by,
        at=at,
        facts={
            "sealed": paper.sealed,
            "docx": paper.docx.sha256,
            "pdf": paper.pdf.sha256,
            "rows": {
                "paper": fingerprinted(Paper.objects.filter(pk=paper.pk)),
                "files": fingerprinted(StoredFile.objects.filter(pk__in=[paper.docx_id, paper.pdf_id])),
            },
        },
    )
    return paper


def as_json(content: PaperContent) -> dict[str, Any]:
    """The content as plain JSON; the rule set by its code, each block with its kind."""
    told: dict[str, Any] = _plain(content)
    return told


def seal_of(told: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(told)).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, RuleSet):
        return value.code
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
