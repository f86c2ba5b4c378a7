"""The entry of the app: page settings, the year of the round, navigation."""

import streamlit as st

from pages.shared import choose_year

st.set_page_config(
    page_title="Xã, phường, thị trấn phù hợp với trẻ em",
    page_icon="pages/icon.png",
    layout="wide",
)

PAGES = [
    st.Page("pages/overview.py", title="Tổng quan", icon=":material/dashboard:", url_path="tong-quan", default=True),
    st.Page("pages/map.py", title="Bản đồ", icon=":material/map:", url_path="ban-do"),
    st.Page("pages/units.py", title="Danh sách", icon=":material/table_rows:", url_path="danh-sach"),
    st.Page("pages/profile.py", title="Hồ sơ xã", icon=":material/assignment:", url_path="ho-so"),
    st.Page("pages/submit.py", title="Nộp số liệu", icon=":material/upload_file:", url_path="nop-so-lieu"),
    st.Page("pages/findings.py", title="Giải thích lỗi", icon=":material/help:", url_path="giai-thich-loi"),
    st.Page("pages/standard.py", title="Bộ tiêu chí", icon=":material/rule:", url_path="bo-tieu-chi"),
]

# The built-in menu is off (client.showSidebarNavigation): it would list the files of pages/ for a moment.
page = st.navigation(PAGES, position="hidden")
with st.sidebar:
    for one in PAGES:
        st.page_link(one)
    choose_year()
page.run()
