"""What every page needs: the store, the year, cached assessments and map layers, the labels of doubt."""

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.store import Round, RoundKey, Store, name_rounds, open_store
from data.text.collation import vietnamese_key
from data.text.labels import DEMO_LABEL
from pages.menu import Screen
from pages.parts.unit_labels import label_unit, label_units
from reports.charts.bars import BAR_SELECTION
from reports.charts.theme import INK, INK_ON_DARK
from reports.facts.assessment import Assessment, explain_unit, load_assessment
from reports.facts.counts import Counts
from reports.facts.sentences import describe_shortfall
from reports.facts.tables import unit_table
from scoring.explain import UnitTrace
from scoring.words import (
    NO_DATA,
    PROVISIONAL_LABEL,
    STATUS_WORDS,
    format_number,
    format_percent,
)
from shapes.layers.layers import Layer, View, installed_version, load_layer

EVERYWHERE = "Toàn tỉnh"
# For st.switch_page: with None it refuses to leave a page whose choices stand in the URL, with their keys to set them.
# The choices themselves go along in the session.
NO_PARAMETERS: dict[str, str] = {}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!<>~|:$&])")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[\d.,]+$")


def quote(text: str) -> str:
    """A text of a user (a file's name, a value) to stand in Markdown: a hostile one must not draw or load anything."""
    return _MARKDOWN.sub(r"\\\1", text)


def as_text(text: str) -> str:
    """A text of a user to stand in a table: the table can be downloaded, and Excel must not take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


@st.cache_resource(show_spinner=False)
def get_store() -> Store:
    """The store that all sessions share."""
    return open_store()


def choose_year() -> None:
    """The round, kept in the URL as `nam`: by its year, and its area and standard where that tells not enough."""
    rounds = get_store().rounds.list()
    if rounds:
        chosen = select_round("Kỳ đánh giá (năm)", rounds, "nam")
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


def get_ink() -> str:
    """The colour of text in charts, for the theme that the reader has chosen."""
    return INK_ON_DARK if st.context.theme.type == "dark" else INK


def start_presentation(screen: Screen) -> dict[str, str]:
    """Parameters of a link to the presentation: the year, and the page or the district that it starts from."""
    chosen, district = st.session_state.get("nam"), st.session_state.get("huyen", EVERYWHERE)
    start = screen.path
    if chosen is not None and district != EVERYWHERE and screen.of_a_district:
        frame = get_assessment_of(chosen).frame
        start = next(iter(frame.loc[frame["district"] == district, "district_code"]), start)
    return {"tu": start} | ({} if chosen is None else {"nam": name_round(chosen)})


def get_assessment() -> Assessment:
    """The assessment of the chosen round; where there is none yet, the page says so and stops."""
    chosen = st.session_state.get("nam")
    if chosen is None:
        st.info("Chưa có số liệu nào. Mở trang **Nộp số liệu** để tải biểu mẫu và nộp tệp đầu tiên.")
        st.page_link("pages/figures/submit.py", label="Đến trang Nộp số liệu", icon=":material/upload_file:")
        st.stop()
    return get_assessment_of(chosen)


def get_assessment_of(key: RoundKey) -> Assessment:
    """The assessment of any open round, from the cache while its facts stay."""
    return _load_assessment(key, get_store().rounds.facts_version(key))


def get_year_before(assessment: Assessment) -> Assessment | None:
    """The assessment of the nearest earlier year of the same area, or None."""
    rounds = get_store().rounds.list_years_of(assessment.round)
    earlier = next((round for round in rounds if round.year < assessment.round.year), None)
    return None if earlier is None else get_assessment_of(earlier.key)


def get_years_of(assessment: Assessment) -> list[Assessment]:
    """The assessments of all years of the same area, the newest first."""
    return [get_assessment_of(round.key) for round in get_store().rounds.list_years_of(assessment.round)]


@st.cache_resource(show_spinner="Đang chấm điểm …", max_entries=12)
def _load_assessment(key: RoundKey, version: int) -> Assessment:  # noqa: ARG001 - part of the cache's key
    return load_assessment(get_store(), key)


def get_facts_version(assessment: Assessment) -> tuple[RoundKey, int, float]:
    """Changes when anything that a map of the round shows changes: figures, standard, boundaries."""
    key = assessment.round.key
    return key, get_store().rounds.facts_version(key), installed_version(assessment.round.vintage)


def get_layer(vintage: str, province: str | None, view: View) -> Layer:
    """Shapes of a province's units, from the cache until other boundaries are installed."""
    return _load_layer(vintage, province, view, installed_version(vintage))


