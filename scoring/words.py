"""Vietnamese words of scores, each once; numbers and dates the Vietnamese way. More words stand in `data.text`."""

from datetime import date, datetime
from fractions import Fraction

from babel.dates import format_date as babel_date
from babel.numbers import format_decimal

from scoring.moments import as_in_vietnam
from scoring.scores import NOT_ARISEN_BAND
from scoring.standard import PERCENT, Indicator, Standard

STATUS_WORDS = {"met": "Đạt", "not_met": "Không đạt", "incomplete": "Chưa đủ số liệu"}
MOUNTAINOUS_WORDS = {True: "Miền núi", False: "Không phải miền núi"}
ANSWER_WORDS = {1: "Có", 0: "Không"}
CONDITION_WORDS = {
    "minimum_total": "đủ tổng điểm tối thiểu của loại đơn vị",
    "no_criterion_at_zero": "không có tiêu chí nào bị 0 điểm",
}
NO_DATA = "Chưa có số liệu"
NOT_ARISEN = "không phát sinh"
CLASS_WORD = "Loại đơn vị"
PROVISIONAL_LABEL = "tạm tính"
SCENARIO_LABEL = "Phương án thử, không phải kết quả"

_LOCALE = "vi_VN"
_DECIMALS_AT_MOST = 6


def format_number(value: int | float | Fraction, decimals: int = 0, signed: bool = False) -> str:
    """“1.234,5”; at most `decimals` places, none that are 0; `signed` puts a + before what is above 0."""
    if isinstance(value, int) and not signed:
        return f"{value:,}".replace(",", ".")  # as below, a hundred times faster
    places = "#" * decimals
    pattern = f"#,##0.{places}" if places else "#,##0"
    exact = value if isinstance(value, int | float) else value.numerator / value.denominator
    text = format_decimal(exact, format=pattern, locale=_LOCALE)
    return f"+{text}" if signed and value > 0 else text


def format_percent(numerator: int, denominator: int, decimals: int = 1) -> str:
    """“97,9 %”: cut, not rounded, so that a share below a threshold never reads as having reached it.

    A denominator of 0 gives “–”.
    """
    if denominator == 0:
        return "–"
    return f"{format_quotient(Fraction(numerator * 100, denominator), decimals)} %"


def format_quotient(value: Fraction, decimals: int = 1) -> str:
    """A quotient cut after `decimals` places, in Vietnamese digits."""
    power = 10**decimals
    cut = Fraction(value.numerator * power // value.denominator, power)
    return format_number(cut, decimals)


def format_beside(value: Fraction, thresholds: list[Fraction]) -> str:
    """A quotient with as many places as it takes to be on the same side of each threshold as the exact value.

    97,96 is not shown as 98, nor 5,04 as 5, where 98 or 5 is a threshold.
    """
    for decimals in range(1, _DECIMALS_AT_MOST + 1):
        rounded = Fraction(round(value * 10**decimals), 10**decimals)
        if all(_side(rounded, bound) == _side(value, bound) for bound in thresholds):
            break
    return format_number(rounded, decimals)


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)


def format_date(value: date | datetime) -> str:
    """“15/11/2022”; of a moment the day in Việt Nam."""
    day = as_in_vietnam(value) if isinstance(value, datetime) else value
    return babel_date(day, format="dd/MM/yyyy", locale=_LOCALE)


def format_moment(moment: datetime) -> str:
    """“06:30 ngày 15/11/2022”, in Việt Nam's time."""
    return f"{as_in_vietnam(moment):%H:%M} ngày {format_date(moment)}"


def describe_unit(indicator: Indicator) -> str:
    """What an indicator's quotient is told in: “%”, “trên 10.000 trẻ”; empty for answers and counts."""
    if indicator.unit is None or indicator.unit == PERCENT:
        return "" if indicator.unit is None else PERCENT.of
    return f"trên {format_number(indicator.unit.per)} {indicator.unit.of}"


def describe_conditions(standard: Standard) -> str:
    """When a unit is recognised: “đủ tổng điểm tối thiểu của loại đơn vị và không có tiêu chí nào bị 0 điểm”."""
    order = list(CONDITION_WORDS)
    kinds = sorted((condition.kind for condition in standard.recognition.conditions), key=order.index)
    return " và ".join(CONDITION_WORDS[kind] for kind in kinds)


def describe_band(indicator: Indicator, number: int, mountainous: bool) -> str:
    """A band in words: “từ 98 % trở lên”, “từ 5 trên 10.000 trẻ trở xuống”, “Có”, “các trường hợp còn lại”."""
    if number == NOT_ARISEN_BAND:
        return NOT_ARISEN
    band = indicator.bands[number]
    bound = band.threshold(mountainous)
    if indicator.kind == "answer":
        return ANSWER_WORDS[0 if bound is None else 1]
    if bound is None:
        return "các trường hợp còn lại"
    if bound == 0 and band.at_most is not None:
        return "không có trường hợp nào"
    text = format_number(bound, _DECIMALS_AT_MOST)
    value = f"{text} {describe_unit(indicator)}".rstrip()
    if bound == PERCENT.per and indicator.unit == PERCENT and band.at_least is not None:
        return value
    return f"từ {value} trở lên" if band.at_least is not None else f"từ {value} trở xuống"
