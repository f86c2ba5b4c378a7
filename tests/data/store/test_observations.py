"""Values as they are read back: missing is not zero, each with its cell."""

import pandas as pd

from tests.data.store.samples import FIRST_UNIT, HA_NOI, ROUND, SECOND_UNIT, save, values
from tests.data.store.samples import other_round as other_round


def test_missing_is_not_zero(store):
    save(store, pd.concat([values(value=0), values(input_id="children", value=None, cell="E4")]))
    row = store.observations.load(ROUND).loc[FIRST_UNIT]
    assert row["births"] == 0
    assert pd.isna(row["children"])
    sources = store.observations.load_sources(ROUND, FIRST_UNIT)
    assert sources.loc["children", "cell"] == "E4"
    assert pd.isna(sources.loc["children", "value"])


def test_source_of_a_value_is_its_file_sheet_and_cell(store):
    save(store, values(value=7))
    save(store, values(value=8, cell="D5"), "b.xlsx")
    source = store.observations.load_sources(ROUND, FIRST_UNIT).loc["births"]
    assert (source["value"], source["file_name"], source["sheet"], source["cell"]) == (8, "b.xlsx", "Số liệu", "D5")
    assert source["submitted_at"].utcoffset().total_seconds() == 0


def test_round_without_values_has_no_rows_and_all_inputs(store):
    empty = store.observations.load(HA_NOI)
    save(store, values())
    assert empty.empty
    assert list(empty) == list(store.observations.load(ROUND))
    assert store.observations.list_demo_units(HA_NOI) == set()
    assert store.observations.load_sources(HA_NOI, FIRST_UNIT).empty


def test_values_have_the_inputs_of_the_standard_that_is_asked_for(store, other_round):
    save(store, values())
    assert store.observations.load(ROUND, other_round.standard_id).loc[FIRST_UNIT, "births"] == 7


def test_every_current_value_is_listed_with_its_file_and_cell(store):
    first = save(store, values(value=7))
    later = pd.concat([values(value=8, cell="D5"), values(SECOND_UNIT, None, "children", "E5"), values(SECOND_UNIT, 4)])
    second = save(store, later, "b.xlsx")
    listed = store.observations.load_cells(ROUND)
    assert list(listed) == ["unit_code", "input_id", "value", "file", "sheet", "cell", "submission"]
    assert first not in set(listed["submission"])
    rows = [tuple(None if pd.isna(value) else value for value in row) for row in listed.itertuples(index=False)]
    assert rows == [
        (FIRST_UNIT, "births", 8, "b.xlsx", "Số liệu", "D5", second),
        (SECOND_UNIT, "births", 4, "b.xlsx", "Số liệu", "D4", second),
        (SECOND_UNIT, "children", None, "b.xlsx", "Số liệu", "E5", second),
    ]
    assert store.observations.load_cells(HA_NOI).empty
