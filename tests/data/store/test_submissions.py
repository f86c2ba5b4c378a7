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
from sqlalchemy.exc import IntegrityError

from data.store import StoreError, open_store, plan_round
from data.units.lists import load_units
from tests.data.store.samples import FIRST_UNIT, HA_NOI, HA_NOI_UNIT, ROUND, SECOND_UNIT, YEAR, save, values

ROOT = Path(__file__).resolve().parents[3]


def test_new_file_supersedes_and_history_stays(store):
    first = save(store, pd.concat([values(value=7), values(SECOND_UNIT, 3)]))
    second = save(store, values(value=8, cell="D5"), "b.xlsx")
    assert store.observations.load(ROUND)["births"].to_dict() == {FIRST_UNIT: 8, SECOND_UNIT: 3}
    history = store.observations.load_history(ROUND, FIRST_UNIT, "births")
    assert history["value"].tolist() == [8, 7]
    assert history["superseded_by"].isna().tolist() == [True, False]
    assert history["superseded_by"][1] == second
    assert history["submission_id"].tolist() == [second, first]
    assert store.submissions.get_file(first) == ("a.xlsx", b"a.xlsx")


def test_files_are_listed_newest_first(store):
    first, second = save(store, values()), save(store, values(), "b.xlsx", demo=True)
    files = store.submissions.list(ROUND)
    assert [(file.id, file.file_name, file.demo, file.units) for file in files] == [
        (second, "b.xlsx", True, 1),
        (first, "a.xlsx", False, 1),
    ]
    assert {(file.round, file.submitted_by) for file in files} == {(ROUND.key, "Cán bộ A")}
    assert store.submissions.list(HA_NOI) == []


def test_demo_label_goes_when_real_figures_replace_it(store):
    save(store, pd.concat([values(value=7), values(SECOND_UNIT, 3)]), demo=True)
    assert store.observations.list_demo_units(ROUND) == {FIRST_UNIT, SECOND_UNIT}
    save(store, values(value=8))
    assert store.observations.list_demo_units(ROUND) == {SECOND_UNIT}


def test_units_of_another_province_are_refused_at_the_door(store):
    save(store, values())
    strangers = pd.concat([values(SECOND_UNIT), *(values(code) for code in load_units("2020", "01").index[:3])])
    with pytest.raises(StoreError, match=r"3 đơn vị không thuộc kỳ 2022 của Tỉnh Lạng Sơn.*của Thành phố Hà Nội"):
        save(store, strangers, "b.xlsx")
    with pytest.raises(StoreError, match="1 đơn vị không thuộc kỳ 2022 của Thành phố Hà Nội, như mã 99999"):
        save(store, values("99999"), "b.xlsx", HA_NOI)
    assert [round.key for round in store.rounds.list()] == [ROUND.key]
    assert store.observations.load(ROUND)["births"].to_dict() == {FIRST_UNIT: 7}
    save(store, values(HA_NOI_UNIT, 4), "b.xlsx", HA_NOI)
    assert store.observations.load(HA_NOI)["births"].to_dict() == {HA_NOI_UNIT: 4}


def test_inputs_that_the_standard_does_not_have_are_refused(store):
    with pytest.raises(StoreError, match="không có số liệu “birthz”"):
        save(store, values(input_id="birthz"))
    assert store.rounds.list() == []


def test_failure_in_the_middle_leaves_nothing(store):
    save(store, values(value=7))
    twice = pd.concat([values(value=8), values(value=9)])  # breaks the unique index at the second row
    before = len(store.audit.list()), store.rounds.facts_version(ROUND)
    with pytest.raises(IntegrityError):
        save(store, twice, "b.xlsx")
    assert store.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 7
    assert [file.file_name for file in store.submissions.list(ROUND)] == ["a.xlsx"]
    assert (len(store.audit.list()), store.rounds.facts_version(ROUND)) == before


def test_texts_of_files_are_cut_alike_on_both_databases(store):
    long = "x" * 300
    frame = values().assign(sheet=[long], cell=["A" * 40], original=[f"a\x00{long}"])
    submission = store.submissions.save(ROUND, frame, f"tên\x00 {long}.xlsx", b"a", f"{long}\ud800")
    source = store.observations.load_sources(ROUND, FIRST_UNIT).loc["births"]
    assert (source["sheet"], source["cell"], source["original"]) == (long[:255], "A" * 30, f"a{long}"[:120])
    assert source["submitted_by"] == long[:100]
    assert store.submissions.get_file(submission)[0] == f"tên {long}"[:255]
    assert store.audit.list()[-1].actor == long[:100]


def test_writers_take_turns(store):
    units = load_units("2020", "20").index[:40]
    errors = []

    def write(value: int) -> None:
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
    assert store.observations.load(ROUND)["births"].nunique() == 1  # one whole file, not a mixture
    assert len(store.submissions.list(ROUND)) == 6
    assert [event.action for event in store.audit.list()].count("open_round") == 1


@pytest.mark.parametrize("pause", [0.05, 0.15, 0.3])
def test_killed_in_the_middle_leaves_nothing_half_written(database_url, pause):
    """A process is killed while it stores a large file; what stays is nothing of it, or all of it."""
    script = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
import pandas as pd
from data.store import open_store, plan_round
from data.units.lists import load_units
from scoring.standard import get_standard
store = open_store()
units, inputs = load_units("2020").index[:3000], list(get_standard().inputs)[:40]
frame = pd.DataFrame([(u, i) for u in units for i in inputs], columns=["unit_code", "input_id"])
frame = frame.assign(value=pd.array([1] * len(frame), dtype="Int64"), sheet="S", cell="A1", original="")
print("ready", flush=True)
store.submissions.save(plan_round({YEAR}, "VN"), frame, "big.xlsx", b"x", "A")
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
    tables = ("observation", "submission", "assessment_round")
    with store.write() as connection:  # after what the server still does for the process that is gone
        rows = tuple(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in tables)
    store.close()
    assert rows == ((120_000, 1, 1) if finished else (0, 0, 0))


def test_file_closes_its_draft_of_the_round_only(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"a.xlsx")
    other = store.drafts.save(plan_round(2021), "a.xlsx", b"a.xlsx")
    save(store, values(), choices={"columns": {"a": "births"}, "units": {}})
    assert store.drafts.find(draft) is None
    assert store.drafts.find(other) is not None
