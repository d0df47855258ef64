"""What a public copy holds: words and figures, no keys of live rows, no names of persons.

A paper's copy: type, symbol, date (ISO), issuer, subject, cites [type, symbol, slug, relation]; ``slug`` is
``None`` where the paper referred to is not public. A copy of results adds tables of printed cells.
"""

from datetime import date
from typing import Any

from django.db import models
from django.utils.text import slugify

from dondoc.directives.models import Citation, Directive
from dondoc.foundation.folding import fold
from dondoc.papers.letterhead import letterhead
from dondoc.papers.models import Paper
from dondoc.reports.grid import TOTAL, Table, shown
from dondoc.reports.models import Publication, Report
from dondoc.reports.snapshot import Snapshot

Copy = dict[str, Any]


def about(thing: models.Model) -> str:
    """Which row was copied: for the editors' list, never shown to the public."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def free_slug(symbol: str, issued_on: date | None) -> str:
    """ "292/KH-UBND" of 2019 → 292-kh-ubnd-2019; a taken one gets a number."""
    year = f" {issued_on.year}" if issued_on else ""
    wanted = slugify(fold(symbol.replace("/", " ")) + year)[:110] or "van-ban"
    taken = set(Publication.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def title_of(paper: Directive | Paper) -> str:
    return f"{paper}: {paper.subject}" if paper.subject else str(paper)


def paper_copy(paper: Directive | Paper) -> Copy:
    """Identity and relations."""
    issuer = paper.issuer if isinstance(paper, Directive) else letterhead(paper.issuer).name
    return {
        "type": paper.type,
        "symbol": paper.symbol,
        "date": paper.issued_on.isoformat() if paper.issued_on else None,
        "issuer": issuer,
        "subject": paper.subject,
        "cites": _cites(paper),
    }


def _cites(paper: Directive | Paper) -> list[Copy]:
    """Every paper referred to, once each."""
    if isinstance(paper, Paper):
        plan = _plan_behind(paper)
        cited = [(plan, str(Citation.Relation.ACCORDING_TO.label))] if plan else []
    else:
        mentions = paper.citations.select_related("target")
        cited = [(each.target, each.get_relation_display()) for each in mentions]
    public = _public_slugs(target for target, _ in cited)
    told: dict[int, Copy] = {}
    for target, relation in cited:
        line = {"type": target.type, "symbol": target.symbol, "slug": public.get(about(target))}
        told.setdefault(target.pk, {**line, "relation": relation})
    return list(told.values())


def _plan_behind(paper: Paper) -> Directive | None:
    """The plan a report or a notice of conclusion rests on."""
    if report := getattr(paper, "report", None):
        plan: Directive = report.programme.plan
        return plan
    if conclusion := getattr(paper, "conclusion", None):
        plan = conclusion.inspection.programme.plan
        return plan
    return None


def _public_slugs(papers: Any) -> dict[str, str]:
    wanted = {about(paper) for paper in papers}
    return dict(Publication.objects.public().filter(about__in=wanted).values_list("about", "slug"))


def relink(paper: Directive | Paper, slug: str) -> None:
    """Copies of papers that refer to this one now lead to it."""
    if isinstance(paper, Paper):
        return
    sources = [
        f"{Directive._meta.label_lower}:{pk}" for pk in paper.mentions.values_list("source", flat=True)
    ]
    for publication in Publication.objects.public().filter(about__in=sources):
        for cited in publication.content.get("cites", []):
            if (cited["type"], cited["symbol"]) == (paper.type, paper.symbol):
                cited["slug"] = slug
        publication.save(update_fields=["content"])


def unlink(slug: str) -> None:
    """No copy leads to a withdrawn one."""
    for publication in Publication.objects.public().filter(kind=Publication.Kind.PAPER):
        leading = [cited for cited in publication.content.get("cites", []) if cited["slug"] == slug]
        for cited in leading:
            cited["slug"] = None
        if leading:
            publication.save(update_fields=["content"])


def results_title(report: Report) -> str:
    programme = report.programme
    return f"Kết quả kiểm tra cải cách hành chính năm {programme.year}, {programme.authority}"


def results_copy(report: Report) -> Copy:
    """The figures of an issued report as printed."""
    assert report.paper is not None
    told = Snapshot(report.snapshot)
    return {
        **paper_copy(report.paper),
        "year": report.programme.year,
        "on": told.on.isoformat(),
        "missing": [{"unit": each.name, "why": each.why} for each in told.missing],
        "tables": [_table_copy(table) for table in told.tables.values()],
    }


def _table_copy(table: Table) -> Copy:
    def words(row_key: str) -> list[str]:
        values = zip(table.values(row_key), table.columns, strict=True)
        return [shown(value, column) for value, column in values]

    rows = [[row.label, *words(row.key)] for row in table.rows]
    return {
        "code": table.code,
        "caption": f"{table.code}. {table.title}",
        "head": [table.first, *(column.title for column in table.columns)],
        "rows": [*rows, [table.total_label, *words(TOTAL)]] if rows else [],
        "notes": list(table.notes),
    }
