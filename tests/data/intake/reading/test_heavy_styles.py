"""A workbook with thousands of styles is read in little more time than the same file without them."""

import time

import pytest

from data.intake.reading import worker
from tests.data.intake.hostile.files import unzipped, zipped
from tests.workbooks.written import Written, write_xlsx

STYLES, ROWS, COLUMNS = 20_000, 1500, 40
PATH = "xl/looks.xml"


def grid() -> list[list[Written]]:
    return [[Written(row + column) for column in range(COLUMNS)] for row in range(ROWS)]


def with_styles(content: bytes, formats: list[str]) -> bytes:
    """The workbook with as many formats, and styles that use them in turn; its own cells use none of them."""
    parts = unzipped(content)
    listed = "".join(f'<numFmt numFmtId="{5000 + one}" formatCode="{code}"/>' for one, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{5000 + one % len(formats)}" fontId="0"/>' for one in range(STYLES))
    head, tail = parts[PATH].split(b"<cellXfs>")
    own, rest = tail.split(b"</cellXfs>")
    return zipped(
        parts
        | {
            PATH: head.replace(b"</numFmts>", listed.encode() + b"</numFmts>")
            + b"<cellXfs>"
            + own
            + styles.encode()
            + b"</cellXfs>"
            + rest
        }
    )


def seconds(content: bytes) -> float:
    taken = []
    for _ in range(5):
        start = time.process_time()
        worker.answer(content)
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "formats",
    [
        [f"0.{'0' * (one % 9)}%&quot;{one}&quot;" for one in range(5000)],
        [f"#,##0&quot; k{one}&quot;" for one in range(5000)],
        [f"[&gt;{one}]0;;;" for one in range(5000)],
    ],
    ids=["percent", "words", "conditions"],
)
def test_thousands_of_styles_cost_little(formats):
    plain = write_xlsx([*grid(), [Written(1, "0%"), Written(2, "0.000")]])
    heavy = with_styles(plain, formats)
    rows = [worker.answer(one) for one in (plain, heavy)]
    assert rows[0] == rows[1]
    assert seconds(heavy) < 2 * seconds(plain)


def test_a_format_on_every_cell_costs_little():
    plain = write_xlsx(grid())
    odd = write_xlsx([[Written(cell.value, "#,##0_);(#,##0)") for cell in row] for row in grid()])
    assert worker.answer(odd)[0]["seen"] == {}
    assert seconds(odd) < 8 * seconds(plain)
