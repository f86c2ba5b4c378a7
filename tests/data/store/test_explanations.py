"""Explanations: the newest of a warning holds."""

from data.store.explanations import note_key
from tests.data.store.samples import FIRST_UNIT, HA_NOI, ROUND, WARNING


def test_newest_explanation_of_a_warning_holds(store):
    assert store.explanations.load(ROUND) == {}
    store.explanations.save(ROUND, [(WARNING, "Xã chỉ có 12 hộ")], "Cán bộ C")
    store.explanations.save(ROUND, [(WARNING, " Sửa lại lý do ")], "Cán bộ D")
    (kept,) = store.explanations.load(ROUND).values()
    assert (kept.note, kept.author, kept.message) == ("Sửa lại lý do", "Cán bộ D", WARNING.message)
    assert (
        list(store.explanations.load(ROUND)) == [note_key(WARNING)] == [("survey_small", FIRST_UNIT, "surveyed_adults")]
    )
    assert store.explanations.load(HA_NOI) == {}
    assert store.rounds.list() == []


def test_nothing_to_explain_writes_nothing(store):
    store.explanations.save(ROUND, [], "A")
    assert store.audit.list() == []


def test_long_note_is_cut_alike_on_both_databases(store):
    store.explanations.save(ROUND, [(WARNING, f"a\x00{'x' * 2000}")], "y" * 150)
    (kept,) = store.explanations.load(ROUND).values()
    assert (len(kept.note), kept.author) == (1000, "y" * 100)
