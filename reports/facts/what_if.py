"""A scenario (“what if”) beside the law: who changes status, on the map, as a list, as files to take away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd
import shapely
import vl_convert

from reports.charts.classes import MapClasses
from reports.charts.colours import NO_DATA_COLOUR
from reports.charts.maps.status import draw_map
from reports.charts.picture import FONT, Caption, caption_of
from reports.exports.powerpoint.deck import Deck
from reports.exports.powerpoint.facts import footer_of
from reports.exports.powerpoint.free import TextSlide, add_own
from reports.facts.assessment import Assessment
from scoring.engine import score
from scoring.scenario import apply_scenario
from scoring.scenario_model import Scenario
from scoring.scenario_words import Change, list_changes
from scoring.words import SCENARIO_LABEL, STATUS_WORDS, format_number
from shapes.layers.layers import Layer

KIND_WORDS = {
    "gained": "Đạt nhờ phương án",
    "lost": "Mất kết quả đạt",
    "risen": "Tăng điểm",
    "fallen": "Giảm điểm",
    "same": "Giữ nguyên",
    "completed": "Đủ số liệu nhưng không đạt",
    "unknown": STATUS_WORDS["incomplete"],
}
STATUS_CHANGES = ("gained", "lost", "completed")
_GAINED, _LOST, _STILL_MET, _STILL_NOT, _INCOMPLETE = (
    f"+ {KIND_WORDS['gained']}",
    f"− {KIND_WORDS['lost']}",
    "Vẫn đạt",
    "Vẫn không đạt",
    STATUS_WORDS["incomplete"],
)
# What changes is dark, what stays is light: it stands out without colour too.
_CLASS_COLOURS = {
    _GAINED: "#08519c",
    _LOST: "#b2182b",
    _STILL_MET: "#b3cde3",
    _STILL_NOT: "#fdd0a2",
    _INCOMPLETE: NO_DATA_COLOUR,
}
_SLIDE_MAP = (900, 700)
_SLIDE_LEGEND = {"columns": 1, "labelFontSize": 30, "symbolSize": 800, "labelLimit": 600}
_SIGNS = {"gained": "+", "lost": "−"}


@dataclass(frozen=True)
class ScenarioCounts:
    """Units by what the scenario makes of them; `met_by_law` and `met` of all units."""

    units: int
    met_by_law: int
    met: int
    gained: int
    lost: int
    completed: int


def assess_scenario(assessment: Assessment, scenario: Scenario) -> Assessment:
    """The year as it would be by a scenario; nothing is stored, and the assessment stays as it is.

    Raises
    ------
    scoring.scenario_model.ScenarioError
        For a scenario that breaks a standard or a figure.
    """
    standard, units, observations = apply_scenario(
        scenario, assessment.standard, assessment.units, assessment.observations
    )
    if standard is assessment.standard:
        return assessment
    scores = score(observations, standard, units)
    return replace(assessment, standard=standard, units=units, observations=observations, scores=scores)


def list_scenario_changes(assessment: Assessment, scenario: Scenario) -> tuple[Change, ...]:
    """Each change against the law in words, with the scenario without it; of a scenario that is not refused."""
    return list_changes(scenario, assessment.standard, assessment.units, assessment.observations)


def compare_with_law(assessment: Assessment, changed: Assessment) -> pd.DataFrame:
    """Every unit by the law and by a scenario.

    Returns
    -------
    DataFrame
        Index `code`; columns `name`, `district_code`, `district`, `status_law`, `status`, `total_law`, `total`,
        `minimum_law`, `minimum` (points), `kind`: `gained` (met by the scenario only), `lost` (met by the law only),
        `completed` (incomplete by the law, not met by the scenario), `unknown` (incomplete), else `risen`, `fallen` or
        `same` by the total; and `label`, which says that this is no result.
    """
    law, now = assessment.frame, changed.frame
    both = pd.DataFrame(
        {
            "name": law["name"],
            "district_code": law["district_code"],
            "district": law["district"],
            "status_law": law["status"],
            "status": now["status"],
            "total_law": law["total"],
            "total": now["total"],
            "minimum_law": law["minimum"],
            "minimum": now["minimum"],
        }
    )
    columns = ["status_law", "status", "total_law", "total"]
    kinds = [_find_kind(*row) for row in both[columns].itertuples(index=False)]
    return both.assign(kind=pd.Series(kinds, index=both.index, dtype=str), label=SCENARIO_LABEL)


def count_scenario(compared: pd.DataFrame) -> ScenarioCounts:
    """Counts of `compare_with_law`."""
    kinds = compared["kind"].value_counts()
    return ScenarioCounts(
        units=len(compared),
        met_by_law=int((compared["status_law"] == "met").sum()),
        met=int((compared["status"] == "met").sum()),
        **{kind: int(kinds.get(kind, 0)) for kind in STATUS_CHANGES},
    )


def list_status_changes(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of `compare_with_law` whose status changes: gained first, then lost, then completed."""
    return pd.concat([compared[compared["kind"] == kind] for kind in STATUS_CHANGES])


def status_change_table(compared: pd.DataFrame, district_heading: str) -> pd.DataFrame:
    """`list_status_changes` as a table to read, index `code`."""
    rows = list_status_changes(compared)
    return pd.DataFrame(
        {
            "Đơn vị": rows["name"],
            district_heading: rows["district"],
            "Thay đổi": rows["kind"].map(KIND_WORDS),
            "Theo luật": rows["status_law"].map(STATUS_WORDS),
            "Phương án": rows["status"].map(STATUS_WORDS),
            "Điểm (luật)": rows["total_law"],
            "Điểm (thử)": rows["total"],
            "Tối thiểu (luật)": rows["minimum_law"],
            "Tối thiểu (thử)": rows["minimum"],
        }
    )


