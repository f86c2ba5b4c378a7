"""A scenario (“what if”) beside the law: who changes status. Nothing is stored, and the law's year stays as it is."""

from dataclasses import dataclass, replace

import pandas as pd

from reports.facts.assessment import Assessment
from scoring.engine import score
from scoring.scenario import apply_scenario
from scoring.scenario_model import Scenario
from scoring.scenario_words import Change, list_changes
from scoring.words import SCENARIO_LABEL, STATUS_WORDS

KIND_WORDS = {
    "gained": "Đạt nhờ phương án",
    "lost": "Mất kết quả đạt",
    "risen": "Tăng điểm",
    "fallen": "Giảm điểm",
    "same": "Giữ nguyên",
    "completed": "Đủ số liệu nhưng không đạt",
    "unknown": STATUS_WORDS["incomplete"],
}
STATUS_CHANGES = ("gained", "lost", "completed")


@dataclass(frozen=True)
class ScenarioCounts:
    """Units by what the scenario makes of them; `met_by_law` and `met` of all units."""

    units: int
    met_by_law: int
    met: int
    gained: int
    lost: int
    completed: int


def assess_scenario(assessment: Assessment, scenario: Scenario) -> Assessment:
    """The year as it would be by a scenario; nothing is stored, and the assessment stays as it is.

    Raises
    ------
    scoring.scenario_model.ScenarioError
        For a scenario that breaks a standard or a figure.
    """
    standard, units, observations = apply_scenario(
        scenario, assessment.standard, assessment.units, assessment.observations
    )
    if standard is assessment.standard:
        return assessment
    scores = score(observations, standard, units)
    return replace(assessment, standard=standard, units=units, observations=observations, scores=scores)


def list_scenario_changes(assessment: Assessment, scenario: Scenario) -> tuple[Change, ...]:
    """Each change against the law in words, with the scenario without it; of a scenario that is not refused."""
    return list_changes(scenario, assessment.standard, assessment.units, assessment.observations)


def compare_with_law(assessment: Assessment, changed: Assessment) -> pd.DataFrame:
    """Every unit by the law and by a scenario.

    Returns
    -------
    DataFrame
        Index `code`; columns `name`, `district_code`, `district`, `status_law`, `status`, `total_law`, `total`,
        `minimum_law`, `minimum` (points), `kind`: `gained` (met by the scenario only), `lost` (met by the law only),
        `completed` (incomplete by the law, not met by the scenario), `unknown` (incomplete), else `risen`, `fallen` or
        `same` by the total; and `label`, which says that this is no result.
    """
    law, now = assessment.frame, changed.frame
    both = pd.DataFrame(
        {
            "name": law["name"],
            "district_code": law["district_code"],
            "district": law["district"],
            "status_law": law["status"],
            "status": now["status"],
            "total_law": law["total"],
            "total": now["total"],
            "minimum_law": law["minimum"],
            "minimum": now["minimum"],
        }
    )
    columns = ["status_law", "status", "total_law", "total"]
    kinds = [_find_kind(*row) for row in both[columns].itertuples(index=False)]
    return both.assign(kind=pd.Series(kinds, index=both.index, dtype=str), label=SCENARIO_LABEL)


def count_scenario(compared: pd.DataFrame) -> ScenarioCounts:
    """Counts of `compare_with_law`."""
    kinds = compared["kind"].value_counts()
    return ScenarioCounts(
        units=len(compared),
        met_by_law=int((compared["status_law"] == "met").sum()),
        met=int((compared["status"] == "met").sum()),
        **{kind: int(kinds.get(kind, 0)) for kind in STATUS_CHANGES},
    )


def list_status_changes(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `compare_with_law` whose status changes: gained first, then lost, then completed."""
    return pd.concat([compared[compared["kind"] == kind] for kind in STATUS_CHANGES])


def _find_kind(status_law: str, status: str, total_law: int, total: int) -> str:
    if status == "incomplete":
        return "unknown"
    if "met" in (status_law, status) and status_law != status:
        return "gained" if status == "met" else "lost"
    if status_law == "incomplete":
        return "completed"
    if total == total_law:
        return "same"
    return "risen" if total > total_law else "fallen"
