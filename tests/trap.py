"""A server that files point to and nobody may ask."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest


@dataclass
class Trap:
    """An address on this machine, and the requests that it was asked."""

    url: str
    hits: list[str] = field(default_factory=list)


@contextmanager
def set_trap(body: bytes = b"", kind: str = "text/plain") -> Iterator[Trap]:
    """A trap that answers everything with `body`; ended on leaving."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            trap.hits.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_POST = do_PUT = do_OPTIONS = do_GET  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        trap = Trap(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield trap
        server.shutdown()
        thread.join()


@pytest.fixture
def trap() -> Iterator[Trap]:
    """A trap that answers with a reference system."""
    spheroid = 'SPHEROID["WGS 84",6378137,298.257223563]'
    system = f'GEOGCS["WGS 84",DATUM["WGS_1984",{spheroid}],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    with set_trap(system.encode()) as trap:
        yield trap
