"""Values of a table, checked cell by cell: what a cell says, or why it can't be used."""

from datetime import date, datetime, time, timedelta
from typing import Any

from data.ingest.cells import cell_name
from data.ingest.findings import Finding, make_finding
from data.ingest.layout import Table
from data.names import normalise_name
from data.template import LARGEST_COUNT
from scoring.standard import Input, Standard
from scoring.words import ANSWER_WORDS, format_date, format_number

_ANSWERS = {normalise_name(word): value for value, word in ANSWER_WORDS.items()}
_LABELS_SHOWN = 3


def check_row(table: Table, row: int, unit: str, standard: Standard) -> tuple[dict[str, int | None], list[Finding]]:
    """Values of one unit by input id (None: missing), and the findings of its row."""
    cells = table.sheet.rows[row]
    values: dict[str, int | None] = {}
    findings: list[Finding] = []
    for input_id, column in table.columns.items():
        raw = cells[column] if column < len(cells) else ""
        value, code = _read_cell(raw, standard.inputs[input_id])
        values[input_id] = value
        if code is not None:
            findings.append(
                make_finding(
                    code,
                    sheet=table.sheet.name,
                    cell=cell_name(row, column),
                    unit=unit,
                    input=input_id,
                    value=_show(raw),
                )
            )
    wrong = {finding.input for finding in findings}
    findings += _check_parts(table, row, unit, values, wrong, standard)
    missing = [standard.inputs[one].label for one, value in values.items() if value is None and one not in wrong]
    if missing:
        more = f" và {len(missing) - _LABELS_SHOWN} ô khác" if len(missing) > _LABELS_SHOWN else ""
        findings.append(
            make_finding(
                "values_missing",
                sheet=table.sheet.name,
                cell=cell_name(row, table.code),
                unit=unit,
                count=len(missing),
                labels=", ".join(missing[:_LABELS_SHOWN]) + more,
            )
        )
    return values, findings


def is_blank(raw: Any) -> bool:
    """Whether a cell is empty or holds spaces only."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _read_cell(raw: Any, one: Input) -> tuple[int | None, str | None]:
    """The value of a cell, or None with the code of what is wrong with it."""
    if is_blank(raw):
        return None, None
    if isinstance(raw, str) and raw.startswith("#"):
        return None, "error_value"
    if one.kind == "answer":
        answer = _ANSWERS.get(normalise_name(raw)) if isinstance(raw, str) else None
        return (answer, None) if answer is not None else (None, "answer_unclear")
    return _read_count(raw)


def _read_count(raw: Any) -> tuple[int | None, str | None]:
    if isinstance(raw, date | datetime | time | timedelta):
        return None, "date_value"
    if isinstance(raw, str):
        text = raw.strip()
        if not text.isascii() or not text.lstrip("-").isdigit():
            return None, "not_a_number"
        raw = int(text)
    if isinstance(raw, bool):
        return None, "not_a_number"
    if raw < 0:
        return None, "negative"
    if raw > LARGEST_COUNT:
        return None, "number_too_large"
    if raw != int(raw):
        return None, "decimal"
    return int(raw), None


def _check_parts(
    table: Table, row: int, unit: str, values: dict[str, int | None], wrong: set[str | None], standard: Standard
) -> list[Finding]:
    findings = []
    for input_id, value in values.items():
        whole_id = standard.inputs[input_id].part_of
        whole = values.get(whole_id) if whole_id else None
        if whole_id is None or value is None or whole is None or value <= whole or whole_id in wrong:
            continue
        findings.append(
            make_finding(
                "part_too_large",
                sheet=table.sheet.name,
                cell=cell_name(row, table.columns[input_id]),
                unit=unit,
                input=input_id,
                value=format_number(value),
                whole=format_number(whole),
                whole_label=standard.inputs[whole_id].label,
                whole_cell=cell_name(row, table.columns[whole_id]),
            )
        )
    return findings


def _show(raw: Any) -> str:
    if isinstance(raw, date | datetime):
        return format_date(raw)
    if isinstance(raw, float):
        return format_number(raw, 6)
    return str(raw).strip()[:80]
