"""Which surface forms our own texts serve, and how each is read: ``python -m dondoc.reading.tests.forms``.

A text carries several forms, so a citation counts for each form of its text; a form far below the
others is where to look.
"""

import sys
from collections import defaultdict

from dondoc.reading import read
from dondoc.reading.tests.scoring import OWN, Tally, compare, texts

COLUMNS = ("recall", "dates", "issuers", "relations", "contents")


def by_form() -> dict[str, tuple[list[str], Tally]]:
    """Form to the texts that serve it and how they are read."""
    forms: dict[str, tuple[list[str], Tally]] = defaultdict(lambda: ([], Tally()))
    for name, text, gold in texts(OWN):
        found = read(text).as_json()
        for form in gold["meta"]["forms"]:
            names, tally = forms[form]
            names.append(name)
            compare(gold, found, tally)
            spans = {(item["start"], item["end"]) for item in found["citations"]}
            seen = [any(a < c["end"] and c["start"] < b for a, b in spans) for c in gold["citations"]]
            tally.add("recall", sum(seen), len(seen))
    return dict(forms)


def main() -> None:
    """One line for each form, the weakest first."""
    rows = sorted(by_form().items(), key=lambda row: [row[1][1].share(column) for column in COLUMNS])
    sys.stdout.write(f"{'form':64}{''.join(f'{column:>10}' for column in COLUMNS)}  texts\n")
    for form, (names, tally) in rows:
        shares = "".join(
            f"{tally.share(column):10.2f}" if tally.asked[column] else f"{'-':>10}" for column in COLUMNS
        )
        sys.stdout.write(f"{form[:63]:64}{shares}  {', '.join(names)}\n")


if __name__ == "__main__":
    main()
