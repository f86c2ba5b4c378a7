"""A column as read: its values, and what is wrong with which cell."""

import re
from collections.abc import Callable, Hashable, Sequence
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


def read_alike(
    keys: Sequence[Hashable], read: Callable[[Any], CellReading]
) -> tuple[Column, dict[int, dict[str, Any]]]:
    """Read a column in which many cells say the same: each of its distinct `keys` is read once.

    Returns
    -------
    Column
        The values and what is wrong with which position.
    dict
        The words of the readings that have some beside a value, by position.
    """
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    readings = [read(key) for key in numbers]
    kinds = np.fromiter(map(numbers.__getitem__, keys), dtype=np.int64, count=len(keys))
    column = Column(np.array([value for value, _, _ in readings], dtype=np.int64)[kinds])
    telling = np.array([code is not None or bool(words) for _, code, words in readings], dtype=bool)
    said: dict[int, dict[str, Any]] = {}
    for position in np.flatnonzero(telling[kinds]).tolist():
        _, code, words = readings[kinds[position]]
        if code is not None:
            column.problems.append((position, code, words))
        else:
            said[position] = words
    return column, said


def tell_apart(raws: Sequence[Any]) -> Sequence[tuple[type, Any]]:
    """Cells as keys: an int equals a float and a bool of the same value, but they don't read alike."""
    return list(zip(map(type, raws), raws, strict=True))
