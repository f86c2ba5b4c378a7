"""Drafts: what was corrected and confirmed on screen, by several people at once."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

import data.store.draft_rows
import data.store.drafts
from data.store import Choices, DraftInfo, Shown, Store, StoreError, hash_file, plan_round
from tests.data.store.samples import FIRST_UNIT, HA_NOI, ROUND, SECOND_UNIT, save, values


def keep(store: Store, content: bytes, name: str = "a.xlsx", brought_by: str = "") -> DraftInfo:
    """A file kept as a draft, as a screen shows it then."""
    return store.drafts.find(store.drafts.save(ROUND, name, content, brought_by))


def test_same_file_is_the_same_draft_of_a_round(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    assert store.drafts.save(ROUND, "b.xlsx", b"1") == draft
    assert store.drafts.save(HA_NOI, "a.xlsx", b"1") != draft
    assert store.drafts.get_content(store.drafts.find(draft)) == b"1"
    assert [known.id for known in store.drafts.list(ROUND)] == [draft]
    assert store.rounds.list() == []


def test_no_file_takes_the_place_of_another_by_its_name(store):
    first = keep(store, b"1")
    second = keep(store, b"2")
    assert [draft.id for draft in store.drafts.list(ROUND)] == [second.id, first.id]
    assert store.drafts.get_content(first) == b"1"


def test_same_file_of_two_people_is_a_draft_of_each(store):
    mine, yours = keep(store, b"1", brought_by="a"), keep(store, b"1", brought_by="b")
    assert mine.id != yours.id
    store.drafts.add_edits(mine, {("S", "A1"): "7"})
    store.drafts.drop(yours)
    (left,) = store.drafts.list(ROUND)
    assert (left.id, left.brought_by, left.edits) == (mine.id, "a", {("S", "A1"): "7"})
    assert keep(store, b"1", brought_by="a").id == mine.id


def test_edits_are_added_changed_and_taken_back(store):
    draft = keep(store, b"1")
    store.drafts.add_edits(draft, {("S", "A1"): "7", ("S", "B2"): "8"})
    draft = store.drafts.find(draft.id)
    store.drafts.add_edits(draft, {("S", "A1"): None, ("S", "B2"): "9"})
    assert store.drafts.find(draft.id).edits == {("S", "B2"): "9"}


def test_choices_are_added_to_those_before(store):
    draft = keep(store, b"1")
    store.drafts.add_choices(draft, Choices({"a": "births", "b": "children"}))
    draft = store.drafts.find(draft.id)
    merged = store.drafts.add_choices(draft, Choices({"b": "-"}, {"xa": "05971"}))
    assert merged == Choices({"a": "births", "b": "-"}, {"xa": "05971"}) == store.drafts.find(draft.id).choices


def test_what_two_do_at_one_cell_is_refused_and_beside_each_other_is_kept(store):
    """Both look at the draft as it was brought; nobody overwrites what he did not see."""
    shown = keep(store, b"1")
    store.drafts.add_edits(shown, {("S", "A1"): "7"})
    store.drafts.add_edits(shown, {("S", "A1"): "7", ("S", "B2"): "8"})
    with pytest.raises(StoreError, match="Ô A1 của trang tính “S” vừa được sửa ở nơi khác: từ như trong tệp thành “7”"):
        store.drafts.add_edits(shown, {("S", "C3"): "1", ("S", "A1"): "9"})
    assert store.drafts.find(shown.id).edits == {("S", "A1"): "7", ("S", "B2"): "8"}
    store.drafts.add_choices(shown, Choices({"a": "births"}))
    store.drafts.add_choices(shown, Choices({"b": "children"}, {"xa": "05971"}))
    with pytest.raises(StoreError, match="Cột “a” vừa được xác nhận khác đi"):
        store.drafts.add_choices(shown, Choices({"a": "-"}))
    with pytest.raises(StoreError, match="Đơn vị “xa” vừa được xác nhận khác đi"):
        store.drafts.add_choices(shown, Choices({}, {"xa": "05974"}))
    assert store.drafts.find(shown.id).choices == Choices({"a": "births", "b": "children"}, {"xa": "05971"})


def list_acts(store: Store, draft: DraftInfo) -> list[Callable[[], object]]:
    """Every button of a draft, pressed on it as it is shown."""
    confirmed = Shown(draft, store.submissions.newest(ROUND))
    return [
        lambda: store.drafts.add_edits(draft, {("S", "A1"): "1"}),
        lambda: store.drafts.add_choices(draft, Choices({"a": "births"})),
        lambda: store.drafts.drop(draft),
        lambda: store.submissions.save(ROUND, values(), draft.file_name, b"1", "B", shown=confirmed),
    ]


def test_draft_that_was_dropped_is_refused_and_restored_by_one_press(store):
    draft = keep(store, b"1")
    store.drafts.add_edits(draft, {("S", "B2"): "8"})
    draft = store.drafts.find(draft.id)
    store.drafts.drop(draft)
    for act in list_acts(store, draft):
        with pytest.raises(
            StoreError, match=r"Tệp “a\.xlsx” đã bị bỏ lúc \d\d:\d\d ngày .* khôi phục tệp ở mục Vừa bỏ"
        ):
            act()
    assert store.drafts.find(draft.id) is None
    assert store.drafts.list(ROUND) == []
    (dropped,) = store.drafts.list_dropped(ROUND)
    store.drafts.restore(dropped)
    store.drafts.restore(dropped)
    (back,) = store.drafts.list(ROUND)
    assert (back.id, back.edits) == (draft.id, {("S", "B2"): "8"})
    assert store.drafts.list_dropped(ROUND) == []


def test_dropped_file_that_is_brought_again_is_taken_back(store):
    draft = keep(store, b"1")
    store.drafts.drop(draft)
    assert keep(store, b"1").id == draft.id


def test_dropped_draft_is_forgotten_after_a_day(store, monkeypatch):
    draft = keep(store, b"1")
    store.drafts.drop(draft)
    (dropped,) = store.drafts.list_dropped(ROUND)
    for module in (data.store.drafts, data.store.draft_rows):
        monkeypatch.setattr(module, "KEPT_AFTER_DROP", timedelta(0))
    assert store.drafts.list_dropped(ROUND) == []
    assert keep(store, b"2").id > draft.id
    with pytest.raises(StoreError, match="đã bị bỏ quá một ngày"):
        store.drafts.restore(dropped)
    assert keep(store, b"1").id > draft.id  # an id is never used twice


def test_draft_that_was_accepted_is_refused_with_who_accepted_it(store):
    draft = keep(store, b"1")
    store.submissions.save(ROUND, values(), "a.xlsx", b"1", "Cán bộ A", shown=Shown(draft, 0))
    for act in list_acts(store, draft):
        with pytest.raises(StoreError, match=r"Tệp “a\.xlsx” đã được Cán bộ A xác nhận và lưu lúc"):
            act()
    with pytest.raises(StoreError, match="đã được Cán bộ A xác nhận"):
        store.drafts.restore(draft)
    with pytest.raises(StoreError, match="đã được Cán bộ A xác nhận"):
        store.drafts.get_content(draft)
    assert len(store.submissions.list(ROUND)) == 1


def test_draft_that_was_worked_on_is_neither_dropped_nor_confirmed_unseen(store):
    shown = keep(store, b"1")
    store.drafts.add_edits(shown, {("S", "A1"): "7"})
    for act in (
        lambda: store.drafts.drop(shown),
        lambda: store.submissions.save(ROUND, values(), "a.xlsx", b"1", "B", shown=Shown(shown, 0)),
    ):
        with pytest.raises(StoreError, match="đã được sửa ở nơi khác lúc"):
            act()
    assert store.rounds.list() == []
    assert len(store.drafts.list(ROUND)) == 1


def test_confirmation_stores_no_other_file_than_the_one_that_was_shown(store):
    shown = keep(store, b"1")
    for round, content in ((ROUND, b"2"), (HA_NOI, b"1")):
        with pytest.raises(StoreError, match="không phải là tệp sẽ lưu"):
            store.submissions.save(round, values(), "a.xlsx", content, "B", shown=Shown(shown, 0))
    other = replace(shown, file_hash=hash_file(b"2"))
    with pytest.raises(StoreError, match="không còn nữa"):
        store.submissions.save(ROUND, values(), "a.xlsx", b"2", "B", shown=Shown(other, 0))
    assert store.submissions.list(ROUND) == []


def test_confirmation_is_refused_where_figures_of_its_units_came_meanwhile(store):
    shown = Shown(keep(store, b"1"), store.submissions.newest(ROUND))
    elsewhere = save(store, values(SECOND_UNIT), "b.xlsx")
    mine = save(store, values(value=8), "c.xlsx")
    assert store.submissions.newest_of_units(ROUND) == {FIRST_UNIT: mine, SECOND_UNIT: elsewhere}
    with pytest.raises(StoreError, match=r"tệp “c\.xlsx” của Cán bộ A có số liệu của cùng đơn vị đã được lưu lúc"):
        store.submissions.save(ROUND, values(), "a.xlsx", b"1", "B", shown=shown)
    together = replace(shown, besides=frozenset({mine}))
    store.submissions.save(ROUND, values(), "a.xlsx", b"1", "B", shown=together)
    assert store.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 7


def test_summary_is_kept_with_what_it_is_of(store):
    shown = keep(store, b"1")
    store.drafts.keep_summary(shown, {"errors": 2})
    assert store.drafts.find(shown.id).summary == {"errors": 2}
    store.drafts.add_edits(shown, {("S", "A1"): "7"})
    store.drafts.keep_summary(shown, {"errors": 3})
    assert store.drafts.find(shown.id).summary == {"errors": 2}


def run_at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """The answer, or the error, of each of several calls that start together."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            answers.append(act())
        except Exception as error:
            answers.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_draft_confirmed_in_several_places_at_once_is_stored_once(store):
    for turn in range(6):
        content = b"%d" % turn
        shown = Shown(keep(store, content), store.submissions.newest(ROUND))
        confirm = partial(store.submissions.save, ROUND, values(value=turn), "a.xlsx", content, "B", shown=shown)
        answers = run_at_once([confirm] * 4)
        refused = [answer for answer in answers if isinstance(answer, StoreError)]
        assert len(refused) == 3, answers
        assert all("đã được B xác nhận và lưu lúc" in str(answer) for answer in refused)
    assert len(store.submissions.list(ROUND)) == 6


def test_nothing_is_lost_of_what_many_do_at_once(store):
    draft = keep(store, b"1")

    def work(person: int) -> None:
        for turn in range(5):
            store.drafts.add_edits(draft, {("S", f"{person}.{turn}"): "7"})
            store.drafts.add_choices(draft, Choices({f"{person}.{turn}": "births"}))

    assert run_at_once([partial(work, person) for person in range(4)]) == [None] * 4
    known = store.drafts.find(draft.id)
    assert len(known.edits) == len(known.choices.columns) == 20


def test_same_file_brought_by_many_at_once_is_one_draft(store):
    round = plan_round(2031)
    answers = run_at_once([partial(store.drafts.save, round, "a.xlsx", b"1")] * 6)
    assert answers == [store.drafts.list(round)[0].id] * 6


def test_long_name_is_cut_alike_on_both_databases(store):
    assert keep(store, b"1", f"tên\x00{'x' * 300}.xlsx").file_name == f"tên{'x' * 252}"
    assert keep(store, b"2", brought_by="a" * 70).brought_by == "a" * 64
