"""The typed model of a standard: criteria, indicators, bands, classes of unit, inputs, references, dates of effect.

What one part says stands here; that the parts hold together is checked in `consistency`, and the file is read in
`load`.
"""

from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scoring.standard.edges import MOST_EDGES, choose_edges

Provenance = Literal["seen", "provisional"]
InputKind = Literal["count", "answer"]
IndicatorKind = Literal["answer", "ratio", "rate", "count"]

_MOST_PER = 10**6


def _exact(value: Any) -> Any:
    """Thresholds are exact: 97.5 in the file is 195/2, not the nearest binary fraction."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    try:
        return Fraction(str(value))
    except ValueError:
        raise ValueError("ngưỡng phải là số") from None


Threshold = Annotated[Fraction, BeforeValidator(_exact)]
Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Input(_Model):
    """What a unit reports for a year.

    `aliases`: what officers call it in the headers of their tables, as good as the label. `part_of`: an upper bound to
    check. `survey`: the input counts those of a group who answered the satisfaction survey; the input that is part of
    it counts the satisfied.
    """

    id: str
    label: Text
    aliases: tuple[Text, ...] = ()
    kind: InputKind
    part_of: str | None = None
    survey: Literal["children", "adults"] | None = None
    help: Text


class Band(_Model):
    """Points won where the value is at least (or at most) a threshold; the last band has none.

    `mountainous` is the threshold for mountainous units where it differs.
    """

    at_least: Threshold | None = None
    at_most: Threshold | None = None
    mountainous: Threshold | None = None
    points: Annotated[int, Field(ge=0)]
    provenance: Provenance

    def threshold(self, mountainous: bool) -> Fraction | None:
        """The threshold that holds for a unit; None in the last band."""
        threshold = self.at_least if self.at_least is not None else self.at_most
        return self.mountainous if mountainous and self.mountainous is not None else threshold


class Unit(_Model):
    """What a quotient is told in: so many for each `per` of what the denominator counts, in words `of`."""

    per: Annotated[int, Field(gt=1, le=_MOST_PER)]
    of: Text


PERCENT = Unit(per=100, of="%")


def _read_unit(value: Any) -> Any:
    if value == "percent":
        return PERCENT
    if isinstance(value, str):
        raise ValueError("đơn vị là percent, hoặc {per: 10000, of: trẻ}")
    return value


class Indicator(_Model):
    """What points are given for: an answer, a count, a ratio in percent, or a rate per so many.

    `unit` of a ratio or a rate gives the scale of its thresholds: points are won where
    numerator × `scale` ⋛ threshold × denominator.
    """

    id: Text
    name: Text
    kind: IndicatorKind
    numerator: str
    denominator: str | None = None
    unit: Annotated[Unit | None, BeforeValidator(_read_unit)] = None
    when_none: Literal["full", "zero"] | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]

    @property
    def scale(self) -> int:
        """What the quotient is multiplied by before it is compared with a threshold."""
        return 1 if self.unit is None else self.unit.per

    @property
    def max_points(self) -> int:
        """Points of the first band."""
        return self.bands[0].points

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the inputs that the indicator needs."""
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def higher_is_better(self) -> bool:
        """Whether the thresholds are lower bounds."""
        return self.bands[0].at_least is not None


class Relation(_Model):
    """The sum of `parts` should not be above `at_most`; a warning where it is."""

    parts: Annotated[tuple[str, ...], Field(min_length=1)]
    at_most: str
    because: Text


class Points(_Model):
    """Points with the provenance of the figure."""

    points: Annotated[int, Field(gt=0)]
    provenance: Provenance


class Criterion(_Model):
    """A criterion of the standard with its indicators."""

    id: Text
    number: int
    name: Text
    reference: Text
    maximum: Points = Field(alias="max_points")
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @property
    def max_points(self) -> int:
        """The most that the criterion can give."""
        return self.maximum.points


class ClassMinimum(Points):
    """Minimum total of a class of unit."""

    label: Text


class MinimumTotal(_Model):
    """A condition of recognition: the total reaches the minimum of the unit's class."""

    kind: Literal["minimum_total"]
    classes: Annotated[dict[str, ClassMinimum], Field(min_length=1)]


class NoCriterionAtZero(_Model):
    """A condition of recognition: no criterion has 0 points."""

    kind: Literal["no_criterion_at_zero"]


Condition = Annotated[MinimumTotal | NoCriterionAtZero, Field(discriminator="kind")]
CONDITION_KINDS = ("minimum_total", "no_criterion_at_zero")


class Recognition(_Model):
    """When a unit is recognised: where all conditions hold. What a kind asks stands in `scoring.conditions`."""

    reference: Text
    conditions: tuple[Condition, ...]

    @property
    def minimum_total(self) -> dict[str, ClassMinimum]:
        """The classes of units with their minimum totals."""
        return next(condition.classes for condition in self.conditions if isinstance(condition, MinimumTotal))

    @property
    def zero_knocks_out(self) -> bool:
        """Whether a unit with a criterion at 0 points is not recognised, whatever its total."""
        return any(isinstance(condition, NoCriterionAtZero) for condition in self.conditions)

    def with_minimum_total(self, classes: dict[str, ClassMinimum]) -> Self:
        """The same conditions with other minimum totals."""
        conditions = tuple(
            condition.model_copy(update={"classes": classes}) if isinstance(condition, MinimumTotal) else condition
            for condition in self.conditions
        )
        return self.model_copy(update={"conditions": conditions})


class InForce(_Model):
    """Dates of effect; `to` is None while no other standard replaces it."""

    start: date = Field(alias="from")
    end: date | None = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("ngày hết hiệu lực đứng trước ngày có hiệu lực")
        return self


class Standard(_Model):
    """A standard whose figures add up and whose names refer to each other.

    `map_edges`: totals at which a colour of a map begins, where the computed ones (`total_edges`) do not fit.
    `abbreviations`: words of the labels as officers shorten them in headers (“tcmr”: tiêm chủng đầy đủ).
    """

    id: Text
    title: Text
    subject: Text
    in_force: InForce
    read_on: date
    total_points: Annotated[int, Field(gt=0)]
    map_edges: Annotated[tuple[int, ...], Field(min_length=1, max_length=MOST_EDGES)] | None = None
    recognition: Recognition
    inputs: dict[str, Input]
    abbreviations: dict[str, Text] = Field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the criteria."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @property
    def total_edges(self) -> tuple[int, ...]:
        """Totals at which a colour class begins, ascending, above 0; at most `MOST_EDGES`."""
        if self.map_edges is not None:
            return self.map_edges
        minimums = [minimum.points for minimum in self.recognition.minimum_total.values()]
        return choose_edges(self.total_points, minimums)

    @cached_property
    def provisional(self) -> bool:
        """Whether any figure is not yet checked against the decision."""
        figures: list[Any] = [band for indicator in self.indicators for band in indicator.bands]
        figures += [criterion.maximum for criterion in self.criteria]
        figures += self.recognition.minimum_total.values()
        return any(figure.provenance == "provisional" for figure in figures)

    def get_criterion(self, criterion_id: str) -> Criterion:
        """The criterion of an id; raises KeyError."""
        return {criterion.id: criterion for criterion in self.criteria}[criterion_id]

    def criterion_of(self, indicator_id: str) -> Criterion:
        """The criterion that an indicator belongs to; raises KeyError."""
        return {indicator.id: criterion for criterion in self.criteria for indicator in criterion.indicators}[
            indicator_id
        ]
