"""The rules of a standard as spreadsheet formulas: whole numbers compared, no division, nothing newer than Excel 2010.

The formulas are pieces without “=”. A quotient reaches a threshold where numerator × scale × divisor ≥ threshold ×
denominator; the right side is rounded to 3 places, which takes the binary error of a threshold such as 97.1 away and
is exact for thresholds of up to 3 decimals while the product stays below 10^12. Others stand as a fraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.standard import Indicator, Input
from scoring.words import ANSWER_WORDS, NO_DATA, STATUS_WORDS

_PLACES = 3


@dataclass(frozen=True)
class BandTerms:
    """Where a band stands in a formula: references to cells, or numbers.

    `plain` and `mountainous`: thresholds, divided by `divisor` and `mountainous_divisor` where these are not empty; the
    last band has none of them.
    """

    points: str
    plain: str = ""
    mountainous: str = ""
    divisor: str = ""
    mountainous_divisor: str = ""


def is_short_decimal(threshold: Fraction) -> bool:
    """Whether a threshold can be written with at most 3 decimals."""
    return 10**_PLACES % threshold.denominator == 0


def write_points(
    indicator: Indicator, numerator: str, denominator: str | None, is_mountainous: str, bands: Sequence[BandTerms]
) -> str:
    """Points of an indicator whose figures are known.

    Parameters
    ----------
    numerator, denominator : str
        Terms that are numbers; answers are 1 or 0. `denominator` is None for answers and counts.
    is_mountainous : str
        A condition.
    bands : sequence of BandTerms
        As many as the indicator has.
    """
    formula = bands[-1].points
    for band in reversed(bands[:-1]):
        formula = f"IF({_reaches(indicator, numerator, denominator, is_mountainous, band)},{band.points},{formula})"
    if denominator is None:
        return formula
    when_none = bands[0].points if indicator.when_none == "full" else bands[-1].points
    return f"IF({denominator}=0,{when_none},{formula})"


def write_points_or_no_data(
    indicator: Indicator, numerator: str, denominator: str | None, is_mountainous: str, bands: Sequence[BandTerms]
) -> str:
    """As `write_points` for cells that officers fill in: “Có”, “Không”, numbers; the marker where one is empty."""
    if indicator.kind == "answer":
        yes, no = (quote(ANSWER_WORDS[answer]) for answer in (1, 0))
        known = f"OR({numerator}={yes},{numerator}={no})"
        value = f"({numerator}={yes})*1"
    else:
        cells = [numerator] if denominator is None else [numerator, denominator]
        known = f"COUNT({','.join(cells)})={len(cells)}"
        value = numerator
    points = write_points(indicator, value, denominator, is_mountainous, bands)
    return f"IF({known},{points},{quote(NO_DATA)})"


def write_criterion(cells: str, indicators: int) -> str:
    """Points of a criterion whose indicators stand in the range `cells`; the marker where one is missing."""
    return f"IF(COUNT({cells})<{indicators},{quote(NO_DATA)},SUM({cells}))"


def write_minimum(unit_class: str, classes: str, minima: str) -> str:
    """The least total of a class: an exact match, because MATCH would read * and ? in a name as wildcards."""
    return f'IF(SUMPRODUCT(--({classes}={unit_class}))=1,SUMPRODUCT(({classes}={unit_class})*{minima}),"Chưa rõ loại")'


def write_conditions(kinds: Sequence[str], total: str, minimum: str, zeros: str) -> str:
    """Whether the conditions of recognition hold, each by its kind; `zeros`: the number of criteria at zero."""
    formulas = {"no_criterion_at_zero": f"{zeros}=0", "minimum_total": f"{total}>={minimum}"}
    return f"AND({','.join(formulas[kind] for kind in kinds)})"


def write_status(holds: str, minimum: str, missing: str, wrong: str) -> str:
    """The status word; `holds`: the conditions.

    A unit with wrong figures or an unknown class can't be judged, like one with missing figures.
    """
    incomplete, met, not_met = (quote(STATUS_WORDS[status]) for status in ("incomplete", "met", "not_met"))
    judged = f"IF({holds},{met},{not_met})"
    return f"IF(OR({missing}>0,{wrong}>0,NOT(ISNUMBER({minimum}))),{incomplete},{judged})"


def write_wrong(input_: Input, cell: str, whole: str | None) -> str:
    """How many things are wrong with a figure: text, below 0, not whole, more than what it is a part of."""
    if input_.kind == "answer":
        yes, no = (quote(ANSWER_WORDS[answer]) for answer in (1, 0))
        return f'({cell}<>"")*({cell}<>{yes})*({cell}<>{no})'
    unusable = f"ISTEXT({cell})+(N({cell})<0)+(N({cell})<>INT(N({cell})))"
    return unusable if whole is None else f"{unusable}+(COUNT({cell},{whole})=2)*({cell}>{whole})"


def quote(text: str) -> str:
    """A text as a literal of a formula."""
    return '"' + text.replace('"', '""') + '"'


def _reaches(
    indicator: Indicator, numerator: str, denominator: str | None, is_mountainous: str, band: BandTerms
) -> str:
    sign = ">=" if indicator.higher_is_better else "<="
    left = numerator if indicator.scale == 1 else f"{numerator}*{indicator.scale}"
    if band.divisor:
        left += f"*{_choose(is_mountainous, band.mountainous_divisor, band.divisor)}"
    right = _choose(is_mountainous, band.mountainous, band.plain)
    if denominator is not None:
        right = f"ROUND({right}*{denominator},{_PLACES})"
    return f"{left}{sign}{right}"


def _choose(condition: str, yes: str, no: str) -> str:
    return no if yes == no else f"IF({condition},{yes},{no})"
