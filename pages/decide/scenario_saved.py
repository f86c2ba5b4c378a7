"""The saved scenarios of “Thử phương án”: save, open, drop."""

from typing import Any

import streamlit as st

from data.store import RoundKey, StoreError
from pages.decide.scenario_state import put_scenario
from pages.parts import keys
from pages.parts.refusals import press
from pages.parts.rounds import get_store
from pages.parts.user_text import quote
from reports.facts.assessment import Assessment
from scoring.scenario_model import Scenario, ScenarioError, as_json, from_json
from scoring.words import format_date


def _save(key: RoundKey, scenario: Scenario, name: str, author: str) -> None:
    try:
        get_store().scenarios.save(key, name, as_json(scenario), author)
    except StoreError as error:
        st.error(str(error), icon=":material/error:")
    else:
        st.success(f"Đã lưu phương án “{quote(name.strip())}”.", icon=":material/check_circle:")


def _open(assessment: Assessment, content: Any, name: str) -> None:
    try:
        put_scenario(assessment, from_json(content))
        st.session_state[keys.SCENARIO_NAME] = name
    except ScenarioError as error:
        st.error(str(error), icon=":material/error:")


def show_saved(assessment: Assessment, scenario: Scenario, sound: bool) -> None:
    """Save the scenario by name, where it is `sound`; open or drop those that were saved."""
    key = assessment.round.key
    st.subheader("Phương án đã lưu")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            "Tên phương án", placeholder="Ví dụ: Nới tiêu chí 5", max_chars=100, key=keys.SCENARIO_NAME
        )
        author = st.text_input("Người lưu", placeholder="Họ tên", max_chars=100, key="nguoi_phuong_an")
        ready = sound and not scenario.is_empty and bool(name.strip()) and bool(author.strip())
        if st.button("Lưu phương án", icon=":material/save:", disabled=not ready):
            _save(key, scenario, name, author)
    saved = get_store().scenarios.list(key)
    if not saved:
        st.caption("Chưa lưu phương án nào của năm này.")
    for entry in saved:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(
                f"**{quote(entry.name)}** · {quote(entry.author)}, {format_date(entry.saved_at)}",
                width="stretch",
            )
            st.button(
                "Mở",
                icon=":material/folder_open:",
                key=f"mo_{entry.id}",
                on_click=_open,
                args=(assessment, entry.content, entry.name),
            )
            with st.popover("Xóa", icon=":material/delete:"):
                actor = st.text_input("Người xóa", placeholder="Họ tên", max_chars=100, key=f"nguoi_xoa_{entry.id}")
                st.button(
                    "Xóa hẳn phương án này",
                    key=f"xoa_{entry.id}",
                    disabled=not actor.strip(),
                    on_click=press,
                    args=(get_store().scenarios.drop, entry.id, actor.strip()),
                )
