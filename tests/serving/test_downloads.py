"""A link to what a page made is its session's: not another browser's, and nobody's once the session ended."""

import pytest

from bench.servers import Server
from tests.serving.visitor import Visitor, ask, run

pytestmark = pytest.mark.process


def test_link_ends_with_the_session_that_made_it(server: Server):
    async def fetch() -> None:
        visitor = await Visitor.open(server.url)
        texts = await visitor.see()
        shown = next(text for text in texts if text.startswith("url: ")).removeprefix("url: ")
        links = {shown: b"made", visitor.links["now"]: b"now", await visitor.fetch_later(): b"later"}
        stranger = await Visitor.open(server.url)
        for link, body in links.items():
            answer = ask(server, link, Cookie=visitor.cookie)
            assert (answer.status, answer.body) == (200, body)
            assert answer.headers["cache-control"] == "private, no-store"
            assert ask(server, link).status == 404
            assert ask(server, link, Cookie=stranger.cookie).status == 404
            assert ask(server, link, "HEAD", Cookie=stranger.cookie).status == 404
        await stranger.see()  # makes the same files
        await visitor.close()
        for link in (shown, visitor.links["now"]):
            assert ask(server, link, Cookie=stranger.cookie).status == 200
            assert ask(server, link, Cookie=visitor.cookie).status == 404
        await stranger.close()
        for link in links:
            assert ask(server, link, Cookie=stranger.cookie).status == 404

    run(fetch())


def test_second_tab_of_a_browser_ends_no_link_of_the_first(server: Server):
    async def fetch() -> None:
        first = await Visitor.open(server.url)
        await first.see()
        second = await Visitor.open(server.url, cookie=first.cookie)
        await second.see()
        await second.close()
        assert ask(server, first.links["now"], Cookie=first.cookie).status == 200
        await first.close()

    run(fetch())
