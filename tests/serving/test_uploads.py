"""Files on their way in: asked for, one's own, so many bytes, gone with the session; a real server counts them."""

import asyncio
import time
import tomllib
from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from bench.servers import Server
from data.intake.reading.limits import LARGEST_FILE
from data.paths import PROJECT_ROOT
from pages.parts.uploads import LARGEST_BOUNDARIES, LARGEST_WORKBOOK, explain_untaken, name_refused_type
from serving import uploads
from tests.serving.visitor import Visitor, ask, count_stored, run

pytestmark = pytest.mark.process
ON = {"files": "1"}
SMALL = b"a" * 1000
SECONDS = 15


async def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.1)


def visit(server: Server, work: Callable[[Visitor], Awaitable[None]], query: dict[str, str] | None = None) -> None:
    """Let a visitor do something on a page."""

    async def visit_page() -> None:
        visitor = await Visitor.open(server.url)
        try:
            await visitor.see(query)
            await work(visitor)
        finally:
            await visitor.close()

    run(visit_page())


def test_file_that_a_page_asked_for_is_taken(server: Server):
    async def bring(visitor: Visitor) -> None:
        address = await visitor.ask_address()
        assert visitor.put(server, address, SMALL, "số liệu.txt").status == 204
        assert await visitor.take_up(address, "số liệu.txt", len(SMALL)) == [
            "files: số liệu.txt|application/octet-stream|1000",
            *[text for text in visitor.texts if text.startswith("url")],
        ]
        assert visitor.put(server, address, SMALL).status == 403  # once
        assert ask(server, address, "DELETE", Cookie=visitor.cookie).status == 403  # without the token of the page

    visit(server, bring, ON)


def test_nothing_is_taken_where_the_page_asked_for_nothing(server: Server):
    async def bring(visitor: Visitor) -> None:
        for _ in range(12):
            address = await visitor.ask_address()
            assert address is None or visitor.put(server, address, SMALL).status == 403
        made_up = f"/_stcore/upload_file/{visitor.session}/0b7e9a1e-0000-4000-8000-000000000000"
        assert visitor.put(server, made_up, SMALL).status == 403
        await visitor.see(ON)
        assert visitor.put(server, made_up, SMALL).status == 403
        left = await visitor.ask_address()
        await visitor.see()
        assert visitor.put(server, left, SMALL).status == 403

    visit(server, bring)


def test_file_comes_from_the_browser_of_its_session(server: Server):
    async def bring(visitor: Visitor) -> None:
        stranger = await Visitor.open(server.url)
        await stranger.see(ON)
        for address in (await visitor.ask_address(), await visitor.ask_address()):
            assert stranger.put(server, address, SMALL).status == 403
            assert visitor.put(server, address, SMALL, Cookie="_streamlit_xsrf=a").status == 403
            assert visitor.put(server, address, SMALL, Origin="http://evil.vn").status == 403
            assert stranger.put(server, address, SMALL, Cookie=visitor.cookie).status == 403  # no token of its own
            assert visitor.put(server, address, SMALL).status == 204
            assert ask(server, address, "DELETE", Cookie=stranger.cookie, Origin=server.url).status == 403
        await stranger.close()

    visit(server, bring, ON)


def test_too_large_a_file_is_read_past_and_marked(server: Server):
    async def bring(visitor: Visitor) -> None:
        address = await visitor.ask_address()
        assert visitor.put(server, address, bytes(5 * 10**6), "lớn.zip").status == 204
        texts = await visitor.take_up(address, "lớn.zip", 5 * 10**6)
        assert f"files: lớn.zip|{name_refused_type('large')}|0" in texts
        assert count_stored(server) < 10**6

    visit(server, bring, ON)


def test_length_must_be_told_and_be_within_reason(server: Server, monkeypatch):
    async def bring(visitor: Visitor) -> None:
        for length, status in (("9" * 12, 413), ("x", 400), ("-1", 400)):
            address = await visitor.ask_address()
            assert visitor.put(server, address, SMALL, Content_Length=length).status == status

    visit(server, bring, ON)


