"""The only door to the database.

Every write is one transaction, so that a process killed at any moment leaves nothing half-written; each adds an audit
event. What changes the facts of a round raises its version (`Rounds.facts_version`), by which caches know.
"""

from data.store.actions import Action
from data.store.choices import Choices
from data.store.draft_rows import DraftInfo
from data.store.errors import StoreError, StoreFaultError
from data.store.explanations import Explanation
from data.store.files import hash_file
from data.store.rounds import Round, RoundKey, name_rounds, plan_round
from data.store.scenarios import ScenarioInfo
from data.store.store import Store, open_store
from data.store.submissions import Shown, SubmissionInfo

__all__ = [
    "Action",
    "Choices",
    "DraftInfo",
    "Explanation",
    "Round",
    "RoundKey",
    "ScenarioInfo",
    "Shown",
    "Store",
    "StoreError",
    "StoreFaultError",
    "SubmissionInfo",
    "hash_file",
    "name_rounds",
    "open_store",
    "plan_round",
]
