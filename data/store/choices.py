"""What an officer confirmed about a file, as the store keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choices:
    """`columns`: id or role (`data.intake.table.columns.ROLES`) by header key; `units`: unit code by question key.

    `by` says who confirmed them and when, for the note that tells of it.
    """

    columns: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    by: str = ""

    def __bool__(self) -> bool:
        return bool(self.columns or self.units)

    def as_json(self) -> dict[str, Any]:
        """The choices as a row keeps them, without who confirmed them."""
        return {"columns": dict(self.columns), "units": dict(self.units)}


def read_choices(row: Mapping[str, Any], by: str = "") -> Choices:
    """The choices that `Choices.as_json` made."""
    return Choices(dict(row["columns"]), dict(row["units"]), by)
