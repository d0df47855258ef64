"""Sections of a set: made at loading, given to older sets by a migration, final with their set."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from dondoc.criteria import actions
from dondoc.criteria.models import Criterion, Section
from dondoc.criteria.tests.builders import DRAFTED_AT, a_criteria_set
from dondoc.people.tests.builders import an_approver

given = import_module("dondoc.criteria.migrations.0003_a_section_for_each_field")


@pytest.mark.django_db
def test_every_field_is_a_root_section_in_the_order_of_its_items() -> None:
    criteria = a_criteria_set()
    loaded = list(criteria.sections.values_list("code", "position", "parent"))

    editor = connection.schema_editor()
    given.unite(apps, editor)
    assert not Section.objects.exists()
    given.divide(apps, editor)  # as for a set from before there were sections

    assert loaded == list(criteria.sections.values_list("code", "position", "parent"))
    assert [code for code, *_ in loaded] == ["CDDH", "TTHC", "CD"]
    assert all(item.section and item.section.code == item.field for item in criteria.items.all())


@pytest.mark.django_db
def test_sections_of_an_issued_set_are_as_final_as_its_items() -> None:
    criteria, draft = a_criteria_set(), a_criteria_set()
    actions.issue(criteria, by=an_approver(), at=DRAFTED_AT)
    sections = criteria.sections.all()
    attempts: list[Callable[[], object]] = [
        lambda: sections.update(title="Khác"),
        lambda: sections.filter(code="CD").delete(),
        lambda: criteria.sections.create(code="MOI", title="Mới", position=9),
        lambda: draft.sections.filter(code="CD").update(criteria=criteria, code="X", position=9),
        lambda: criteria.items.update(hint="Khác"),
        lambda: criteria.items.update(options=[{"code": "A", "label": "A", "result": None}]),
        lambda: Criterion.objects.filter(criteria=criteria).update(shown_if=None, applies_to=["WARD"]),
    ]

    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()

    assert list(sections.values_list("title")) == list(draft.sections.values_list("title"))
