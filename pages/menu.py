"""The one registry of pages: what the menu, links, tests and benchmarks know of a page stands here."""

from dataclasses import dataclass
from typing import Literal

Section = Literal["Khám phá", "Hồ sơ", "Quyết định", "Trình bày", "Số liệu"]


@dataclass(frozen=True)
class Screen:
    """A page of the app.

    Attributes
    ----------
    file : str
        Its file below `pages/`, without suffix: "explore/map".
    title : str
        Its name in the menu.
    icon : str
        Name of a Material symbol.
    path : str
        Its path in the URL.
    of_a_round : bool
        Whether it shows a round, and so needs one that is open.
    projector_view : str
        Id of the presentation's view that shows the same; empty: the presentation starts with its first.
    of_a_district : bool
        Whether the presentation starts with the view of the district that is chosen here.
    whole_screen : bool
        Whether it fills the screen, without the menu beside it.
    """

    file: str
    title: str
    icon: str
    path: str
    section: Section
    of_a_round: bool = True
    projector_view: str = ""
    of_a_district: bool = False
    whole_screen: bool = False

    @property
    def script(self) -> str:
        """The file as Streamlit's links name it."""
        return f"pages/{self.file}.py"


SCREENS = (
    Screen("explore/overview", "Tổng quan", "dashboard", "tong-quan", "Khám phá", projector_view="overview"),
    Screen("explore/map", "Bản đồ", "map", "ban-do", "Khám phá", projector_view="map"),
    Screen(
        "explore/small_maps",
        "Bản đồ từng tiêu chí",
        "grid_view",
        "ban-do-nho",
        "Khám phá",
        projector_view="knocked_out",
    ),
    Screen("explore/compare", "Hai năm", "compare", "hai-nam", "Khám phá", projector_view="changes"),
    Screen("explore/heat", "Bảng nhiệt", "grid_on", "bang-nhiet", "Khám phá", projector_view="knocked_out"),
    Screen("explore/distribution", "Phân bố điểm", "bar_chart", "phan-bo", "Khám phá", projector_view="closest"),
    Screen("explore/units", "Danh sách", "table_rows", "danh-sach", "Khám phá", projector_view="districts"),
    Screen("profiles/district", "Hồ sơ huyện", "location_city", "ho-so-huyen", "Hồ sơ", of_a_district=True),
    Screen("profiles/unit", "Hồ sơ xã", "assignment", "ho-so", "Hồ sơ", of_a_district=True),
    Screen("decide/gaps", "Còn thiếu gì", "checklist", "con-thieu", "Quyết định", projector_view="closest"),
    Screen("decide/scenario", "Thử phương án", "tune", "thu-phuong-an", "Quyết định", projector_view="scenario"),
    Screen("present/present", "Trình chiếu", "slideshow", "trinh-chieu", "Trình bày", whole_screen=True),
    Screen("present/download", "Tải về", "download", "tai-ve", "Trình bày"),
    Screen("figures/submit", "Nộp số liệu", "upload_file", "nop-so-lieu", "Số liệu", of_a_round=False),
    Screen("figures/findings", "Giải thích lỗi", "help", "giai-thich-loi", "Số liệu", of_a_round=False),
    Screen("figures/standard", "Bộ tiêu chí", "rule", "bo-tieu-chi", "Số liệu", of_a_round=False),
    Screen("figures/boundaries", "Địa giới", "public", "dia-gioi", "Số liệu", of_a_round=False),
)
HOME = SCREENS[0]


def get_screen(file: str) -> Screen:
    """The screen of a file below `pages/`; raises KeyError for one that is not in the registry."""
    for screen in SCREENS:
        if screen.file == file:
            return screen
    raise KeyError(file)


def find_screen(path: str) -> Screen | None:
    """The screen that a path in the URL opens; the empty path opens the first."""
    return HOME if not path else next((screen for screen in SCREENS if screen.path == path), None)
