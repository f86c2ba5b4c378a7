"""The app in a real browser: one browser and one server a worker; tabs that watch for errors and foreign requests."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.browser import SECONDS, listen

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "Số liệu của tôi"  # a path with a space and Vietnamese letters
STARTS = 3  # a port that was free may be taken by the time that the server asks for it


@dataclass(frozen=True)
class Server:
    """An app that runs, and the folder of its state."""

    url: str
    home: Path


@contextmanager
def run_server(home: Path) -> Iterator[Server]:
    """The app as `run.py start` opens it; an empty state folder gets the demo province."""
    for _ in range(STARTS):
        with socket.socket() as probe:
            probe.bind(("localhost", 0))
            port = probe.getsockname()[1]
        environment = os.environ | {"APP_HOME": str(home), "PYTHONUTF8": "1"}
        command = [sys.executable, str(ROOT / "commands.py"), "start", "--headless", "--port", str(port)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
            try:
                if wait_until_healthy(process, f"http://localhost:{port}"):
                    yield Server(f"http://localhost:{port}", home)
                    return
            finally:
                process.terminate()
    raise AssertionError("the server did not start")


def wait_until_healthy(process: subprocess.Popen[bytes], url: str) -> bool:
    """Whether the server answers; False when it ends before."""
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=10) as answer:
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.1)
    return False


@pytest.fixture(scope="package")
def demo_server(demo_file, tmp_path_factory, browser_path) -> Iterator[Server]:
    """The demo province, for tests that only read."""
    home = tmp_path_factory.mktemp("e2e") / FOLDER
    home.mkdir()
    shutil.copy(demo_file, home / "app.sqlite")
    with run_server(home) as server:
        yield server


@pytest.fixture(scope="module")
def server(demo_server) -> Server:
    """The server that a module's tabs open; a module that writes has one of its own."""
    return demo_server


@pytest.fixture(scope="package")
def browser(browser_path) -> Iterator[Browser]:
    """One browser a worker, until its last browser test."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield launched
        launched.close()


@pytest.fixture
def open_tab(server, browser) -> Iterator[Callable[..., Page]]:
    """Opens tabs of a given size; afterwards: no foreign request was made, no exception shown, no draft is left."""
    asked: list[str] = []
    pages: list[Page] = []

    def open_(path: str = "", width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", color_scheme="light")
        page = context.new_page()
        page.set_default_timeout(60 * SECONDS)
        page.on("request", lambda request: asked.append(request.url))
        listen(page)
        page.goto(f"{server.url}/{path}")
        pages.append(page)
        return page

    yield open_
    try:
        for page in pages:
            assert page.get_by_test_id("stException").count() == 0
            assert page.get_by_text("Mã sự cố").count() == 0
    finally:
        for page in pages:
            page.context.close()
        drop_drafts(server.home / "app.sqlite")
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts <= {"localhost"}, hosts


def drop_drafts(database: Path) -> None:
    """Drop every draft: what a test that failed half-way leaves is not the next one's."""
    with closing(sqlite3.connect(database, timeout=60)) as connection, connection:
        connection.execute("DELETE FROM draft")
