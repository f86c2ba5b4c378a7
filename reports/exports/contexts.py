"""What exports are made of: an area of a round, a unit, a table on screen, an action list, a scenario, a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from data.text.names import slug
from reports.facts.areas import Area, area_of_district, area_of_round
from reports.facts.assessment import Assessment
from reports.facts.comparison import Comparison, compare
from scoring.explain import UnitTrace
from scoring.scenario_words import Change
from scoring.standard import Standard
from shapes.layers.layers import View


@dataclass(frozen=True)
class _OfAssessment:
    assessment: Assessment
    made_on: date

    @property
    def year(self) -> int:
        return self.assessment.round.year

    @property
    def demo(self) -> bool:
        return self.assessment.demo

    @property
    def stem(self) -> str:
        return ""


@dataclass(frozen=True)
class AreaContext(_OfAssessment):
    """A round's whole area, or one district of it.

    `assessment`, `before`: of the whole area; `district_code`: None for the whole.
    """

    before: Assessment | None = None
    district_code: str | None = None

    @cached_property
    def part(self) -> Assessment:
        """The assessment of the area itself."""
        if self.district_code is None:
            return self.assessment
        return self.assessment.restrict_to_district(self.district_code)

    @cached_property
    def part_before(self) -> Assessment | None:
        """The year before, of the area itself."""
        if self.before is None or self.district_code is None:
            return self.before
        return self.before.restrict_to_district(self.district_code)

    @cached_property
    def comparison(self) -> Comparison | None:
        """The area beside the year before; None without one."""
        return None if self.part_before is None else compare(self.part_before, self.part)

    @cached_property
    def area(self) -> Area:
        """What the area is called."""
        if self.district_code is None:
            return area_of_round(self.assessment)
        return area_of_district(self.assessment, self.district_code)

    @property
    def place(self) -> str:
        """The area as the scope of a file: “toàn tỉnh”, “huyện Chi Lăng”."""
        return self.area.whole

    @property
    def stem(self) -> str:
        return self.area.stem

    @property
    def demo(self) -> bool:
        return self.part.demo


@dataclass(frozen=True)
class UnitContext(_OfAssessment):
    """One unit; `explain` gives the trace of its points."""

    code: str
    explain: Callable[[str], UnitTrace]

    @property
    def name(self) -> str:
        """The unit's name."""
        return str(self.assessment.frame.at[self.code, "name"])

    @property
    def stem(self) -> str:
        return f"{self.code}-{slug(self.name)}"

    @property
    def demo(self) -> bool:
        return self.code in self.assessment.demo_units


@dataclass(frozen=True)
class TableContext(_OfAssessment):
    """Units as a page lists them; `rows`: of `Assessment.frame`, in the order of the page."""

    rows: pd.DataFrame


@dataclass(frozen=True)
class ActionsContext(_OfAssessment):
    """An action list; `table`: columns `unit`, `district`, `step`, `owner` (str), `due_date` (date), `done` (bool)."""

    table: pd.DataFrame


@dataclass(frozen=True)
class WhatIfContext(_OfAssessment):
    """A scenario beside the law.

    `assessment`: by the scenario; `compared`: as `reports.facts.what_if.compare_with_law`; `changes`: in words;
    `name`: how it was saved, or empty; `view`: of its map.
    """

    compared: pd.DataFrame
    changes: tuple[Change, ...]
    name: str = ""
    view: View = "boundaries"


@dataclass(frozen=True)
class FormContext:
    """The form to collect a year's figures in; `units`: those that it is filled in with, `district_code`: of them."""

    standard: Standard
    units: pd.DataFrame
    year: int
    made_on: date
    district_code: str | None = None
    demo: bool = False

    @property
    def stem(self) -> str:
        return self.district_code or ""


@dataclass(frozen=True)
class ReturnedContext:
    """An officer's own workbook with its findings; `mark` writes them in, `name` is the workbook's own name."""

    name: str
    mark: Callable[[], bytes]
    year: int
    made_on: date
    demo: bool = False

    @property
    def stem(self) -> str:
        return slug(self.name.rsplit(".", 1)[0])
