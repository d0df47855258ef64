"""Drafting, approving and issuing the consolidated report; copies for the public, and taking them back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from dondoc.audit.actions import CHANGED, record, take
from dondoc.directives.models import Directive
from dondoc.foundation.refusals import Refused, not_yet, require
from dondoc.notices.actions import tell
from dondoc.papers.actions import issue as issue_paper
from dondoc.papers.models import Paper
from dondoc.people.models import Role, User
from dondoc.programmes.models import Programme
from dondoc.reports import copies, flow, rules
from dondoc.reports.documents import TYPE, content_of, draft_of
from dondoc.reports.models import Publication, Report
from dondoc.reports.snapshot import freeze as numbers_of

# The report


@transaction.atomic
def draft_report(programme: Programme, *, by: User, at: datetime) -> Report:
    """A draft with the numbers frozen now."""
    Programme.objects.select_for_update().get(pk=programme.pk)  # two presses make one draft
    require(rules.may_draft(by, programme))
    report = Report.objects.create(
        programme=programme, snapshot=numbers_of(programme, at), frozen_at=at, drafted_by=by
    )
    record("reports.draft", report, label="Lập báo cáo tổng hợp", by=by, at=at)
    return report


@transaction.atomic
def freeze(report: Report, *, version: int, by: User, at: datetime) -> None:
    """Take the numbers again, as they are now. Raises: ``Refused`` when somebody saved after ``version``."""
    require(rules.may_edit(by, report))
    _save(report, version, snapshot=numbers_of(report.programme, at), frozen_at=at)
    record("reports.freeze", report, label="Cập nhật số liệu", by=by, at=at)


@transaction.atomic
def edit(report: Report, *, overview: str, proposals: str, version: int, by: User, at: datetime) -> None:
    """Keep the free text. Raises: ``Refused`` with ``CHANGED`` when somebody saved after ``version``."""
    require(rules.may_edit(by, report))
    _save(report, version, overview=overview.strip(), proposals=proposals.strip())
    record("reports.edit", report, label="Sửa lời báo cáo", by=by, at=at, facts={"version": report.version})


def _save(report: Report, version: int, **fresh: object) -> None:
    """One conditional UPDATE: of two savings of one version only the first is kept."""
    same = Report.objects.filter(pk=report.pk, version=version, status=Report.Status.DRAFT)
    if not same.update(version=F("version") + 1, **fresh):
        raise Refused(CHANGED)
    for name, value in fresh.items():
        setattr(report, name, value)
    report.version = version + 1


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime) -> None:
    """Lay it before the leaders."""
    take(flow.SUBMIT, report, by=by, at=at)
    report.submitted_by, report.returned_why = by, ""
    report.save(update_fields=["submitted_by", "returned_why"])
    _tell(_approvers(report, at), report, "Báo cáo tổng hợp chờ phê duyệt", at)


@transaction.atomic
def hand_back(report: Report, *, why: str, by: User, at: datetime) -> None:
    """Return it with a reason. Raises: ``Refused`` when there is none."""
    if not why.strip():
        raise Refused(not_yet("reports.no_reason", "Ghi lý do trả lại để người lập biết phải sửa gì."))
    take(flow.HAND_BACK, report, by=by, at=at, note=why.strip())
    report.returned_why = why.strip()
    report.save(update_fields=["returned_why"])
    _tell(_writers(report), report, "Báo cáo tổng hợp bị trả lại", at)


@transaction.atomic
def issue_report(report: Report, *, by: User, at: datetime) -> Paper:
    """Number, sign, draw and seal it; from now on the paper speaks."""
    take(flow.ISSUE, report, by=by, at=at)
    day, authority = timezone.localdate(at), report.programme.authority
    post = by.posts.in_force(day).filter(role=Role.APPROVER, unit=authority).first()
    title = post.title if post else Role.APPROVER.label
    draft = replace(draft_of(report), signer=str(by), signer_title=title, issued_on=day)
    report.paper = issue_paper(
        content_of(draft),
        issuer=authority,
        type_name=TYPE,
        signer=str(by),
        signer_title=title,
        by=by,
        at=at,
        is_sample=report.programme.is_sample,
    )
    report.save(update_fields=["paper"])
    _tell(_writers(report), report, f"Đã ban hành {report.paper}", at)
    return report.paper


def _approvers(report: Report, at: datetime) -> Iterable[User]:
    return User.objects.holding(Role.APPROVER, at=report.programme.authority, on=timezone.localdate(at))


def _writers(report: Report) -> list[User]:
    return [each for each in (report.drafted_by, report.submitted_by) if each]


def _tell(people: Iterable[User], report: Report, subject: str, at: datetime) -> None:
    url = reverse("reports:report", args=[report.pk])
    tell(people, subject=subject, text=f"{report}: {subject.lower()}.", url=url, at=at)


# Copies for the public


@transaction.atomic
def publish_paper(paper: Directive | Paper, *, by: User, at: datetime) -> Publication:
    """Copy what identifies a paper and what it refers to, never its text; the copies of papers that refer to
    it now lead here."""
    require(rules.may_publish_paper(by, paper))
    publication = Publication.objects.create(
        kind=Publication.Kind.PAPER,
        slug=copies.free_slug(paper.symbol, paper.issued_on),
        title=copies.title_of(paper)[:300],
        content=copies.paper_copy(paper),
        about=copies.about(paper),
        published_at=at,
        published_by=by,
        is_sample=paper.is_sample,
    )
    copies.relink(paper, publication.slug)
    record("reports.publish_paper", publication, label="Công bố văn bản", by=by, at=at)
    return publication


@transaction.atomic
def publish_results(report: Report, *, by: User, at: datetime) -> Publication:
    """Copy the figures of an issued report. Raises: ``Refused`` for sample data, whoever asks."""
    require(rules.may_publish_results(by, report))
    assert report.paper is not None  # an issued report has its paper
    publication = Publication.objects.create(
        kind=Publication.Kind.RESULTS,
        slug=copies.free_slug(f"ket-qua-{report.programme.plan.symbol}", report.paper.issued_on),
        title=copies.results_title(report)[:300],
        content=copies.results_copy(report),
        about=copies.about(report),
        published_at=at,
        published_by=by,
    )
    record("reports.publish_results", publication, label="Công bố kết quả kiểm tra", by=by, at=at)
    return publication


@transaction.atomic
def withdraw(publication: Publication, *, why: str, by: User, at: datetime) -> None:
    """Take a copy off the portal, saying why; links to it vanish. Raises: ``Refused`` without a reason."""
    require(rules.may_withdraw(by, publication))
    if not why.strip():
        raise Refused(not_yet("reports.no_reason", "Ghi lý do rút bản công bố."))
    moved = Publication.objects.public().filter(pk=publication.pk)
    if not moved.update(withdrawn_at=at, withdrawn_why=why.strip()):
        raise Refused(CHANGED)
    publication.withdrawn_at, publication.withdrawn_why = at, why.strip()
    copies.unlink(publication.slug)
    record("reports.withdraw", publication, label="Rút bản công bố", by=by, at=at, note=why.strip())
