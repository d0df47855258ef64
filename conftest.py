"""What every test stands on: Vietnamese, no network, a home of its own, plain static files."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

_connect = socket.socket.connect


def _only_here(self: socket.socket, address: Any) -> Any:
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(address, tuple) and host not in {"127.0.0.1", "::1", "localhost"}:
        raise AssertionError(f"a test reached for the network: {address}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files, mail and clock of this test alone."""
    from dondoc.foundation import clock

    monkeypatch.setattr(socket.socket, "connect", _only_here)
    settings.DONDOC_HOME = tmp_path
    settings.STORAGES = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    clock._shift.cache_clear()
    yield
    clock._shift.cache_clear()
