"""The app in a real browser: a server of its own a module, tabs that watch for exceptions and foreign requests."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import SECONDS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A state folder on a path with a space and Vietnamese letters."""
    return tmp_path_factory.mktemp("e2e") / "Số liệu của tôi"


@pytest.fixture(scope="module")
def server(home, browser_path) -> str:
    """The app as `run.py start` opens it, with the demo province."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"APP_HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, str(ROOT / "commands.py"), "start", "--headless", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        url = f"http://localhost:{port}"
        wait_until_healthy(url)
        yield url
        process.terminate()


def wait_until_healthy(url: str) -> None:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not start")


@pytest.fixture
def open_tab(server, browser_path):
    """Opens tabs of a given size; afterwards: no foreign request was made, no exception shown."""
    asked: list[str] = []
    pages: list[Page] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )

        def open_(path: str = "", width: int = 1366, height: int = 768, scheme: str = "light") -> Page:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, locale="vi-VN", color_scheme=scheme)
            page = context.new_page()
            page.set_default_timeout(30 * SECONDS)
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{server}/{path}")
            pages.append(page)
            return page

        yield open_
        for page in pages:
            assert page.get_by_test_id("stException").count() == 0
        browser.close()
    hosts = {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))}
    assert hosts <= {"localhost"}, hosts
