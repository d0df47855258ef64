"""``dondoc criteria``: a checklist from a file, tried first and loaded only when every row is right."""

from datetime import datetime
from pathlib import Path

from dondoc.criteria.actions import load
from dondoc.criteria.models import CriteriaSet
from dondoc.criteria.sheets import read_file
from dondoc.people.models import User


def check_criteria(path: Path) -> list[str]:
    """Every mistake of the file, by row."""
    return [str(fault) for fault in read_file(path).faults]


def import_criteria(path: Path, *, code: str, title: str, by: User, at: datetime) -> CriteriaSet:
    """A draft set from the file."""
    return load(path, code=code, title=title, source=path.name, by=by, at=at)
