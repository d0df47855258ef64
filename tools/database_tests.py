"""A pytest plugin for the second run: only what can differ between databases.

``-p tools.database_tests`` leaves out the journeys, which are about the browser, those marked ``once``, and
every test that never opens the database.
"""

from __future__ import annotations

import pytest

OPENS = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        (kept if asks_the_database(item) else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("journey") or item.get_closest_marker("once"):
        return False
    if item.get_closest_marker("django_db"):
        return True
    return not OPENS.isdisjoint(getattr(item, "fixturenames", ()))
