"""A button of a draft acts on what its session was shown, or says what happened meanwhile."""

from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from data.intake.door import Intake
from data.intake.reading import cells
from data.store import Choices, Store, open_store, plan_round
from data.units.lists import load_units
from tests.data.samples import random_values, workbook
from tests.pages.opening import open_page

ROUND = plan_round(2022)
UNITS = load_units("2020", "20")
CONFIRM, DROP, RESTORE = "Xác nhận và lưu", "Đúng, bỏ tệp này", "Khôi phục"


@pytest.fixture
def store(demo_home) -> Store:
    opened = open_store()
    yield opened
    opened.close()


def make(first: int, seed: int = 1) -> bytes:
    """A file of three units, from the first on."""
    units = UNITS.iloc[first : first + 3]
    return workbook(units, random_values(units, seed))


def open_submit(**files: bytes) -> AppTest:
    """The page in a session of its own, after files were brought there one after the other."""
    app = open_page("submit")
    app.selectbox(key="nam_nop").select(ROUND.key).run()
    for name, content in files.items():
        app.file_uploader[0].upload(f"{name}.xlsx", content).run()
        assert not app.exception
    for key in ("nguoi_nop", "nguoi_nop_het"):
        if any(field.key == key for field in app.text_input):
            app.text_input(key=key).set_value("Nguyễn Văn A").run()
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its label, as the session shows it."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """What the page says went wrong, and what it says went well."""
    return " ".join(part.value for part in (*app.error, *app.success, *app.info)).replace("\\", "")


def stored(store: Store) -> list[bytes]:
    """Contents of the real files that were stored, the newest first."""
    files = [file for file in store.submissions.list(ROUND) if not file.demo]
    return [store.submissions.get_file(file.id)[1] for file in files]


def test_each_of_two_officers_stores_the_file_that_he_was_shown(store):
    """The template's name is the same for all."""
    mine, yours = make(0), make(3)
    first = open_submit(Bieu_mau=mine)
    second = open_submit(Bieu_mau=yours)
    press(first, CONFIRM)
    assert stored(store) == [mine]
    press(second, CONFIRM)
    assert stored(store) == [yours, mine]
    assert store.drafts.list(ROUND) == []


def test_draft_that_another_session_confirmed_is_not_replaced_by_one_that_waits(store):
    shown, waiting = make(0), make(3)
    first = open_submit(a=shown)
    second = open_submit()
    open_submit(b=waiting)
    press(second, CONFIRM)
    assert stored(store) == [shown]
    press(first, CONFIRM)
    assert stored(store) == [shown]
    assert "“a.xlsx” đã được Nguyễn Văn A xác nhận và lưu lúc" in words(first)
    assert [draft.file_name for draft in store.drafts.list(ROUND)] == ["b.xlsx"]


@pytest.mark.parametrize("label", [CONFIRM, DROP])
def test_draft_that_was_worked_on_meanwhile_is_looked_at_again(store, label):
    app = open_submit(a=make(0))
    (draft,) = store.drafts.list(ROUND)
    store.drafts.add_choices(draft, Choices({"ghi chú": "-"}))
    press(app, label)
    assert "đã được sửa ở nơi khác lúc" in words(app)
    assert stored(store) == []
    assert len(store.drafts.list(ROUND)) == 1
    press(app, label)
    assert store.drafts.list(ROUND) == []


def test_figures_of_the_same_units_that_came_meanwhile_are_seen_before_they_are_replaced(store):
    mine, theirs = make(0, 1), make(0, 2)
    app = open_submit(a=mine)
    press(open_submit(b=theirs), CONFIRM)
    press(app, CONFIRM)
    assert stored(store) == [theirs]
    assert "tệp “b.xlsx” của Nguyễn Văn A có số liệu của cùng đơn vị" in words(app)
    press(app, CONFIRM)
    assert stored(store) == [mine, theirs]


def test_dropped_file_is_restored_by_one_press(store):
    app = open_submit(a=make(0), b=make(3))
    before = {draft.id for draft in store.drafts.list(ROUND)}
    press(app, DROP)
    assert [draft.file_name for draft in store.drafts.list(ROUND)] == ["a.xlsx"]
    press(app, RESTORE)
    assert {draft.id for draft in store.drafts.list(ROUND)} == before
    assert app.selectbox(key="ban_nhap").value == max(before)
    assert not any(button.label == RESTORE for button in app.button)


