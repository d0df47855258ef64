"""The drawn lifecycles are those of the steps."""

from tools import flows


def test_the_pages_say_what_the_steps_say() -> None:
    drawn = flows.pages()
    kept = {path.name: path.read_text(encoding="utf-8") for path in flows.FOLDER.glob("*.md")}

    assert len(drawn) >= 7
    assert kept == drawn, "docs/flows/ differs from the steps: run `make draw` and commit what it wrote"


def test_every_status_but_the_first_is_reached_by_a_step() -> None:
    """A status without an arrow into it could only be written past the record; two rooms may share one."""
    states: dict[str, set[str]] = {}
    reached: dict[str, set[str]] = {}
    for text in flows.pages().values():
        for part in text.split("\n## ")[1:]:
            model, *lines = part.splitlines()
            named = {line.split(" as ")[1] for line in lines if line.startswith('    state "')}
            into = {line.split(" --> ")[1].split(":")[0] for line in lines if " --> " in line}
            states.setdefault(model, set()).update(named)
            reached.setdefault(model, set()).update(into)

    assert {model: found - reached[model] for model, found in states.items()} == {
        model: set() for model in states
    }
