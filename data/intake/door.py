"""From a file to the store: checked with what the store knows, compared with what it holds, accepted whole or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from data.intake.findings.finding import Finding, make_finding
from data.intake.ingest import Ingest
from data.intake.parameters import Context, Reading
from data.intake.read import read_workbook
from data.intake.workbook import Workbook
from data.store import Round, Shown, Store, SubmissionInfo, hash_file
from data.store.changes import compare_figures, find_broken_parts, merge_figures
from data.store.choices import Choices
from data.store.draft_rows import Edits
from scoring.standard import Standard, get_standard
from scoring.words import format_date, format_number


@dataclass(frozen=True)
class Intake:
    """What incoming files of a round are checked with.

    `units`: the units of the round, as `reports.facts.assessment.assessed_units` gives them.
    """

    store: Store
    planned: Round
    units: pd.DataFrame

    @property
    def standard(self) -> Standard:
        """The standard of the round."""
        return get_standard(self.planned.standard_id)

    @cached_property
    def context(self) -> Context:
        """Figures of the round before (same area and standard, nearest earlier year), without illustrative ones."""
        before = self.store.rounds.find_before(self.planned)
        if before is None:
            return Context()
        figures = self.store.observations.load(before)
        demo = self.store.observations.list_demo_units(before)
        return Context(before.year, figures.drop(index=list(demo), errors="ignore"))

    def check(
        self,
        workbook: Workbook,
        content: bytes,
        choices: Choices | None = None,
        edits: Edits | None = None,
        accept_suggestions: bool = False,
    ) -> Ingest:
        """Check a file; what was confirmed for files of its shape is used where nothing is given."""
        units, year = self.units, self.planned.year
        reading = Reading(
            self.standard, units, year, choices or Choices(), self.context, edits or {}, accept_suggestions
        )
        ingest = read_workbook(workbook, reading)
        if not choices and any(one.match.how == "close" for one in ingest.columns) | bool(ingest.questions):
            remembered = self.store.mappings.find(ingest.shape, self.standard.id)
            if remembered:
                ingest = read_workbook(workbook, replace(reading, choices=remembered))
        if ingest.accepted:
            ingest = replace(ingest, findings=(*self._against_stored(ingest), *ingest.findings))
        known = self.find_known(content)
        if known is not None:
            finding = make_finding("file_known", date=format_date(known.submitted_at), file=known.file_name)
            ingest = replace(ingest, findings=(*ingest.findings, finding))
        return ingest

    def find_known(self, content: bytes) -> SubmissionInfo | None:
        """The submission of the same file in this year, if there is one."""
        digest = hash_file(content)
        submissions = self.store.submissions.list(self.planned)
        return next((submission for submission in submissions if submission.file_hash == digest), None)

    def compare(self, ingest: Ingest) -> pd.DataFrame:
        """What a file changes against the store; columns as `data.store.changes.compare_figures`."""
        return compare_figures(self._stored(), ingest.wide())

    def _stored(self) -> pd.DataFrame:
        """What is stored for the year, without illustrative figures, which a real file replaces whole."""
        demo = self.store.observations.list_demo_units(self.planned)
        return self.store.observations.load(self.planned).drop(index=list(demo), errors="ignore")

    def _against_stored(self, ingest: Ingest) -> list[Finding]:
        """Parts above their whole where one of the two is in the file and the other was stored before."""
        incoming, stored = ingest.wide(), self._stored()
        if stored.empty or set(self.standard.inputs) <= set(incoming.columns):
            return []
        merged = merge_figures(stored, incoming, self.standard).loc[incoming.index]
        cells = ingest.observations.set_index(["unit_code", "input_id"])
        findings = []
        for row in find_broken_parts(merged, self.standard).itertuples():
            mine = next(one for one in (row.part, row.whole) if one in incoming.columns)
            place = cells.loc[(row.unit_code, mine)]
            words = {
                f"{role}_place": f"ô {cells.at[(row.unit_code, one), 'cell']}"
                if one in incoming.columns
                else "đã nộp trước"
                for role, one in (("part", row.part), ("whole", row.whole))
            }
            words |= {
                f"{role}_label": self.standard.inputs[one].label
                for role, one in (("part", row.part), ("whole", row.whole))
            }
            value, whole = format_number(int(row.part_value)), format_number(int(row.whole_value))
            findings.append(
                make_finding(
                    "stored_part_too_large",
                    place["sheet"],
                    place["cell"],
                    row.unit_code,
                    mine,
                    value,
                    whole=whole,
                    **words,
                )
            )
        return findings

    def accept(
        self,
        ingest: Ingest,
        file_name: str,
        content: bytes,
        actor: str,
        choices: Choices | None = None,
        shown: Shown | None = None,
    ) -> int:
        """Store a file whole; raises ValueError for one with errors, `StoreError` as `Submissions.save`."""
        if not ingest.accepted:
            raise ValueError("a file with errors is never stored")
        confirmed = choices.as_json() if choices else {}
        return self.store.submissions.save(
            self.planned, ingest.observations, file_name, content, actor, choices=confirmed, shown=shown
        )


def find_overlaps(files: Sequence[tuple[str, Iterable[str]]], units: pd.DataFrame) -> list[list[Finding]]:
    """Units that stand in two files waiting together: for each file a warning a unit that an earlier file has too.

    `files`: the name of each and the codes of its units.
    """
    first: dict[str, str] = {}
    overlaps: list[list[Finding]] = []
    for name, codes in files:
        overlaps.append(
            [
                make_finding("unit_in_other_file", unit=code, name=units.at[code, "name"], file=first[code])
                for code in codes
                if code in first
            ]
        )
        first |= {code: name for code in codes if code not in first}
    return overlaps


def confirm_suggestions(ingest: Ingest, chosen: Choices) -> Choices:
    """Every column and unit of a file as it was taken or is proposed, to be looked through and kept as a mapping."""
    columns = {
        one.match.header.key: one.match.target
        for one in ingest.columns
        if one.match.how in ("close", "chosen") and one.match.header.key
    }
    units = {one.key: one.candidates[0][0] for one in ingest.questions if one.candidates}
    return Choices(dict(chosen.columns) | columns, units | dict(chosen.units), chosen.by)
