"""Raw answers of the satisfaction survey, one row a respondent, counted to the inputs of criterion 13.

What counts as satisfied is said in a note: the upper answers of a scale (Rất hài lòng, Hài lòng; Có). An answer in the
middle (Bình thường) is not satisfied. What a coded answer (1, 2) means is never assumed: the header says it (“1 = Có,
2 = Không”), or the officer is asked. A form without an answer is not counted, and one that was sent twice counts once.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import Sheet, is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME, is_input_text
from data.text.names import normalise_name
from data.units.matching import UnitNames
from data.units.spelling import restore_code
from scoring.standard import Input, Standard
from scoring.words import format_number, format_percent

_HEADERS = {
    CODE: ("mã đơn vị", "mã xã", "mã", "mã số"),
    NAME: ("tên đơn vị", "đơn vị", "xã phường thị trấn", "xã phường", "xã", "tên xã", "địa phương"),
    DISTRICT: ("huyện thành phố", "huyện", "tên huyện", "quận huyện"),
    "group": ("đối tượng", "nhóm", "đối tượng khảo sát", "người trả lời", "nhóm đối tượng", "người được khảo sát"),
    "answer": (
        "trả lời",
        "câu trả lời",
        "mức độ hài lòng",
        "hài lòng",
        "kết quả",
        "ý kiến",
        "mức hài lòng",
        "đánh giá",
    ),
}
_ROLE_OF = {header: role for role, headers in _HEADERS.items() for header in headers}
_GROUPS = {
    "children": ("trẻ em", "trẻ", "te", "học sinh", "em", "thiếu nhi"),
    "adults": ("người dân", "người lớn", "cha mẹ", "phụ huynh", "dân", "bố mẹ", "cha mẹ người chăm sóc", "nd"),
}
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words}
_SATISFIED = ("Rất hài lòng", "Hài lòng", "Có")
_UNSATISFIED = ("Bình thường", "Không hài lòng", "Rất không hài lòng", "Chưa hài lòng", "Không")
_ANSWER_OF = {normalise_name(one): True for one in _SATISFIED} | {normalise_name(one): False for one in _UNSATISFIED}
# Headers that tables of figures have too; the cells below must read as those of a survey.
_COMMON_HEADERS = frozenset(("nhóm", "kết quả", "đánh giá", "ý kiến", "hài lòng", "trả lời"))
_FORM_IDS = frozenset(("uuid", "instanceid", "meta instanceid", "mã phiếu gửi"))
_LEGEND = re.compile(r"(\d)\s*[=:\-–.]\s*([^\d=;,)]+)")
_CODED = re.compile(r"\d+(?:\.0)?")
_FEWEST_INPUTS = 2  # in a row, which make it the header of a table of figures
_SEARCHED_ROWS = 40
_SEARCHED_ANSWERS = 200
_Z95 = 1.96
_WORDS = {"children": "trẻ em", "adults": "người dân"}


@dataclass
class Survey:
    """What the answers add up to.

    `observations`: (unit code, input id, value, sheet, range of cells). `sheets`: names of the sheets that were read.
    """

    observations: list[tuple[str, str, int, str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)
    rows: int = 0


def read_surveys(sheets: list[Sheet], standard: Standard, names: UnitNames) -> Survey:
    """Find the sheets of raw answers and count them by unit and group."""
    survey = Survey()
    answers: dict[tuple[str, str], list[tuple[bool, str, int, int]]] = defaultdict(list)
    told: set[tuple[bool, str]] = set()
    for sheet in sheets:
        found = _find_header(sheet, standard) if sheet.visible else None
        if found is None:
            continue
        survey.sheets.add(sheet.name)
        _read_sheet(survey, sheet, *found, names, answers, told)
    surveyed: dict[str, Input] = {one.survey: one for one in standard.inputs.values() if one.survey}
    satisfied = {one.part_of: one for one in standard.inputs.values()}
    for (code, group), given in sorted(answers.items()):
        whole = surveyed[group]
        number, of = sum(one for one, *_ in given), len(given)
        sheet_name, place = _range_of(given)
        survey.observations.append((code, whole.id, of, sheet_name, place))
        survey.observations.append((code, satisfied[whole.id].id, number, sheet_name, place))
        survey.findings.append(
            make_finding(
                "survey_read",
                sheet_name,
                place,
                code,
                whole.id,
                name=names.describe(code),
                who=_WORDS[group],
                satisfied=format_number(number),
                surveyed=format_number(of),
                share=format_percent(number, of),
                margin=format_number(margin_points(number, of), 1),
            )
        )
    if told:
        listed = {good: ", ".join(sorted(text for one, text in told if one is good)) or "–" for good in (True, False)}
        survey.findings.append(make_finding("survey_scale", satisfied=listed[True], unsatisfied=listed[False]))
    return survey


def margin_points(satisfied: int, surveyed: int) -> float:
    """Half the width of the 95 % interval of a share, in percentage points (Wilson's: it holds for small samples)."""
    share, z = satisfied / surveyed, _Z95
    half = z * np.sqrt(share * (1 - share) / surveyed + z**2 / (4 * surveyed**2)) / (1 + z**2 / surveyed)
    return float(100 * half)


def _find_header(sheet: Sheet, standard: Standard) -> tuple[int, dict[str, int]] | None:
    """Row of the header and column of each role; a survey has a group, an answer and a unit, and no inputs beside."""
    for row, cells in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        roles: dict[str, int] = {}
        for column, value in enumerate(cells):
            role = _ROLE_OF.get(_read_header(value)) if isinstance(value, str) else None
            if role is not None:
                roles.setdefault(role, column)
        if {"group", "answer"} <= roles.keys() and {CODE, NAME} & roles.keys():
            inputs = sum(isinstance(value, str) and is_input_text(value, standard) for value in cells)
            if inputs < _FEWEST_INPUTS and _holds_answers(sheet, row, roles):
                return row, roles
    return None


def _read_header(text: str) -> str:
    """A header in normal form, without the legend of its answers."""
    return normalise_name(text.partition("(")[0])


def _holds_answers(sheet: Sheet, header: int, roles: dict[str, int]) -> bool:
    """Whether the cells below common headers (Nhóm, Đánh giá) are groups of people and answers."""
    names = {role: _read_header(str(sheet.rows[header][roles[role]])) for role in ("group", "answer")}
    if names["group"] not in _COMMON_HEADERS and names["answer"] not in _COMMON_HEADERS:
        return True
    rows = sheet.rows[header + 1 : header + 1 + _SEARCHED_ANSWERS]
    groups = [show_value(cells[roles["group"]]) for cells in rows if not is_blank(cells[roles["group"]])]
    known = sum(normalise_name(text) in _GROUP_OF for text in groups)
    return known * 2 >= len(groups) > 0


def _read_legend(header: str) -> dict[str, bool]:
    """What coded answers mean, as the header says it: “Hài lòng (1 = Có; 2 = Không)”."""
    meant = {code: _ANSWER_OF.get(normalise_name(words)) for code, words in _LEGEND.findall(header)}
    return {code: answer for code, answer in meant.items() if answer is not None}


def _read_sheet(
    survey: Survey,
    sheet: Sheet,
    header: int,
    roles: dict[str, int],
    names: UnitNames,
    answers: dict[tuple[str, str], list[tuple[bool, str, int, int]]],
    told: set[tuple[bool, str]],
) -> None:
    blank = 0
    legend = _read_legend(str(sheet.rows[header][roles["answer"]]))
    coded: dict[str, int] = {}  # answers whose meaning nothing says, with the first row of each
    sent = _Sent(sheet, header)
    for row in range(header + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        if all(is_blank(cells[column]) for column in roles.values()):
            continue
        if sent.again(row):
            continue
        survey.rows += 1
        if is_blank(cells[roles["answer"]]):
            blank += 1
            continue
        code, role, words = _unit_of(cells, roles, names)
        if code is None:
            survey.findings.append(make_finding(role, sheet.name, _cell(sheet, row, roles, CODE, NAME), **words))
            continue
        group = _GROUP_OF.get(normalise_name(show_value(cells[roles["group"]])))
        text = show_value(cells[roles["answer"]])
        answer = _ANSWER_OF.get(normalise_name(text), legend.get(text.removesuffix(".0")))
        if group is None:
            value = show_value(cells[roles["group"]])
            survey.findings.append(
                make_finding("survey_group_unclear", sheet.name, _cell(sheet, row, roles, "group"), code, value=value)
            )
        if answer is None and _CODED.fullmatch(text):
            coded.setdefault(text, row)
        elif answer is None:
            value = text
            survey.findings.append(
                make_finding("survey_answer_unclear", sheet.name, _cell(sheet, row, roles, "answer"), code, value=value)
            )
        if group is not None and answer is not None:
            told.add((answer, text))
            answers[code, group].append((answer, sheet.name, row, roles["answer"]))
    if coded:
        place, codes = _cell(sheet, min(coded.values()), roles, "answer"), ", ".join(sorted(coded))
        survey.findings.append(make_finding("survey_coded", sheet.name, place, value=codes))
    survey.findings += sent.findings()
    if blank:
        survey.findings.append(make_finding("survey_blank", sheet.name, count=format_number(blank)))


class _Sent:
    """Forms that stand in the export more than once, known by the number that the survey program gave them."""

    def __init__(self, sheet: Sheet, header: int):
        self.sheet = sheet
        names = {
            column: normalise_name(value) for column, value in enumerate(sheet.rows[header]) if isinstance(value, str)
        }
        self.column = next((column for column, name in names.items() if name in _FORM_IDS), None)
        self.rows: dict[str, int] = {}
        self.repeated: list[int] = []
        self.changed: list[int] = []

    def again(self, row: int) -> bool:
        """Whether the form of a row was there before; one that says something else is kept for an error."""
        form = show_value(self.sheet.rows[row][self.column]) if self.column is not None else ""
        if not form or self.rows.setdefault(form, row) == row:
            return False
        same = self.sheet.rows[self.rows[form]] == self.sheet.rows[row]
        (self.repeated if same else self.changed).append(row)
        return True

    def findings(self) -> list[Finding]:
        """What is told of the forms that were there before."""
        column = self.column or 0
        found = [
            make_finding("survey_sent_twice", self.sheet.name, self.sheet.name_cell(rows[0], column), count=len(rows))
            for rows in [self.repeated]
            if rows
        ]
        for row in self.changed[:_SEARCHED_ROWS]:
            first = self.rows[show_value(self.sheet.rows[row][column])]
            words = {"first": self.sheet.name_row(first)}
            found.append(
                make_finding("survey_sent_changed", self.sheet.name, self.sheet.name_cell(row, column), **words)
            )
        return found


def _unit_of(cells: list[Any], roles: dict[str, int], names: UnitNames) -> tuple[str | None, str, dict[str, Any]]:
    """The respondent's unit, or the code and the words of a finding."""
    raw = cells[roles[CODE]] if CODE in roles else ""
    if not is_blank(raw):
        text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
        return names.match_code(text), "unit_unknown", {"value": restore_code(text)[:80]}
    name = str(cells[roles[NAME]]) if NAME in roles else ""
    if not name.strip():
        return None, "unit_absent", {}
    district = str(cells[roles[DISTRICT]]) if DISTRICT in roles else ""
    match = names.match_name(name, names.match_district(district))
    said = "; ".join(names.describe(code) for code, _ in match.candidates[:4])
    kind = {"ambiguous": "unit_ambiguous", "close": "unit_to_confirm", "merged": "unit_merged"}.get(match.how)
    return match.code, kind or "unit_unknown", {"value": name.strip()[:80], "candidates": said}


def _cell(sheet: Sheet, row: int, roles: dict[str, int], *wanted: str) -> str:
    return sheet.name_cell(row, next(roles[one] for one in wanted if one in roles))


def _range_of(given: list[tuple[bool, str, int, int]]) -> tuple[str, str]:
    """Sheet and range of the answers; of answers on several sheets, those of the first."""
    name = given[0][1]
    rows = [row for _, sheet, row, _ in given if sheet == name]
    letters = Sheet("", []).name_cell(0, given[0][3])[:-1]
    return name, f"{letters}{min(rows) + 1}:{letters}{max(rows) + 1}"
