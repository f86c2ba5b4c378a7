"""What became of each file of an import, as text and as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from data.intake.findings.finding import Finding
from data.intake.ingest import Ingest
from data.store.changes import Change

_COUNTS = ("rows", "units", "accepted")
_SEVERITIES = ("errors", "warnings", "notes")
_OF_FINDING = ("sheet", "cell", "unit", "input", "code", "message", "mend")


@dataclass(frozen=True)
class Outcome:
    """A file as it was read, and how many values it changes; `changes` is None for a file that was refused."""

    name: str
    ingest: Ingest
    changes: dict[Change, int] | None


def print_outcomes(outcomes: list[Outcome], dry_run: bool) -> None:
    """Print every finding of every file, then a line that says what became of the file."""
    for outcome in outcomes:
        ingest = outcome.ingest
        for finding in ingest.findings:
            where = " ".join(str(part) for part in (finding.sheet, finding.cell, finding.unit) if part)
            print(f"[{finding.severity}] {where}: {finding.message} {finding.mend}")
        became = "Chưa nhận, chưa lưu gì" if not ingest.accepted else "Kiểm tra đạt" if dry_run else "Đã nhận"
        print(f"{outcome.name}: {became}: {ingest.rows} dòng, {ingest.units} đơn vị, {len(ingest.errors)} lỗi.")
        if outcome.changes:
            print(
                f"  giá trị: thêm {outcome.changes['added']}, đổi {outcome.changes['changed']}, "
                f"mất {outcome.changes['gone']}, giữ nguyên {outcome.changes['unchanged']}"
            )


def print_json(outcomes: list[Outcome]) -> None:
    """Print the contract's answer for one file; of several files the sums, with each file's answer under `files`."""
    answers = [_answer(outcome) for outcome in outcomes]
    if len(answers) == 1:
        print(json.dumps(answers[0], ensure_ascii=False))
        return
    whole: dict[str, Any] = {count: sum(answer[count] for answer in answers) for count in _COUNTS}
    whole |= {severity: [finding for answer in answers for finding in answer[severity]] for severity in _SEVERITIES}
    print(json.dumps(whole | {"files": answers}, ensure_ascii=False))


def _answer(outcome: Outcome) -> dict[str, Any]:
    ingest = outcome.ingest
    return {
        "file": outcome.name,
        "rows": ingest.rows,
        "units": ingest.units,
        "accepted": ingest.units if ingest.accepted else 0,
        "errors": _list_findings(ingest.errors),
        "warnings": _list_findings(ingest.warnings),
        "notes": _list_findings(ingest.notes),
        "changes": outcome.changes,
    }


def _list_findings(findings: list[Finding]) -> list[dict[str, Any]]:
    return [{name: getattr(finding, name) for name in _OF_FINDING} for finding in findings]
