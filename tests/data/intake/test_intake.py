"""From file to store: drafts, remembered mappings, explanations, corrections on screen, comparison, zips."""

import zipfile
from io import BytesIO

import pandas as pd
import pytest
from sqlalchemy import inspect

from data.intake.choices import MappingError, load_mapping, save_mapping
from data.intake.door import Intake, confirm_suggestions, find_overlaps
from data.intake.reading.archive import MOST_FILES, list_files
from data.intake.returned.fixes import list_wrong_rows, read_edits
from data.intake.workbook import open_workbook
from data.store import Shown, StoreError, plan_round
from data.store.changes import compare_figures, count_changes, merge_figures
from data.store.choices import Choices
from data.store.explanations import note_key
from scoring.explain import explain
from tests.data.samples import STANDARD, UNITS, YEAR, edited, random_values, workbook
from tests.workbooks.make import DINH_LAP, TRUTH, make_all
from tests.workbooks.sheets import Sheet, to_xlsx, to_zip

SOME = UNITS.head(4)
ROUND = plan_round(YEAR)


@pytest.fixture
def intake(store) -> Intake:
    return Intake(store, ROUND, UNITS)


def check(intake: Intake, content: bytes, **more):
    return intake.check(open_workbook(content, "a.xlsx"), content, **more)


def test_confirmed_mapping_is_remembered_for_files_of_the_shape(intake):
    content = make_all()["nhan-viet-tat.xlsx"]
    first = check(intake, content)
    assert {one.code for one in first.errors} == {"column_to_confirm"}
    choices = confirm_suggestions(first, Choices())
    confirmed = check(intake, content, choices=choices)
    assert confirmed.accepted
    intake.store.mappings.save(first.shape, STANDARD.id, choices, "Cán bộ B")
    again = check(intake, content)
    assert again.accepted
    (told,) = [one for one in again.notes if one.code == "mapping_remembered"]
    assert "Cán bộ B" in told.message
    pd.testing.assert_frame_equal(
        again.wide()[list(confirmed.wide())], TRUTH.loc[DINH_LAP.index, list(confirmed.wide())], check_names=False
    )


def test_officer_can_take_a_column_for_something_else_or_leave_it_out(intake):
    content = make_all()["nhan-viet-tat.xlsx"]
    keys = {one.match.target: one.match.header.key for one in check(intake, content).columns}
    chosen = {keys[one]: one for one in keys if one in STANDARD.inputs} | {keys["infants"]: "-"}
    ingest = check(intake, content, choices=Choices(chosen))
    assert ingest.accepted
    assert "infants" not in ingest.wide()


def test_unit_is_what_the_officer_said(intake):
    content = make_all()["ten-khong-dau.xlsx"]
    (question,) = check(intake, content).questions
    best = question.candidates[0][0]
    ingest = check(intake, content, choices=Choices(units={question.key: best}))
    assert ingest.accepted
    assert best in ingest.wide().index
    content = make_all()["trung-ten-khong-huyen.xlsx"]
    (question,) = check(intake, content).questions
    assert {UNITS.at[code, "name"] for code, _ in question.candidates} == {"Xã Hòa Bình"}
    ingest = check(intake, content, choices=Choices(units={question.key: "06397"}))
    assert ingest.accepted
    assert "06397" in ingest.wide().index


def test_mapping_file_goes_out_and_in(intake, tmp_path):
    ingest = check(intake, make_all()["nhan-viet-tat.xlsx"])
    save_mapping(tmp_path / "m.yaml", confirm_suggestions(ingest, Choices()))
    assert check(intake, make_all()["nhan-viet-tat.xlsx"], choices=load_mapping(tmp_path / "m.yaml", STANDARD)).accepted


@pytest.mark.parametrize("text", ["columns: [1]", "cot: {}", "columns: {TE: birthz}", "a: b: c"])
def test_bad_mapping_file_is_refused_in_a_sentence(tmp_path, text):
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=r"[Tt]ệp đối chiếu"):
        load_mapping(tmp_path / "m.yaml", STANDARD)


def test_draft_survives_and_ends_with_its_submission(intake):
    store, content = intake.store, workbook(SOME, random_values(SOME, 1))
    shown = store.drafts.find(store.drafts.save(ROUND, "a.xlsx", content))
    store.drafts.add_edits(shown, {("S", "A1"): "7"})
    shown = store.drafts.find(shown.id)
    assert shown.edits == {("S", "A1"): "7"}
    assert store.rounds.list() == []
    ingest, others = check(intake, content), store.drafts.save(ROUND, "b.xlsx", b"2")
    intake.accept(ingest, "a.xlsx", content, "A", shown=Shown(shown, 0))
    assert [draft.id for draft in store.drafts.list(ROUND)] == [others]
    with pytest.raises(StoreError, match="đã được A xác nhận"):
        intake.accept(ingest, "a.xlsx", content, "B", shown=Shown(shown, 0))
    assert len(store.submissions.list(ROUND)) == 1


