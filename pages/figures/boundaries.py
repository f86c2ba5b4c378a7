"""Địa giới: official boundaries in place of the schematic map; nothing is stored before the confirmation."""

from typing import Any

import pandas as pd
import streamlit as st

from data.text.collation import vietnamese_key
from data.units.lists import list_vintages, load_units
from pages.figures.boundary_report import show_report
from pages.parts import keys
from pages.parts.cached import cached
from pages.parts.ready_charts import make_ready
from pages.parts.rounds import get_store
from pages.parts.uploads import LARGEST_BOUNDARIES, LET_THROUGH, explain_untaken
from pages.parts.user_text import as_text, quote
from reports.charts.maps.boundaries import draw_boundaries
from scoring.words import NO_DATA, format_date, format_number
from shapes.boundaries.install import save_plan
from shapes.boundaries.installed import count_earlier, list_installed, undo
from shapes.boundaries.matching import ShapeQuestion
from shapes.boundaries.plan import InstallPlan
from shapes.boundaries.read import content_key, plan_upload
from shapes.boundaries.reference_systems import SYSTEMS, MissingSystemError
from shapes.boundaries.report import REASONS
from shapes.errors import ShapesError

AS_STATED = "Như ghi trong tệp"
LEFT_OUT = ""  # in place of a unit
MOST_ASKED = 25  # at a time

st.title("Địa giới")
st.caption(
    "Bản đồ có sẵn chỉ là sơ đồ. Cài tệp địa giới chính thức của tỉnh để mọi bản đồ vẽ đúng ranh giới; tệp được kiểm "
    "tra và xem trước, chưa có gì được lưu cho đến khi bấm cài."
)
state = st.session_state.setdefault(keys.INSTALLATION, {"lan": 0, "loi_nhan": None, "tra_loi": {}})
if state["loi_nhan"]:
    st.success(state["loi_nhan"], icon=":material/check_circle:")
    st.page_link("pages/explore/map.py", label="Xem bản đồ", icon=":material/map:")


@cached(entries=4, spinner="Đang đọc, đối chiếu và kiểm tra ranh giới …", shared=True)
def plan_of(
    name: str,
    _content: bytes,
    vintage: str,
    crs: str | None,
    answers: tuple[tuple[int, str | None], ...],
) -> InstallPlan:
    return plan_upload(name, _content, vintage, crs, dict(answers))


def use_system(name: str) -> None:
    st.session_state[keys.COORDINATE_SYSTEM] = name


def finish_installation(sentence: str) -> None:
    st.session_state[keys.INSTALLATION] = {"lan": state["lan"] + 1, "loi_nhan": sentence, "tra_loi": {}}
    st.rerun()


def show_installed() -> None:
    """What is installed now, and the way back."""
    installed = list_installed()
    st.subheader("Đang dùng")
    if installed.empty:
        st.info("Chưa cài địa giới chính thức: các bản đồ đang dùng sơ đồ có sẵn.", icon=":material/info:")
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Danh mục": installed["vintage"],
                "Tỉnh, thành phố": installed["province"],
                "Đơn vị có hình": [
                    f"{format_number(with_shape)}/{format_number(listed)}"
                    for with_shape, listed in zip(installed["units"], installed["listed"], strict=True)
                ],
                "Số đỉnh": installed["vertices"].map(format_number),
                "Tệp": [NO_DATA if pd.isna(source) else as_text(source) for source in installed["source"]],
                "Ngày cài": [
                    NO_DATA if pd.isna(installed_at) else format_date(installed_at)
                    for installed_at in installed["installed_at"]
                ],
            }
        ),
        hide_index=True,
        alt=f"Địa giới đang cài của {format_number(len(installed))} tỉnh, thành phố",
    )
    with st.expander("Bỏ lần cài gần nhất", icon=":material/undo:"):
        vintages = list(installed["vintage"].unique())
        chosen = st.selectbox("Danh mục", vintages, key="dia_gioi_bo")
        earlier = count_earlier(chosen)
        st.markdown(
            f"Bản đồ danh mục {chosen} sẽ trở lại địa giới của lần cài trước."
            if earlier
            else f"Bản đồ danh mục {chosen} sẽ trở lại dạng sơ đồ."
        )
        sure = st.checkbox("Tôi chắc chắn muốn bỏ lần cài gần nhất", key=f"dia_gioi_chac_{state['lan']}")
        if st.button("Bỏ lần cài gần nhất", disabled=not sure, icon=":material/undo:") and sure:
            try:
                finish_installation(undo(chosen))
            except ShapesError as error:
                st.error(quote(str(error)))


