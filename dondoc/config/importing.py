"""``dondoc criteria``: a checklist from a file, tried first and loaded only when every row is right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dondoc.criteria.actions import held, load
from dondoc.criteria.comparing import Version, compare
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.sheets import built, read_file
from dondoc.people.models import User


def check_criteria(path: Path) -> list[str]:
    """Every mistake of the file, by row."""
    return [str(fault) for fault in read_file(path).faults]


def foresee(path: Path, code: str) -> Iterator[str]:
    """What loading the file would add, change and leave out beside the last version of the set."""
    sheet = read_file(path)
    yield f"{len(sheet.headings)} mục, {len(sheet.items)} tiêu chí; chưa nạp gì."
    last = CriteriaSet.objects.filter(code=code).first()
    if last is None:
        yield f"Sẽ lập bộ mới {code}."
        return
    told = compare(Version(*built(held(last))), Version(*built(sheet)))
    yield f"Sẽ lập phiên bản {last.version + 1}; so với bản {last.version}:"
    for words, codes in (
        ("thêm", [item.code for item in told.added]),
        ("bỏ", [item.code for item in told.removed]),
        ("sửa", [each.item.code for each in told.changed]),
        ("chuyển chỗ", [item.code for item, _, _ in told.moved]),
    ):
        yield f"  {words} {len(codes)}{': ' if codes else ''}{', '.join(codes)}"


def import_criteria(path: Path, *, code: str, title: str, by: User, at: datetime) -> CriteriaSet:
    """A draft set from the file."""
    return load(path, code=code, title=title, source=path.name, by=by, at=at)