def test_file_brought_without_a_draft_ends_all_drafts_of_it(intake):
    store, content = intake.store, workbook(SOME, random_values(SOME, 1))
    for person in "ab":
        store.drafts.save(ROUND, "a.xlsx", content, person)
    intake.accept(check(intake, content), "a.xlsx", content, "A")
    assert store.drafts.list(ROUND) == []


def test_correction_on_screen_is_stored_with_what_the_file_says(intake):
    def spoil(sheet, cell):
        cell(0, "births").value = "mười hai"

    content = edited(workbook(SOME, random_values(SOME, 1)), spoil)
    ingest = check(intake, content)
    (grid,) = list_wrong_rows(ingest, STANDARD)
    column = grid.headers.index("Số trẻ em sinh ra trong năm")
    assert grid.texts[0][column] == "mười hai"
    assert grid.wrong[0][column]
    edits = read_edits(grid, {0: {grid.headers[column]: "2500"}})
    assert edits == {(grid.sheet, grid.cells[0][column]): "2500"}
    assert read_edits(grid, {0: {grid.headers[column]: "mười hai"}}) == {}
    fixed = check(intake, content, edits=edits)
    assert fixed.accepted
    intake.accept(fixed, "a.xlsx", content, "A")
    source = intake.store.observations.load_sources(ROUND, SOME.index[0]).loc["births"]
    assert (source["value"], source["original"]) == (2500, "“mười hai”")
    assert intake.store.observations.load_sources(ROUND, SOME.index[0]).loc["children", "original"] == ""
    assert explain  # the words of the trace are tested with the engine's


def test_file_with_errors_is_never_accepted(intake):
    content = make_all()["phan-tram.xlsx"]
    with pytest.raises(ValueError, match="never stored"):
        intake.accept(check(intake, content), "a.xlsx", content, "A")
    assert intake.store.rounds.list() == []


def test_same_file_is_recognised(intake):
    content = workbook(SOME, random_values(SOME, 1))
    intake.accept(check(intake, content), "lần một.xlsx", content, "A")
    later = Intake(intake.store, intake.planned, UNITS)
    (told,) = [one for one in check(later, content).warnings if one.code == "file_known"]
    assert "lần một.xlsx" in told.message
    assert count_changes(later.compare(check(later, content))) == {
        "added": 0,
        "changed": 0,
        "gone": 0,
        "unchanged": 4 * len(STANDARD.inputs),
    }


def test_explanation_stays_with_the_warning(intake):
    def spoil(sheet, cell):
        cell(0, "surveyed_adults").value = 12
        cell(0, "satisfied_adults").value = 12

    content = edited(workbook(SOME, random_values(SOME, 1)), spoil)
    (warning,) = [one for one in check(intake, content).warnings if one.code == "survey_small"][:1]
    intake.store.explanations.save(ROUND, [(warning, "Xã chỉ có 12 hộ")], "Cán bộ C")
    kept = intake.store.explanations.load(ROUND)[note_key(warning)]
    assert (kept.note, kept.author, kept.message) == ("Xã chỉ có 12 hộ", "Cán bộ C", warning.message)
    intake.store.explanations.save(ROUND, [(warning, "Sửa lại lý do")], "Cán bộ D")
    assert intake.store.explanations.load(ROUND)[note_key(warning)].note == "Sửa lại lý do"
    assert intake.store.explanations.load(plan_round(YEAR - 1)) == {}


def test_last_year_is_compared_without_illustrative_figures(intake):
    values = random_values(UNITS, 5)
    content = workbook(UNITS, values, year=2021)
    last = Intake(intake.store, plan_round(2021), UNITS)
    ingest = check(last, content)
    intake.store.submissions.save(plan_round(2021), ingest.observations, "a.xlsx", content, "A", demo=True)
    assert Intake(intake.store, ROUND, UNITS).context.last_figures.empty
    last.accept(ingest, "a.xlsx", content, "A")
    now = Intake(intake.store, ROUND, UNITS)
    assert now.context.last_year == 2021
    codes = {one.code for one in check(now, workbook(UNITS, values)).warnings}
    assert "copied_from_last_year" in codes


def frame(**columns) -> pd.DataFrame:
    return pd.DataFrame(
        {one: pd.array(values, dtype="Int64") for one, values in columns.items()}, index=["06613", "06616"]
    )


def test_changes_value_by_value():
    stored, incoming = (
        frame(births=[1, 2], infants=[3, None]),
        frame(births=[1, 5], children=[9, None], infants=[None, 4]),
    )
    found = compare_figures(stored, incoming).set_index(["unit_code", "input_id"])["change"].to_dict()
    assert found == {
        ("06613", "births"): "unchanged",
        ("06613", "children"): "added",
        ("06613", "infants"): "gone",
        ("06616", "births"): "changed",
        ("06616", "infants"): "added",
    }


