"""The whole sample in the test database, loaded once for all modules of this folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from dondoc.config.sample import load
from dondoc.foundation import clock


def _at(home: Path) -> dict[str, Any]:
    """Settings under which the sample lives in ``home``."""
    return {
        "DONDOC_HOME": home,
        "STORAGES": {
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(home / "files"), "base_url": None},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }


@pytest.fixture(scope="package")
def _loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Load in a transaction that is never kept, around those of the tests."""
    home = tmp_path_factory.mktemp("sample")
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            with override_settings(**_at(home)):
                load("thanh-oai-2019")
            if connection.vendor == "postgresql":
                # Uncommitted rows are counted by nobody: it would plan for empty tables.
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")
            yield home
        finally:
            clock._shift.cache_clear()
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture
def sample(_loaded: Path, db: None, settings: Any) -> Iterator[Path]:
    """The sample as it stands on its own morning; what a test changes is undone."""
    for name, value in _at(_loaded).items():
        setattr(settings, name, value)
    # Wagtail looks each missing address up in a table no test here fills; the walks meet thousands.
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "redirects" not in each]
    clock._shift.cache_clear()
    yield _loaded
    clock._shift.cache_clear()
