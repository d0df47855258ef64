"""Static files are gathered once, and again when one of them changed or the gathered ones are gone."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from dondoc.config import running


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[str]:
    """What was asked of the gatherer; it only leaves its manifest behind."""
    settings.STATIC_ROOT = tmp_path / "static"
    asked: list[str] = []

    def gather(name: str, **_: object) -> None:
        asked.append(name)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        (Path(settings.STATIC_ROOT) / "staticfiles.json").write_text("{}", encoding="ascii")

    monkeypatch.setattr(running, "call_command", gather)
    return asked


def test_static_files_are_gathered_once(gathered: list[str]) -> None:
    running.collect_static()
    running.collect_static()

    assert gathered == ["collectstatic"]


def test_they_are_gathered_again_when_they_are_gone_or_changed(
    gathered: list[str], settings: Any, tmp_path: Path
) -> None:
    running.collect_static()
    shutil.rmtree(settings.STATIC_ROOT)
    running.collect_static()
    (tmp_path / "static-collected").write_text("another version", encoding="ascii")
    running.collect_static()

    assert gathered == ["collectstatic"] * 3
