"""Fixtures shared by the rooms' tests."""

import os
import shutil
from pathlib import Path

import pytest

from data.demo.province import load_demo
from data.store import Store, open_store
from reports.exports.excel.collection import build_template

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """An empty state folder; nothing of the developer's own state is touched."""
    monkeypatch.setenv("APP_HOME", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "var"


@pytest.fixture
def store(home) -> Store:
    """An empty store."""
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory) -> Path:
    """A database with the demo province, to be read or copied."""
    path = tmp_path_factory.mktemp("demo") / "app.sqlite"
    opened = open_store(f"sqlite:///{path.as_posix()}")
    load_demo(opened, build_template)
    opened.close()
    return path


@pytest.fixture(scope="session")
def demo_store(demo_file) -> Store:
    """A store with the demo province, shared by tests that only read."""
    opened = open_store(f"sqlite:///{demo_file.as_posix()}")
    yield opened
    opened.close()


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