@st.cache_resource(show_spinner="Đang vẽ bản đồ …", max_entries=12)
def _load_layer(vintage: str, province: str | None, view: View, version: float) -> Layer:  # noqa: ARG001
    return load_layer(vintage, province, view)


def show_heading(title: str, assessment: Assessment) -> None:
    """The page's title with the year, and what the reader must know before trusting a figure."""
    st.title(title)
    if assessment.demo:
        units = len(assessment.demo_units)
        st.warning(
            f"**{DEMO_LABEL}**: {format_number(units)} đơn vị của năm {assessment.round.year} đang dùng số liệu tự tạo "
            "để minh họa, không phải số liệu thật.",
            icon=":material/science:",
        )
    if assessment.provisional:
        st.caption(
            f"Điểm ghi “{PROVISIONAL_LABEL}”: có mức điểm trong bộ tiêu chí chưa đối chiếu với văn bản; "
            "xem trang **Bộ tiêu chí**."
        )


def show_share_metric(counts: Counts) -> None:
    """The share of units that met the standard, against the target."""
    st.metric(
        f"Tỷ lệ đạt / mục tiêu {counts.target_percent} %",
        format_percent(counts.met, counts.units),
        delta=describe_shortfall(counts),
        delta_color="normal" if counts.reaches_target else "inverse",
        delta_arrow="off",
        border=True,
        height="stretch",
    )


def choose_district(assessment: Assessment) -> pd.DataFrame:
    """A selection of district, kept in the URL as `huyen`; returns the units of it."""
    frame = assessment.frame
    districts = sorted(frame["district"].dropna().unique(), key=vietnamese_key)
    if st.session_state.get("huyen") not in (EVERYWHERE, *districts):
        st.session_state.pop("huyen", None)  # of a year with other districts
    chosen = st.selectbox(assessment.district_heading, [EVERYWHERE, *districts], key="huyen", bind="query-params")
    return frame if chosen == EVERYWHERE else frame[frame["district"] == chosen]


def choose_unit(frame: pd.DataFrame) -> str | None:
    """A selection of unit, kept in the URL as `don_vi`; None when none is chosen."""
    labels = label_units(frame)
    if st.session_state.get("don_vi") not in frame.index:
        st.session_state.pop("don_vi", None)
    return st.selectbox(
        "Đơn vị",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder="Chọn đơn vị",
        key="don_vi",
        bind="query-params",
    )


def get_place() -> dict[str, str]:
    """The chosen round, district and unit as parameters of a link.

    They are the labels that the bound choices put into the URL.
    """
    chosen, district, unit = (st.session_state.get(key) for key in ("nam", "huyen", "don_vi"))
    if chosen is None:
        return {}
    place = {"nam": name_round(chosen)}
    if district not in (None, EVERYWHERE):
        place["huyen"] = district
    if unit is not None:
        frame = get_assessment_of(chosen).frame
        if unit in frame.index:
            place["don_vi"] = label_unit(unit, *frame.loc[unit, ["name", "district"]])
    return place


def take_clicked_unit(chart: str, selection: str) -> None:
    """Make the unit that was clicked on a chart the chosen one."""
    picked = st.session_state[chart].selection.get(selection) or []
    if picked and "code" in picked[0]:
        st.session_state["don_vi"] = picked[0]["code"]


def take_clicked_district(chart: str) -> bool:
    """Make the district whose bar was clicked the chosen one; False for a click beside the bars: the whole province."""
    picked = st.session_state[chart].selection.get(BAR_SELECTION) or []
    go_to(picked[0]["district"] if picked else EVERYWHERE)
    return bool(picked)


def go_to(district: str, unit: str | None = None) -> None:
    """Choose a district, or the whole province, and a unit of it or none."""
    st.session_state["huyen"] = district
    st.session_state["don_vi"] = unit


def show_way_back(assessment: Assessment) -> None:
    """Where the reader is (province, district, unit), each part a way back to it."""
    frame, unit = assessment.frame, st.session_state.get("don_vi")
    district = st.session_state.get("huyen", EVERYWHERE)
    if unit in frame.index:
        district = frame.at[unit, "district"]
    if district == EVERYWHERE:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(EVERYWHERE, type="tertiary", icon=":material/home:", on_click=go_to, args=(EVERYWHERE,))
        st.button(district, type="tertiary", icon=":material/chevron_right:", on_click=go_to, args=(district,))
        if unit in frame.index:
            st.button(
                str(frame.at[unit, "name"]),
                type="tertiary",
                icon=":material/chevron_right:",
                on_click=go_to,
                args=(district, unit),
            )


