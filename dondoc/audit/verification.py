"""Walks the chain and names what no longer fits."""

from collections.abc import Iterator

from dondoc.audit.models import GENESIS, Event, Tail


def broken_lines(since: int = 1) -> Iterator[str]:
    """One sentence per line that was altered, removed or slipped in; nothing when the record is whole.

    ``since`` begins the walk at that line; it still must be joined to the one before.
    """
    before, expected = GENESIS, 1
    if since > 1 and (held := Event.objects.filter(number__lt=since).order_by("-number").first()):
        before, expected = held.digest, held.number + 1
    lines = Event.objects.filter(number__gte=expected).order_by("number")
    for line in lines.iterator(chunk_size=2000):
        if line.number != expected:
            yield f"Nhật ký: thiếu dòng {expected} đến {line.number - 1}."
        elif line.before != before:
            yield f"Nhật ký: dòng {line.number} ({line.action}, {line.object_name}) không nối vào dòng trước."
        if line.computed_digest() != line.digest:
            yield f"Nhật ký: dòng {line.number} ({line.action}, {line.object_name}) đã bị sửa."
        before, expected = line.digest, line.number + 1
    yield from _cut_off(expected - 1, before)


def _cut_off(number: int, digest: str) -> Iterator[str]:
    end = Tail.objects.values_list("number", "digest").first() or (0, GENESIS)
    if end[0] > number:
        yield f"Nhật ký: thiếu dòng {number + 1} đến {end[0]} ở cuối."
    elif end != (number, digest):
        yield f"Nhật ký: dòng cuối là {number}, khác dòng cuối đã ghi nhớ ({end[0]})."
