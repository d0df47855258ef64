"""Walks the whole chain and names what no longer fits."""

from collections.abc import Iterator

from dondoc.audit.models import GENESIS, Event


def broken_lines() -> Iterator[str]:
    """One sentence per line that was altered, removed or slipped in; nothing when the record is whole."""
    before, expected = GENESIS, 1
    for line in Event.objects.order_by("number").iterator(chunk_size=2000):
        if line.number != expected:
            yield f"Nhật ký: thiếu dòng {expected} đến {line.number - 1}."
        elif line.before != before:
            yield f"Nhật ký: dòng {line.number} ({line.action}, {line.object_name}) không nối vào dòng trước."
        if line.computed_digest() != line.digest:
            yield f"Nhật ký: dòng {line.number} ({line.action}, {line.object_name}) đã bị sửa."
        before, expected = line.digest, line.number + 1
