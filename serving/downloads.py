"""The door before the files that pages hand out."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.sessions import get_owned_runtime

_ROUTE = "/media/"
_GONE = "Tệp này không còn: mở lại trang rồi tải lại."


class MediaDoor:
    """ASGI middleware before Streamlit's media route: a link ends with the session that made it."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from the browser that has a session open which made the file."""
        if scope["type"] != "http" or not scope["path"].startswith(_ROUTE) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        runtime = get_owned_runtime()
        if not any(runtime.is_owned(session_id, scope) for session_id in runtime.media.list_makers(scope["path"])):
            await PlainTextResponse(_GONE, status_code=404)(scope, receive, send)
            return

        async def send_private(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), (b"cache-control", b"private, no-store")]
            await send(message)

        await self._app(scope, receive, send_private)
