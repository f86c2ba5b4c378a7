"""Còn thiếu gì: a unit's conditions and smallest improvements; where an area should work first; the action list."""

import pandas as pd
import streamlit as st

from pages.decide.actions import show_actions
from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.headings import show_heading
from pages.parts.layers import get_facts_version
from pages.parts.place import choose_district, choose_unit, link_to_profile
from pages.parts.rounds import get_assessment
from pages.parts.tables import unit_button
from reports.facts.counts import count_statuses
from reports.facts.improvements import count_first_needed, list_conditions, list_smallest_plans, take_first
from reports.facts.sentences import describe_step
from reports.facts.tables import focus_table, plan_table, step_table
from scoring.gaps import Fewest, Plan, find_plans
from scoring.words import NO_DATA, STATUS_WORDS, format_number, format_percent

MET_MARKS = {True: "✓ Đạt", False: "✗ Chưa đạt", None: f"? {NO_DATA}"}
FEWEST_WORDS: dict[Fewest, str] = {"steps": "Ít chỉ tiêu nhất", "cases": "Ít trường hợp nhất"}

assessment = get_assessment()
show_heading(f"Còn thiếu gì để được công nhận, năm {assessment.round.year}", assessment)
with st.container(horizontal=True, vertical_alignment="bottom"):
    area = choose_district(assessment)
    code = choose_unit(area)
    fewest: Fewest = st.segmented_control(
        "Phương án nhỏ nhất là",
        FEWEST_WORDS,
        format_func=FEWEST_WORDS.__getitem__,
        default="steps",
        key=keys.FEWEST,
        bind="query-params",
        required=True,
    )
st.caption(
    "Phương án được tính chính xác theo bộ tiêu chí: đủ mọi bước thì đạt, bỏ hay bớt một bước thì không đạt. "
    "Mẫu số giữ nguyên; mỗi chỉ tiêu đổi vừa đủ để tới một mức điểm cao hơn. Những việc đã xảy ra (con số càng "
    "thấp càng tốt) không sửa lại được: bước ấy chỉ là mục tiêu cho năm sau."
)


def show_plan(number: int, plan: Plan, unit: str) -> None:
    """A plan with its steps, and the way to put them on the action list."""
    with st.container(border=True):
        st.markdown(
            f"**Phương án {number}**: {format_number(len(plan.steps))} chỉ tiêu, "
            f"{format_number(plan.cases)} trường hợp; tổng điểm thành **{format_number(plan.total)}** / "
            f"{format_number(plan.minimum)}"
        )
        for step in plan.steps:
            st.markdown(f"- {step.indicator_id}. {describe_step(step, assessment.standard)}")
        if st.button("Đưa vào danh sách việc", key=f"viec_{unit}_{number}", icon=":material/playlist_add:"):
            st.session_state[keys.NEW_ACTIONS] = step_table(assessment, {unit: plan})


def show_unit(unit: str) -> None:
    row = assessment.frame.loc[unit]
    st.header(row["name"])
    st.markdown(f"**{STATUS_WORDS[row['status']]}**, {format_number(int(row['total']))} điểm")
    conditions = list_conditions(assessment, unit)
    st.dataframe(
        pd.DataFrame(
            [
                {"Điều kiện": condition.name, "Kết quả": MET_MARKS[condition.met], "Hiện có": condition.why}
                for condition in conditions
            ]
        ),
        hide_index=True,
        height="content",
        column_config={"Điều kiện": st.column_config.TextColumn(width="large")},
        alt=f"Điều kiện công nhận của {row['name']}",
    )
    st.subheader("Cần thêm những gì")
    if row["status"] == "met":
        st.success("Đủ mọi điều kiện, không cần thêm gì.", icon=":material/check_circle:")
    elif row["status"] == "incomplete":
        st.info(
            f"Còn {format_number(int(row['missing']))} chỉ tiêu chưa có số liệu. Nộp đủ số liệu trước rồi mới tính "
            f"được phương án; hiện có {format_number(int(row['total']))} điểm, "
            f"có thể tới {format_number(int(row['ceiling']))}."
        )
    else:
        plans = find_plans(unit, assessment.scores, assessment.observations, assessment.units, fewest=fewest)
        for number, plan in enumerate(plans, start=1):
            show_plan(number, plan, unit)
        if not plans:
            st.info("Với các số liệu này không có bước nào đưa đơn vị tới mức đạt.")
    link_to_profile(row["name"])


