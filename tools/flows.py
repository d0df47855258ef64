"""``make draw``: one page of ``docs/flows/`` per room with steps, drawn from the steps themselves."""

from __future__ import annotations

import importlib
import inspect
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Choices, Model

from dondoc.foundation.flow import Step
from tools.parts import ROOT

FOLDER = ROOT / "docs" / "flows"
Steps = list[Step[Any, Any]]


def pages() -> dict[str, str]:
    """The text of every page by its file name. Asks for Django to be set up."""
    rooms = sorted(path.parent.name for path in (ROOT / "dondoc").glob("*/flow.py"))
    return {f"{room}.md": page(room) for room in rooms if room != "foundation"}


def page(room: str) -> str:
    flow = importlib.import_module(f"dondoc.{room}.flow")
    parts = [
        f"# {room}",
        inspect.getdoc(flow) or "",
        f"Drawn by `make draw` from `dondoc/{room}/flow.py`; not edited by hand.",
    ]
    for model, steps in by_model(room, [each for each in vars(flow).values() if isinstance(each, Step)]):
        parts += [f"## {model.__name__}: {model._meta.verbose_name}", diagram(model, steps), table(steps)]
    return "\n\n".join(parts) + "\n"


def by_model(room: str, steps: Steps) -> Iterator[tuple[type[Model], Steps]]:
    """The steps of each lifecycle, with the model that owns its statuses."""
    models = importlib.import_module(f"dondoc.{room}.models")
    for status in dict.fromkeys(type(step.target) for step in steps):
        owner = next(each for each in vars(models).values() if getattr(each, "Status", None) is status)
        yield owner, [step for step in steps if type(step.target) is status]


def diagram(model: type[Model], steps: Steps) -> str:
    """Mermaid: every status by its Vietnamese name, every arrow by the words on its button."""
    statuses: type[Choices] = type(steps[0].target)  # type: ignore[assignment]
    first = getattr(model(), steps[0].field)
    left = {source for step in steps for source in order(step)}
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{status.label}" as {status.value}' for status in statuses]
    lines.append(f"    [*] --> {first}")
    lines += [f"    {source} --> {step.target}: {step.label}" for step in steps for source in order(step)]
    lines += [f"    {status.value} --> [*]" for status in statuses if str(status.value) not in left]
    return "\n".join(["```mermaid", *lines, "```"])


def table(steps: Steps) -> str:
    """Code, words, arrow and rule of every step."""
    rows = ["| step | button | from | to | rule |", "| --- | --- | --- | --- | --- |"]
    for step in steps:
        sources = ", ".join(order(step))
        rows.append(f"| `{step.code}` | {step.label} | {sources} | {step.target} | `{step.may.__name__}` |")
    return "\n".join(rows)


def order(step: Step[Any, Any]) -> list[str]:
    """The statuses a step leaves, in the order in which they are declared."""
    return [str(status) for status in type(step.target) if status in step.sources]  # type: ignore[attr-defined]


def draw() -> None:
    """Write every page, and take away those of rooms that no longer have steps."""
    drawn = pages()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in drawn:
            old.unlink()
    for name, text in drawn.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(Path("docs/flows") / name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="dondoc-flows-") as home:
        os.environ.update(DONDOC_HOME=home, DJANGO_SETTINGS_MODULE="dondoc.config.settings")
        import django

        django.setup()
        draw()
