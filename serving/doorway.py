"""The first to see a request and the last to see its answer: hosts, origins, headers, cookies."""

import logging

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.headers import list_headers
from serving.hosts import is_known, is_same_origin, list_names
from serving.visitors import read_visitor, write_visitor

_LOGGER = logging.getLogger(__name__)
_POLICY_VIOLATION = 1008
_UNKNOWN_HOST = (
    "Máy chủ không nhận tên miền này. Mở bằng địa chỉ của máy chủ, hoặc báo quản trị viên thêm tên vào APP_HOSTS."
)
_FOREIGN_ORIGIN = "Máy chủ không nhận yêu cầu từ trang web khác."
_SET_COOKIE, _CONTENT_TYPE = b"set-cookie", b"content-type"


class Doorway:
    """ASGI middleware around the whole app, its own faults included."""

    def __init__(self, app: ASGIApp):
        self._app = app
        self._names = list_names()
        self._headers = list_headers()
        self._named = {name for name, _ in self._headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse who has no business here; else pass on, and complete the answer."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._find_refusal(scope)
        if scope["type"] == "websocket":
            if refusal:
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
            else:
                await self._app(scope, receive, send)
            return

        async def send_complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._complete(scope, list(message.get("headers", [])))
            await send(message)

        app = PlainTextResponse(refusal, status_code=403) if refusal else self._app
        await app(scope, receive, send_complete)

    def _find_refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host"), headers.get("origin")
        if not is_known(host, self._names):
            _LOGGER.warning("Refused the host %.100r: not in APP_HOSTS", host)
            return _UNKNOWN_HOST
        if origin is not None and not is_same_origin(origin, host):
            _LOGGER.warning("Refused the origin %.100r for the host %.100r", origin, host)
            return _FOREIGN_ORIGIN
        return None

    def _complete(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        is_secure = scope.get("scheme") == "https"  # of the proxy's request, where one on this machine says so
        is_page = any(name.lower() == _CONTENT_TYPE and value.startswith(b"text/html") for name, value in headers)
        completed = [
            (name, _secure(value) if is_secure and name.lower() == _SET_COOKIE else value)
            for name, value in headers
            if name.lower() not in self._named
        ]
        completed += self._headers
        if is_page and not read_visitor(scope):
            completed.append((_SET_COOKIE, write_visitor(is_secure)))
        return completed


def _secure(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"
