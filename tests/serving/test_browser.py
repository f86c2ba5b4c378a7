"""What a browser makes of the doors: other pages reach nothing, the app's own lacks nothing."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.servers import Server
from pages.parts.uploads import name_refused_type
from tests.e2e.browser import listen, settle, wait_in_page
from tests.trap import set_trap

REBOUND = "evil.test"


@pytest.fixture(scope="module")
def browser(browser_path) -> Iterator[Browser]:
    """One whose resolver an attacker has turned to this machine."""
    arguments = ["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {REBOUND} 127.0.0.1"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    opened.close()


def open_stranger(page: Page, url: str) -> None:
    page.goto(f"{url}/")
    page.wait_for_load_state()


def test_name_that_was_turned_to_this_machine_reaches_nothing(server: Server, page: Page):
    port = urlsplit(server.url).port
    answer = page.goto(f"http://{REBOUND}:{port}/")
    assert answer.status == 403
    assert "APP_HOSTS" in page.content()
    reached = page.evaluate(
        """async () => {
            const health = (await fetch("/_stcore/health")).status
            const socket = await new Promise(done => {
                const opened = new WebSocket(location.origin.replace("http", "ws") + "/_stcore/stream", ["streamlit"])
                opened.onopen = () => done("open")
                opened.onerror = () => done("refused")
            })
            return [health, socket]
        }"""
    )
    assert reached == [403, "refused"]


def test_no_other_page_frames_the_app(server: Server, page: Page):
    with set_trap(f'<iframe src="{server.url}/"></iframe>'.encode(), "text/html") as stranger:
        open_stranger(page, stranger.url)
        wait_in_page(page, "window.frames.length === 1")
        (frame,) = page.main_frame.child_frames
        frame.wait_for_load_state()
        assert frame.url == "chrome-error://chromewebdata/"


def test_no_other_page_opens_a_socket_or_brings_a_file(server: Server, page: Page):
    with set_trap(b"<p>x</p>", "text/html") as stranger:
        open_stranger(page, stranger.url)
        reached = page.evaluate(
            """async url => {
                const socket = await new Promise(done => {
                    const opened = new WebSocket(url.replace("http", "ws") + "/_stcore/stream", ["streamlit"])
                    opened.onopen = () => done("open")
                    opened.onerror = () => done("refused")
                })
                const put = await fetch(url + "/_stcore/upload_file/a/b", {method: "PUT", body: "x"})
                    .then(() => "answered", () => "refused")
                const read = await fetch(url + "/_stcore/health").then(() => "answered", () => "refused")
                return [socket, put, read]
            }""",
            server.url,
        )
        assert reached == ["refused", "refused", "refused"]


def test_app_lacks_nothing(server: Server, page: Page):
    """Its page, a file in, one that is too large, files out: no policy stands in the way of any."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status > 399 else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    listen(page)
    page.goto(f"{server.url}/?files=1")
    chooser = page.locator("input[type=file]")
    chooser.set_input_files({"name": "số liệu.txt", "mimeType": "text/plain", "buffer": b"12345"})
    page.get_by_text("files: số liệu.txt|text/plain|5").wait_for()
    chooser.set_input_files({"name": "lớn.txt", "mimeType": "text/plain", "buffer": bytes(3 * 10**6)})
    page.get_by_text(f"lớn.txt|{name_refused_type('large')}|0").wait_for()
    for name in ("now", "later"):
        settle(page)
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        assert download.value.path().read_bytes() == name.encode()
    assert not faults
