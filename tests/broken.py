"""Databases that can't do their work: what is wrong with each, and what is said of it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

import data.store.engine
from data.store import open_store


@dataclass(frozen=True)
class Broken:
    """A fault: `breaks` is given the state folder of an app that worked, for the length of a block."""

    breaks: Callable[[Path, pytest.MonkeyPatch], Iterator[None]]
    says: str


def overwrite(home: Path, _patch: pytest.MonkeyPatch) -> Iterator[None]:
    for path in home.glob("app.sqlite*"):
        path.unlink()
    (home / "app.sqlite").write_bytes(b"no database, only bytes " * 400)
    yield


def lock(home: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program writes for longer than anybody waits."""
    patch.setattr(data.store.engine, "PATIENCE", 0)
    other = sqlite3.connect(home / "app.sqlite", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


def fill_up(_home: Path, _patch: pytest.MonkeyPatch) -> Iterator[None]:
    """SQLite may use no page more than it has, as on a full disk."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


def lead_elsewhere(address: str) -> Callable[[Path, pytest.MonkeyPatch], Iterator[None]]:
    """`DATABASE_URL` names this; `{home}` in it is the state folder."""

    def lead(home: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
        patch.setenv("DATABASE_URL", address.format(home=home.as_posix()))
        yield

    return lead


def hide_folder(home: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The state folder can't be made."""
    (home.parent / "a file").write_bytes(b"")
    patch.setenv("APP_HOME", str(home.parent / "a file" / "var"))
    yield


BAD_ADDRESS = "DATABASE_URL không phải là địa chỉ cơ sở dữ liệu dùng được"
READ_ONLY = "chỉ cho đọc, không ghi được"
# Known as soon as the database is opened.
OPENING = {
    "corrupt": Broken(overwrite, "Cơ sở dữ liệu bị hỏng, hoặc tệp không phải là cơ sở dữ liệu"),
    "no address": Broken(lead_elsewhere("không phải địa chỉ"), BAD_ADDRESS),
    "unknown database system": Broken(lead_elsewhere("nothing://a/b"), BAD_ADDRESS),
    "driver that is not installed": Broken(lead_elsewhere("oracle+oracledb://a/b"), BAD_ADDRESS),
    "port that is no number": Broken(lead_elsewhere("postgresql+psycopg://a@localhost:x/b"), BAD_ADDRESS),
    "nobody listens": Broken(lead_elsewhere("postgresql+psycopg://a@127.0.0.1:1/b"), "Không kết nối được"),
    "folder as database": Broken(lead_elsewhere("sqlite:///{home}"), "Không kết nối được"),
    "file as folder": Broken(lead_elsewhere("sqlite:///{home}/app.sqlite/a/b.sqlite"), READ_ONLY),
    "no state folder": Broken(hide_folder, READ_ONLY),
}
# Known once something is written.
WRITING = {
    "full": Broken(fill_up, "Ổ đĩa chứa cơ sở dữ liệu đã đầy"),
    "locked": Broken(lock, "đang bị một việc khác giữ quá lâu"),
    "read-only": Broken(lead_elsewhere("sqlite:///file:{home}/app.sqlite?mode=ro&uri=true"), READ_ONLY),
}


@contextmanager
def broken(fault: Broken, home: Path, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """The block runs with a database that has the fault; there was a good one before."""
    open_store().close()
    with contextmanager(fault.breaks)(home, patch):
        yield
