"""The worst files take little time and memory, of the app and of its readers."""

import json
import random
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.intake.form import LABEL_ROW
from data.intake.reading.cells import cell_name
from data.paths import PROJECT_ROOT
from tests.data.intake.hostile.cases import BURSTING, HOSTILE, is_sentence
from tests.data.intake.hostile.files import (
    BOOK,
    REAL,
    RELATIONS,
    SHEET,
    added_cells,
    added_rows,
    empty_rows,
    unzipped,
    zipped,
)

pytestmark = pytest.mark.process
SECONDS, MEMORY = 30, 500 * 2**20


def long_titles() -> bytes:
    """Titles that speak of thousands of districts."""
    return added_cells(1, ["huyện x " * 4000] * 300)


def long_headers() -> bytes:
    """Headers of thousands of words that no label has."""
    letters = random.Random(1)
    words = ["".join(letters.choices("bcdghklmnpqrstvx", k=6)) for _ in range(20_000)]
    return added_cells(LABEL_ROW + 1, (" ".join(letters.choices(words, k=4000)) for _ in range(300)))


def long_legacy_texts() -> bytes:
    """Texts in an old font, 90 MB of them."""
    text = "Sè trÎ em " * 3000
    rows = (f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{text}{r}</t></is></c></row>' for r in range(9, 2509))
    return added_rows("".join(rows).encode())


def long_texts() -> bytes:
    """As much text as the reading process can hold."""
    text = "a" * 30_000
    rows = (f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{text}{r}</t></is></c></row>' for r in range(9, 4009))
    return added_rows("".join(rows).encode())


def many_sums() -> bytes:
    rows = (
        f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>Tổng cộng</t></is></c>'
        + "".join(f'<c r="{cell_name(row - 1, column)}"><v>5</v></c>' for column in range(3, 44))
        + "</row>"
        for row in range(8, 19_000)
    )
    return added_rows("".join(rows).encode())


def many_merged_cells() -> bytes:
    parts = unzipped(added_cells(LABEL_ROW + 1, [f"Cột {column}" for column in range(350)]))
    ranges = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(100, 300_100))
    merged = f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
    return zipped(parts | {SHEET: parts[SHEET].replace(b"</sheetData>", merged)})


def many_sheets() -> bytes:
    """The same table on a thousand sheets."""
    parts = unzipped(REAL)
    sheets, relations = "", ""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    for number in range(1000):
        sheets += f'<sheet name="T{number}" sheetId="{number + 50}" r:id="rIdT{number}"/>'
        relations += f'<Relationship Id="rIdT{number}" Type="{kind}" Target="worksheets/t{number}.xml"/>'
        parts[f"xl/worksheets/t{number}.xml"] = parts[SHEET]
    parts[BOOK] = parts[BOOK].replace(b"</sheets>", sheets.encode() + b"</sheets>")
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    return zipped(parts)


def many_unknown_units() -> bytes:
    rows = (
        f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>Xã Hoa Binh {row}</t></is></c>'
        f'<c r="H{row}"><v>5</v></c></row>'
        for row in range(8, 19_000)
    )
    return added_rows("".join(rows).encode())


WORST: dict[str, Callable[[], bytes]] = {
    **{name: HOSTILE[name][0] for name in BURSTING},
    **{name: HOSTILE[name][0] for name in ("bomb", "bomb that lies", "value in the last cell")},
    **{name: HOSTILE[name][0] for name in ("entities in a sheet", "entities in the texts")},
    "repeated cells without text": HOSTILE["repeated cells without text"][0],
    "1,048,576 empty rows": empty_rows,
    "long titles": long_titles,
    "long headers": long_headers,
    "long texts in an old font": long_legacy_texts,
    "long texts": long_texts,
    "many sums": many_sums,
    "many merged cells": many_merged_cells,
    "many sheets": many_sheets,
    "many unknown units": many_unknown_units,
}


class Measurer:
    """A process that reads files as the app does and tells what each took; a fresh one after a file that took much."""

    def __init__(self, folder: Path):
        self.path = folder / "file"
        self.process: subprocess.Popen[str] | None = None

    def measure(self, content: bytes) -> dict:
        """`seconds`; bytes that the `app` grew by and that a `reader` had at most; its first `findings`."""
        self.path.write_bytes(content)
        process, self.process = self.process or self.start(), None
        process.stdin.write(f"{self.path}\n")
        process.stdin.flush()
        if not select.select([process.stdout], [], [], SECONDS + 5)[0]:
            process.kill()
            process.communicate()
            pytest.fail(f"still reading after {SECONDS + 5} s")
        taken = json.loads(process.stdout.readline())
        if taken["app"] < MEMORY / 3:
            self.process = process
        else:  # the highest marks of memory never fall
            process.communicate()
        return taken

    def start(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.data.intake.hostile.measure"],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "ready\n"
        return process


@pytest.fixture(scope="module")
def measurer(tmp_path_factory):
    pytest.importorskip("resource")
    one = Measurer(tmp_path_factory.mktemp("measured"))
    yield one
    if one.process is not None:
        one.process.communicate()


@pytest.mark.parametrize("name", WORST)
def test_worst_files_take_little_time_and_memory(name, measurer):
    taken = measurer.measure(WORST[name]())
    assert taken["seconds"] < SECONDS
    assert taken["app"] < MEMORY
    assert taken["reader"] < MEMORY
    if name in HOSTILE:
        ((code, message),) = taken["findings"]
        assert code == HOSTILE[name][1]
        assert is_sentence(message)
