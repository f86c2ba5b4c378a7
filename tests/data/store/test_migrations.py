"""The migrated schema is that of the models."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from data.store.tables import Base


def test_migrated_tables_are_those_of_the_models(store):
    with store._connections.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
