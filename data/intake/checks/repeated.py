"""Units whose inputs stand both in a table and in the answers of a survey."""

from collections.abc import Iterator

from data.intake.extract import Extract
from data.intake.findings.finding import Finding, make_finding


def check_repeated(extract: Extract) -> Iterator[Finding]:
    """Find units that the file gives an input of twice."""
    observations = extract.observations
    repeated = observations[observations.duplicated(["unit_code", "input_id"])]
    for row in repeated.drop_duplicates("unit_code").itertuples():
        words = {"name": extract.reading.names.name[row.unit_code], "first": "bảng số liệu"}
        yield make_finding("unit_repeated", row.sheet, row.cell, row.unit_code, row.input_id, **words)