def test_correction_of_a_draft_that_is_gone_says_so(store):
    content = make(0)
    shown = store.drafts.find(store.drafts.save(ROUND, "a.xlsx", content))
    store.drafts.add_edits(shown, {("S", "A1"): "7"})
    app = open_submit()
    store.drafts.drop(store.drafts.find(shown.id))
    press(app, "Bỏ mọi ô đã sửa")
    assert "Tệp “a.xlsx” đã bị bỏ lúc" in words(app)
    press(app, RESTORE)
    assert store.drafts.find(shown.id).edits == {("S", "A1"): "7"}


def test_of_many_files_those_that_can_be_are_stored_and_the_others_named(store):
    app = open_submit(a=make(0), b=make(3), c=make(6))
    changed = store.drafts.list(ROUND)[0]
    store.drafts.add_choices(changed, Choices({"ghi chú": "-"}))
    press(app, "Xác nhận cả 3 tệp không có lỗi")
    assert len(stored(store)) == 2
    assert "của 6 đơn vị từ tệp “a.xlsx”, “b.xlsx”. Còn 1 tệp chưa lưu" in words(app)
    assert "“c.xlsx” đã được sửa ở nơi khác" in words(app)
    assert [draft.id for draft in store.drafts.list(ROUND)] == [changed.id]


def fail_at(monkeypatch, method: str, turn: int) -> None:
    """Let the program make a mistake the n-th time that it does this with a file."""
    done, turns = getattr(Intake, method), count(1)

    def act(*arguments, **more):
        if next(turns) == turn:
            raise KeyError("births")
        return done(*arguments, **more)

    monkeypatch.setattr(Intake, method, act)


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_mistake_with_a_file_leaves_the_others_stored_and_told(store, faults, monkeypatch, turn):
    app = open_submit(a=make(0), b=make(3), c=make(6))
    fail_at(monkeypatch, "accept", turn)
    press(app, "Xác nhận cả 3 tệp không có lỗi")
    assert len(stored(store)) == 2
    assert "của 6 đơn vị" in words(app)
    assert f"Tệp “{'abc'[turn - 1]}.xlsx”: Phần mềm gặp lỗi ngoài dự kiến" in words(app)
    assert [draft.file_name for draft in store.drafts.list(ROUND)] == [f"{'abc'[turn - 1]}.xlsx"]
    assert [type(error) for error in faults] == [KeyError]
    faults.clear()


@pytest.mark.parametrize("turn", [1, 2])
def test_mistake_with_a_file_that_is_brought_leaves_the_others_read(store, faults, monkeypatch, turn):
    app = open_submit()
    fail_at(monkeypatch, "check", turn)
    files = [(f"{name}.xlsx", make(first), "") for name, first in (("a", 0), ("b", 3))]
    app.file_uploader[0].set_value(files).run()
    assert f"Tệp “{'ab'[turn - 1]}.xlsx”: Phần mềm gặp lỗi ngoài dự kiến" in words(app)
    assert len(store.drafts.list(ROUND)) == 2
    assert KeyError in {type(error) for error in faults}
    faults.clear()


def test_confirmation_without_a_name_stores_nothing(store):
    app = open_submit(a=make(0))
    app.text_input(key="nguoi_nop").set_value(" ")
    press(app, CONFIRM)
    assert "Chưa ghi tên người nộp" in words(app)
    assert stored(store) == []


class Counting:
    """Readers that count what they read."""

    def __init__(self, readers):
        self.readers, self.asked = readers, 0

    def ask(self, request):
        self.asked += 1
        return self.readers.ask(request)


def test_a_rerun_reads_no_draft_again_however_many_wait(store, monkeypatch):
    readers = Counting(cells.readers)
    monkeypatch.setattr(cells, "readers", readers)
    for number in range(20):
        store.drafts.save(ROUND, f"{number}.xlsx", make(number))
    app = open_submit()
    assert readers.asked in (20, 21)
    readers.asked = 0
    app.run()
    other = open_submit()
    assert readers.asked == 0
    assert len(other.dataframe[0].value) == 20
    # Another officer's file of other units, or another form's mapping, changes none of their checks.
    press(open_submit(z=make(60)), CONFIRM)
    readers.asked = 0
    app.run()
    assert readers.asked == 0
    # Figures of the units of three of them do.
    replacing = open_submit(y=make(0, 9))
    readers.asked = 0
    press(replacing, CONFIRM)
    assert 0 < readers.asked < 10
    readers.asked = 0
    app.run()
    assert readers.asked == 0
