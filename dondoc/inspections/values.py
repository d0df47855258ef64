"""The values of answers, as rooms from here up speak of them; shapes and rules are those of the criteria.

They live with the criteria because a set is tried out, and its show-if conditions are judged, before any
inspection exists.
"""

from dondoc.criteria.values import (
    CHOICES,
    LONGEST,
    LONGEST_CELL,
    MAY_BE_MISSING,
    MOST,
    MOST_PHOTOS,
    MOST_POINTS,
    MOST_ROWS,
    Item,
    NotClean,
    Value,
    amount,
    cells,
    clean,
    columns,
    formula,
    found,
    is_judged,
    result_of,
    share_of,
    share_text,
    shown,
    thresholds,
)

__all__ = [
    "CHOICES",
    "LONGEST",
    "LONGEST_CELL",
    "MAY_BE_MISSING",
    "MOST",
    "MOST_PHOTOS",
    "MOST_POINTS",
    "MOST_ROWS",
    "Item",
    "NotClean",
    "Value",
    "amount",
    "cells",
    "clean",
    "columns",
    "formula",
    "found",
    "is_judged",
    "result_of",
    "share_of",
    "share_text",
    "shown",
    "thresholds",
]
