"""How the tests read a chart: rendered, its marks counted."""

from datetime import date

import altair as alt

from reports.charts.picture import caption_of, render_picture
from reports.facts.assessment import Assessment


def values_of(spec: dict, layer: int) -> list[dict]:
    """The values of a layer; Altair puts those that all layers share at the top, by themselves or by name."""
    data = spec["layer"][layer].get("data") or spec["data"]
    return data["values"] if "values" in data else spec["datasets"][data["name"]]


def render(chart: alt.LayerChart, assessment: Assessment) -> str:
    """The chart as the SVG of a picture."""
    caption = caption_of(assessment, "Hồ sơ", date(2022, 12, 1))
    return render_picture(chart.to_dict(), caption, "svg", width=600).decode()


def count_marks(svg: str, kind: str) -> int:
    """How many marks of a kind (bar, point) were drawn."""
    return svg.count(f'aria-roledescription="{kind}"')
