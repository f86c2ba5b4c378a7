"""The typed model of a standard, loaded from YAML with every check that makes a broken file fail.

A standard is data: criteria, indicators, bands, classes of unit, inputs, legal references, the provenance of each
figure, dates of effect. An officer may edit the file, so every refusal names the file, the place in it and the reason,
in Vietnamese.
"""

from collections.abc import Hashable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from scoring.consistency import PlacedError, check_standard
from scoring.refusal import Refusal

STANDARDS_FOLDER = Path(__file__).parent / "standards"

Provenance = Literal["seen", "provisional"]
InputKind = Literal["count", "answer"]
IndicatorKind = Literal["answer", "ratio", "rate", "count"]

# Points are won at `numerator × scale ⋛ threshold × denominator`.
SCALES: dict[str, int] = {"ratio": 100, "rate": 10_000, "count": 1, "answer": 1}


class StandardError(Refusal):
    """A standard that can't be used; the message names the file, the place in it and the reason."""


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

    `part_of`: an upper bound to check. `survey`: the input counts those of a group who answered the satisfaction
    survey; the input that is part of it counts the satisfied.
    """

    id: str
    label: Text
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
        own = self.at_least if self.at_least is not None else self.at_most
        return self.mountainous if mountainous and self.mountainous is not None else own


class Indicator(_Model):
    """What points are given for: an answer, a count, a ratio in percent, or a rate per 10,000."""

    id: Text
    name: Text
    kind: IndicatorKind
    numerator: str
    denominator: str | None = None
    when_none: Literal["full", "zero"] | None = None
    bands: Annotated[tuple[Band, ...], Field(min_length=2)]

    @property
    def scale(self) -> int:
        """What the quotient is multiplied by before it is compared with a threshold."""
        return SCALES[self.kind]

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


class Recognition(_Model):
    """When a unit is recognised."""

    reference: Text
    no_criterion_at_zero: Literal[True]
    minimum_total: Annotated[dict[str, ClassMinimum], Field(min_length=1)]


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
    """A standard whose figures add up and whose names refer to each other."""

    id: Text
    title: Text
    subject: Text
    in_force: InForce
    read_on: date
    total_points: Annotated[int, Field(gt=0)]
    recognition: Recognition
    inputs: dict[str, Input]
    relations: tuple[Relation, ...] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators, in the order of the criteria."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

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
        return {one.id: criterion for criterion in self.criteria for one in criterion.indicators}[indicator_id]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        check_standard(self)
        return self


def load_standard(path: Path | str) -> Standard:
    """Read and check a standard.

    Raises
    ------
    StandardError
        Naming file, place in the file and reason: unreadable YAML, a repeated or unknown key, points that don't add
        up, bands in the wrong order, overlapping or leaving a gap, an input unknown or unused, a missing reference.
    """
    path = Path(path)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
        return Standard.model_validate(_with_ids(content))
    except (OSError, UnicodeDecodeError) as error:
        raise StandardError(f"{path.name}: không đọc được tệp ({error})") from error
    except yaml.YAMLError as error:
        raise StandardError(f"{path.name}: {_yaml_reason(error)}") from error
    except ValidationError as error:
        raise StandardError("\n".join(f"{path.name}: {reason}" for reason in _reasons(error))) from error


@cache
def get_standard(standard_id: str = "qd-06-2019") -> Standard:
    """The built-in standard of an id; raises StandardError."""
    return load_standard(STANDARDS_FOLDER / f"{standard_id}.yaml")


def list_standards() -> list[str]:
    """Ids of the built-in standards."""
    return sorted(path.stem for path in STANDARDS_FOLDER.glob("*.yaml"))


def standard_for_year(year: int) -> Standard:
    """The standard in force on 31 December of a year; the oldest one for years before any."""
    standards = sorted((get_standard(one) for one in list_standards()), key=lambda one: one.in_force.start)
    last_day = date(year, 12, 31)
    in_force = [
        one for one in standards if one.in_force.start <= last_day and (one.in_force.end or date.max) >= last_day
    ]
    return in_force[-1] if in_force else standards[0]


class _StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses a key given twice, which YAML otherwise drops in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in keys:
                raise yaml.constructor.ConstructorError(None, None, f"khóa “{key}” lặp lại", key_node.start_mark)
            keys.add(key)
        return super().construct_mapping(node, deep)


def _with_ids(content: Any) -> Any:
    """Give inputs the id that is their key, and criteria the number that is their place."""
    if not isinstance(content, dict):
        return content
    inputs = content.get("inputs")
    if isinstance(inputs, dict):
        content["inputs"] = {
            key: {"id": key, **value} if isinstance(value, dict) else value for key, value in inputs.items()
        }
    criteria = content.get("criteria")
    if isinstance(criteria, list):
        content["criteria"] = [
            {"number": number, **one} if isinstance(one, dict) else one for number, one in enumerate(criteria, start=1)
        ]
    return content


_REASONS = {
    "extra_forbidden": "khóa không có trong mẫu",
    "missing": "thiếu",
    "string_too_short": "để trống",
    "too_short": "thiếu phần tử",
    "literal_error": "giá trị không thuộc danh sách cho phép ({expected})",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "string_type": "phải là chữ",
    "greater_than": "phải lớn hơn {gt}",
    "greater_than_equal": "không được nhỏ hơn {ge}",
    "model_type": "phải có các khóa con",
    "model_attributes_type": "phải có các khóa con",
    "dict_type": "phải có các khóa con",
    "date_from_datetime_parsing": "phải là ngày, dạng 2019-01-03",
    "date_type": "phải là ngày, dạng 2019-01-03",
}


def _reasons(error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in one["loc"]).lstrip(".")
        cause = one.get("ctx", {}).get("error")
        if isinstance(cause, PlacedError):
            yield str(cause)
        elif one["type"] in _REASONS:
            yield f"{place}: {_REASONS[one['type']].format(**one.get('ctx', {}))}"
        else:
            yield f"{place}: {cause or one['msg']}"


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "không đúng cú pháp YAML"
    return f"dòng {mark.line + 1}: {problem}" if mark else problem