def test_inputs_that_a_file_lacks_stay():
    merged = merge_figures(frame(births=[1, 2], infants=[3, 4]), frame(births=[7, None]).head(1), STANDARD)
    assert merged.loc["06613", ["births", "infants"]].tolist() == [7, 3]
    assert merged.loc["06616", ["births", "infants"]].tolist() == [2, 4]
    assert list(merged) == list(STANDARD.inputs)


def test_units_in_two_files_are_told():
    first, second = find_overlaps([("a.xlsx", SOME.index), ("b.xlsx", UNITS.index[3:6])], UNITS)
    assert first == []
    assert [(found.code, found.unit) for found in second] == [("unit_in_other_file", UNITS.index[3])]


def test_zip_of_spreadsheets():
    inner = workbook(SOME)
    files, findings = list_files(
        "a.zip", to_zip({"Huyện A/Số liệu.xlsx": inner, "__MACOSX/x.xlsx": b"", "đọc.txt": b"", "~$a.xlsx": b""})
    )
    assert files == [("Số liệu.xlsx", inner)]
    assert findings == []
    assert list_files("a.xlsx", inner) == ([("a.xlsx", inner)], [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (to_zip({"đọc.txt": b""}), "file_empty_archive"),
        (to_zip({f"{number}.csv": b"a" for number in range(MOST_FILES + 1)}), "file_too_many"),
        (to_zip({f"{number}.txt": b"" for number in range(20_000)}), "file_too_many"),
        (to_zip({f"xl/{number}.xml": b"" for number in range(20_000)}), "file_too_many"),
        (to_zip({f"{number}.csv": bytes(10**8) for number in range(3)}), "too_large"),
        (to_zip({"a.csv": bytes(26 * 2**20)}), "too_large"),
        (to_zip({"a.csv": b"abc" * 900})[:-30], None),
    ],
)
def test_zip_that_is_refused(content, code):
    files, findings = list_files("a.zip", content)
    assert [one.code for one in findings] == ([code] if code else [])
    assert len(files) == (0 if code else 1)  # a zip cut at its end is no zip: the reader refuses it as a file


def test_name_of_a_zip_entry_without_the_flag_of_unicode():
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("x.csv")
        entry.filename = "Số liệu.csv".encode().decode("cp437")
        archive.writestr(entry, b"a,b")
    content = buffer.getvalue()
    (name, _), *_ = list_files("a.zip", content)[0]
    assert name.endswith(".csv")


def test_tables_of_the_new_migration_are_there(store):
    assert {"draft", "column_mapping", "finding_note"} <= set(inspect(store._connections.engine).get_table_names())


def partial(**figures) -> bytes:
    rows = [["Mã đơn vị", *figures], [SOME.index[0], *figures.values()]]
    return to_xlsx({"S": Sheet(rows)})


def test_part_in_one_file_above_the_whole_of_another_is_refused(intake):
    content = partial(children=100, villages=5)
    intake.accept(check(intake, content), "a.xlsx", content, "A")
    later = Intake(intake.store, intake.planned, UNITS)
    (error,) = check(later, partial(injured=101, births=3)).errors
    assert (error.code, error.unit, error.input, error.cell) == (
        "stored_part_too_large",
        SOME.index[0],
        "injured",
        "B2",
    )
    assert "đã nộp trước" in error.message
    (error,) = check(later, partial(children=99, villages=1, villages_with_play=2)).errors
    assert error.code == "part_too_large"
    assert check(later, partial(injured=100, births=3)).accepted


def test_store_refuses_what_another_session_made_impossible(intake):
    first, second = partial(children=100, villages=5), partial(injured=101, births=3)
    checked = check(intake, second)
    assert checked.accepted
    intake.accept(check(intake, first), "a.xlsx", first, "A")
    with pytest.raises(StoreError, match="lớn hơn"):
        intake.accept(checked, "b.xlsx", second, "B")
    assert len(intake.store.submissions.list(ROUND)) == 1
    assert "injured" not in intake.store.observations.load_sources(ROUND, SOME.index[0]).index


def test_real_file_takes_all_illustrative_figures_of_its_units(intake):
    demo = check(intake, workbook(UNITS, random_values(UNITS, 5)))
    intake.store.submissions.save(intake.planned, demo.observations, "demo.xlsx", b"demo", "A", demo=True)
    content = partial(children=1, villages=1)
    later = Intake(intake.store, intake.planned, UNITS)
    ingest = check(later, content)
    assert ingest.accepted
    assert set(later.compare(ingest)["change"]) == {"added"}
    later.accept(ingest, "a.xlsx", content, "A")
    code = SOME.index[0]
    assert code not in intake.store.observations.list_demo_units(ROUND)
    assert intake.store.observations.load(ROUND).loc[code].dropna().to_dict() == {"children": 1, "villages": 1}
    assert len(intake.store.observations.list_demo_units(ROUND)) == len(UNITS) - 1
