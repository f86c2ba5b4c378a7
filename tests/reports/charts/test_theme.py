"""What all charts share: data that stays in its part, lines of text, scales by result."""

import altair as alt
import pandas as pd

from reports.charts.theme import (
    LINE_BREAK,
    STATUS_COLOURS,
    VIETNAMESE_NUMBERS,
    break_lines,
    characters_within,
    finish_chart,
    finish_profile,
    list_lanes,
    name_data,
    scale_by_status,
    text_width,
    type_size,
)
from scoring.words import STATUS_WORDS
from tests.reports.charts.render import values_of


def test_data_stands_where_it_is_used_and_numbers_are_vietnamese():
    part = alt.Chart(pd.DataFrame({"a": [1]})).mark_point().encode(x="a:Q")
    other = alt.Chart(alt.InlineData(values=[{"a": 2}])).mark_point().encode(x="a:Q")
    spec = finish_chart(alt.vconcat(part, other), ink="#123456")
    assert "datasets" not in spec
    assert [view["data"]["values"] for view in spec["vconcat"]] == [[{"a": 1}], [{"a": 2}]]
    assert spec["config"]["locale"] == VIETNAMESE_NUMBERS
    assert spec["config"]["text"] == {"color": "#123456"}


def test_a_part_without_data_takes_it_from_the_whole():
    spec = finish_chart(alt.layer(alt.Chart().mark_point(), alt.Chart().mark_text()))
    assert not [part for part in spec["layer"] if "data" in part]


def test_named_data_stays_in_its_layer():
    chart = alt.Chart(name_data(pd.DataFrame({"a": [1, 2]}), "rows")).mark_point().encode(x="a:Q")
    spec = finish_profile(alt.layer(chart), large=True).to_dict()
    assert "datasets" not in spec
    assert values_of(spec, 0) == [{"a": 1}, {"a": 2}]
    assert spec["config"]["axis"]["labelFontSize"] == type_size(True)


def test_lines_are_no_longer_than_asked():
    text = "Trẻ em được khai sinh đúng quy định"
    lines = break_lines(text, 12).split(LINE_BREAK)
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= 12


def test_what_fits_is_no_wider_than_the_room():
    for width in (100, 333, 900):
        for size in (12, 20):
            assert text_width("x" * characters_within(width, size), size) <= width
    assert characters_within(1, 20) == 8


def test_scales_keep_the_order_of_results():
    scale = scale_by_status(STATUS_WORDS, STATUS_COLOURS).to_dict()
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {
        STATUS_WORDS[status]: colour for status, colour in STATUS_COLOURS.items()
    }
    assert list_lanes("level:N", ["1", "0"]).to_dict()["scale"]["domain"] == ["", "1", "0"]
