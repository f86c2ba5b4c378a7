"""Who may ask, and what every answer says: a real server, its requests and sockets."""

import asyncio
import socket
import time
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from bench.servers import Server
from serving.hosts import is_known, is_same_origin
from tests.serving.visitor import Visitor, ask, run

pytestmark = pytest.mark.process
ALWAYS = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PATHS = {
    "/": 200,
    "/a/deep/link": 200,
    "/favicon.png": 200,
    "/static/none.js": 200,
    "/_stcore/health": 200,
    "/_stcore/host-config": 200,
    "/_stcore/metrics": 200,
    "/media/none.png": 404,
    "/component/none": 404,
    "/app/static/none.ttf": 404,
    "/..%2f..%2fetc/passwd": 400,
    "/%5c%5cevil.vn/a": 400,
}
KNOWN = ("localhost", "LOCALHOST:1", "127.0.0.1", "10.1.2.3:8501", "[::1]:80", socket.gethostname(), "so-lieu.tinh.vn",
         "a.so.tinh.vn")  # fmt: skip
UNKNOWN = ("evil.vn", "localhost.evil.vn", "so.tinh.vn", "evilso.tinh.vn", "so-lieu.tinh.vn.evil.vn", "127.0.0.1.a.vn",
           "a@localhost", "localhost/x", "localhost:x", "")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(server: Server, path):
    for method in ("GET", "OPTIONS", "PUT", "HEAD"):
        answer = ask(server, path, method)
        assert ALWAYS.items() <= answer.headers.items(), (method, answer)
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "default-src 'self'" in policy
        assert "http:" not in policy
        assert "*" not in policy
        assert "unsafe" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
        if method == "GET":
            assert answer.status == PATHS[path]


def test_refusals_carry_the_headers_too(server: Server):
    for answer in (ask(server, "/", Host="evil.vn"), ask(server, "/", Origin="http://evil.vn")):
        assert answer.status == 403
        assert ALWAYS.items() <= answer.headers.items()
        assert answer.body.decode().startswith("Máy chủ không nhận")
        assert "set-cookie" not in answer.headers


def test_server_answers_to_its_names_only(server: Server):
    assert {host: ask(server, "/", Host=host).status for host in KNOWN} == dict.fromkeys(KNOWN, 200)
    assert {host: ask(server, "/", Host=host).status for host in UNKNOWN} == dict.fromkeys(UNKNOWN, 403)
    assert not is_known(None, ("localhost",))


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/upload_file/a/b", "/media/a"])
@pytest.mark.parametrize("origin", ["http://evil.vn", "null", "http://localhost:1", "https://127.0.0.1", "file://"])
def test_no_other_origin_is_answered(server: Server, path, origin):
    for method in ("GET", "PUT", "DELETE", "OPTIONS", "POST"):
        answer = ask(server, path, method, Origin=origin)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def test_origins():
    assert is_same_origin("http://a.vn", "a.vn")
    assert is_same_origin("https://a.vn", "A.vn:443")
    assert is_same_origin("http://[::1]:8501", "[::1]:8501")
    for origin in ("http://a.vn:8501", "http://b.vn", "null", "", "ftp://a.vn", "http://a.vn:x", "http://a.vn@b.vn"):
        assert not is_same_origin(origin, "a.vn")


async def open_socket(server: Server, **headers: str) -> int:
    """The status of a websocket's handshake."""
    address = server.url.replace("http", "ws", 1) + "/_stcore/stream"
    port = urlsplit(server.url).port
    try:
        async with connect(
            address.replace("localhost", headers.pop("host", "localhost")),
            host="localhost",
            port=port,
            subprotocols=["streamlit"],
            additional_headers=headers,
            proxy=None,
        ):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def test_socket_is_for_own_pages_and_names_only(server: Server):
    origin = server.url
    assert run(open_socket(server, Origin=origin)) == 101
    assert run(open_socket(server)) == 101
    for foreign in ("http://evil.vn", "null", "http://localhost:1", "http://127.0.0.1:8501"):
        assert run(open_socket(server, Origin=foreign)) == 403
    port = urlsplit(server.url).port
    assert run(open_socket(server, host="evil.vn", Origin=f"http://evil.vn:{port}")) == 403


def test_cookie_is_hidden_from_scripts_and_kept(server: Server):
    cookie = ask(server, "/").headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "set-cookie" not in ask(server, "/", Cookie=cookie.partition(";")[0]).headers
    assert ask(server, "/").headers["set-cookie"] != cookie
    assert "app_visitor" not in ask(server, "/_stcore/health").headers["set-cookie"]
    long = ask(server, "/", Cookie="app_visitor=" + "a" * 1000).headers
    assert "app_visitor" in long["set-cookie"]


def test_cookies_are_secure_behind_tls(server: Server):
    """A proxy on this machine says so."""
    for path in ("/", "/_stcore/health"):
        cookie = ask(server, path, X_Forwarded_Proto="https").headers["set-cookie"]
        assert "; Secure" in cookie


def test_session_is_not_taken_up_by_another_browser(server: Server):
    async def take_up() -> None:
        first = await Visitor.open(server.url)
        await first.see()
        session = first.session
        await first.close()
        stranger = await Visitor.open(server.url, take_up=session)
        await stranger.see()
        assert stranger.session != session
        await stranger.close()
        again = await Visitor.open(server.url, take_up=session, cookie=first.cookie)
        await again.see()
        assert again.session == session
        await again.close()

    run(take_up())


HALF = {
    "nothing": [b""],
    "half a head": [b"GET / HTTP/1.1\r\nHost: localhost\r\n"],
    "a head letter by letter": [b"GET / HTTP/1.1\r\nHost: localhost\r\nA: ", *[b"a"] * 100],
    "half a second head": [b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET / HT"],
    "half a body": [b"PUT /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", b"a"],
}


async def send_half(server: Server, parts: list[bytes]) -> float:
    """Seconds until the server drops a connection that sends parts slowly, and then nothing."""
    reader, writer = await asyncio.open_connection("localhost", urlsplit(server.url).port)
    started = time.monotonic()

    async def trickle() -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.1)

    sending = asyncio.create_task(trickle())
    try:
        while await reader.read(2**16):
            pass
    except ConnectionError:
        pass
    sending.cancel()
    writer.close()
    return time.monotonic() - started


def test_slow_connections_are_dropped_and_others_served(server: Server):
    async def crowd() -> None:
        waits = [asyncio.create_task(send_half(server, parts)) for parts in HALF.values() for _ in range(40)]
        for _ in range(10):
            started = time.monotonic()
            await asyncio.to_thread(ask, server, "/_stcore/health")
            assert time.monotonic() - started < 5
        done = await asyncio.gather(*waits)
        assert len(done) == 200
        assert max(done) < 15

    run(crowd())
