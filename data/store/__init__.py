"""The only door to the database: rounds, unit classes, submissions, observations, drafts, mappings, explanations,
scenarios, action lists.

Every write is one transaction, so that a process killed at any moment leaves nothing half-written. Each adds an
audit event, so that readers can tell by `Store.version` whether facts changed.
"""

from data.paths import database_url
from data.store.base import StoreError
from data.store.drafts import DraftInfo, Explanation
from data.store.engine import connect, migrate
from data.store.rounds import DEFAULT_PROVINCE, Round, plan_round
from data.store.scenarios import Action, ScenarioInfo, Scenarios
from data.store.submissions import SubmissionInfo, hash_file

__all__ = [
    "DEFAULT_PROVINCE",
    "Action",
    "DraftInfo",
    "Explanation",
    "Round",
    "ScenarioInfo",
    "Store",
    "StoreError",
    "SubmissionInfo",
    "hash_file",
    "open_store",
    "plan_round",
]


class Store(Scenarios):
    """Reads and writes of one database. Safe to share between threads: each call takes its own connection."""


def open_store(url: str | None = None) -> Store:
    """Open the database, creating it or bringing its schema up to date.

    Parameters
    ----------
    url : str, optional
        SQLAlchemy URL; default is `DATABASE_URL`, else SQLite under `var/`.
    """
    engine = connect(url or database_url())
    migrate(engine)
    return Store(engine)
