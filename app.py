"""The entry of the app: page settings, the year of the round, navigation."""

import streamlit as st

from pages.old_widgets import forget_old_widgets
from pages.parts.shared import choose_year, get_place, start_presentation

st.set_page_config(
    page_title="Xã, phường, thị trấn phù hợp với trẻ em",
    page_icon="pages/icon.png",
    layout="wide",
)

PRESENT = "trinh-chieu"  # fills the screen: no menu
MENU = {
    "Khám phá": [
        st.Page(
            "pages/explore/overview.py",
            title="Tổng quan",
            icon=":material/dashboard:",
            url_path="tong-quan",
            default=True,
        ),
        st.Page("pages/explore/map.py", title="Bản đồ", icon=":material/map:", url_path="ban-do"),
        st.Page(
            "pages/explore/small_maps.py", title="13 bản đồ nhỏ", icon=":material/grid_view:", url_path="ban-do-nho"
        ),
        st.Page("pages/explore/compare.py", title="Hai năm", icon=":material/compare:", url_path="hai-nam"),
        st.Page("pages/explore/heat.py", title="Bảng nhiệt", icon=":material/grid_on:", url_path="bang-nhiet"),
        st.Page("pages/explore/distribution.py", title="Phân bố điểm", icon=":material/bar_chart:", url_path="phan-bo"),
        st.Page("pages/explore/units.py", title="Danh sách", icon=":material/table_rows:", url_path="danh-sach"),
    ],
    "Hồ sơ": [
        st.Page(
            "pages/profiles/district.py", title="Hồ sơ huyện", icon=":material/location_city:", url_path="ho-so-huyen"
        ),
        st.Page("pages/profiles/unit.py", title="Hồ sơ xã", icon=":material/assignment:", url_path="ho-so"),
    ],
    "Quyết định": [
        st.Page("pages/decide/gaps.py", title="Còn thiếu gì", icon=":material/checklist:", url_path="con-thieu"),
        st.Page("pages/decide/scenario.py", title="Thử phương án", icon=":material/tune:", url_path="thu-phuong-an"),
    ],
    "Trình bày": [
        st.Page("pages/present/present.py", title="Trình chiếu", icon=":material/slideshow:", url_path=PRESENT),
        st.Page("pages/present/download.py", title="Tải về", icon=":material/download:", url_path="tai-ve"),
    ],
    "Số liệu": [
        st.Page("pages/figures/submit.py", title="Nộp số liệu", icon=":material/upload_file:", url_path="nop-so-lieu"),
        st.Page("pages/figures/findings.py", title="Giải thích lỗi", icon=":material/help:", url_path="giai-thich-loi"),
        st.Page("pages/figures/standard.py", title="Bộ tiêu chí", icon=":material/rule:", url_path="bo-tieu-chi"),
        st.Page("pages/figures/boundaries.py", title="Địa giới", icon=":material/public:", url_path="dia-gioi"),
    ],
}

# The built-in menu is off (client.showSidebarNavigation): it would list the files of pages/ for a moment.
page = st.navigation([one for group in MENU.values() for one in group], position="hidden")
if page.url_path != PRESENT:
    with st.sidebar:
        choose_year()
        place = get_place()
        for heading, group in MENU.items():
            st.caption(heading)
            for one in group:
                presenting = one.url_path == PRESENT
                st.page_link(one, query_params=start_presentation(page.url_path) if presenting else place)
with forget_old_widgets():
    page.run()
