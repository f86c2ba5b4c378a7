"""What came of the check of a draft, in short, as it is kept with the draft; whether it still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from data.intake.door import Intake
from data.intake.ingest import Ingest
from data.store import DraftInfo
from data.version import VERSION
from scoring.standard import get_standard


@dataclass(frozen=True)
class Summary:
    """A check in short.

    Attributes
    ----------
    stamp : str
        What it depended on: `Grounds.stamp`.
    shape : str
        The form of the file, as `Ingest.shape`.
    codes : tuple of str
        Codes of the units that the file has values of.
    counts : dict
        Number of findings by severity.
    """

    stamp: str
    shape: str
    codes: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def accepted(self) -> bool:
        """One error refuses the whole file."""
        return not self.counts["error"]

    def as_json(self) -> dict[str, Any]:
        """The summary as a draft keeps it: `read_summary` reads it."""
        return {"stamp": self.stamp, "shape": self.shape, "codes": list(self.codes), "counts": dict(self.counts)}


@dataclass(frozen=True)
class Grounds:
    """What the checks of files of a round depend on besides the files, read once for all of them.

    Attributes
    ----------
    common : tuple
        What every check depends on: the round, its standard, the figures of the round before, this software.
    mappings : dict
        When the mapping of each form was confirmed last.
    units : dict
        The newest submission of each unit.
    accepted : dict
        The newest submission of each file, by its hash.
    """

    common: tuple[object, ...]
    mappings: Mapping[str, str]
    units: Mapping[str, int]
    accepted: Mapping[str, int]

    def stamp(self, draft: DraftInfo, shape: str, codes: Sequence[str]) -> str:
        """A text that changes with whatever the check of a draft depends on: only its own units, only its form."""
        own = [(code, self.units[code]) for code in sorted(codes) if code in self.units]
        parts = (self.common, draft.file_hash, draft.version, self.mappings.get(shape), own)
        return sha256(repr((*parts, self.accepted.get(draft.file_hash))).encode()).hexdigest()


def find_grounds(intake: Intake, units: Mapping[str, int]) -> Grounds:
    """What the checks of a round's files depend on now; `units` as `Submissions.newest_of_units` gives them."""
    store, planned = intake.store, intake.planned
    before = store.rounds.find_before(planned)
    earlier = None if before is None else (before.key, store.rounds.facts_version(before))
    accepted = {file.file_hash: file.id for file in reversed(store.submissions.list(planned))}
    common = (VERSION, planned.key, planned.vintage, _print_of_standard(planned.standard_id), earlier)
    return Grounds(common, store.mappings.list_versions(planned.standard_id), units, accepted)


def summarise(ingest: Ingest, draft: DraftInfo, grounds: Grounds) -> Summary:
    """A check of a draft in short."""
    codes = tuple(sorted(ingest.observations["unit_code"].unique()))
    counts = {"error": len(ingest.errors), "warning": len(ingest.warnings), "note": len(ingest.notes)}
    return Summary(grounds.stamp(draft, ingest.shape, codes), ingest.shape, codes, counts)


def read_summary(draft: DraftInfo, grounds: Grounds) -> Summary | None:
    """The summary that is kept with a draft; None where there is none, or it no longer holds."""
    if not draft.summary:
        return None
    kept = draft.summary
    summary = Summary(kept["stamp"], kept["shape"], tuple(kept["codes"]), kept["counts"])
    return summary if summary.stamp == grounds.stamp(draft, summary.shape, summary.codes) else None


@lru_cache(maxsize=16)
def _print_of_standard(standard_id: str) -> str:
    return sha256(get_standard(standard_id).model_dump_json().encode()).hexdigest()
