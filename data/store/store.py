"""The store: its parts over the connections to one database."""

from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine

from data.paths import database_url
from data.store.actions import Actions
from data.store.audit import Audit
from data.store.classes import Classes
from data.store.connections import Connections
from data.store.drafts import Drafts
from data.store.engine import connect, migrate
from data.store.errors import opening
from data.store.explanations import Explanations
from data.store.mappings import Mappings
from data.store.observations import Observations
from data.store.rounds import Rounds
from data.store.scenarios import Scenarios
from data.store.submissions import Submissions


class Store:
    """Reads and writes of one database. Safe to share between threads: each call takes a connection of its own."""

    def __init__(self, engine: Engine):
        self._connections = Connections(engine)
        self.rounds = Rounds(self._connections)
        self.classes = Classes(self._connections)
        self.submissions = Submissions(self._connections)
        self.observations = Observations(self._connections)
        self.drafts = Drafts(self._connections)
        self.mappings = Mappings(self._connections)
        self.explanations = Explanations(self._connections)
        self.scenarios = Scenarios(self._connections)
        self.actions = Actions(self._connections)
        self.audit = Audit(self._connections)

    def write(self) -> AbstractContextManager[Connection]:
        """One transaction for several writes, which each take it as `within`: all of them are stored, or none."""
        return self._connections.write()

    def close(self) -> None:
        """Release the connections; the store can't be used afterwards."""
        self._connections.close()


def open_store(url: str | None = None) -> Store:
    """Open the database, creating it or bringing its schema up to date.

    Parameters
    ----------
    url : str, optional
        SQLAlchemy URL; default is `DATABASE_URL`, else SQLite under `var/`.

    Raises
    ------
    StoreFaultError
        When the database can't be opened: the sentence says why.
    """
    with opening():
        engine = connect(url or database_url())
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine)