def open_district(button: str, districts: list[str]) -> None:
    """Open the profile of the district whose button in a table was pressed."""
    go_to(districts[st.session_state[button].row])
    st.switch_page("pages/profiles/district.py", query_params=NO_PARAMETERS)


def open_profile(button: str, codes: list[str]) -> None:
    """Open the profile of the unit whose button in a table was pressed."""
    st.session_state["don_vi"] = codes[st.session_state[button].row]
    st.switch_page("pages/profiles/unit.py", query_params=NO_PARAMETERS)


def get_trace(assessment: Assessment, code: str) -> UnitTrace:
    """The trace of a unit's points."""
    return explain_unit(get_store(), assessment, code)


def show_unit_card(assessment: Assessment, code: str) -> None:
    """A unit at a glance beside the map: result, total, why not, points by criterion, the way to its profile."""
    row = assessment.frame.loc[code]
    st.markdown(f"#### {row['name']}")
    st.caption(
        f"{row['district']} · mã {code} · {assessment.standard.recognition.minimum_total[row['unit_class']].label}"
    )
    with st.container(horizontal=True):
        st.metric("Kết quả", STATUS_WORDS[row["status"]])
        st.metric(
            assessment.total_heading, f"{format_number(int(row['total']))} / {format_number(int(row['minimum']))}"
        )
    trace = get_trace(assessment, code)
    for reason in trace.reasons[:5]:
        st.markdown(f"- {reason}")
    if len(trace.reasons) > 5:
        st.caption(f"và {len(trace.reasons) - 5} lý do khác trong hồ sơ")
    with st.container(horizontal=True):
        st.page_link(
            "pages/profiles/unit.py",
            query_params=get_place(),
            label=f"Mở hồ sơ {row['name']}",
            icon=":material/assignment:",
        )
        st.page_link(
            "pages/decide/gaps.py", query_params=get_place(), label="Còn thiếu gì", icon=":material/checklist:"
        )
    st.dataframe(
        criterion_table(trace),
        hide_index=True,
        height=300,
        column_config=CRITERION_COLUMNS,
        alt=f"Điểm từng tiêu chí của {row['name']}",
    )


def criterion_table(trace: UnitTrace) -> pd.DataFrame:
    """Points won of possible, a row a criterion."""
    return pd.DataFrame(
        [
            {
                "number": one.number,
                "name": one.name,
                "points": NO_DATA if one.points is None else f"{one.points}/{one.max_points}",
                "share": None if one.points is None else one.points / one.max_points * 100,
            }
            for one in trace.criteria
        ]
    )


CRITERION_COLUMNS = {
    "number": st.column_config.NumberColumn("Số", width=40),
    "name": st.column_config.TextColumn("Tiêu chí", width=430),
    "points": st.column_config.TextColumn("Điểm", width="small"),
    "share": st.column_config.ProgressColumn("Tỷ lệ", format="%.0f %%", min_value=0, max_value=100, width="small"),
}


def show_unit_table(assessment: Assessment, frame: pd.DataFrame, key: str) -> None:
    """Units with result and totals; a button in each row opens the unit's profile."""
    if frame.empty:
        st.info("Không có đơn vị nào khớp với bộ lọc. Nới bộ lọc để xem thêm.")
        return
    table = unit_table(assessment, frame)
    table.insert(0, "open", "Hồ sơ")
    most = assessment.standard.total_points
    st.dataframe(
        table,
        hide_index=True,
        height=480 if len(table) > 12 else "content",
        column_config={
            "open": st.column_config.ButtonColumn(
                "Xem", key=f"{key}_xem", on_click=open_profile, args=(f"{key}_xem", list(frame.index))
            ),
            "Đơn vị": st.column_config.TextColumn(pinned=True),
            assessment.total_heading: st.column_config.ProgressColumn(
                assessment.total_heading, format="localized", min_value=0, max_value=most
            ),
            "Điểm tối thiểu": st.column_config.NumberColumn(format="localized"),
        },
        alt=f"Bảng {len(table)} đơn vị",
    )
