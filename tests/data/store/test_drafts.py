"""Drafts: what was corrected and confirmed on screen, by several people at once."""

import threading

import pytest

from data.store import Choices, StoreError, plan_round
from tests.data.store.samples import HA_NOI, ROUND


def test_same_file_is_the_same_draft_of_a_round(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    assert store.drafts.save(ROUND, "b.xlsx", b"1") == draft
    assert store.drafts.save(HA_NOI, "a.xlsx", b"1") != draft
    assert store.drafts.get_content(draft) == b"1"
    assert [known.id for known in store.drafts.list(ROUND)] == [draft]
    assert store.rounds.list() == []


def test_new_file_takes_the_place_of_a_draft_of_its_name_unless_it_was_worked_on(store):
    first = store.drafts.save(ROUND, "a.xlsx", b"1")
    second = store.drafts.save(ROUND, "a.xlsx", b"2")
    assert [draft.id for draft in store.drafts.list(ROUND)] == [second]
    assert store.drafts.find(first) is None
    store.drafts.add_edits(second, {("S", "A1"): "7"})
    third = store.drafts.save(ROUND, "a.xlsx", b"3")
    assert [draft.id for draft in store.drafts.list(ROUND)] == [third, second]


def test_edits_are_added_changed_and_taken_back(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    store.drafts.add_edits(draft, {("S", "A1"): "7", ("S", "B2"): "8"})
    store.drafts.add_edits(draft, {("S", "A1"): None, ("S", "B2"): "9"})
    assert store.drafts.find(draft).edits == {("S", "B2"): "9"}


def test_choices_are_added_to_those_before(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    store.drafts.add_choices(draft, Choices({"a": "births", "b": "children"}))
    merged = store.drafts.add_choices(draft, Choices({"b": "-"}, {"xa": "05971"}))
    assert merged == Choices({"a": "births", "b": "-"}, {"xa": "05971"}) == store.drafts.find(draft).choices


def test_draft_that_is_gone_is_refused(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    store.drafts.drop(draft)
    store.drafts.drop(draft)
    for act in (
        lambda: store.drafts.get_content(draft),
        lambda: store.drafts.add_edits(draft, {("S", "A1"): "1"}),
        lambda: store.drafts.add_choices(draft, Choices({"a": "births"})),
    ):
        with pytest.raises(StoreError, match="đã được xác nhận hoặc đã bỏ"):
            act()
    assert store.drafts.save(ROUND, "a.xlsx", b"1") > draft  # an id is never used twice


def test_nothing_is_lost_of_what_many_do_at_once(store):
    draft = store.drafts.save(ROUND, "a.xlsx", b"1")
    errors = []

    def work(person: int) -> None:
        try:
            for turn in range(5):
                store.drafts.add_edits(draft, {("S", f"{person}.{turn}"): "7"})
                store.drafts.add_choices(draft, Choices({f"{person}.{turn}": "births"}))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(person,)) for person in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    known = store.drafts.find(draft)
    assert len(known.edits) == len(known.choices.columns) == 20


def test_same_file_brought_by_many_at_once_is_one_draft(store):
    round, answers = plan_round(2031), []

    def bring() -> None:
        try:
            answers.append(store.drafts.save(round, "a.xlsx", b"1"))
        except Exception as error:
            answers.append(error)

    threads = [threading.Thread(target=bring) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert answers[0] == store.drafts.list(round)[0].id


def test_long_name_is_cut_alike_on_both_databases(store):
    draft = store.drafts.save(ROUND, f"tên\x00{'x' * 300}.xlsx", b"1")
    assert store.drafts.find(draft).file_name == f"tên{'x' * 252}"
    assert store.drafts.save(ROUND, f"tên\x00{'x' * 300}.xlsx", b"2") > draft
    assert len(store.drafts.list(ROUND)) == 1
