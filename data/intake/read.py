"""Workbook in, checked observations and findings out.

open (sheets) → extract (tables, rows, figures, surveys) → check (findings) → what came of the file.
"""

from data.intake.checks.registry import check_extract
from data.intake.extract import extract_figures
from data.intake.ingest import Ingest, build_ingest, refuse
from data.intake.parameters import Reading
from data.intake.workbook import Workbook, open_workbook


def read_submission(content: bytes, file_name: str, reading: Reading) -> Ingest:
    """Read and check a file: `open_workbook`, then `read_workbook`."""
    return read_workbook(open_workbook(content, file_name), reading)


def read_workbook(workbook: Workbook, reading: Reading) -> Ingest:
    """Read and check the sheets of a file; never raises for what they hold: everything wrong is a finding."""
    if not workbook.sheets:
        return refuse(*workbook.findings)
    extract = extract_figures(workbook, reading)
    findings = [*workbook.findings, *check_extract(extract)]
    return build_ingest(extract, findings, workbook.sheets)
