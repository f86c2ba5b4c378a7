"""What a round is: an area, a year and a standard; several in one year stand beside each other, each seen apart."""

from datetime import date

import pytest

from data.store import Action, Round, RoundKey, StoreError, name_rounds, plan_round
from data.units.lists import load_units
from tests.data.store.samples import (
    FIRST_UNIT,
    HA_NOI,
    HA_NOI_UNIT,
    OTHER_STANDARD,
    ROUND,
    WARNING,
    YEAR,
    save,
    values,
)
from tests.data.store.samples import other_round as other_round


def test_round_opens_with_its_first_file(store):
    assert store.rounds.list() == []
    assert store.rounds.find(ROUND) is None
    save(store, values())
    (opened,) = store.rounds.list()
    assert opened == store.rounds.get(ROUND) == store.rounds.get(ROUND.key)
    assert (opened.key, opened.vintage, opened.target_percent) == (RoundKey("20", YEAR, "qd-06-2019"), "2020", 95)
    assert opened.id is not None


def test_round_that_is_not_open_is_refused(store):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá 1999"):
        store.rounds.get(plan_round(1999))


def test_another_unit_list_is_refused_and_nothing_stored(store):
    save(store, values())
    with pytest.raises(StoreError, match="không đổi được sang 2025-07"):
        save(store, values(value=9), "b.xlsx", plan_round(YEAR, vintage="2025-07"))
    with pytest.raises(StoreError, match="không đổi được sang 2025-07"):
        store.rounds.choose_or_plan(YEAR, vintage="2025-07")
    assert store.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 7
    assert len(store.submissions.list(ROUND)) == 1


def fill(store, round: Round, unit: str, births: int) -> dict[str, object]:
    """Write everything that a round can hold; what tells it from what another holds."""
    name = f"{births}.xlsx"
    save(store, values(unit, births), name, round, demo=births == 8)
    store.classes.save(round, store.classes.load(round).head(1).assign(provenance=f"seen {births}"), "Sở")
    store.drafts.save(round, f"draft {births}.xlsx", b"the same file")
    store.explanations.save(round, [(WARNING, f"note {births}")], "A")
    store.scenarios.save(round, "Một", {"weights": {"tc3": births}}, "A")
    store.actions.apply(round, save=[Action(unit, "2", f"step {births}")], actor="A")
    return read(store, round, unit)


def read(store, round: Round, unit: str) -> dict[str, object]:
    return {
        "round": store.rounds.get(round),
        "version": store.rounds.facts_version(round),
        "values": store.observations.load(round)["births"].to_dict(),
        "sources": store.observations.load_sources(round, unit)["file_name"].tolist(),
        "history": store.observations.load_history(round, unit, "births")["value"].tolist(),
        "demo": store.observations.list_demo_units(round),
        "classes": store.classes.load(round)["provenance"].to_dict(),
        "files": [file.file_name for file in store.submissions.list(round)],
        "drafts": [draft.file_name for draft in store.drafts.list(round)],
        "notes": [explanation.note for explanation in store.explanations.load(round).values()],
        "scenarios": [scenario.content for scenario in store.scenarios.list(round)],
        "actions": store.actions.list(round)["step"].tolist(),
    }


def test_two_provinces_and_two_standards_of_one_year_are_seen_apart(store, other_round):
    filled = {}
    for round, unit, births in ((ROUND, FIRST_UNIT, 7), (HA_NOI, HA_NOI_UNIT, 8), (other_round, FIRST_UNIT, 9)):
        filled[round.key] = unit, fill(store, round, unit, births)
    for key, (unit, before) in filled.items():
        assert read(store, store.rounds.get(key), unit) == before
    everything = [before for _, before in filled.values()]
    assert [before["values"] for before in everything] == [{FIRST_UNIT: 7}, {HA_NOI_UNIT: 8}, {FIRST_UNIT: 9}]
    assert [len(before["classes"]) for before in everything] == [200, len(load_units("2020", "01")), 200]
    for key in ("files", "drafts", "notes", "scenarios", "actions", "sources", "history", "demo"):
        assert len({str(before[key]) for before in everything}) >= 2
        assert all(len(before[key]) <= 1 for before in everything)
    assert [round.key for round in store.rounds.list()] == [ROUND.key, HA_NOI.key, other_round.key]


def test_years_do_not_mix(store):
    earlier = plan_round(2021)
    save(store, values(value=7))
    save(store, values(value=5), "c.xlsx", earlier)
    assert store.observations.load(earlier).loc[FIRST_UNIT, "births"] == 5
    assert store.observations.load(ROUND).loc[FIRST_UNIT, "births"] == 7
    assert [round.year for round in store.rounds.list()] == [YEAR, 2021]


def test_round_of_a_year_is_the_only_one_or_chosen_by_name(store, other_round):
    with pytest.raises(StoreError, match="Chưa có kỳ đánh giá"):
        store.rounds.choose(YEAR)
    assert store.rounds.choose_or_plan(YEAR) == ROUND
    save(store, values())
    assert store.rounds.choose(YEAR) == store.rounds.choose_or_plan(YEAR) == store.rounds.get(ROUND)
    assert store.rounds.choose_or_plan(YEAR, "01") == HA_NOI
    save(store, values(HA_NOI_UNIT), "b.xlsx", HA_NOI)
    with pytest.raises(StoreError, match=r"có 2 kỳ .*--province 20 .*Tỉnh Lạng Sơn.*--province 01 .*Thành phố Hà Nội"):
        store.rounds.choose_or_plan(YEAR)
    assert store.rounds.choose(YEAR, "01").key == HA_NOI.key
    save(store, values(), "c.xlsx", other_round)
    with pytest.raises(StoreError, match="có 2 kỳ"):
        store.rounds.choose(YEAR, "20")
    assert store.rounds.choose(YEAR, "20", OTHER_STANDARD).key == other_round.key


