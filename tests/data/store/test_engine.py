"""SQLite as it is set up; a database of the old migrations brought up to date, with all that it holds."""

import json
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from data.store import Choices, Round, RoundKey, Store, open_store, plan_round
from data.store.engine import connect, migrate
from data.store.tables import Base
from data.units.lists import load_units
from tests.data.conftest import DATABASES
from tests.data.store.samples import FIRST_UNIT, SECOND_UNIT, save, values

AT = "2023-01-05 08:30:00"
CHOICES = json.dumps({"columns": {"a": "births"}, "units": {}})


def test_sqlite_is_set_up_for_safety(home):
    store = open_store()
    with store._connections.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    store.close()


def test_migrated_tables_are_those_of_the_models(store):
    with store._connections.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


@pytest.fixture(params=DATABASES)
def old(request, home) -> Iterator[Engine]:
    """A database as the migrations before rounds of areas made it: two provinces' years, drafts, notes, lists."""
    home.mkdir(parents=True)
    url = f"sqlite:///{(home / 'app.sqlite').as_posix()}"
    engine = connect(url if request.param == "sqlite" else request.getfixturevalue("empty_postgres_url"))
    migrate(engine, "0003")
    with engine.begin() as connection:
        fill(connection)
    yield engine
    engine.dispose()


def fill(connection: Connection) -> None:
    def insert(table: str, **row: object) -> None:
        names = ", ".join(row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)

    for year, province in ((2021, "20"), (2022, "20"), (2023, None)):
        listed = {"vintage": "2020", "standard_id": "qd-06-2019", "target_percent": 90}
        insert("assessment_year", year=year, province_code=province, **listed)
        for code in (FIRST_UNIT, SECOND_UNIT):
            known = {"unit_class": "other", "mountainous": year == 2021, "provenance": "seen"}
            insert("unit_class", year=year, unit_code=code, **known)
    for number, year in ((1, 2021), (2, 2022), (3, 2022)):
        file = {"file_name": f"{number}.xlsx", "file_hash": f"{number}" * 64, "content": b"%d" % number}
        whose = {"submitted_by": "A", "submitted_at": AT, "demo": number == 1, "units": 1, "choices": CHOICES}
        insert("submission", id=number, year=year, **file, **whose)
    for number, year, value, submission, superseded in (
        (1, 2021, 5, 1, None),
        (2, 2022, 6, 2, 3),
        (3, 2022, 7, 3, None),
    ):
        cell = {"sheet": "S", "cell": "A1", "original": "“x”", "superseded_by": superseded}
        key = {"year": year, "unit_code": FIRST_UNIT, "input_id": "births"}
        insert("observation", id=number, **key, value=value, submission_id=submission, **cell)
    insert("observation", id=4, year=2022, unit_code=FIRST_UNIT, input_id="children", value=None, submission_id=3,
           sheet="S", cell="B1", original="")  # fmt: skip
    for number, year in ((1, 2022), (2, 2026), (3, 2022)):
        file = {"file_name": "d.xlsx", "file_hash": f"{number}" * 64, "content": b"d", "edits": '[["S", "A1", "7"]]'}
        insert("draft", id=number, year=year, **file, choices=CHOICES, updated_at=AT)
    connection.execute(text("DELETE FROM draft WHERE id = 3"))
    if connection.dialect.name == "postgresql":
        for table in ("draft", "scenario", "submission", "observation", "finding_note", "audit_event"):
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 10)"))
    for number, year in ((1, 2022), (2, 2025)):
        note = {"code": "survey_small", "unit_code": FIRST_UNIT, "input_id": None, "message": "m", "note": f"n{year}"}
        insert("finding_note", id=number, year=year, **note, author="A", written_at=AT)
    insert("scenario", id=4, year=2022, name="Một", author="A", saved_at=AT, content='{"weights": {"tc3": 0}}')
    insert("action_item", id=1, year=2022, unit_code=FIRST_UNIT, indicator_id="2", step="s", owner="o", due_date=None,
           done=True, updated_at=AT, updated_by="A")  # fmt: skip
    insert("column_mapping", shape="s", standard_id="qd-06-2019", choices=CHOICES, confirmed_by="A", confirmed_at=AT)
    insert("audit_event", id=1, at=AT, actor="A", action="accept_submission", detail='{"year": 2022}')


