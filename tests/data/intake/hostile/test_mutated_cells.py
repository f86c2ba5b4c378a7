"""Files with cells changed are stored whole or not at all."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import MergedCell

from data.intake.door import Intake
from data.intake.form import DATA_SHEET, FORM_SHEET
from data.intake.ingest import Ingest
from data.intake.workbook import open_workbook
from data.store import Store, open_store, plan_round
from tests.data.conftest import DATABASES, copied_database
from tests.data.intake.hostile.cases import HOSTILE, NAME, assert_refused, assert_sound
from tests.data.intake.hostile.files import REAL, SOME, saved, unzipped, zipped
from tests.data.samples import STANDARD, YEAR
from tests.examples import examples

TEXTS = [
    *["=1+1", "=HYPERLINK(1)", "+1", "@x", "-", "…", "x", "Có", "KHÔNG", "98 %", "1.234", "1,5", "#REF!", "Err:502"],
    *[
        "1" * 5000,
        "x" * 32_767,
        "Xã " * 8000,
        "  ",
        "\n",
        "_x0001_",
        "\ue000",
        "a\ue000b",
        "\u202e",
        "\u0301",
        "²",
        "٣",
    ],
    *["Xã Hoà Bình", "Phường Hoàng Văn Thụ", "Huyện Bình Gia", "Tổng cộng", "05971", "5971", "99999", "năm 2019"],
    *["Mã đơn vị", "Tên đơn vị", "Huyện", "STT", "Ghi chú", "Tỷ lệ", "births", "children", "Đối tượng", "Trả lời"],
    *[one.label for one in STANDARD.inputs.values()],
    *SOME["name"],
    *SOME.index,
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**8),
    st.floats(),
    st.floats(0, 2),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(9999, 12, 31)),
    st.times(),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=100)),
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
CELLS = st.lists(
    st.tuples(
        st.sampled_from([DATA_SHEET, DATA_SHEET, DATA_SHEET, FORM_SHEET]),
        st.integers(1, 9),
        st.integers(1, 46),
        VALUES,
        st.sampled_from([None, None, "0%", "dd/mm/yyyy", "@"]),
    ),
    min_size=1,
    max_size=8,
)


@cache
def small_book() -> openpyxl.Workbook:
    """The real workbook without its sheets of explanations."""
    book = openpyxl.load_workbook(BytesIO(REAL))
    for name in set(book.sheetnames) - {DATA_SHEET, FORM_SHEET}:
        del book[name]
    return book


def with_cells(values) -> bytes:
    """The real workbook with values in cells; U+E000 stands for a control character, which openpyxl does not write."""
    book = small_book()
    before = []
    for sheet, row, column, value, shown_as in values:
        cell = book[sheet].cell(row, column)
        if isinstance(cell, MergedCell):
            continue
        before.append((cell, cell.value, cell.number_format))
        cell.value = value
        if shown_as is not None:
            cell.number_format = shown_as
    content = saved(book)
    for cell, value, shown_as in reversed(before):  # loading the book anew takes longer than all else
        cell.value = value
        cell.number_format = shown_as
    parts = unzipped(content)
    return zipped({path: part.replace("\ue000".encode(), b"&#1;") for path, part in parts.items()})


@contextmanager
def copied_file(path: Path) -> Iterator[str]:
    """The URL of a copy of an SQLite database."""
    copy = path.with_name("copy.sqlite")
    shutil.copy(path, copy)
    yield f"sqlite:///{copy.as_posix()}"


@pytest.fixture(scope="module", params=DATABASES)
def empty_store(request, tmp_path_factory) -> tuple[Store, Callable[[], AbstractContextManager[str]]]:
    """An empty store, and what makes another one beside it and names its URL."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("hostile") / "app.sqlite"
        store = open_store(f"sqlite:///{path.as_posix()}")
        yield store, partial(copied_file, path)
        store.close()
        return
    server = request.getfixturevalue("postgres")
    with copied_database(server) as url:
        store = open_store(url)
        yield store, partial(copied_database, server)
        store.close()


def offer(content: bytes, empty_store: tuple[Store, Callable[[], AbstractContextManager[str]]]) -> Ingest:
    """Hand a file in as the command line does, and assert that the store has all of it or nothing."""
    store, make_another = empty_store
    intake = Intake(store, plan_round(YEAR), SOME)
    ingest = intake.check(open_workbook(content, NAME), content)
    assert_sound(ingest)
    if not ingest.accepted:
        with pytest.raises(ValueError, match="never stored"):
            intake.accept(ingest, NAME, content, "A")
    else:
        with make_another() as url:
            filled = open_store(url)
            filled.submissions.save(plan_round(YEAR), ingest.observations, NAME, content, "A")
            stored, wide = filled.observations.load(plan_round(YEAR)), ingest.wide()
            filled.close()
        assert stored[list(wide)].loc[wide.index].equals(wide)
        assert stored.notna().sum().sum() == wide.notna().sum().sum()
        assert set(stored.index) == set(wide.index)
    assert store.rounds.list() == []
    return ingest


@examples(60)
@given(CELLS)
def test_mutated_cells_are_stored_whole_or_not_at_all(empty_store, values):
    offer(with_cells(values), empty_store)


@pytest.mark.parametrize(
    "name",
    [
        *["bomb of one block", "no sheets", "password", "pdf", "empty"],
        pytest.param("long text everywhere", marks=pytest.mark.process),
    ],
)
def test_nothing_of_a_hostile_file_is_stored(name, empty_store):
    build, code = HOSTILE[name]
    assert_refused(offer(build(), empty_store), code)


def test_good_file_is_stored_whole(empty_store):
    assert offer(REAL, empty_store).accepted
