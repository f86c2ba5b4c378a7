"""The order of the views of a presentation, and with which one it starts."""

from collections.abc import Iterable
from dataclasses import dataclass

from pages.menu import find_screen
from reports.facts.assessment import Assessment


@dataclass(frozen=True)
class Slide:
    """One view. `district_code`, `scenario_id`: of a view of one district or saved scenario, else empty and 0."""

    id: str
    title: str
    district_code: str = ""
    scenario_id: int = 0


def list_slides(
    assessment: Assessment, has_year_before: bool, scenarios: Iterable[tuple[int, str]] = ()
) -> list[Slide]:
    """Overview, map, districts, knocked out, changes (where there is a year before), closest, scenarios, each district.

    `scenarios`: id and name of those that are saved.
    """
    year = assessment.round.year
    slides = [
        Slide("overview", f"Xã, phường, thị trấn phù hợp với trẻ em năm {year}"),
        Slide("map", f"Kết quả trên bản đồ năm {year}"),
        Slide("districts", f"Kết quả theo {assessment.district_heading.lower()} năm {year}"),
    ]
    if assessment.standard.recognition.zero_knocks_out:
        slides.append(Slide("knocked_out", "Tiêu chí nào làm đơn vị bị loại"))
    if has_year_before:
        slides.append(Slide("changes", "Thay đổi so với năm trước"))
    slides.append(Slide("closest", "Đơn vị gần đạt nhất và việc còn thiếu"))
    slides += [
        Slide(f"scenario-{scenario_id}", f"Phương án thử: {name}", scenario_id=scenario_id)
        for scenario_id, name in scenarios
    ]
    districts = assessment.frame.drop_duplicates("district_code")
    named = districts[districts["district_code"] != ""]
    slides += [
        Slide(f"district-{code}", name, code)
        for code, name in zip(named["district_code"], named["district"], strict=True)
    ]
    return slides


def start_slide(ids: list[str], wanted: str, from_page: str) -> str:
    """The view to show: the wanted one, else the one that fits the page or district it was started from.

    `from_page`: the page's path in the URL, or the code of a district.
    """
    screen = find_screen(from_page)
    for view in (wanted, screen.projector_view if screen else "", f"district-{from_page}"):
        for slide_id in ids:
            if view and (slide_id == view or slide_id.startswith(f"{view}-")):
                return slide_id
    return ids[0]