def ask(questions: tuple[ShapeQuestion, ...], form: str, units: pd.DataFrame, free: list[str]) -> None:
    """A form with a selection for each shape; its answers go to the state."""

    def show(code: str) -> str:
        return (
            "Để ngoài, không cài hình này"
            if code == LEFT_OUT
            else f"{units.at[code, 'name']} – {units.at[code, 'district']} ({code})"
        )

    with st.form(form):
        answers: dict[int, str | None] = {}
        for question in questions[:MOST_ASKED]:
            first = (
                (question.proposal, *question.candidates, LEFT_OUT)
                if question.proposal
                else (LEFT_OUT, *question.candidates)
            )
            options = list(dict.fromkeys([*first, *free]))
            chosen = st.selectbox(
                f"{quote(question.label)}: {REASONS[question.reason]}",
                options,
                format_func=show,
                key=f"{form}_{question.feature}",
            )
            answers[question.feature] = chosen if chosen in units.index else None
        left = len(questions) - MOST_ASKED
        if left > 0:
            st.caption(f"Còn {format_number(left)} hình sẽ hỏi ở lượt sau.")
        if st.form_submit_button("Xác nhận các lựa chọn trên", icon=":material/check:"):
            state["tra_loi"] = {**state["tra_loi"], **answers}
            st.rerun()


@cached(entries=4)
def draw_preview(province: str, _plan: InstallPlan) -> dict[str, Any]:
    return make_ready(
        draw_boundaries(_plan.preview(province), _plan.frame["how"], _plan.asked, _plan.report, height=520)
    )


def show_map_preview(plan: InstallPlan, units: pd.DataFrame, key: tuple[Any, ...]) -> None:
    """The map of what would be installed, a province at a time."""
    names = units.drop_duplicates("province_code").set_index("province_code")["province"]
    provinces = sorted(plan.frame["province_code"].unique(), key=lambda code: vietnamese_key(names[code]))
    province = provinces[0]
    if len(provinces) > 1:
        province = st.selectbox("Tỉnh, thành phố", provinces, format_func=names.__getitem__, key="dia_gioi_tinh")
    units_shown = int((plan.frame["province_code"] == province).sum())
    st.vega_lite_chart(
        spec=draw_preview(key, province, plan),
        key="dia_gioi_ban_do",
        alt=f"Xem trước ranh giới {format_number(units_shown)} đơn vị của {names[province]}",
    )
    st.caption("Xem trước, chưa lưu. Hiển thị tối đa 150 chỗ chồng và 150 khoảng trống lớn nhất.")


show_installed()

st.subheader("Cài địa giới mới")
upload = st.file_uploader(
    "Tệp địa giới cấp xã: GeoJSON, GeoPackage (.gpkg) hoặc Shapefile nén (.zip gồm .shp, .shx, .dbf, .prj), tối đa "
    f"{LARGEST_BOUNDARIES} MB: bấm nút Upload để chọn tệp, hoặc kéo tệp thả vào ô",
    type=["geojson", "json", "gpkg", "zip"],
    max_upload_size=LET_THROUGH,
    key=f"dia_gioi_tep_{state['lan']}",
)
planned = get_store().rounds.find(st.session_state[keys.ROUND]) if st.session_state.get(keys.ROUND) else None
vintages = list(list_vintages().index)
with st.container(horizontal=True, vertical_alignment="bottom"):
    vintage = st.selectbox(
        "Danh mục đơn vị",
        vintages,
        index=vintages.index(planned.vintage) if planned else len(vintages) - 1,
        help="Đơn vị hành chính theo danh mục nào: 2020 (trước 2025), 2025-01 (nửa đầu 2025), 2025-07 (từ 01/7/2025)",
        key="dia_gioi_danh_muc",
    )
    system = st.selectbox(
        "Hệ tọa độ",
        [AS_STATED, *SYSTEMS],
        format_func=lambda system: system if system == AS_STATED else f"{SYSTEMS[system]} ({system})",
        help="Chỉ cần chọn khi tệp không ghi hệ tọa độ, hoặc ghi sai.",
        key=keys.COORDINATE_SYSTEM,
    )