def test_round_before_has_the_same_area_and_standard(store, other_round):
    assert store.rounds.find_before(ROUND) is None
    save(store, values(HA_NOI_UNIT), "a.xlsx", plan_round(2021, "01"))
    save(store, values(), "b.xlsx", Round(RoundKey("20", 2020, OTHER_STANDARD), "2020", 95))
    assert store.rounds.find_before(ROUND) is None
    assert store.rounds.find_before(other_round).year == 2020
    save(store, values(), "c.xlsx", plan_round(2019))
    save(store, values(), "d.xlsx", plan_round(2018))
    assert store.rounds.find_before(ROUND).year == 2019


def test_years_of_a_round_are_those_of_its_area_one_round_a_year(store, other_round):
    save(store, values(HA_NOI_UNIT), "a.xlsx", plan_round(2021, "01"))
    save(store, values(), "b.xlsx", plan_round(2020))
    save(store, values(), "c.xlsx", ROUND)
    save(store, values(), "d.xlsx", other_round)
    for round in (ROUND, other_round):
        assert [of_year.key for of_year in store.rounds.list_years_of(round)] == [round.key, plan_round(2020).key]


def test_name_of_a_round_is_its_year_and_what_else_tells_it_apart(store, other_round):
    title = "Quyết định số 06/QĐ-TTg ngày 03/01/2019"
    names = list(name_rounds([ROUND, plan_round(2021)]).values())
    assert names == ["2022", "2021"]
    names = list(name_rounds([ROUND, HA_NOI, plan_round(2021)]).values())
    assert names == ["2022 – Tỉnh Lạng Sơn", "2022 – Thành phố Hà Nội", "2021"]
    assert list(name_rounds([ROUND, plan_round(YEAR, "VN")]).values())[1] == "2022 – Cả nước"
    names = list(name_rounds([ROUND, other_round]).values())
    assert all(name.startswith("2022 – ") and title in name for name in names)
    names = list(name_rounds([ROUND, other_round, HA_NOI]).values())
    assert names[0].startswith("2022 – Tỉnh Lạng Sơn – ")
    assert names[2] == "2022 – Thành phố Hà Nội"


def test_area_that_is_meant_is_configured_or_that_of_the_newest_round(store, monkeypatch):
    assert store.rounds.default_area() == "20"
    save(store, values(HA_NOI_UNIT), "a.xlsx", HA_NOI)
    assert store.rounds.default_area() == "01"
    monkeypatch.setenv("APP_PROVINCE", "04")
    assert store.rounds.default_area() == plan_round(YEAR).area == "04"


def test_rounds_to_bring_files_to_are_the_open_ones_and_one_of_the_year_for_each_area(store):
    (planned,) = store.rounds.list_with_planned(2026)
    assert (planned.area, planned.year, planned.id) == ("20", 2026, None)
    save(store, values(), "a.xlsx", ROUND)
    save(store, values(HA_NOI_UNIT), "b.xlsx", HA_NOI)
    offered = store.rounds.list_with_planned(2026)
    assert [(round.area, round.year) for round in offered] == [("20", 2026), ("01", 2026), ("20", YEAR), ("01", YEAR)]
    assert [round.id for round in store.rounds.list_with_planned(YEAR)] == [round.id for round in store.rounds.list()]


@pytest.mark.parametrize("area", ["99", "1", "vn"])
def test_unknown_province_is_refused(area):
    with pytest.raises(StoreError, match=f"Không có tỉnh mã {area} trong danh mục đơn vị 2020"):
        plan_round(YEAR, area)


def test_facts_version_grows_with_files_and_classes_only(store):
    assert store.rounds.facts_version(ROUND) == 0
    store.drafts.save(ROUND, "a.xlsx", b"a")
    store.explanations.save(ROUND, [(WARNING, "Đúng")], "A")
    assert store.rounds.facts_version(ROUND) == 0
    save(store, values())
    first = store.rounds.facts_version(ROUND)
    assert first > 0
    draft = store.drafts.save(ROUND, "b.xlsx", b"b")
    store.drafts.add_edits(store.drafts.find(draft), {("S", "A1"): "7"})
    store.drafts.drop(store.drafts.find(draft))
    store.explanations.save(ROUND, [(WARNING, "Đúng")], "A")
    scenario = store.scenarios.save(ROUND, "Một", {}, "A")
    store.scenarios.drop(scenario, "A")
    store.actions.apply(ROUND, save=[Action(FIRST_UNIT, "2", "x", due_date=date(2022, 5, 1))], actor="A")
    store.actions.apply(ROUND, drop=[(FIRST_UNIT, "2")], actor="A")
    save(store, values(HA_NOI_UNIT), "c.xlsx", HA_NOI)
    assert store.rounds.facts_version(ROUND) == first
    store.classes.save(ROUND, store.classes.load(ROUND).head(1).assign(unit_class="other"), "Sở")
    second = store.rounds.facts_version(ROUND)
    assert second > first
    save(store, values(value=8), "d.xlsx")
    assert store.rounds.facts_version(ROUND) > second
