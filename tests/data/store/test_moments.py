"""A file of 06:30 in Việt Nam is of that day on every database, whatever the zone of its server."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

import data.store.submissions
from data.store import open_store
from scoring.words import format_moment
from tests.data.store.samples import FIRST_UNIT, ROUND, save, values

EARLY = datetime(2022, 11, 14, 23, 30, tzinfo=UTC)


class Clock(datetime):
    @classmethod
    def now(cls, tz=None):
        return EARLY.astimezone(tz)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_day_of_a_file_is_the_day_in_vietnam(store, monkeypatch, zone):
    monkeypatch.setattr(data.store.submissions, "datetime", Clock)
    engine = store._connections.engine
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"ALTER DATABASE {engine.url.database} SET timezone = '{zone}'"))
        engine.dispose()
    save(store, values())
    other = open_store(engine.url.render_as_string(hide_password=False))
    for reader in (store, other):
        (file,) = reader.submissions.list(ROUND)
        assert file.submitted_at == EARLY
        source = reader.observations.load_sources(ROUND, FIRST_UNIT).loc["births"]
        assert format_moment(file.submitted_at) == format_moment(source["submitted_at"]) == "06:30 ngày 15/11/2022"
    other.close()
