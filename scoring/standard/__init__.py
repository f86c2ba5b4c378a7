"""A standard as data: what others need of it."""

from scoring.standard.load import (
    STANDARDS_FOLDER,
    StandardError,
    get_standard,
    list_standards,
    load_standard,
    standard_for_year,
)
from scoring.standard.model import PERCENT, Band, Criterion, Indicator, Input, Relation, Standard, Threshold

__all__ = [
    "PERCENT",
    "STANDARDS_FOLDER",
    "Band",
    "Criterion",
    "Indicator",
    "Input",
    "Relation",
    "Standard",
    "StandardError",
    "Threshold",
    "get_standard",
    "list_standards",
    "load_standard",
    "standard_for_year",
]
