"""The drawn lifecycles are those of the steps."""

from tools import flows


def test_the_pages_say_what_the_steps_say() -> None:
    drawn = flows.pages()
    kept = {path.name: path.read_text(encoding="utf-8") for path in flows.FOLDER.glob("*.md")}

    assert len(drawn) >= 7
    assert kept == drawn, "docs/flows/ differs from the steps: run `make draw` and commit what it wrote"


def test_every_status_but_the_first_is_reached_by_a_step() -> None:
    """A status without an arrow into it could only be written past the record."""
    for text in flows.pages().values():
        states = {line.split(" as ")[1] for line in text.splitlines() if line.startswith('    state "')}
        reached = {line.split(" --> ")[1].split(":")[0] for line in text.splitlines() if " --> " in line}
        assert states - reached == set()
