"""The scenario on screen: in the session and in the address."""

import streamlit as st

from data.store import RoundKey
from reports.facts.assessment import Assessment
from scoring.scenario_model import (
    LAW,
    Scenario,
    ScenarioError,
    as_link,
    from_link,
    simplify_scenario,
)

LONGEST_LINK = 6000  # characters that every browser takes in an address
_STATE, _ROUND, _PARAMETER = "phuong_an_dang_thu", "phuong_an_lan", "phuong_an"


def get_scenario(round: RoundKey) -> Scenario:
    """The scenario of a round that is on screen: at first what the address holds, else the law."""
    if _STATE not in st.session_state:
        try:
            first = from_link(st.query_params.get(_PARAMETER, ""))
        except ScenarioError as error:
            st.warning(f"{error} Đang theo đúng luật.", icon=":material/link_off:")
            first = LAW
        st.session_state[_STATE] = {round: first}
    scenario: Scenario = st.session_state[_STATE].get(round, LAW)
    return scenario


def put_scenario(assessment: Assessment, scenario: Scenario) -> None:
    """Show another scenario, with controls that start from it."""
    keep_scenario(assessment, scenario)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def keep_scenario(assessment: Assessment, scenario: Scenario) -> None:
    """Keep the scenario that a control made; the control itself shows it already."""
    simple = simplify_scenario(scenario, assessment.standard, assessment.units, assessment.observations)
    st.session_state.setdefault(_STATE, {})[assessment.round.key] = simple


def save_link(scenario: Scenario) -> bool:
    """Put the scenario into the address, so that it survives a refresh; False where it is too long for that."""
    link = as_link(scenario)
    if link and len(link) <= LONGEST_LINK:
        st.query_params[_PARAMETER] = link
    else:
        st.query_params.pop(_PARAMETER, None)
    return len(link) <= LONGEST_LINK


def control_key(*parts: object) -> str:
    """Key of a control; others after `put_scenario`, so that the controls start from what was put."""
    return "_".join(["pa", str(st.session_state.get(_ROUND, 0)), *map(str, parts)])
