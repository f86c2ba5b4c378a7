"""Raw answers of the satisfaction survey, one row a respondent, counted to the inputs of criterion 13.

What counts as satisfied is said in a note: the upper answers of a scale (Rất hài lòng, Hài lòng; 4 and 5 of 1 to 5;
Có). An answer in the middle (Bình thường, 3) is not satisfied. A form without an answer is not counted.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from data.intake.findings.finding import Finding, make_finding
from data.intake.reading.cells import Sheet, is_blank, show_value
from data.intake.table.columns import CODE, DISTRICT, NAME
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
_SATISFIED = ("Rất hài lòng", "Hài lòng", "Có", "5", "4")
_UNSATISFIED = ("Bình thường", "Không hài lòng", "Rất không hài lòng", "Chưa hài lòng", "Không", "3", "2", "1")
_ANSWER_OF = {normalise_name(one): True for one in _SATISFIED} | {normalise_name(one): False for one in _UNSATISFIED}
_SEARCHED_ROWS = 40
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
        found = _find_header(sheet) if sheet.visible else None
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


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """Row of the header and column of each role; a survey has a group, an answer and a unit."""
    for row, cells in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        roles: dict[str, int] = {}
        for column, value in enumerate(cells):
            role = _ROLE_OF.get(normalise_name(value)) if isinstance(value, str) else None
            if role is not None:
                roles.setdefault(role, column)
        if {"group", "answer"} <= roles.keys() and {CODE, NAME} & roles.keys():
            return row, roles
    return None


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
    for row in range(header + 1, len(sheet.rows)):
        cells = sheet.rows[row]
        if all(is_blank(cells[column]) for column in roles.values()):
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
        answer = _ANSWER_OF.get(normalise_name(show_value(cells[roles["answer"]])))
        if group is None:
            value = show_value(cells[roles["group"]])
            survey.findings.append(
                make_finding("survey_group_unclear", sheet.name, _cell(sheet, row, roles, "group"), code, value=value)
            )
        if answer is None:
            value = show_value(cells[roles["answer"]])
            survey.findings.append(
                make_finding("survey_answer_unclear", sheet.name, _cell(sheet, row, roles, "answer"), code, value=value)
            )
        if group is not None and answer is not None:
            told.add((answer, show_value(cells[roles["answer"]])))
            answers[code, group].append((answer, sheet.name, row, roles["answer"]))
    if blank:
        survey.findings.append(make_finding("survey_blank", sheet.name, count=format_number(blank)))


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
