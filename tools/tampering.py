"""Trying the seals: one thing altered at a time below the triggers, found by ``verify`` or not, put back.

Each trial changes one column of one protected row, removes or slips in a row, or changes one byte of a file,
inside a transaction that is rolled back (a file is written back). It then asks the checkers of ``verify``,
narrowed to the visit, paper, line or file touched; every ``whole_every``-th trial and the clean database are
checked without narrowing.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models, transaction

from dondoc.audit.models import Event
from dondoc.audit.verification import broken_lines
from dondoc.config.verification import broken
from dondoc.criteria.models import CriteriaSet
from dondoc.files.models import StoredFile
from dondoc.files.verification import broken_files
from dondoc.inspections.models import Answer, Contest, Inspection, SelfReport
from dondoc.minutes.models import Amendment, AmendmentSignature, Minutes
from dondoc.minutes.sealing import KEPT, Kept
from dondoc.minutes.verification import broken_seals
from dondoc.papers.models import Paper
from dondoc.papers.verification import broken_papers


@dataclass
class Trial:
    """What was altered, how the checkers are narrowed to it, and what their sentence must name."""

    what: str
    alter: Callable[[], None]
    check: Callable[[], Iterator[str]]
    names: tuple[str, ...]
    undo: Callable[[], None] = lambda: None


@dataclass
class Tally:
    """How the trials ended."""

    tried: int = 0
    found: int = 0
    named: int = 0
    whole: int = 0
    impossible: int = 0
    missed: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)


def tamper(trials: int, *, seed: int, whole_every: int = 500, seconds: float = float("inf")) -> Tally:
    """Make that many single edits on the open database, or as many as the time allows.

    The sealed rows must exist.
    """
    until = time.monotonic() + seconds
    chance, tally = random.Random(seed), Tally()
    makers = _makers(chance)
    while tally.tried < trials and time.monotonic() < until:
        trial = makers[chance.choice(list(makers))]()
        whole = tally.tried % whole_every == 0
        sentences = _found(trial, whole)
        if sentences is None:
            tally.impossible += 1  # the database cannot hold it at all: a constraint refused
            continue
        tally.tried += 1
        tally.whole += whole
        kind = trial.what.split(":")[0]
        tally.kinds[kind] = tally.kinds.get(kind, 0) + 1
        tally.found += bool(sentences)
        if any(name in each for each in sentences for name in trial.names):
            tally.named += 1
        else:
            tally.missed.append(f"{trial.what} → {sentences[:2]}")
    return tally


def _found(trial: Trial, whole: bool) -> list[str] | None:
    try:
        with transaction.atomic():
            _lift_triggers()
            trial.alter()
            sentences = list(broken() if whole else trial.check())
            transaction.set_rollback(True)
    except IntegrityError:
        return None
    finally:
        trial.undo()
    return sentences


def _lift_triggers() -> None:
    """Inside the transaction only: what stands above the rows is away while one of them is altered."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE '%fts%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


# What is altered


def _makers(chance: random.Random) -> dict[str, Callable[[], Trial]]:
    visits = list(Minutes.objects.exclude(sealed="").values_list("pk", "inspection_id"))
    lines = list(Event.objects.values_list("pk", "number"))
    papers = list(Paper.objects.values_list("pk", flat=True))
    files = list(StoredFile.objects.values_list("sha256", flat=True).distinct())
    amended = list(Amendment.objects.sealed().values_list("pk", "minutes__inspection"))
    assert amended, "no amendment to try"
    return {
        "row": lambda: _row(chance, *chance.choice(visits)),
        "row again": lambda: _row(chance, *chance.choice(visits)),
        "row added or removed": lambda: _row_count(chance, *chance.choice(visits)),
        "contest": lambda: _contest(chance, *chance.choice(visits)),
        "amendment": lambda: _amendment(chance, *chance.choice(amended)),
        "minutes": lambda: _minutes(chance, *chance.choice(visits)),
        "line": lambda: _line(chance, *chance.choice(lines)),
        "paper": lambda: _paper(chance, chance.choice(papers)),
        "file": lambda: _file(chance, chance.choice(files)),
    }


def _row(chance: random.Random, minutes: int, visit: int) -> Trial:
    kept, rows = _some_rows(chance, minutes)
    pk = chance.choice(rows)
    columns = [each for each in _columns(kept.model) if each.attname not in kept.living]
    column = chance.choice(columns)
    return Trial(
        f"{kept.name}: {column.attname} of {pk}",
        lambda: _change(chance, kept.model, pk, column),
        lambda: broken_seals((visit,)),
        (f"{kept.word} mã {pk} ",),
    )


