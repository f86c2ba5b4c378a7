"""The officer's own workbook back: wrong cells coloured and commented, made in a process of its own.

The library that keeps an officer's layout builds an object for each cell that the file speaks of; a small file can
speak of billions. So it never works here: `markers` are asked, and what they can't make is refused in a sentence.
"""

import pickle
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from data.intake.findings.finding import Finding
from data.intake.findings.kind import SEVERITY_WORDS, Severity
from data.intake.reading.cells import Sheet
from data.intake.returned.order import MOST_STYLED_CELLS, MOST_VALUES, CellMark, Order, SummaryRow
from data.processes.pool import Answerer, Pool, UnavailableError
from data.processes.worker import UnansweredError
from scoring.refusal import Refusal
from scoring.standard import Standard

SECONDS_TO_MARK = 14  # with the layout, and once more for the values alone: half a minute in all
_WORST_FIRST: tuple[Severity, ...] = ("error", "warning", "note")
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis"
_WITHOUT_COPY = "Tệp Excel đã đánh dấu không lập được vì {}; xem các ô sai trong bảng trên trang này."

markers: Answerer = Pool(
    (sys.executable, "-m", "data.intake.returned.worker"),
    seconds=SECONDS_TO_MARK,
    once=True,
    ahead=False,
    environment=lambda: {"OPENBLAS_NUM_THREADS": "1"},  # of a library that comes along: a thread a core takes memory
)


class UnmarkedError(Refusal):
    """There is no marked copy of a file; the message is a Vietnamese sentence that says why."""


def build_marked_copy(
    content: bytes,
    sheets: Sequence[Sheet],
    findings: Sequence[Finding],
    standard: Standard,
    unit_names: Mapping[str, str],
    edits: Mapping[tuple[str, str], Any],
) -> bytes:
    """An .xlsx of the officer's file with what was found in it.

    The layout of an .xlsx file stays where it can be kept within bounds; of others only the values. Formulas are
    replaced by their values: a file that was sent in is never handed on with live formulas.

    Parameters
    ----------
    content, sheets
        The file, and its sheets as `open_workbook` read them.
    unit_names : mapping
        Name of each unit, by code.
    edits : mapping
        Values corrected on screen, by sheet and cell; they are written into the copy.

    Raises
    ------
    UnmarkedError
        When the file holds too many cells, or no copy can be made within the limits.
    """
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    if cells > MOST_VALUES:
        raise UnmarkedError(_WITHOUT_COPY.format(f"tệp có hơn {MOST_VALUES:,} ô".replace(",", ".")))
    order = Order(
        sheets=[(sheet.name, sheet.rows) for sheet in sheets],
        marks=_mark_cells(findings),
        edits={place: value for place, value in edits.items() if _CELL.fullmatch(place[1])},
        counted=_count(findings),
        summary=[_summarise(finding, standard, unit_names) for finding in findings],
    )
    has_layout = content.startswith(b"PK") and _OPEN_DOCUMENT not in content[:200]
    if has_layout and cells <= MOST_STYLED_CELLS:
        try:
            return _ask(order._replace(content=content, sheets=[]))
        except (UnansweredError, UnavailableError):
            pass  # what Excel and the reader forgive the library does not, or it takes too much; the values remain
    try:
        return _ask(order)
    except UnansweredError as unanswered:
        raise UnmarkedError(_WITHOUT_COPY.format("tệp quá lớn hoặc hỏng")) from unanswered
    except UnavailableError as error:
        raise UnmarkedError(_WITHOUT_COPY.format("máy chủ đang quá tải, đợi một phút rồi thử lại")) from error


def _ask(order: Order) -> bytes:
    with tempfile.TemporaryDirectory() as folder:  # what a process that is ended leaves behind goes with it
        copy: bytes = markers.ask(pickle.dumps(order._replace(folder=folder)))
        return copy


def _mark_cells(findings: Sequence[Finding]) -> dict[tuple[str, str], CellMark]:
    by_cell: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet and finding.cell:
            by_cell[finding.sheet, finding.cell.split(":")[0]].append(finding)
    return {
        (sheet, cell): CellMark(
            min((finding.severity for finding in of_cell), key=_WORST_FIRST.index),
            "\n\n".join(
                f"{SEVERITY_WORDS[finding.severity]}: {finding.message}\nCách sửa: {finding.mend}"
                for finding in of_cell
            ),
        )
        for (sheet, cell), of_cell in by_cell.items()
        if _CELL.fullmatch(cell)
    }


def _count(findings: Sequence[Finding]) -> str:
    return ", ".join(
        f"{sum(finding.severity == severity for finding in findings)} {SEVERITY_WORDS[severity].lower()}"
        for severity in _WORST_FIRST
    )


def _summarise(finding: Finding, standard: Standard, unit_names: Mapping[str, str]) -> SummaryRow:
    unit = f"{unit_names.get(finding.unit, '')} ({finding.unit})" if finding.unit else ""
    label = standard.inputs[finding.input].label if finding.input in standard.inputs else ""
    severity = SEVERITY_WORDS[finding.severity]
    texts = (severity, finding.sheet or "", finding.cell or "", unit, label, finding.message, finding.mend)
    return SummaryRow(finding.severity, texts)
