"""One transaction an import, superseding instead of overwriting, and nothing half-written after a kill."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from data.store import StoreError, open_store, plan_round

ROOT = Path(__file__).resolve().parents[3]
YEAR = 2022


def values(unit: str = "05971", value: int | None = 7, input_id: str = "births", cell: str = "D4") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit_code": [unit],
            "input_id": [input_id],
            "value": pd.array([value], dtype="Int64"),
            "sheet": ["Số liệu"],
            "cell": [cell],
            "original": [""],
        }
    )


def save(store, observations, name="a.xlsx", **more) -> int:
    return store.save_submission(plan_round(YEAR), observations, name, name.encode(), "Cán bộ A", **more)


def test_round_opens_with_its_first_file(store):
    assert store.list_years() == []
    assert store.find_year(YEAR) is None
    save(store, values())
    assert store.list_years() == [YEAR]
    assert store.get_year(YEAR).vintage == "2020"
    assert store.get_year(YEAR).standard_id == "qd-06-2019"
    classes = store.unit_classes(YEAR)["unit_class"].value_counts()
    assert classes.to_dict() == {"mountain_island_or_disadvantaged": 195, "other": 5}


def test_year_that_is_not_open_is_refused(store):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá 1999"):
        store.get_year(1999)


def test_another_unit_list_is_refused_and_nothing_stored(store):
    save(store, values())
    with pytest.raises(StoreError, match="không đổi được sang 2025-07"):
        store.save_submission(plan_round(YEAR, vintage="2025-07"), values(value=9), "b.xlsx", b"b", "B")
    assert store.observations(YEAR).loc["05971", "births"] == 7
    assert len(store.list_submissions(YEAR)) == 1


def test_missing_is_not_zero(store):
    save(store, pd.concat([values(value=0), values(input_id="children", value=None, cell="E4")]))
    row = store.observations(YEAR).loc["05971"]
    assert row["births"] == 0
    assert pd.isna(row["children"])
    sources = store.sources(YEAR, "05971")
    assert sources.loc["children", "cell"] == "E4"
    assert pd.isna(sources.loc["children", "value"])


def test_new_file_supersedes_and_history_stays(store):
    first = save(store, pd.concat([values(value=7), values("05974", 3)]))
    second = save(store, values(value=8, cell="D5"), "b.xlsx")
    assert store.observations(YEAR)["births"].to_dict() == {"05971": 8, "05974": 3}
    history = store.history(YEAR, "05971", "births")
    assert history["value"].tolist() == [8, 7]
    assert history["superseded_by"].isna().tolist() == [True, False]
    assert history["superseded_by"][1] == second
    assert history["submission_id"].tolist() == [second, first]
    source = store.sources(YEAR, "05971").loc["births"]
    assert (source["file_name"], source["sheet"], source["cell"]) == ("b.xlsx", "Số liệu", "D5")
    assert store.get_file(first) == ("a.xlsx", b"a.xlsx")


def test_years_do_not_mix(store):
    save(store, values(value=7))
    store.save_submission(plan_round(2021), values(value=5), "c.xlsx", b"c", "C")
    assert store.observations(2021).loc["05971", "births"] == 5
    assert store.observations(YEAR).loc["05971", "births"] == 7


def test_demo_label_goes_when_real_figures_replace_it(store):
    save(store, pd.concat([values(value=7), values("05974", 3)]), demo=True)
    assert store.demo_units(YEAR) == {"05971", "05974"}
    save(store, values(value=8))
    assert store.demo_units(YEAR) == {"05974"}


def test_version_grows_with_every_write(store):
    before = store.version()
    save(store, values())
    after = store.version()
    assert after > before
    store.save_unit_classes(YEAR, store.unit_classes(YEAR).head(1).assign(unit_class="other"), "Sở")
    assert store.version() > after


def test_class_of_a_unit_can_be_corrected(store):
    save(store, values())
    corrected = pd.DataFrame(
        {"unit_class": ["mountain_island_or_disadvantaged"], "mountainous": [True], "provenance": ["seen"]},
        index=["05971"],
    )
    store.save_unit_classes(YEAR, corrected, "Sở")
    assert store.unit_classes(YEAR).loc["05971", "unit_class"] == "mountain_island_or_disadvantaged"
    for wrong in (corrected.assign(unit_class="city"), corrected.rename(index={"05971": "99999"})):
        with pytest.raises(StoreError, match="đơn vị"):
            store.save_unit_classes(YEAR, wrong, "Sở")


def test_failure_in_the_middle_leaves_nothing(store):
    save(store, values(value=7))
    twice = pd.concat([values(value=8), values(value=9)])  # breaks the unique index at the second row
    with pytest.raises(Exception, match="UNIQUE"):
        save(store, twice, "b.xlsx")
    assert store.observations(YEAR).loc["05971", "births"] == 7
    assert [one.file_name for one in store.list_submissions(YEAR)] == ["a.xlsx"]


def test_two_writers_take_turns(store):
    units = [f"{number:05d}" for number in range(40)]
    errors = []

    def write(value):
        try:
            save(store, pd.concat([values(unit, value) for unit in units]), f"{value}.xlsx")
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(value,)) for value in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert store.observations(YEAR)["births"].nunique() == 1  # one whole file, not a mixture
    assert len(store.list_submissions(YEAR)) == 6


def test_sqlite_is_set_up_for_safety(store):
    with store._engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


@pytest.mark.parametrize("pause", [0.05, 0.15, 0.3])
def test_killed_in_the_middle_leaves_nothing_half_written(home, pause):
    """A process is killed while it stores a large file; what stays is nothing of it, or all of it."""
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import pandas as pd
from data.store import open_store, plan_round
store = open_store()
units = [f"{{n:05d}}" for n in range(3000)]
inputs = [f"input_{{n}}" for n in range(40)]
frame = pd.DataFrame([(u, i) for u in units for i in inputs], columns=["unit_code", "input_id"])
frame = frame.assign(value=pd.array([1] * len(frame), dtype="Int64"), sheet="S", cell="A1")
print("ready", flush=True)
store.save_submission(plan_round({YEAR}), frame, "big.xlsx", b"x", "A")
print("done", flush=True)
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUTF8": "1"}
    ) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(pause)
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        finished = "done" in process.stdout.read()
    store = open_store()
    with store._engine.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM observation")).scalar()
        files = connection.execute(text("SELECT count(*) FROM submission")).scalar()
        years = connection.execute(text("SELECT count(*) FROM assessment_year")).scalar()
    store.close()
    assert (rows, files, years) == ((120_000, 1, 1) if finished else (0, 0, 0))
