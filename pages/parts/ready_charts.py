"""Charts in the form that `st.vega_lite_chart` passes on untouched: their data as text or Arrow bytes, made once.

Streamlit writes a specification as JSON on each rerun, reads it again to make its names stable, reads it once more for
its selections, and makes Arrow of the rows at its top. For a map that cost more than the scoring, and its thousands of
lists of coordinates stayed with every session that showed it. `st.altair_chart` checks the whole chart as well, and
while it does so it changes how Altair writes the charts of all other sessions.
"""

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa

from data.store import RoundKey
from pages.parts.cached import cached
from pages.parts.rounds import get_assessment_of
from reports.charts.bars import draw_district_bars
from reports.facts.counts import order_districts, summarise_districts

_ROWS = "rows"
_DEFAULT_SIZE = ("continuousWidth", "continuousHeight")  # Altair's, for charts outside Streamlit
_PARTS = ("layer", "concat", "hconcat", "vconcat")


def make_ready(chart: alt.TopLevelMixin | dict[str, Any]) -> dict[str, Any]:
    """The same picture as a specification for `st.vega_lite_chart`; `chart` stays as it is.

    Data inside the picture becomes JSON text, which Vega reads in the browser; rows at its top, which Streamlit hands
    over beside the specification, become Arrow bytes.
    """
    spec = dict(chart) if isinstance(chart, dict) else _write(chart)
    values = spec["data"].get("values") if isinstance(spec.get("data"), dict) else None
    if _is_geometry(values) and "layer" in spec:
        spec["layer"] = [{"data": spec.pop("data"), "layer": spec["layer"]}]
    elif isinstance(values, list):
        spec["data"] = {"name": _ROWS}
        spec["datasets"] = {_ROWS: values}
    if "datasets" in spec:
        spec["datasets"] = {name: _to_arrow(rows) for name, rows in spec["datasets"].items()}
    for name in _PARTS:
        if name in spec:
            spec[name] = [_pack(part) for part in spec[name]]
    return spec


@cached(entries=256)
def draw_once(_draw: Callable[[], alt.TopLevelMixin | dict[str, Any]]) -> dict[str, Any]:
    """The chart that `_draw` gives, ready; its version says what is drawn and all that it depends on."""
    return make_ready(_draw())


@cached(entries=48)
def draw_ready_bars(key: RoundKey, codes: tuple[str, ...], furthest_first: bool, large: bool = False) -> dict[str, Any]:
    """The bars of the districts of some units: in the list's order or furthest first."""
    assessment = get_assessment_of(key)
    target = assessment.round.target_percent
    summary = summarise_districts(assessment.frame.loc[list(codes)], target)
    if furthest_first:
        summary = order_districts(summary)
    return make_ready(draw_district_bars(summary, target, assessment.district_heading, large=large))


def _write(chart: alt.TopLevelMixin) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict()
    view = spec.get("config", {}).get("view", {})
    for name in _DEFAULT_SIZE:
        view.pop(name, None)
    return spec


def _pack(part: dict[str, Any]) -> dict[str, Any]:
    packed = dict(part)
    data = packed.get("data")
    if isinstance(data, dict) and isinstance(data.get("values"), list | dict):
        text = json.dumps(data["values"], ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        packed["data"] = data | {"values": text, "format": {"type": "json"} | data.get("format", {})}
    for name in _PARTS:
        if name in packed:
            packed[name] = [_pack(inner) for inner in packed[name]]
    return packed


def _is_geometry(values: object) -> bool:
    first = values[0] if isinstance(values, list) and values else values
    return isinstance(first, dict) and first.get("type") in ("Feature", "FeatureCollection")


def _to_arrow(rows: list[dict[str, Any]]) -> bytes:
    table = pa.Table.from_pandas(pd.DataFrame(rows))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
