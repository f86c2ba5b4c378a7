"""Charts in the form that Streamlit passes on untouched: the same data, made once, new with other figures."""

import json
from io import BytesIO

import altair as alt
import pandas as pd
import pyarrow as pa
import pytest

from data.store import Store, open_store
from pages.parts.ready_charts import draw_once, draw_ready_bars, make_ready
from reports.charts.bars import draw_district_bars
from reports.charts.classes import classify_status
from reports.charts.maps.base import highlight_unit
from reports.charts.maps.small import draw_each_small_map
from reports.charts.maps.status import draw_map
from reports.charts.margins import draw_margin_bars
from reports.facts.assessment import load_assessment
from reports.facts.counts import summarise_districts
from shapes.layers.layers import load_layer
from tests.pages.opening import open_page


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022))


@pytest.fixture(scope="module")
def layer():
    return load_layer("2020", "20")


def read_arrow(content: bytes) -> list[dict]:
    return pa.ipc.open_stream(BytesIO(content)).read_all().to_pylist()


def read_data(spec: dict) -> list:
    """Every data of a specification, ready or not, in the order of its parts."""
    data = []
    if "values" in spec.get("data", {}):
        values = spec["data"]["values"]
        data.append(json.loads(values) if isinstance(values, str) else values)
    for name in ("layer", "concat", "hconcat", "vconcat"):
        for part in spec.get(name, []):
            data += read_data(part)
    return data


def test_map_holds_the_same_shapes_as_text_and_stays_as_it_was(assessment, layer):
    frame = assessment.frame
    spec = draw_map(layer, frame, classify_status(frame), assessment.total_heading, 500)
    before = json.dumps(spec)
    ready = make_ready(spec)
    assert json.dumps(spec) == before
    assert all(isinstance(part["data"]["values"], str) for part in ready["layer"])
    assert read_data(ready) == read_data(spec)
    for part, plain in zip(ready["layer"], spec["layer"], strict=True):
        assert part | {"data": None} == plain | {"data": None}
        assert part["data"]["format"] == plain["data"]["format"]


def test_unit_is_highlighted_on_a_ready_map(assessment, layer):
    frame = assessment.frame
    ready = make_ready(draw_map(layer, frame, classify_status(frame), assessment.total_heading, 500))
    highlight_unit(ready, layer, "05971")
    chosen = ready["layer"][-1]["data"]["values"]["features"]
    assert [feature["properties"]["code"] for feature in chosen] == ["05971"]


def test_rows_at_the_top_are_arrow_bytes(assessment, layer):
    spec = draw_each_small_map(load_layer("2020", "20", "hexagons"), assessment.frame, assessment.standard)["tc5"]
    ready = make_ready(spec)
    assert ready["data"] == {"name": "rows"}
    assert read_arrow(ready["datasets"]["rows"]) == spec["data"]["values"]
    assert ready["layer"] == spec["layer"]


def test_shapes_at_the_top_move_inside_as_text(assessment, layer):
    spec = draw_each_small_map(layer, assessment.frame, assessment.standard)["tc5"]
    ready = make_ready(spec)
    assert "data" not in ready
    assert "datasets" not in ready
    (inside,) = ready["layer"]
    assert json.loads(inside["data"]["values"]) == spec["data"]["values"]
    assert inside["layer"] == spec["layer"]


def test_bars_hold_the_rows_of_the_plain_chart(assessment):
    target = assessment.round.target_percent
    chart = draw_district_bars(summarise_districts(assessment.frame, target), target, "Huyện")
    plain = chart.to_dict()
    ready = make_ready(chart)
    assert {name: read_arrow(rows) for name, rows in ready["datasets"].items()} == plain["datasets"]
    assert ready["layer"] == plain["layer"]
    assert "continuousWidth" not in json.dumps(ready["config"])


def test_finished_chart_keeps_its_rows(assessment):
    spec = draw_margin_bars(assessment.frame, 25, ("met", "short"), 260, "#000000")
    ready = make_ready(spec)
    rows = [read_arrow(content) for content in ready.get("datasets", {}).values()]
    assert rows + read_data(ready) == read_data(spec)


def test_missing_number_is_refused_rather_than_sent_as_no_json():
    with pytest.raises(ValueError, match="JSON"):
        make_ready({"layer": [{"data": {"values": [{"x": float("nan")}]}, "mark": "point"}]})


def test_chart_is_drawn_once_under_a_key_and_anew_under_another():
    drawn = []

    def draw() -> alt.Chart:
        drawn.append(1)
        return alt.Chart(pd.DataFrame({"x": [len(drawn)]})).mark_point().encode(x="x:Q")

    first = draw_once(("dots", 1), draw)
    first["mark"] = "changed by a page"
    assert draw_once(("dots", 1), draw)["mark"] != "changed by a page"
    assert len(drawn) == 1
    draw_once(("dots", 2), draw)
    assert len(drawn) == 2


def test_bars_change_with_the_store(demo_home):
    """A page shows what was written since the last one, not what was drawn before."""
    open_page("overview")
    store = open_store()
    before = load_assessment(store, store.rounds.choose(2022))
    code = before.frame.index[before.frame["status"] == "met"][0]
    key, codes = before.round.key, tuple(before.frame.index)
    facts = (key, store.rounds.facts_version(key), 0.0)
    drawn = draw_ready_bars(facts, key, codes, furthest_first=True)
    assert draw_ready_bars(facts, key, codes, furthest_first=True) == drawn
    assert draw_ready_bars(facts, key, codes, furthest_first=False) != drawn
    assert draw_ready_bars(facts, key, codes, furthest_first=True, large=True) != drawn
    take_figures_away(store, code)
    changed = draw_ready_bars((key, store.rounds.facts_version(key), 0.0), key, codes, furthest_first=True)
    store.close()
    assert changed["datasets"] != drawn["datasets"]


def take_figures_away(store: Store, code: str) -> None:
    """Write one figure for a unit that met the standard: a real file takes the place of all its demo figures."""
    year = load_assessment(store, store.rounds.choose(2022))
    answer = next(field.id for field in year.standard.inputs.values() if field.kind == "answer")
    row = {"unit_code": code, "input_id": answer, "value": 0, "sheet": "A", "cell": "A1", "original": ""}
    observations = pd.DataFrame([row]).astype({"value": "Int64"})
    store.submissions.save(year.round, observations, "a.xlsx", b"a", "A")
    assert load_assessment(store, store.rounds.choose(2022)).frame.at[code, "status"] == "incomplete"