def _row_count(chance: random.Random, minutes: int, visit: int) -> Trial:
    kept, rows = _some_rows(chance, minutes)
    pk = chance.choice(rows)
    # A copy of these would belong to nothing, or to another visit.
    if chance.random() < 0.5 or kept.model in {StoredFile, CriteriaSet, SelfReport}:
        return Trial(
            f"removed: {kept.name} {pk}",
            lambda: _remove(kept.model, pk),
            lambda: broken_seals((visit,)),
            (f"{kept.word} mã {pk} ",),
        )
    fresh = 900_000_000 + chance.randrange(10**6)
    return Trial(
        f"slipped in: {kept.name} like {pk}",
        lambda: _slip_in(chance, kept.model, pk, fresh),
        lambda: broken_seals((visit,)),
        (f"{kept.word} mã {fresh} ",),
    )


def _contest(chance: random.Random, minutes: int, visit: int) -> Trial:
    answer = chance.choice(list(Answer.objects.filter(inspection=visit).values_list("pk", flat=True)))
    fresh = 900_000_000 + chance.randrange(10**6)
    contest = Contest(pk=fresh, answer_id=answer, since=datetime.fromisoformat("2019-11-01T08:00:00+07:00"))
    return Trial(
        f"slipped in: contest on {answer}",
        lambda: contest.save_base(raw=True, force_insert=True),
        lambda: broken_seals((visit,)),
        (f"mục cần đối chiếu mã {fresh} ",),
    )


def _some_rows(chance: random.Random, minutes: int) -> tuple[Kept, list[Any]]:
    inspection = Minutes.objects.select_related("inspection__programme").get(pk=minutes).inspection
    tables = [kept for kept in KEPT if kept.name != "inspections.inspection"]
    while True:
        kept = chance.choice(tables)
        if rows := list(kept.of(inspection).order_by("pk").values_list("pk", flat=True)):
            return kept, rows


def _minutes(chance: random.Random, minutes: int, visit: int) -> Trial:
    """The row of the minutes, or of the visit they close."""
    name = str(Minutes.objects.select_related("inspection__unit").get(pk=minutes))
    model, pk = chance.choice([(Minutes, minutes), (Minutes, minutes), (Inspection, visit)])
    column = chance.choice(
        [each for each in _columns(model) if each.attname not in {"status", "inspection_id"}]
    )
    return Trial(
        f"{model._meta.label_lower}: {column.attname} of {pk}",
        lambda: _change(chance, model, pk, column),
        lambda: broken_seals((visit,)),
        (name, f"Biên bản mã {minutes} ", f"mã {visit} "),
    )


def _amendment(chance: random.Random, pk: int, visit: int) -> Trial:
    """The row of an amendment, its papers, or a signature under it."""
    held = Amendment.objects.select_related("minutes__inspection__unit").get(pk=pk)
    signatures = AmendmentSignature.objects.filter(amendment=pk).values_list("pk", flat=True)
    of_papers = [(StoredFile, each) for each in (held.docx_id, held.pdf_id)]
    model, row = chance.choice(
        [(Amendment, pk), (Amendment, pk), *of_papers, *((AmendmentSignature, each) for each in signatures)]
    )
    names = (str(held.minutes), f"mã {pk} ")
    if model is not StoredFile and chance.random() < 0.1:
        return Trial(
            f"removed: {model._meta.label_lower} {row}",
            lambda: _remove(model, row),
            lambda: broken_seals((visit,)),
            names,
        )
    column = chance.choice(_columns(model))
    return Trial(
        f"{model._meta.label_lower}: {column.attname} of {row}",
        lambda: _change(chance, model, row, column),
        lambda: broken_seals((visit,)),
        names,
    )


def _line(chance: random.Random, pk: int, number: int) -> Trial:
    def check() -> Iterator[str]:
        return broken_lines(max(1, number - 1))

    if chance.random() < 0.05:
        last = Event.objects.order_by("-number").values_list("pk", "number").first() or (0, 0)
        return Trial(
            f"slipped in: line like {number}",
            lambda: _slip_in_line(pk, last[1] + 1),
            check,
            (f"dòng {last[1] + 1} ", f"là {last[1] + 1},"),
        )
    if chance.random() < 0.15:
        return Trial(
            f"removed: line {number}", lambda: _remove(Event, pk), check, (f"thiếu dòng {number} đến",)
        )
    column = chance.choice(_columns(Event))
    return Trial(
        f"audit.event: {column.attname} of line {number}",
        lambda: _change(chance, Event, pk, column),
        check,
        (f"dòng {number} ", f"dòng {number}."),
    )


