"""Steps that the browser tests share. They wait for what the app says and for what is seen, never for a time."""

from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

SECONDS = 1000
LONG = 60 * SECONDS  # beside two busy cores too
ATTEMPTS = 10
expect.set_options(timeout=LONG)
_lines: WeakKeyDictionary[Page, "Line"] = WeakKeyDictionary()


class Line:
    """What a page and the app say to each other: whether the app still has something to answer."""

    def __init__(self, page: Page):
        self.socket: WebSocket | None = None
        self.waiting = True  # a page asks as soon as it is connected
        self._started = False
        page.on("websocket", self._connect)

    def _connect(self, socket: WebSocket) -> None:
        if "_stcore/stream" in socket.url:
            self.socket, self.waiting, self._started = socket, True, False
            socket.on("framesent", self._ask)
            socket.on("framereceived", self._answer)
            socket.on("close", self._close)

    def _close(self, socket: WebSocket) -> None:
        if socket == self.socket:
            self.socket, self.waiting = None, True

    def _ask(self, payload: bytes | str) -> None:
        if is_question(payload):
            self.waiting, self._started = True, False

    def _answer(self, payload: bytes | str) -> None:
        """A run that began after the last question and was not broken off for another one answers it."""
        message = ForwardMsg.FromString(payload) if isinstance(payload, bytes) else ForwardMsg()
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._started = True
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.waiting = self.waiting and not self._started


def is_question(payload: bytes | str) -> bool:
    """Whether a frame that a page sends asks for the script to be run."""
    return isinstance(payload, bytes) and BackMsg.FromString(payload).WhichOneof("type") == "rerun_script"


def listen(page: Page) -> None:
    """Follow the page from now on; before it goes anywhere."""
    _lines[page] = Line(page)


def settle(page: Page) -> None:
    """Wait until the app has answered whatever the page asked, and the page shows it."""
    line = _lines[page]
    while line.waiting:
        socket = line.socket
        try:
            if socket is None:
                page.wait_for_event("websocket", timeout=LONG)
            else:
                socket.wait_for_event("framereceived", timeout=LONG)
        except PlaywrightTimeout:
            raise
        except PlaywrightError:
            assert line.socket is not socket  # closed: the page connects anew
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


WAIT = """([test, milliseconds]) => new Promise((done, fail) => {
    const holds = new Function(`return (${test})`)
    const end = performance.now() + milliseconds
    const look = () => holds() ? done() : performance.now() > end ? fail(Error(test)) : requestAnimationFrame(look)
    look()
})"""


def wait_in_page(page: Page, condition: str) -> None:
    """Wait until a JavaScript condition holds; `wait_for_function` compiles it at each look, which the CSP forbids."""
    page.evaluate(WAIT, [condition, LONG])


def ask(page: Page, action: Callable[[], object]) -> None:
    """Do something that makes the page ask the app, and wait for the answer."""
    _do(page, action, LONG)
    settle(page)


def ask_until_heard(page: Page, action: Callable[[], object]) -> None:
    """As `ask`, again while nothing was asked: a chart is drawn before it hears clicks, and a page before its keys."""
    for _ in range(ATTEMPTS - 1):
        try:
            _do(page, action, 3 * SECONDS)
        except PlaywrightTimeout:
            continue
        settle(page)
        return
    ask(page, action)


def _do(page: Page, action: Callable[[], object], timeout: float) -> None:
    settle(page)
    socket = _lines[page].socket
    assert socket is not None
    with socket.expect_event("framesent", is_question, timeout=timeout):
        action()


def click_middle(page: Page, shape: Locator) -> None:
    """Click the middle of a drawn shape until the app hears of it."""
    shape.wait_for()
    shape.scroll_into_view_if_needed()

    def click() -> None:
        box = shape.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    ask_until_heard(page, click)


def click_in(page: Page, drawing: Locator, right: int, down: int) -> None:
    """Click so many pixels from the upper left corner of a drawing until the app hears of it."""
    drawing.wait_for()

    def click() -> None:
        box = drawing.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + right, box["y"] + down)

    ask_until_heard(page, click)


def write_into_cell(page: Page, grid: Locator, column: int, text: str) -> None:
    """Write into a cell of the first row of an editable table, columns from 0, until the app hears of it."""
    for _ in range(ATTEMPTS - 1):
        try:
            _open_editor(page, grid, column, text, LONG / ATTEMPTS)
            _do(page, lambda: page.keyboard.press("Enter"), LONG / ATTEMPTS)
        except (PlaywrightTimeout, AssertionError):
            page.keyboard.press("Escape")
            continue
        settle(page)
        return
    _open_editor(page, grid, column, text, LONG)
    ask(page, lambda: page.keyboard.press("Enter"))


def _open_editor(page: Page, grid: Locator, column: int, text: str, timeout: float) -> None:
    """Each key is pressed when the one before has shown: a table drops those that come before it has the selection."""
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 40, box["y"] + 35 + 17)  # the middle of the first row, below the header
    for number in range(column + 1):
        cell = grid.get_by_test_id(f"glide-cell-{number}-0")  # what a screen reader reads of the drawn table
        expect(cell).to_have_attribute("aria-selected", "true", timeout=timeout)
        page.keyboard.press("ArrowRight" if number < column else "Enter")
    editor = page.locator("#portal input, #portal textarea").first
    expect(editor).to_be_focused(timeout=timeout)
    editor.fill(text)
    expect(editor).to_have_value(text, timeout=timeout)


def fill(page: Page, label: str, text: str) -> None:
    """Write into a text box and confirm it."""
    box = page.get_by_role("textbox", name=label, exact=True)
    box.fill(text)
    ask(page, lambda: box.press("Enter"))


def press(page: Page, label: str) -> None:
    """Press a button."""
    ask(page, page.get_by_role("button", name=label).click)


def open_popover(page: Page, label: str) -> None:
    """Open what a button shows only when it is asked; the app hears nothing of it."""
    page.get_by_test_id("stPopoverButton").filter(has_text=label).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()


def upload(page: Page, folder: Path, name: str, content: bytes) -> None:
    """Give a file to the page."""
    path = folder / name
    path.write_bytes(content)
    ask(page, lambda: page.locator("input[type=file]").set_input_files(path))