if upload is None:
    st.stop()

untaken = explain_untaken(upload, LARGEST_BOUNDARIES)
if untaken:
    st.error(f"Chưa cài gì. {quote(untaken)}", icon=":material/error:")
    st.stop()
content = upload.getvalue()
crs = None if system == AS_STATED else system
key = (content_key(content), vintage, crs)
if state.get("tep") != key[:2]:
    state.update({"tep": key[:2], "tra_loi": {}, "loi_nhan": None})
try:
    plan = plan_of(key[0], upload.name, content, vintage, crs, tuple(sorted(state["tra_loi"].items())))
except MissingSystemError as error:
    st.error(
        f"Tệp “{quote(upload.name)}” không ghi hệ tọa độ và tọa độ không phải độ. Chọn hệ tọa độ của tệp ở ô "
        "**Hệ tọa độ** phía trên.",
        icon=":material/error:",
    )
    if error.likely:
        best = error.likely[0]
        st.info(f"Hợp nhất với vị trí các đơn vị: {SYSTEMS[best]} ({best}).")
        st.button("Dùng hệ tọa độ này", icon=":material/check:", on_click=use_system, args=(best,))
    st.stop()
except ShapesError as error:
    st.error(f"Chưa cài gì. {quote(str(error))}", icon=":material/error:")
    st.stop()

units = load_units(vintage)
report = plan.report
questions = plan.matching.questions
asked = tuple(question for question in plan.matching.unknown if question.feature not in state["tra_loi"])
of_provinces = units["province_code"].isin(set(units.loc[list(plan.matching.codes.values()), "province_code"]))
free = [code for code in units.index[of_provinces] if code not in plan.frame.index]
if questions:
    st.subheader(f"{format_number(len(questions))} hình phải xác nhận")
    st.caption(
        "Phần mềm chưa chắc các hình này là đơn vị nào. Chọn đúng đơn vị, hoặc để ngoài; "
        "hình nào ở đâu xem trên bản đồ phía dưới."
    )
    ask(questions, "dia_gioi_hoi", units, free)
if asked and free:
    with st.expander(f"Gắn tay {format_number(len(asked))} hình không thuộc danh mục", icon=":material/link:"):
        ask(asked, "dia_gioi_gan", units, free)
if state["tra_loi"] and st.button("Bỏ các xác nhận, làm lại", icon=":material/restart_alt:"):
    state["tra_loi"] = {}
    st.rerun()
if plan.frame.empty:
    st.stop()

picture, findings = st.columns([3, 2], gap="medium")
with picture:
    show_map_preview(plan, units, (*key, tuple(sorted(state["tra_loi"].items()))))
with findings:
    show_report(report)
if not plan.ready:
    st.warning("Còn hình phải xác nhận ở trên: xác nhận hết rồi mới cài được.", icon=":material/help:")
if (
    st.button(
        f"Cài địa giới {format_number(len(report.matched))} đơn vị, danh mục {vintage}",
        icon=":material/save:",
        disabled=not plan.ready,
    )
    and plan.ready
):
    try:
        save_plan(plan)
    except (ShapesError, OSError) as error:
        st.error(f"Chưa cài được. {quote(str(error))}")
    else:
        finish_installation(
            f"Đã cài địa giới {format_number(len(report.matched))} đơn vị từ tệp “{quote(upload.name)}”, danh mục "
            f"{vintage}."
        )
