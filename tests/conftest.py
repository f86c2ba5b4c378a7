"""Fixtures shared by the rooms' tests; what each test costs; how many examples Hypothesis tries."""

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

import data.intake.reading.worker
import data.intake.returned.worker
import shapes.boundaries.worker
from data.demo.province import load_demo
from data.intake.reading import cells
from data.intake.returned import marked
from data.store import Store, open_store
from reports.exports.excel.collection import build_collection
from shapes.boundaries import read as boundaries
from tests.costs import mark_costs
from tests.examples import register_profiles
from tests.in_process import InProcess
from tests.office import Office

SHARED = Path(__file__).resolve().parents[2] / "shared"
POOLS = {
    (cells, "readers"): cells.readers,
    (marked, "markers"): marked.markers,
    (boundaries, "readers"): boundaries.readers,
}
STAND_INS = {
    (cells, "readers"): InProcess(data.intake.reading.worker.answer),
    (marked, "markers"): InProcess(data.intake.returned.worker.mark),
    (boundaries, "readers"): InProcess(shapes.boundaries.worker.answer),
}
register_profiles()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mark_costs(items)


@pytest.fixture(scope="session", autouse=True)
def away_from_home(tmp_path_factory) -> Iterator[None]:
    """Nothing of the developer's own state is read or touched, not by what is built once a session either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APP_HOME", str(tmp_path_factory.mktemp("home")))
        patch.delenv("DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def read_in_process() -> Iterator[None]:
    """Files are read without a process each."""
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), stand_in in STAND_INS.items():
            patch.setattr(module, name, stand_in)
        yield


@pytest.fixture(autouse=True)
def read_in_processes_where_marked(request, monkeypatch) -> None:
    """As in the product, in tests marked `process`."""
    if request.node.get_closest_marker("process"):
        for (module, name), pool in POOLS.items():
            monkeypatch.setattr(module, name, pool)


def pytest_collection_finish() -> None:
    """What stands by now stays to the end: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """An empty state folder."""
    monkeypatch.setenv("APP_HOME", str(tmp_path / "var"))
    return tmp_path / "var"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory) -> Path:
    """A database with our tables and nothing in them, to be copied: the migrations run once a worker."""
    path = tmp_path_factory.mktemp("empty") / "app.sqlite"
    open_store(f"sqlite:///{path.as_posix()}").close()
    return path


@pytest.fixture
def store(home, empty_file) -> Store:
    """An empty store."""
    if "DATABASE_URL" not in os.environ and not home.exists():
        home.mkdir()
        shutil.copy(empty_file, home)
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory) -> Path:
    """A folder that all workers of a run share; what is built in it is built once, under a lock of its own."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def demo_file(shared_folder, tmp_path_factory) -> Path:
    """A database with the demo province, to be read or copied: built once a run, a copy a worker."""
    built = shared_folder / "demo.sqlite"
    with FileLock(shared_folder / "demo.lock"):
        if not built.exists():
            path = tmp_path_factory.mktemp("building") / "app.sqlite"
            opened = open_store(f"sqlite:///{path.as_posix()}")
            load_demo(opened, build_collection)
            opened.close()
            path.replace(built)
    return Path(shutil.copy(built, tmp_path_factory.mktemp("demo") / "app.sqlite"))


@pytest.fixture(scope="session")
def demo_store(demo_file) -> Iterator[Store]:
    """A store with the demo province, shared by tests that only read."""
    opened = open_store(f"sqlite:///{demo_file.as_posix()}")
    before = count_events(demo_file)
    yield opened
    opened.close()
    assert count_events(demo_file) == before, "a test wrote into the demo province that all share: give it a copy"


def count_events(database: Path) -> int:
    """Events of the audit trail: grows with every write."""
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_event").fetchone()[0])


@pytest.fixture(scope="session")
def shared_geo() -> Path:
    """Folder of the real boundary files."""
    folder = SHARED / "geo"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: the real boundaries are kept outside the project")
    return folder


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A Chromium for the browser tests, as `run.py test` found it."""
    path = os.environ.get("BROWSER_PATH")
    if not path:
        pytest.skip("no Chromium, Chrome or Edge: set BROWSER_PATH, or start by `python run.py test`")
    return path


@pytest.fixture(scope="session")
def office_path() -> str:
    """A LibreOffice, as `run.py test` found it."""
    path = os.environ.get("OFFICE_PATH") or shutil.which("soffice")
    if not path:
        pytest.skip("no LibreOffice: install it, or start by `python run.py test` on Debian")
    return path


@pytest.fixture(scope="session")
def office(office_path, tmp_path_factory) -> Office:
    """LibreOffice with a profile of this worker's own: two can't share one."""
    return Office(office_path, tmp_path_factory.mktemp("office"))
