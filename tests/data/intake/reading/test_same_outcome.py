"""A file is read the same way in this process, in one that lasts, and in one of its own, byte for byte."""

import pickle

import pytest

from data.intake.reading import cells, limits, worker
from data.processes.pool import Answerer
from data.processes.worker import RefusedError
from tests.data.intake.hostile.cases import HOSTILE
from tests.in_process import InProcess, LastingReader
from tests.workbooks.make import FOLDER

pytestmark = pytest.mark.process
FILES = [
    *[
        "bieu-mau.xlsx",
        "cu.xls",
        "libreoffice.ods",
        "cham-phay.csv",
        "co-macro.xlsm",
        "phong-vni.xlsx",
        "windows-1258.csv",
    ],
    *["cong-thuc-khong-ket-qua.xlsx", "dinh-dang-phan-tram.xlsx", "dong-cot-an.xlsx", "bang-xoay.xlsx"],
    *["bi-cat.xlsx", "co-mat-khau.xlsx", "la-tep-word.xlsx"],
]


@pytest.fixture(scope="module")
def lasting_reader():
    reader = LastingReader()
    yield reader
    reader.close()


def outcome_of(answerer: Answerer, content: bytes) -> bytes:
    try:
        return pickle.dumps(answerer.ask(content))
    except RefusedError as refused:
        return pickle.dumps((refused.what, refused.words))


def assert_same(lasting_reader: LastingReader, content: bytes) -> None:
    outcome = outcome_of(cells.readers, content)
    assert outcome == outcome_of(InProcess(worker.answer), content)
    assert outcome == outcome_of(lasting_reader, content)


@pytest.mark.parametrize("name", FILES)
def test_file_of_the_corpus(name, lasting_reader):
    assert_same(lasting_reader, (FOLDER / name).read_bytes())


@pytest.mark.parametrize("name", ["bomb of one block", "entities in a sheet", "500 columns", "broken xls", "empty"])
def test_hostile_file(name, lasting_reader):
    assert_same(lasting_reader, HOSTILE[name][0]())


def test_product_reads_within_its_limits():
    assert cells.readers.seconds == cells.SECONDS == 30
    assert limits.MEMORY == 450 * 2**20