def test_sessions_and_server_have_so_much_room(server: Server):
    """Of a million bytes a file two fit a session, three the server; what leaves makes room."""
    full = name_refused_type("full")
    content = bytes(900_000)

    async def bring_all() -> None:
        visitors = [await Visitor.open(server.url) for _ in range(3)]
        kinds = []
        for visitor in visitors:
            await visitor.see(ON)
            for number in range(3):
                address = await visitor.ask_address()
                assert (await asyncio.to_thread(visitor.put, server, address, content)).status == 204
                texts = await visitor.take_up(address, f"{number}.txt", len(content))
                kinds.append(full in texts[0])
        assert kinds == [False, False, True, False, True, True, True, True, True]
        assert count_stored(server) < 3 * 10**6
        await visitors[0].close()
        await wait_until(lambda: count_stored(server) < 10**6)
        address = await visitors[2].ask_address()
        await asyncio.to_thread(visitors[2].put, server, address, content)
        assert full not in (await visitors[2].take_up(address, "4.txt", len(content)))[0]
        for visitor in visitors[1:]:
            await visitor.close()
        await wait_until(lambda: count_stored(server) == 0)

    run(bring_all())


def test_file_that_no_page_uses_is_let_go(server: Server):
    async def bring(visitor: Visitor) -> None:
        used, unused = await visitor.ask_address(), await visitor.ask_address()
        for address in (used, unused):
            assert visitor.put(server, address, bytes(100_000)).status == 204
        await visitor.take_up(used, "a.txt", 100_000)
        assert count_stored(server) == 200_000
        await wait_until(lambda: count_stored(server) == 100_000)
        await visitor.see()
        await wait_until(lambda: count_stored(server) == 0)

    visit(server, bring, ON)


def test_room_is_kept_for_files_on_their_way():
    manager = uploads.BoundedUploads("/u")
    half = uploads.MOST_OF_SESSION // 2 + 1
    assert manager.reserve("a", "1", half)
    assert not manager.reserve("a", "2", half)
    assert manager.reserve("b", "1", half)
    assert manager.count_bytes("a") == half
    manager.release("a", "1")
    assert manager.count_bytes("a") == 0
    assert manager.reserve("a", "2", half)


def test_addresses_that_are_not_used_do_not_pile_up():
    manager = uploads.BoundedUploads("/u")
    first = manager.get_upload_urls("a", ["x"])[0].file_id
    assert manager.is_asked("a", first)
    assert not manager.is_asked("b", first)
    assert len(manager.get_upload_urls("a", ["x"] * 10_000)) <= 1000
    assert not manager.is_asked("a", first)
    manager.remove_session_files("a")
    assert not manager._asked


def test_what_was_not_taken_is_a_sentence():
    def upload(kind: str, size: int) -> SimpleNamespace:
        return SimpleNamespace(name="a.zip", type=kind, size=size)

    assert explain_untaken(upload("application/zip", 25 * 2**20), 25) is None
    assert "lớn hơn 25 MB" in explain_untaken(upload("application/zip", 25 * 2**20 + 1), 25)
    assert "lớn hơn 50 MB" in explain_untaken(upload(name_refused_type("large"), 0), 50)
    assert "quá nhiều tệp" in explain_untaken(upload(name_refused_type("full"), 0), 50)


def test_server_takes_what_pages_promise():
    settings = tomllib.loads((PROJECT_ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] * 2**20 > uploads.LARGEST_BODY > LARGEST_BOUNDARIES * 2**20
    assert LARGEST_WORKBOOK * 2**20 == LARGEST_FILE
    assert uploads.MOST_OF_SESSION > 2 * LARGEST_BOUNDARIES * 2**20
    assert uploads.MOST_OF_SERVER <= 500 * 2**20
