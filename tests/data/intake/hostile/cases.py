"""Hostile files with the codes of their refusals, and what has to hold of any file."""

import random
import re
from collections.abc import Callable

from data.intake.findings.catalogue import CATALOGUE
from data.intake.ingest import Ingest
from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.intake.schema import OBSERVATIONS
from scoring.limits import LARGEST_COUNT
from tests.data.intake.hostile.files import (
    EXTERNAL,
    OLE,
    SHEET,
    SOME,
    STRINGS,
    bomb,
    bomb_of_one_block,
    bomb_that_lies,
    far_cell,
    laughs,
    long_text,
    long_text_everywhere,
    many_columns,
    ole,
    repeated_ods_cells,
    without_book,
    without_sheets,
    without_tables,
    zipped,
)
from tests.data.samples import STANDARD, YEAR

NAME = "Số liệu quý.IV.xlsx"
ENGLISH = re.compile(
    r"\b(?:archive|bytes?|cell|column|corrupt|entity|encoding|error|exception|fail(?:ed)?|file|format|invalid|limit"
    r"|memory|none|null|password|row|seconds?|sheet|string|timeout|traceback|true|unknown|workbook)\b",
    re.IGNORECASE,
)


def read(content: bytes, name: str = NAME) -> Ingest:
    return read_submission(content, name, Reading(STANDARD, SOME, YEAR))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (bomb, "too_large"),
    "bomb of one block": (bomb_of_one_block, "too_large"),
    "bomb that lies": (bomb_that_lies, "not_a_workbook"),
    "entities in a sheet": (lambda: laughs(SHEET), "not_a_workbook"),
    "entities in the texts": (lambda: laughs(STRINGS), "not_a_workbook"),
    "external entity in a sheet": (lambda: laughs(SHEET, EXTERNAL), "not_a_workbook"),
    "external entity in the texts": (lambda: laughs(STRINGS, EXTERNAL), "not_a_workbook"),
    "value in the last cell": (far_cell, "too_large"),
    "value in the last cell, other quotes": (lambda: far_cell(b"'"), "too_large"),
    "text of 100 MB": (long_text, "too_large"),
    "long text everywhere": (long_text_everywhere, "too_large"),
    "repeated cells": (lambda: repeated_ods_cells(b"<text:p>1</text:p>"), "too_large"),
    "repeated cells without text": (lambda: repeated_ods_cells(b""), "not_a_workbook"),
    "500 columns": (many_columns, "too_large"),
    "password": (lambda: ole("EncryptedPackage"), "not_a_workbook"),
    "empty": (lambda: b"", "not_a_workbook"),
    "spaces": (lambda: b" \r\n" * 100, "not_a_workbook"),
    "no sheets": (without_sheets, "not_a_workbook"),
    "no list of sheets": (without_book, "not_a_workbook"),
    "no tables": (without_tables, "not_a_workbook"),
    "broken zip": (lambda: b"PK\x03\x04" + bytes(1000), "not_a_workbook"),
    "broken xls": (lambda: OLE + bytes(1000), "not_a_workbook"),
    "random bytes": (lambda: random.Random(1).randbytes(5000), "not_a_workbook"),
    "zip without a workbook": (lambda: zipped({"a.txt": b"a"}), "other_format"),
    "docx": (lambda: zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), "other_format"),
    "doc": (lambda: ole("WordDocument"), "other_format"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", "other_format"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "other_format"),
    "html": (lambda: b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "other_format"),
    "xml spreadsheet": (
        lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "other_format",
    ),
    "rtf": (lambda: rb"{\rtf1\ansi Xin ch\u224?o}", "other_format"),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100), "other_format"),
}

BURSTING = ("value in the last cell, other quotes", "text of 100 MB", "long text everywhere")  # need a reader's limits


def is_sentence(text: str) -> bool:
    """Whether a text is one Vietnamese sentence; what it quotes and the dots of large numbers do not count."""
    said = re.sub(r"“[^”]*”", "“”", text)
    said = re.sub(r"(?<=\d)\.(?=\d)", "", said)
    return bool(re.fullmatch(r"[A-ZĐ][^.\n]*\.", said)) and not ENGLISH.search(said) and len(text) < 400


def assert_refused(ingest: Ingest, code: str) -> None:
    assert [one.code for one in ingest.findings] == [code]
    (finding,) = ingest.errors
    assert code in CATALOGUE
    assert is_sentence(finding.message), finding.message
    assert NAME in finding.message
    assert finding.mend
    assert ingest.observations.empty
    assert (ingest.rows, ingest.units) == (0, 0)


def assert_sound(ingest: Ingest) -> None:
    """What holds of every file: findings of the catalogue, told in short, and a clean frame of units of the round."""
    for one in ingest.findings:
        assert one.severity == CATALOGUE[one.code].severity
        assert 0 < len(one.message) < 1000
        assert one.mend
    OBSERVATIONS.validate(ingest.observations)
    assert set(ingest.observations["unit_code"]) <= set(SOME.index)
    assert set(ingest.observations["input_id"]) <= set(STANDARD.inputs)
    assert (ingest.observations["value"].dropna() <= LARGEST_COUNT).all()
    if ingest.accepted:
        assert not ingest.observations.empty
        assert ingest.units == ingest.observations["unit_code"].nunique()
