"""A coloured table whose colours are worked out once: to Streamlit the same as one that works them out anew."""

import pandas as pd
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df, is_pandas_styler
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from data.store import open_store
from pages.parts.kept_styler import keep_styler
from reports.charts.heat import colour_heat, style_heat
from reports.charts.theme import MISSING_MARK, ZERO_MARK
from reports.facts.assessment import load_assessment
from reports.facts.listing import sort_units
from reports.facts.tables import heat_table
from tests.pages.opening import open_page


@pytest.fixture(scope="module")
def assessment(demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022))


def style(assessment, sort: str):
    ordered = sort_units(assessment.frame, sort)
    table = heat_table(assessment, ordered)
    return style_heat(table, colour_heat(table, ordered, assessment.standard))


def marshal(styler) -> tuple[str, pd.DataFrame]:
    """Styles and texts of a table, as Streamlit sends them."""
    proto = ArrowData()
    marshall_styler(proto, styler, "unused")
    return proto.styler.styles, convert_arrow_bytes_to_pandas_df(proto.styler.display_values)


@pytest.mark.parametrize("sort", ["zeros", "name", "tc5"])
def test_styles_and_texts_are_those_of_a_plain_styler(assessment, sort):
    plain = style(assessment, sort).set_uuid("heat")
    kept = keep_styler(style(assessment, sort), "heat")
    assert is_pandas_styler(kept)
    styles, texts = marshal(kept)
    plain_styles, plain_texts = marshal(plain)
    assert styles == plain_styles
    pd.testing.assert_frame_equal(texts, plain_texts)
    assert f"{ZERO_MARK} 0" in texts.to_numpy()
    assert MISSING_MARK in texts.to_numpy()
    pd.testing.assert_frame_equal(kept.data, plain.data)


def test_asked_again_it_says_the_same(assessment):
    kept = keep_styler(style(assessment, "zeros"), "heat")
    first, second = marshal(kept), marshal(kept)
    assert first[0] == second[0]
    pd.testing.assert_frame_equal(first[1], second[1])


def read_heat_table() -> pd.DataFrame:
    return open_page("heat").dataframe[0].value


def test_page_shows_what_was_written_since_the_last_run(demo_home):
    before = read_heat_table()
    pd.testing.assert_frame_equal(read_heat_table(), before)
    store = open_store()
    year = load_assessment(store, store.rounds.choose(2022))
    answer = next(field.id for field in year.standard.inputs.values() if field.kind == "answer")
    row = {"unit_code": "05971", "input_id": answer, "value": 0, "sheet": "A", "cell": "A1", "original": ""}
    store.submissions.save(year.round, pd.DataFrame([row]).astype({"value": "Int64"}), "a.xlsx", b"a", "A")
    store.close()
    after = read_heat_table()
    assert not after.equals(before)