def classify_changes(compared: pd.DataFrame) -> MapClasses:
    """Classes of a difference map: gained, lost, met and not met by both, incomplete; each with its count."""
    names = [_name_class(*row) for row in compared[["kind", "status"]].itertuples(index=False)]
    labels = {name: f"{name} ({format_number(names.count(name))})" for name in _CLASS_COLOURS}
    return MapClasses(
        labels=pd.Series([labels[name] for name in names], index=compared.index, dtype=str),
        colours={labels[name]: colour for name, colour in _CLASS_COLOURS.items()},
    )


def draw_scenario_map(layer: Layer, compared: pd.DataFrame, total_heading: str, height: int) -> dict[str, Any]:
    """A map of what the scenario changes, as of `draw_map`; units that change bear a + or a −."""
    spec = draw_map(layer, compared, classify_changes(compared), total_heading, height)
    units, *others = spec["layer"]
    units["encoding"]["tooltip"].insert(2, {"field": "properties.label", "type": "nominal", "title": "So với luật"})
    units["encoding"]["tooltip"][3]["title"] = "Kết quả theo phương án"
    signs = {
        "data": {"values": _list_signs(layer, compared, height)},
        "mark": {"type": "text", "fontWeight": "bold", "color": "white", "aria": False},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "text": {"field": "sign", "type": "nominal"},
            "size": {"field": "size", "type": "quantitative", "scale": None},
        },
    }
    spec["layer"] = [units, others[0], signs, *others[1:]]
    return spec


def caption_scenario(changed: Assessment, title: str, made_on: date, source: str = "") -> Caption:
    """The caption of a picture of a scenario: that it is no result comes first."""
    caption = caption_of(changed, title, made_on, source)
    return replace(caption, doubts=(f"{SCENARIO_LABEL}.", *caption.doubts))


def build_scenario_slides(
    changed: Assessment,
    compared: pd.DataFrame,
    name: str,
    lines: Sequence[str],
    layer: Layer,
) -> bytes:
    """A .pptx of a scenario: the map with the counts and the changes, then the units that change status.

    Parameters
    ----------
    name : str
        Of the scenario; may be empty.
    lines : sequence of str
        Its changes in words.
    layer : Layer
        The shapes of the map.

    Raises
    ------
    reports.errors.ReportError
        For a template of the office that can't be used.
    """
    title = f"{SCENARIO_LABEL}: {name}" if name else SCENARIO_LABEL
    deck = Deck(f"{SCENARIO_LABEL} · {footer_of(changed)}")
    told = (describe_counts(count_scenario(compared)), *lines, layer.source)
    add_own(deck, TextSlide(title, told, picture=_render_large(layer, compared)))
    table = status_change_table(compared, changed.district_heading)
    if len(table):
        heading = "Đơn vị đổi kết quả theo phương án thử"
        add_own(deck, TextSlide(heading, table=table.drop(columns="Thay đổi")))
    deck.presentation.core_properties.title = f"{title}, năm {changed.round.year}"
    deck.presentation.core_properties.language = "vi-VN"
    buffer = BytesIO()
    deck.presentation.save(buffer)
    return buffer.getvalue()


def describe_counts(counts: ScenarioCounts) -> str:
    """The counts as a sentence."""
    return (
        f"Đạt theo luật: {format_number(counts.met_by_law)}/{format_number(counts.units)} đơn vị; theo phương án: "
        f"{format_number(counts.met)}. Đạt thêm {format_number(counts.gained)}, mất {format_number(counts.lost)}."
    )


def _find_kind(status_law: str, status: str, total_law: int, total: int) -> str:
    if status == "incomplete":
        return "unknown"
    if "met" in (status_law, status) and status_law != status:
        return "gained" if status == "met" else "lost"
    if status_law == "incomplete":
        return "completed"
    if total == total_law:
        return "same"
    return "risen" if total > total_law else "fallen"


def _name_class(kind: str, status: str) -> str:
    if kind in ("gained", "lost"):
        return _GAINED if kind == "gained" else _LOST
    return {"met": _STILL_MET, "not_met": _STILL_NOT, "incomplete": _INCOMPLETE}[status]


def _list_signs(layer: Layer, compared: pd.DataFrame, height: int) -> list[dict[str, Any]]:
    """A sign on each unit that changes, as large as fits the unit."""
    changing = compared[compared["kind"].isin(_SIGNS) & compared.index.isin(layer.units.index)]
    shown = layer.units.geometry[layer.units.index.isin(compared.index)]
    if changing.empty:
        return []
    _, bottom, _, top = shown.total_bounds
    shapes = layer.units.geometry[changing.index]
    rooms = shapely.area(shapes.to_numpy()) ** 0.5 / (top - bottom) * height * 0.55
    points = shapes.representative_point()
    return [
        {"x": point.x, "y": point.y, "sign": _SIGNS[kind], "size": min(max(room, 6), 22)}
        for point, kind, room in zip(points, changing["kind"], rooms, strict=True)
    ]


def _render_large(layer: Layer, compared: pd.DataFrame) -> bytes | None:
    """The map for a slide: a large legend, no caption; None where there are no shapes."""
    if not compared.index.isin(layer.units.index).any():
        return None
    spec = draw_scenario_map(layer, compared, "", _SLIDE_MAP[1])
    spec["layer"][0]["encoding"]["color"]["legend"] |= _SLIDE_LEGEND
    spec["width"] = _SLIDE_MAP[0]
    spec["config"] = spec.get("config", {}) | {"font": FONT, "background": "white"}
    return bytes(vl_convert.vegalite_to_png(spec, scale=1.5, allowed_base_urls=[]))
