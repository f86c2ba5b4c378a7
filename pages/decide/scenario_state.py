"""The scenario on screen: in the session and in the address."""

import streamlit as st

from data.store import RoundKey
from pages.parts import keys
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


def get_scenario(round: RoundKey) -> Scenario:
    """The scenario of a round that is on screen: at first what the address holds, else the law."""
    if keys.SCENARIOS not in st.session_state:
        try:
            first = from_link(st.query_params.get(keys.SCENARIO, ""))
        except ScenarioError as error:
            st.warning(f"{error} Đang theo đúng luật.", icon=":material/link_off:")
            first = LAW
        st.session_state[keys.SCENARIOS] = {round: first}
    scenario: Scenario = st.session_state[keys.SCENARIOS].get(round, LAW)
    return scenario


def put_scenario(assessment: Assessment, scenario: Scenario) -> None:
    """Show another scenario, with controls that start from it."""
    keep_scenario(assessment, scenario)
    st.session_state[keys.SCENARIO_TURN] = st.session_state.get(keys.SCENARIO_TURN, 0) + 1


def keep_scenario(assessment: Assessment, scenario: Scenario) -> None:
    """Keep the scenario that a control made; the control itself shows it already."""
    simple = simplify_scenario(scenario, assessment.standard, assessment.units, assessment.observations)
    st.session_state.setdefault(keys.SCENARIOS, {})[assessment.round.key] = simple


def save_link(scenario: Scenario) -> bool:
    """Put the scenario into the address, so that it survives a refresh; False where it is too long for that."""
    link = as_link(scenario)
    if link and len(link) <= LONGEST_LINK:
        st.query_params[keys.SCENARIO] = link
    else:
        st.query_params.pop(keys.SCENARIO, None)
    return len(link) <= LONGEST_LINK


def control_key(*parts: object) -> str:
    """Key of a control; others after `put_scenario`, so that the controls start from what was put."""
    return "_".join(["pa", str(st.session_state.get(keys.SCENARIO_TURN, 0)), *map(str, parts)])
