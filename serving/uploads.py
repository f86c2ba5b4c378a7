"""Files on their way in: only from the browser whose session asked, only so many bytes, gone when it leaves."""

import re
import threading
import time
from collections.abc import Sequence
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec, UploadFileUrlInfo

from pages.parts.uploads import LARGEST_BOUNDARIES, LET_THROUGH, Reason, name_refused_type
from serving.sessions import OwnedRuntime, get_owned_runtime

LARGEST_BODY = LARGEST_BOUNDARIES * 2**20 + 2**16  # the file and what a form writes around it
MOST_OF_SESSION = 120 * 2**20  # bytes
MOST_OF_SERVER = 400 * 2**20
_MOST_ASKED = 200  # addresses that a session has asked for and not used
_UNUSED_SECONDS = 60.0  # that a file may lie here before a page takes it
_UPLOADER = "file_uploader_state_value"
_ROUTE = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)")
_NAME = re.compile(rb'filename="([^"\r\n]{1,255})"')
_HEAD = 4096  # bytes of a form in which the name of its file stands
_FORBIDDEN = "Máy chủ không nhận tệp này: trang đang mở không hỏi tệp, hoặc tệp của phiên làm việc khác."


class BoundedUploads(MemoryUploadedFileManager):
    """Files that sessions asked for, with room for so many bytes."""

    def __init__(self, endpoint: str):
        super().__init__(endpoint)
        self._asked: dict[str, dict[str, None]] = {}  # by session, the ids that it may bring, oldest first
        self._coming: dict[tuple[str, str], int] = {}  # bytes on their way, by session and id
        self._since: dict[tuple[str, str], float] = {}
        self._guard = threading.Lock()

    def get_upload_urls(self, session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        """Addresses for files, for as many as one may bring."""
        urls = super().get_upload_urls(session_id, file_names[:_MOST_ASKED])
        with self._guard:
            asked = self._asked.setdefault(session_id, {})
            asked.update(dict.fromkeys(url.file_id for url in urls))
            for file_id in list(asked)[:-_MOST_ASKED]:
                del asked[file_id]
        return urls

    def is_asked(self, session_id: str, file_id: str) -> bool:
        """Whether a session was given this address and has not used it."""
        with self._guard:
            return file_id in self._asked.get(session_id, ())

    def reserve(self, session_id: str, file_id: str, size: int) -> bool:
        """Set room aside for a file; False where there is none."""
        with self._guard:
            held = {session: self._held(session) for session in {*self.file_storage, *(of for of, _ in self._coming)}}
            if held.get(session_id, 0) + size > MOST_OF_SESSION or sum(held.values()) + size > MOST_OF_SERVER:
                return False
            self._coming[session_id, file_id] = size
            return True

    def release(self, session_id: str, file_id: str) -> None:
        """Give up the room of a file on its way: it came, or will not come."""
        with self._guard:
            self._coming.pop((session_id, file_id), None)

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file; its address is used."""
        super().add_file(session_id, file)
        with self._guard:
            self._asked.get(session_id, {}).pop(file.file_id, None)
            self._since[session_id, file.file_id] = time.monotonic()

    def remove_session_files(self, session_id: str) -> None:
        """Forget all of a session."""
        super().remove_session_files(session_id)
        with self._guard:
            self._asked.pop(session_id, None)
            self._since = {key: since for key, since in self._since.items() if key[0] != session_id}

    def count_bytes(self, session_id: str) -> int:
        """Bytes of a session, those on their way included."""
        with self._guard:
            return self._held(session_id)

    def drop_unused(self, session_id: str, used: set[str]) -> None:
        """Forget files of a session that no page uses, but for those that have just come."""
        now = time.monotonic()
        for file_id in list(self.file_storage.get(session_id, ())):
            if file_id not in used and now - self._since.get((session_id, file_id), now) > _UNUSED_SECONDS:
                self.remove_file(session_id, file_id)
                with self._guard:
                    self._since.pop((session_id, file_id), None)

    def _held(self, session_id: str) -> int:
        stored = sum(len(file.data) for file in list(self.file_storage.get(session_id, {}).values()))
        return stored + sum(size for (of, _), size in self._coming.items() if of == session_id)


class UploadDoor:
    """ASGI middleware before Streamlit's upload route."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a session brings that asked for it; what is too large is read past, and marked as not taken."""
        route = _ROUTE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if route is None or scope["method"] not in ("PUT", "DELETE"):
            await self._app(scope, receive, send)
            return
        session_id, file_id = route.groups()
        runtime = get_owned_runtime()
        uploads = runtime.uploads
        is_own = runtime.is_owned(session_id, scope)
        if scope["method"] == "DELETE":
            await (self._app if is_own else _refuse())(scope, receive, send)
            return
        if not is_own or not uploads.is_asked(session_id, file_id) or not list_uploaders(runtime, session_id):
            await _refuse()(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal() or int(length) > LET_THROUGH * 2**20:
            await _refuse(413 if length.isdecimal() else 411)(scope, receive, send)
            return
        size = int(length)
        reason: Reason | None = None
        if size > LARGEST_BODY:
            reason = "large"
        elif not uploads.reserve(session_id, file_id, size):
            reason = "full"
        if reason:
            name = await _read_past(receive)
            marker = UploadedFileRec(file_id, name, name_refused_type(reason), b"")
            uploads.add_file(session_id, marker)
            await Response(status_code=204)(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            uploads.release(session_id, file_id)
            if not runtime.is_active_session(session_id):  # it left while its file came
                uploads.remove_session_files(session_id)


def list_uploaders(runtime: OwnedRuntime, session_id: str) -> list[Any]:
    """The values of the uploaders on the page that a session has open."""
    state = runtime.get_session_state(session_id)
    if state is None:
        return []
    known = list(state._new_widget_state.widget_metadata.items())
    uploaders = [widget for widget, metadata in known if metadata.value_type == _UPLOADER]
    values = []
    for widget in uploaders:
        fresh = state._new_widget_state.states.get(widget)
        if fresh is None and widget not in state._old_state:
            continue  # of a page that was left
        values.append(getattr(fresh, "value", None) or state._old_state.get(widget))
    return values


def list_used(runtime: OwnedRuntime, session_id: str) -> set[str]:
    """The ids of the files that the uploaders of a session's page hold."""
    used = set()
    for value in list_uploaders(runtime, session_id):
        if hasattr(value, "file_uploader_state_value"):
            used |= {file.file_id for file in value.file_uploader_state_value.uploaded_file_info}
        else:
            files = value if isinstance(value, list | tuple) else [value]
            used |= {file.file_id for file in files if hasattr(file, "file_id")}
    return used


def sweep(runtime: OwnedRuntime) -> None:
    """Forget the files of sessions that ended, and those that no page uses."""
    for session_id in list(runtime.uploads.file_storage):
        if runtime.is_active_session(session_id):
            runtime.uploads.drop_unused(session_id, list_used(runtime, session_id))
        elif runtime.has_left(session_id):
            runtime.uploads.remove_session_files(session_id)


def _refuse(status: int = 403) -> Response:
    return PlainTextResponse(_FORBIDDEN, status_code=status, headers={"Connection": "close"})


async def _read_past(receive: Receive) -> str:
    """Read a request to its end, keeping nothing but the name of the file that its form brings."""
    head = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        if len(head) < _HEAD:
            head += message.get("body", b"")[: _HEAD - len(head)]
        if not message.get("more_body"):
            break
    found = _NAME.search(head)
    return found.group(1).decode("utf-8", "replace") if found else ""
