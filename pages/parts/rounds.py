"""The store, the round that is chosen, and the assessments of rounds, cached while their facts stay."""

from collections.abc import Sequence

import streamlit as st

from data.store import Round, RoundKey, Store, name_rounds, open_store
from data.text.labels import DEMO_LABEL
from pages.parts import keys
from pages.parts.cached import cached
from reports.facts.assessment import Assessment, load_assessment


@st.cache_resource(show_spinner=False)
def get_store() -> Store:
    """The store that all sessions share."""
    return open_store()


def choose_year() -> None:
    """The round, kept in the URL: by its year, and its area and standard where that tells not enough."""
    rounds = get_store().rounds.list()
    if rounds:
        chosen = select_round("Kỳ đánh giá (năm)", rounds, keys.ROUND)
        if get_assessment_of(chosen).demo:
            st.badge(DEMO_LABEL, icon=":material/science:", color="orange")
    else:
        st.caption("Chưa có kỳ đánh giá nào.")


def select_round(label: str, rounds: Sequence[Round], key: str) -> RoundKey:
    """A selection of round, kept in the URL; a bare year there is the first of its rounds."""
    names = name_rounds(rounds)
    asked = find_round_named(rounds, st.query_params.get(key, ""))
    if key not in st.session_state and asked is not None and names[asked.key] != st.query_params[key]:
        st.session_state[key] = asked.key
    return st.selectbox(
        label,
        list(names),
        format_func=lambda option: names.get(option, str(option)),
        key=key,
        bind="query-params",
    )


def find_round_named(rounds: Sequence[Round], name: str) -> Round | None:
    """The round of a name as `name_rounds` gives it, or the first one of a bare year; None for any other name."""
    names = name_rounds(rounds)
    return next((round for round in rounds if name in (names[round.key], str(round.year))), None)


def name_round(key: RoundKey) -> str:
    """What a round is called where one is chosen, and in the URL."""
    return name_rounds(get_store().rounds.list()).get(key, str(key.year))


def get_assessment() -> Assessment:
    """The assessment of the chosen round; where there is none yet, the page says so and stops."""
    chosen = st.session_state.get(keys.ROUND)
    if chosen is None:
        st.info("Chưa có số liệu nào. Mở trang **Nộp số liệu** để tải biểu mẫu và nộp tệp đầu tiên.")
        st.page_link("pages/figures/submit.py", label="Đến trang Nộp số liệu", icon=":material/upload_file:")
        st.stop()
    return get_assessment_of(chosen)


def get_assessment_of(key: RoundKey) -> Assessment:
    """The assessment of any open round, from the cache while its facts stay."""
    return _load_assessment(get_store().rounds.facts_version(key), key)


def get_year_before(assessment: Assessment) -> Assessment | None:
    """The assessment of the nearest earlier year of the same area, or None."""
    rounds = get_store().rounds.list_years_of(assessment.round)
    earlier = next((round for round in rounds if round.year < assessment.round.year), None)
    return None if earlier is None else get_assessment_of(earlier.key)


def get_years_of(assessment: Assessment) -> list[Assessment]:
    """The assessments of all years of the same area, the newest first."""
    return [get_assessment_of(round.key) for round in get_store().rounds.list_years_of(assessment.round)]


@cached(entries=12, spinner="Đang chấm điểm …", shared=True)
def _load_assessment(key: RoundKey) -> Assessment:
    return load_assessment(get_store(), key)
