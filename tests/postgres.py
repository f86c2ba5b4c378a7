"""A PostgreSQL of the tests' own: one a session, reached by a socket in its folder (loopback on Windows)."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

_ADMINISTRATOR = "postgres"  # of the databases, whoever the process belongs to
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL: `host` is a folder of sockets or an address."""

    host: str
    port: int

    def url(self, database: str) -> str:
        """SQLAlchemy URL of a database."""
        query = {"host": self.host, "port": str(self.port)}
        address = URL.create("postgresql+psycopg", username=_ADMINISTRATOR, database=database, query=query)
        return address.render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        """Run a statement that stands outside of transactions."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def running_server() -> Iterator[Server]:
    """A new PostgreSQL without databases of ours; skips the test where there is none to start."""
    programs = _find_programs()
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        account = _account(folder)
        server = Server("127.0.0.1", _free_port()) if os.name == "nt" else Server(name, 5432)
        addresses = f"listen_addresses={server.host if os.name == 'nt' else ''}"
        settings = [*_QUICK, addresses, *([] if os.name == "nt" else [f"unix_socket_directories={name}"])]
        initdb = [programs / "initdb", "-D", folder / "data", "-U", _ADMINISTRATOR, "-A", "trust", "-E", "UTF8"]
        _run([*initdb, "--no-locale", "--no-sync"], account)
        options = " ".join(f"-c {setting}" for setting in settings) + f" -p {server.port}"
        control = [programs / "pg_ctl", "-D", folder / "data", "-w"]
        _run([*control, "-l", folder / "log", "-o", options, "start"], account)
        try:
            yield server
        finally:
            _run([*control, "-m", "immediate", "stop"], account)


def _find_programs() -> Path:
    """The folder of initdb and pg_ctl: `POSTGRES_BIN`, Debian's newest, else that of the path."""
    named, on_path = os.environ.get("POSTGRES_BIN"), shutil.which("pg_ctl")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    folders = [Path(named)] if named else [*reversed(debian), *([Path(on_path).parent] if on_path else [])]
    for folder in folders:
        if shutil.which("initdb", path=str(folder)):
            return folder
    pytest.skip("no PostgreSQL: install Debian's package postgresql, or set POSTGRES_BIN to the folder of initdb")


def _account(folder: Path) -> dict[str, object]:
    """Who the server runs as, to whom the folder is given: it refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], account: dict[str, object]) -> None:
    # The server keeps the streams of who starts it: a pipe would never be closed.
    with tempfile.TemporaryFile() as output:
        code = subprocess.call(command, stdout=output, stderr=output, cwd=tempfile.gettempdir(), **account)
        output.seek(0)
        assert code == 0, output.read().decode("utf-8", "replace")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