@cached(entries=24, spinner="Đang tìm phương án …")
def find_area_plans(codes: tuple[str, ...], fewest: Fewest) -> dict[str, Plan]:
    return list_smallest_plans(assessment, pd.Index(codes), fewest)


@cached(entries=24, spinner="Đang tìm chỉ tiêu nên làm trước …")
def find_area_focuses(codes: tuple[str, ...]) -> pd.DataFrame:
    return focus_table(assessment, pd.Index(codes))


def show_area() -> None:
    counts = count_statuses(area, assessment.round.target_percent)
    facts, codes = get_facts_version(assessment), tuple(area.index)
    plans = find_area_plans(facts, codes, fewest)
    with st.container(horizontal=True):
        st.metric(f"{STATUS_WORDS['not_met']} / {format_number(counts.units)} đơn vị", format_number(counts.not_met))
        st.metric(STATUS_WORDS["incomplete"], format_number(counts.incomplete))
        st.metric(
            f"Cần thêm để đạt mục tiêu {counts.target_percent} %", f"{format_number(counts.short_of_target)} đơn vị"
        )
    if not plans:
        st.info("Không có đơn vị nào không đạt mà đủ số liệu để tính phương án.")
        return
    st.subheader("Nên dồn sức vào chỉ tiêu nào")
    focuses = find_area_focuses(facts, codes)
    if focuses.empty:
        st.caption("Không nhóm một, hai hay ba chỉ tiêu nào tự nó đưa thêm đơn vị tới mức đạt.")
    else:
        best = focuses.iloc[0]
        st.markdown(
            f"Chỉ cần làm tốt **{best['indicators']}** là thêm **{format_number(int(best['units']))}** đơn vị đạt, "
            f"tỷ lệ thành {best['share']}."
        )
        st.dataframe(
            focuses.drop(columns="size"),
            hide_index=True,
            height="content",
            column_config={
                "indicators": st.column_config.TextColumn("Chỉ làm các chỉ tiêu này", width=470),
                "units": st.column_config.NumberColumn("Thêm đơn vị đạt", format="localized"),
                "cases": st.column_config.NumberColumn("Số trường hợp phải đổi", format="localized"),
                "share": st.column_config.TextColumn("Tỷ lệ đạt khi đó"),
            },
            alt="Nhóm chỉ tiêu đưa thêm nhiều đơn vị tới mức đạt nhất",
        )
    st.subheader("Đơn vị gần đạt nhất")
    table = plan_table(assessment, plans)
    needed, met = count_first_needed(counts, plans)
    if needed:
        st.markdown(
            f"Làm xong {format_number(needed)} đơn vị đầu bảng thì tỷ lệ đạt là "
            f"**{format_percent(met, counts.units)}**."
        )
    table.insert(0, "open", "Hồ sơ")
    st.dataframe(
        table.drop(columns=["total", "minimum"]),
        hide_index=True,
        height=420 if len(table) > 10 else "content",
        column_config={
            "open": unit_button("mo_gan_dat", list(table.index)),
            "running": st.column_config.NumberColumn("Thứ tự", width="small"),
            "name": st.column_config.TextColumn("Đơn vị", width="medium"),
            "district": assessment.district_heading,
            "steps": st.column_config.NumberColumn("Chỉ tiêu", width="small"),
            "cases": st.column_config.NumberColumn("Trường hợp", width="small", format="localized"),
            "words": st.column_config.TextColumn("Phương án nhỏ nhất", width="large"),
            "after": st.column_config.NumberColumn("Tổng điểm khi đó", format="localized"),
        },
        alt=f"Phương án nhỏ nhất của {len(table)} đơn vị không đạt",
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        most = st.number_input(
            "Số đơn vị đầu bảng",
            min_value=1,
            max_value=len(plans),
            value=max(needed, 1),
        )
        if st.button("Đưa vào danh sách việc", key="viec_dia_ban", icon=":material/playlist_add:"):
            st.session_state[keys.NEW_ACTIONS] = step_table(assessment, take_first(plans, int(most)))


if code is None:
    show_area()
else:
    show_unit(code)
show_actions(assessment, area)
