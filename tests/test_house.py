"""Papers and code agree: settings, glossary, steps, frozen tables."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from dondoc.foundation.flow import Step
from tools.parts import SETTINGS

ROOT = Path(__file__).parents[1]
ROOMS = [config.name for config in apps.get_app_configs() if config.name.startswith("dondoc.")]
FROZEN = {
    "audit_event",
    "papers_paper",
    "criteria_criteriaset",
    "criteria_criterion",
    "criteria_section",
    "minutes_amendment",
    "minutes_amendmentsignature",
    "minutes_confirmation",
    "minutes_minutes",
    "minutes_onsitesignature",
    "minutes_reading",
    "minutes_signature",
    "inspections_answer",
    "inspections_answerchange",
    "inspections_evidence",
    "inspections_inspection",
    "inspections_selfreport",
    "inspections_selfreport_returned_items",
    "inspections_contest",
    "fieldwork_operation",
    "findings_feedbackround",
    "findings_feedbackpoint",
    "findings_feedbackfile",
    "findings_finding",
    "findings_conclusion",
    "findings_immediaterequest",
    "findings_immediatereply",
    "programmes_waiver",
    "sampling_population",
    "sampling_draw",
    "sampling_drawn",
    "sampling_replacement",
}


def _steps() -> Iterator[Step[Any, Any]]:
    for room in ROOMS:
        if (ROOT / Path(*room.split(".")) / "flow.py").exists():
            flow = importlib.import_module(f"{room}.flow")
            yield from (each for each in vars(flow).values() if isinstance(each, Step))


def test_every_setting_the_code_reads_is_in_the_paper_and_in_the_clean_environment() -> None:
    source = (ROOT / "dondoc/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs/settings.md").read_text(encoding="utf-8")))

    assert read - told == set()
    assert read - {*SETTINGS, "DONDOC_HOME"} == set()


def test_every_name_in_the_glossary_exists_in_the_code() -> None:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    places = [line.split("|")[3].strip() for line in lines if line.startswith("| ")][2:]
    assert len(places) > 50
    for place in places:
        room, *names = place.split(".")
        sources = list((ROOT / "dondoc" / room).glob("*.py"))
        defined = "\n".join(source.read_text(encoding="utf-8") for source in sources)
        for name in names:
            stands = re.search(rf"^\s*(class {name}\b|{name} ?[=:])", defined, re.MULTILINE)
            assert stands or any(source.stem == name for source in sources), place


def test_every_step_has_its_own_code_and_an_action_of_its_room() -> None:
    steps = list(_steps())
    codes = [step.code for step in steps]

    assert len(codes) > 20
    assert len(set(codes)) == len(codes)
    for code in codes:
        room = code.split(".")[0]
        assert (ROOT / "dondoc" / room / "actions.py").exists(), code


def test_statuses_are_assigned_by_take_alone() -> None:
    """Nobody else writes ``status =`` on a row or ``update(status=…)``."""
    assigning = re.compile(r"(\.status\s*=[^=])|(update\([^)]*\bstatus=)")
    found = []
    for room in ROOMS:
        for source in (ROOT / Path(*room.split("."))).glob("*.py"):
            for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1):
                if assigning.search(line):
                    found.append(f"{source.name}:{number}: {line.strip()}")
    assert found == []


@pytest.mark.django_db
def test_every_frozen_table_has_its_triggers() -> None:
    """SQLite drops triggers when a migration rebuilds a table; then this says which."""
    query = (
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'frozen_%'"
        if connection.vendor == "postgresql"
        else "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'frozen_%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}

    assert FROZEN - found == set()