def test_database_of_before_keeps_all_that_it_holds(old):
    migrate(old)
    migrate(old)
    store = Store(old)
    rounds = {round.key: round for round in store.rounds.list()}
    assert list(rounds) == [
        RoundKey("VN", 2023, "qd-06-2019"),
        RoundKey("20", 2022, "qd-06-2019"),
        RoundKey("20", 2021, "qd-06-2019"),
    ]
    nation, now, before = rounds.values()
    assert {(round.vintage, round.target_percent) for round in rounds.values()} == {("2020", 90)}
    assert all(store.rounds.facts_version(round) > 0 for round in rounds.values())
    check_facts(store, nation, now, before)
    check_work(store, now)
    assert [(event.actor, event.action, event.detail) for event in store.audit.list()] == [
        ("A", "accept_submission", {"year": 2022})
    ]


def check_facts(store: Store, nation: Round, now: Round, before: Round) -> None:
    assert store.observations.load(now).loc[FIRST_UNIT, ["births"]].to_dict() == {"births": 7}
    assert store.observations.load(before).loc[FIRST_UNIT, "births"] == 5
    assert store.observations.load(nation).empty
    history = store.observations.load_history(now, FIRST_UNIT, "births")
    assert history[["value", "submission_id"]].to_numpy().tolist() == [[7, 3], [6, 2]]
    source = store.observations.load_sources(now, FIRST_UNIT)
    assert source["cell"].to_dict() == {"births": "A1", "children": "B1"}
    assert source.loc["births", ["sheet", "original", "file_name"]].tolist() == ["S", "“x”", "3.xlsx"]
    assert source.loc["births", "submitted_at"].isoformat() == "2023-01-05T08:30:00+00:00"
    assert [file.id for file in store.submissions.list(now)] == [3, 2]
    assert store.submissions.get_file(3) == ("3.xlsx", b"3")
    assert store.observations.list_demo_units(before) == {FIRST_UNIT}
    assert store.classes.load(before)["mountainous"].to_dict() == {FIRST_UNIT: True, SECOND_UNIT: True}
    assert store.classes.load(now)["mountainous"].to_dict() == {FIRST_UNIT: False, SECOND_UNIT: False}


def check_work(store: Store, now: Round) -> None:
    (draft,) = store.drafts.list(now)
    assert (draft.id, draft.edits, draft.choices) == (1, {("S", "A1"): "7"}, Choices({"a": "births"}))
    assert [waiting.id for waiting in store.drafts.list(plan_round(2026))] == [2]
    assert [kept.note for kept in store.explanations.load(now).values()] == ["n2022"]
    assert [kept.note for kept in store.explanations.load(plan_round(2025)).values()] == ["n2025"]
    assert [(saved.id, saved.name, saved.content) for saved in store.scenarios.list(now)] == [
        (4, "Một", {"weights": {"tc3": 0}})
    ]
    assert store.actions.list(now)[["unit_code", "step", "done"]].to_numpy().tolist() == [[FIRST_UNIT, "s", True]]
    assert store.mappings.find("s", "qd-06-2019").columns == {"a": "births"}


def test_work_goes_on_after_the_migration(old):
    migrate(old)
    store = Store(old)
    waiting = plan_round(2026)
    assert store.drafts.save(waiting, "e.xlsx", b"e") > 3  # an id is never used twice, not even a dropped one
    assert store.scenarios.save(plan_round(2022), "Hai", {}, "A") > 4
    unit = load_units(waiting.vintage, "20").index[0]
    save(store, values(unit), round=waiting)
    assert [round.year for round in store.rounds.list()] == [2026, 2023, 2022, 2021]
    assert len(store.drafts.list(waiting)) == 2
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as connection:
        connection.execute(text("UPDATE submission SET round_id = 99"))
