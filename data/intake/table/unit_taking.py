"""Rows taken for units: those that are certain, those that the officer confirmed, and questions for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import is_blank
from data.intake.table.columns import CODE, NAME
from data.intake.table.table import Table
from data.text.names import normalise_name
from data.units.matching import Candidates, UnitMatch, UnitNames

_LEAST_ACCEPTED = 80  # percent; a unit that is less sure is asked even of an officer who accepts suggestions
LONGEST_NAMED = 80  # characters of a text that a finding repeats
_MOST_CANDIDATES_NAMED = 4


@dataclass(frozen=True)
class UnitQuestion:
    """A text that is only near to a unit's name: to be confirmed. `key` is what the answer is remembered by."""

    key: str
    sheet: str
    cell: str
    text: str
    candidates: Candidates


@dataclass
class UnitRows:
    """Takes rows of a table for units.

    `chosen`: unit code by `UnitQuestion.key`, as the officer confirmed it. `units` are (row, unit code) in the order
    of the table. `unread`: number of rows with figures whose unit is not known.
    """

    table: Table
    names: UnitNames
    chosen: Mapping[str, str]
    accept: bool
    units: list[tuple[int, str]] = field(default_factory=list)
    questions: list[UnitQuestion] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: int = 0
    known_cells: dict[str, str] = field(default_factory=dict)  # cell of each unit of the table

    def __post_init__(self) -> None:
        self._code, self._name = self.table.role(CODE), self.table.role(NAME)

    def take(self, row: int, code: str) -> bool:
        """Take a row for a unit; False with a finding when the unit was read before."""
        cells = self.table.sheet.rows[row]
        column = self._code if self._code is not None and not is_blank(cells[self._code]) else self._name
        cell = self.table.sheet.name_cell(row, column or 0)
        if code in self.known_cells:
            self.unread += 1
            self.find("unit_repeated", cell, unit=code, name=self.names.name[code], first=self.known_cells[code])
            return False
        self.known_cells[code] = cell
        self.units.append((row, code))
        return True

    def take_named(self, row: int, text: str, match: UnitMatch) -> None:
        """Take a row for the unit that its name means, and say when the name is not the official one."""
        code = match.code or ""
        finding = {"bare": "type_left_out", "former": "unit_former"}.get(match.how)
        if self.take(row, code) and finding:
            cell = self.table.sheet.name_cell(row, self._name or 0)
            self.find(finding, cell, unit=code, value=text[:LONGEST_NAMED], name=self.names.describe(code))

    def ask(self, row: int, text: str, match: UnitMatch, districts: frozenset[str], filled: bool) -> None:
        """Take a row whose unit is not certain: as confirmed, else as suggested, else ask."""
        cell = self.table.sheet.name_cell(row, self._name if self._name is not None else self._code or 0)
        # One answer holds for every row spelled alike, but rows of one ambiguous name are different units.
        lone = match.how in ("ambiguous", "conflict")
        key = question_key(f"{text} {cell}" if lone else text, districts)
        answer = self.chosen.get(key) or self.chosen.get(normalise_name(text))
        if answer is not None and answer in self.names.name:
            self.take(row, answer)
            return
        suggestion = _clear_suggestion(match) if self.accept else None
        if suggestion is not None:
            code, confidence = suggestion
            if self.take(row, code):
                words = {"name": self.names.describe(code), "confidence": confidence}
                self.find("unit_accepted", cell, unit=code, value=text[:LONGEST_NAMED], **words)
            return
        if filled:
            self.unread += 1
        elif match.how == "close" and not normalise_name(text).startswith(("xã", "phường", "thị trấn")):
            return  # a line of text below or between, not a unit without figures
        self._find_uncertain(cell, key, text[:LONGEST_NAMED], match)

    def find(self, code: str, cell: str | None = None, **words: Any) -> None:
        """Add a finding about the table."""
        self.findings.append(make_finding(code, sheet=self.table.sheet.name, cell=cell, **words))

    def _find_uncertain(self, cell: str, key: str, text: str, match: UnitMatch) -> None:
        if match.how == "conflict":
            (by_code, _), (by_name, _) = match.candidates
            words = {"by_code": self.names.describe(by_code), "by_name": self.names.describe(by_name)}
            self.find("code_and_name_differ", cell, value=text, **words)
            self.questions.append(UnitQuestion(key, self.table.sheet.name, cell, text, match.candidates))
            return
        candidates = "; ".join(self.names.describe(code) for code, _ in match.candidates[:_MOST_CANDIDATES_NAMED])
        if not text:
            self.find("unit_absent", cell)
        elif match.how == "merged":
            self.find("unit_merged", cell, value=text, candidates=candidates)
        elif match.candidates:
            code = "unit_ambiguous" if match.how == "ambiguous" else "unit_to_confirm"
            self.find(code, cell, value=text, candidates=candidates)
            self.questions.append(UnitQuestion(key, self.table.sheet.name, cell, text, match.candidates))
        else:
            self.find("unit_unknown", cell, value=text)


def question_key(text: str, districts: frozenset[str]) -> str:
    """What a unit's spelling is remembered by: the text, and the district where it is known."""
    return " ".join([normalise_name(text), *sorted(districts)])


def _clear_suggestion(match: UnitMatch) -> tuple[str, int] | None:
    """The best candidate of a text that is close to a name, where no other is as near."""
    if match.how != "close" or not match.candidates:
        return None
    best, *others = match.candidates
    if best[1] < _LEAST_ACCEPTED:
        return None
    return best if not others or best[1] > others[0][1] else None
