"""How the figures of the demo are made: a rule an input, from `figures.yaml`, or by default from the bands."""

from fractions import Fraction
from functools import cache
from math import ceil, floor
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from scoring.standard import Indicator, Input, Standard

FIGURES_FILE = Path(__file__).parent / "figures.yaml"

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Size(_Rule):
    """The size of a unit: around `middle`, by the factor e^`spread` more or less, and growing each year."""

    how: Literal["size"] = "size"
    middle: Count
    spread: float
    least: Count
    most: Count
    growth: float = 0


class Between(_Rule):
    """Any number from `least` to `most`: the same each year, or a new one `yearly`."""

    how: Literal["between"] = "between"
    least: Count
    most: Count
    yearly: bool = False


class PartOf(_Rule):
    """A share of another figure: of `of`, or of what the input is a part of; up to `swing` more or less by unit."""

    how: Literal["share"] = "share"
    share: Share
    of: str | None = None
    swing: Share = 0


class Good(_Rule):
    """A share that should be high: it rises year by year, and is lower in weak units."""

    how: Literal["good"] = "good"
    share: Share
    of: str | None = None


class Poor(_Rule):
    """A share that should be low: it falls year by year, and is higher in weak units."""

    how: Literal["poor"] = "poor"
    share: Share
    of: str | None = None


class Cases(_Rule):
    """No case or one, in a share `chance` of the units; not less than the figure `at_least`."""

    how: Literal["cases"] = "cases"
    chance: Share
    at_least: str | None = None


class Incidents(_Rule):
    """A share around `usual` and at most `most`; above `peak` in a share `chance` of the units."""

    how: Literal["incidents"] = "incidents"
    usual: Share
    most: Share
    chance: Share
    peak: Share
    of: str | None = None


class YesNo(_Rule):
    """Yes in a share `chance` of the units."""

    how: Literal["answer"] = "answer"
    chance: Share


Rule = Annotated[
    Size | Between | PartOf | Good | Poor | Cases | Incidents | YesNo,
    Field(discriminator="how"),
]


@cache
def load_rules() -> dict[str, Rule]:
    """The rules of `figures.yaml` by input id.

    Raises
    ------
    pydantic.ValidationError
        For an unknown key or a value that a rule does not take.
    """
    content = yaml.safe_load(FIGURES_FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, Rule]).validate_python(content)


def choose_rule(standard: Standard, input_id: str) -> Rule:
    """The rule of an input: the file's, else one by its kind, its whole and the bands that it counts for."""
    return load_rules().get(input_id) or _default_rule(standard, standard.inputs[input_id])


def _default_rule(standard: Standard, figure: Input) -> Rule:
    if figure.kind == "answer":
        return YesNo(chance=0.9)
    counted = next((indicator for indicator in standard.indicators if indicator.numerator == figure.id), None)
    if counted is not None:
        return _rule_by_bands(counted)
    if figure.survey is not None:
        return Between(least=30, most=60, yearly=True)
    if figure.part_of is not None:
        return PartOf(share=0.2)
    return Size(middle=400, spread=0.5, least=60, most=3000)


def _rule_by_bands(indicator: Indicator) -> Rule:
    """Figures that reach the best band in most units, and miss it in some."""
    best = indicator.bands[0].threshold(False)
    assert best is not None  # the last band alone has none
    if indicator.denominator is None:
        return _rule_of_count(best, indicator.higher_is_better)
    share = min(best / indicator.scale, Fraction(1))
    if indicator.higher_is_better:
        return Good(share=float(min((1 + share) / 2, Fraction(98, 100))), of=indicator.denominator)
    return Poor(share=float(share * 4 / 5), of=indicator.denominator) if share else Cases(chance=0.1)


def _rule_of_count(best: Fraction, higher_is_better: bool) -> Rule:
    if higher_is_better:
        return Between(least=floor(best * 4 / 5), most=ceil(best * 3 / 2), yearly=True)
    return Between(least=0, most=ceil(best * 6 / 5), yearly=True) if best else Cases(chance=0.1)
