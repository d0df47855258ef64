"""Compares every issued paper with its seal and with what the record says was sealed."""

from collections.abc import Iterator

from dondoc.audit.models import Event
from dondoc.papers.actions import seal_of
from dondoc.papers.models import Paper


def broken_papers() -> Iterator[str]:
    """One sentence per issued paper whose content, seal or file digests no longer fit the record."""
    recorded = {
        line.object_id: line.facts
        for line in Event.objects.filter(action="papers.issue").iterator(chunk_size=2000)
    }
    for paper in Paper.objects.select_related("docx", "pdf").iterator(chunk_size=500):
        told = recorded.pop(str(paper.pk), None)
        if told is None:
            yield f"{paper}: nhật ký không có dòng ban hành."
        elif paper.sealed != told["sealed"] or seal_of(paper.content) != told["sealed"]:
            yield f"{paper}: nội dung đã chốt bị sửa."
        elif (paper.docx.sha256, paper.pdf.sha256) != (told["docx"], told["pdf"]):
            yield f"{paper}: tệp đính kèm bị thay."
    for object_id in recorded:
        yield f"Văn bản đi mã {object_id} đã ban hành nhưng không còn trong sổ."
