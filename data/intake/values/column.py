"""A column as read: its values, and what is wrong with which cell."""

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np

MISSING = -1  # in `Column.values`; every value that is one is 0 or more
DASHES = frozenset(("-", "–", "—", "−", "..", "...", "…"))  # say that there is nothing to say
ERROR_VALUE = re.compile(r"^(?:#[A-Z0-9/!?]+|Err:\d+)$", re.IGNORECASE)

# What a cell says: its value, the code of a finding where it can't be used, and the words of that finding.
CellReading = tuple[int, str | None, dict[str, Any]]


@dataclass
class Column:
    """A column as read: `values` (int64, MISSING where there is none), and what is wrong with which position.

    `problems`: position, code of the finding and its words. `repaired`: positions of texts that were read as numbers.
    `rewritten`: positions of texts of which a part that is struck through or raised was not read.
    `marks_only`: an answer column of marks alone, in which empty cells are No.
    """

    values: np.ndarray
    problems: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    repaired: list[int] = field(default_factory=list)
    rewritten: list[int] = field(default_factory=list)
    marks_only: int = 0
