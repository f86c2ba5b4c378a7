"""Hostile and broken files are refused in a sentence; what is large but says nothing is read."""

import pytest

from tests.data.intake.hostile.cases import BURSTING, HOSTILE, assert_refused, read
from tests.data.intake.hostile.files import (
    BOOK,
    REAL,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    as_csv,
    as_ods,
    as_xls,
    empty_rows,
    far_format,
    long_shared_text,
    unzipped,
    with_part,
)

TAME = {name: case for name, case in HOSTILE.items() if name not in BURSTING}


@pytest.mark.parametrize(("build", "code"), TAME.values(), ids=TAME)
def test_hostile_file_is_refused_in_a_sentence(build, code):
    assert_refused(read(build()), code)


@pytest.mark.process
@pytest.mark.parametrize("name", ["value in the last cell, other quotes", "bomb", "broken xls", "password", "pdf"])
def test_hostile_file_is_refused_in_a_sentence_by_a_process(name):
    build, code = HOSTILE[name]
    assert_refused(read(build()), code)


@pytest.mark.parametrize("build", [lambda: REAL, as_xls, as_ods], ids=["xlsx", "xls", "ods"])
def test_truncated_file_is_refused(build):
    content = build()
    for share in (0.01, 0.3, 0.6, 0.9, 0.99):
        assert_refused(read(content[: int(len(content) * share)]), "not_a_workbook")


@pytest.mark.parametrize("path", [SHEET, STRINGS, BOOK, STYLES, RELATIONS])
def test_truncated_part_is_refused(path):
    part = unzipped(REAL)[path]
    end = part.find(b"</sheetData>") if path == SHEET else len(part) - 3
    for length in (end // 3, end * 9 // 10, end):
        assert_refused(read(with_part(path, [part[:length]])), "not_a_workbook")


@pytest.mark.parametrize("build", [lambda: REAL, as_xls, as_ods, as_csv], ids=["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv", "a.pdf", "../../a\x00{}"])
def test_content_decides_not_the_name(build, name):
    ingest = read(build(), name)
    assert ingest.accepted
    assert ingest.wide().equals(read(REAL).wide())


@pytest.mark.parametrize("build", [empty_rows, long_shared_text, far_format], ids=["rows", "text", "format"])
def test_what_is_large_but_says_nothing_is_read(build):
    """1,048,576 empty rows; a text of 100 MB that no cell uses; a format in the last cell."""
    ingest = read(build())
    assert not ingest.findings
    assert ingest.wide().equals(read(REAL).wide())
