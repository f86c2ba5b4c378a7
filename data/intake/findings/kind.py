"""A kind of finding: how grave it is and its words."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITY_WORDS: dict[Severity, str] = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Ghi chú"}


@dataclass(frozen=True)
class Kind:
    """A kind of finding: `message` and `mend` are templates that `make_finding` fills.

    `explainable`: a warning that an officer can answer with a reason, which stays with the unit and the input.
    """

    code: str
    severity: Severity
    title: str
    message: str
    mend: str
    explainable: bool = False
