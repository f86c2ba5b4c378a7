"""A plain scalar implementation of the rules, written apart from the engine, with exact fractions."""

from fractions import Fraction


def score_unit(values: dict, standard, unit_class: str, mountainous: bool) -> dict:
    """Points by indicator (None: missing), by criterion (None: some missing), total and status of one unit."""
    indicators, criteria = {}, {}
    for criterion in standard.criteria:
        for indicator in criterion.indicators:
            indicators[indicator.id] = score_indicator(values, indicator, mountainous)
        own = [indicators[one.id] for one in criterion.indicators]
        criteria[criterion.id] = None if None in own else sum(own)
    total = sum(points for points in indicators.values() if points is not None)
    if None in indicators.values():
        status = "incomplete"
    elif any(is_broken(one, criteria, total, unit_class) for one in standard.recognition.conditions):
        status = "not_met"
    else:
        status = "met"
    return {"indicators": indicators, "criteria": criteria, "total": total, "status": status}


def is_broken(condition, criteria: dict, total: int, unit_class: str) -> bool:
    """Whether a condition of recognition does not hold for a unit whose figures are all known."""
    if condition.kind == "no_criterion_at_zero":
        return 0 in criteria.values()
    assert condition.kind == "minimum_total"
    return total < condition.classes[unit_class].points


def score_indicator(values: dict, indicator, mountainous: bool):
    """Points of one indicator, None when an input is missing."""
    numerator = values.get(indicator.numerator)
    if numerator is None:
        return None
    value = Fraction(numerator)
    if indicator.denominator is not None:
        denominator = values.get(indicator.denominator)
        if denominator is None:
            return None
        if denominator == 0:
            return indicator.bands[0 if indicator.when_none == "full" else -1].points
        value = Fraction(numerator, denominator) * indicator.unit.per
    for band in indicator.bands:
        own = band.at_least if band.at_least is not None else band.at_most
        if own is None:
            return band.points
        bound = band.mountainous if mountainous and band.mountainous is not None else own
        if (value >= bound) if band.at_least is not None else (value <= bound):
            return band.points
    raise AssertionError("the last band always holds")
