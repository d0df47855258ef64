"""Compares every issued paper with its seal and with what the record says was sealed."""

from collections.abc import Iterator, Sequence
from typing import Any

from dondoc.audit.fingerprints import altered
from dondoc.audit.models import Event
from dondoc.files.models import StoredFile
from dondoc.papers.actions import seal_of
from dondoc.papers.models import Paper


def broken_papers(only: Sequence[int] = ()) -> Iterator[str]:
    """One sentence per issued paper that no longer fits the record; ``only`` these when given."""
    lines, held = Event.objects.filter(action="papers.issue"), Paper.objects.select_related("docx", "pdf")
    if only:
        lines, held = lines.filter(object_id__in=[str(pk) for pk in only]), held.filter(pk__in=only)
    recorded = {line.object_id: line.facts for line in lines.iterator(chunk_size=2000)}
    for paper in held.iterator(chunk_size=500):
        told = recorded.pop(str(paper.pk), None)
        if told is None:
            yield f"{paper} (mã {paper.pk}): nhật ký không có dòng ban hành."
        elif paper.sealed != told["sealed"] or seal_of(paper.content) != told["sealed"]:
            yield f"{paper} (mã {paper.pk}): nội dung đã chốt bị sửa."
        elif (paper.docx.sha256, paper.pdf.sha256) != (told["docx"], told["pdf"]):
            yield f"{paper} (mã {paper.pk}): tệp đính kèm bị thay."
        elif _altered(told.get("rows", {})):
            yield f"{paper} (mã {paper.pk}): dòng trong sổ bị sửa."
    for object_id in recorded:
        yield f"Văn bản đi mã {object_id} đã ban hành nhưng không còn trong sổ."


def _altered(told: dict[str, Any]) -> bool:
    """Papers of version 0.1.0 were recorded without the fingerprints of their rows."""
    return any(
        altered(model, told[name])
        for name, model in (("paper", Paper), ("files", StoredFile))
        if name in told
    )
