"""How the tests recount by hand: units alike, units with all figures; how many examples they try."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as some

MANY = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SEEDS = some.integers(0, 10_000)


def list_like(assessment, code: str) -> list[str]:
    alike = dict(
        zip(
            assessment.units.index,
            zip(assessment.units["unit_class"], assessment.units["mountainous"], strict=True),
            strict=True,
        )
    )
    return [unit for unit in alike if alike[unit] == alike[code]]


def complete_units(assessment) -> list[str]:
    statuses = assessment.frame["status"].to_dict()
    return [code for code, status in statuses.items() if status != "incomplete"]