def _paper(chance: random.Random, pk: int) -> Trial:
    if chance.random() < 0.1:
        return Trial(
            f"removed: paper {pk}", lambda: _remove(Paper, pk), lambda: broken_papers((pk,)), (f"mã {pk} ",)
        )
    column = chance.choice(_columns(Paper))
    return Trial(
        f"papers.paper: {column.attname} of {pk}",
        lambda: _change(chance, Paper, pk, column),
        lambda: broken_papers((pk,)),
        (f"mã {pk} ", f"mã {pk})"),
    )


def _file(chance: random.Random, sha256: str) -> Trial:
    path = Path(default_storage.path(StoredFile(sha256=sha256).path))
    before = path.read_bytes()
    place = chance.randrange(len(before))
    byte = bytes([before[place] ^ (1 << chance.randrange(8))])
    after = b"" if chance.random() < 0.1 else before[:place] + byte + before[place + 1 :]

    def write(data: bytes) -> None:
        path.unlink(missing_ok=True)
        if data:
            path.write_bytes(data)

    return Trial(
        f"file: {sha256[:8]}",
        lambda: write(after),
        lambda: broken_files((sha256,)),
        (f"vân tay {sha256[:8]}",),
        lambda: write(before),
    )


# How


def _columns(model: Any) -> list[Any]:
    return [each for each in model._meta.concrete_fields if not each.primary_key]


def _change(chance: random.Random, model: Any, pk: Any, column: Any) -> None:
    """Another value of the same kind, written past every rule of the house."""
    table, name = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(column.column)
    held = model._base_manager.filter(pk=pk).values_list(column.attname, flat=True).get()
    fresh = column.get_db_prep_save(_another(chance, column, held), connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {name} = %s WHERE id = %s", [fresh, pk])


def _another(chance: random.Random, column: Any, held: Any) -> Any:
    if isinstance(column, models.JSONField):
        return {**held, "x": 1} if isinstance(held, dict) else [held]
    if isinstance(column, models.BooleanField):
        return not held
    if isinstance(column, models.DateTimeField):
        base = held or datetime.fromisoformat("2019-11-01T08:00:00+07:00")
        return base + timedelta(seconds=chance.choice((-1, 1)) * chance.randint(1, 10**6))
    if isinstance(column, models.DateField):
        return (held or date(2019, 11, 1)) + timedelta(days=chance.randint(1, 300))
    if isinstance(column, models.DecimalField):
        return (held or 0) + 1
    if isinstance(column, models.UUIDField):
        return type(held)(int=held.int ^ (1 << chance.randrange(128)))
    if isinstance(column, models.IntegerField | models.ForeignKey):
        return (held or 0) + 1
    return _text(chance, held or "", column.max_length)


def _text(chance: random.Random, held: str, longest: int | None) -> str:
    """One letter other, added, or dropped."""
    if not held or (chance.random() < 0.2 and (longest is None or len(held) < longest)):
        return held + "x"
    place = chance.randrange(len(held))
    letter = "y" if held[place] != "y" else "z"
    return held[:place] + letter + held[place + 1 :]


def _remove(model: Any, pk: Any) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pk])


def _slip_in(chance: random.Random, model: Any, pk: Any, fresh: int) -> None:
    """A copy of a row under another key; what must be unique is varied."""
    row = model._base_manager.filter(pk=pk).values().get()
    unique = {each.attname for each in model._meta.concrete_fields if each.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            unique |= {model._meta.get_field(constraint.fields[-1]).attname}
    row |= {name: _another(chance, model._meta.get_field(name), row[name]) for name in unique if name != "id"}
    copy = model(**{**row, "id": fresh})
    copy.save_base(raw=True, force_insert=True)


def _slip_in_line(pk: int, number: int) -> None:
    """A line more at the end, joined and digested as a forger would."""
    last, line = Event.objects.get(number=number - 1), Event.objects.get(pk=pk)
    line.pk, line.number, line.before = None, number, last.digest
    line.digest = line.computed_digest()
    line.save(force_insert=True)
