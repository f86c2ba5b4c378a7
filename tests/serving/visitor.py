"""A visitor without a browser: requests as one sends them, and a session that reads what its page says."""

import asyncio
import http.client
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.servers import Server
from bench.tab import Run, Tab

T = TypeVar("T")
SECONDS = 20
BOUNDARY = "----visitor"


@dataclass
class Answer:
    """What a server says to a request."""

    status: int
    headers: dict[str, str]
    body: bytes


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do what is to be awaited, in time."""

    async def in_time() -> T:
        async with asyncio.timeout(3 * SECONDS):
            return await work

    return asyncio.run(in_time())


def ask(server: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """A request; underscores in names of headers stand for hyphens."""
    connection = http.client.HTTPConnection("localhost", urlsplit(server.url).port, timeout=SECONDS)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    finally:
        connection.close()


class Visitor(Tab):
    """A session that keeps the texts and the files of its page."""

    texts: list[str]
    links: dict[str, str]

    @property
    def cookie(self) -> str:
        """What the browser sends with each request."""
        return self._cookie

    @property
    def session(self) -> str:
        """The id of the session."""
        return self._session_id

    async def see(self, query: dict[str, str] | None = None) -> list[str]:
        """Open the page; returns its texts."""
        self.texts, self.links = [], {}
        found = await self.visit("", query)
        assert not found.faults
        return self.texts

    async def ask_address(self, name: str = "a.txt") -> str | None:
        """The address for a file; None where the server gives none."""
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self._session_id
        await self._connection.send(message.SerializeToString())
        answer = await self._await("file_urls_response")
        urls = answer.file_urls_response.file_urls
        return urls[0].upload_url if urls else None

    async def fetch_later(self) -> str:
        """Press the button whose file is built when it is pressed; returns the link."""
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.session_id = self._session_id
        message.backend_operation_request.deferred_file.file_id = self.links["later"]
        await self._connection.send(message.SerializeToString())
        answer = await self._await("backend_operation_response")
        return str(answer.backend_operation_response.deferred_file.url)

    async def take_up(self, address: str, name: str, size: int) -> list[str]:
        """Tell the page of a file that was put to an address; returns the page's texts."""
        state = WidgetState(id=self.uploaders[0])
        file_id = address.rpartition("/")[2]
        info = state.file_uploader_state_value.uploaded_file_info.add(name=name, size=size, file_id=file_id)
        info.file_urls.file_id = file_id
        self._states[state.id] = state
        self.texts = []
        found = await self._rerun("", {"files": "1"})
        assert not found.faults
        return self.texts

    def put(self, server: Server, address: str, content: bytes, name: str = "a.txt", **headers: str) -> Answer:
        """Bring a file as a browser does; `headers` go before those."""
        token = ask(server, "/_stcore/health").headers["set-cookie"].partition(";")[0].partition("=")[2]
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = head + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        usual = {
            "Content_Type": f"multipart/form-data; boundary={BOUNDARY}",
            "X_Xsrftoken": token,
            "Cookie": f"_streamlit_xsrf={token}; {self.cookie}",
            "Origin": server.url,
        }
        return ask(server, address, "PUT", body, **(usual | headers))

    async def _await(self, kind: str) -> ForwardMsg:
        message = ForwardMsg()
        while message.WhichOneof("type") != kind:
            received = await self._connection.recv()
            assert isinstance(received, bytes)
            message.ParseFromString(received)
        return message

    def _take(self, received: bytes | str, run: Run) -> bool:
        message = ForwardMsg()
        assert isinstance(received, bytes)
        message.ParseFromString(received)
        element = message.delta.new_element
        if element.WhichOneof("type") == "text":
            self.texts.append(element.text.body)
        if element.WhichOneof("type") == "download_button":
            button = element.download_button
            self.links[button.label] = button.deferred_file_id or button.url
        return super()._take(received, run)


def count_stored(server: Server) -> int:
    """Bytes of all files that the server holds, by its own count."""
    text = ask(server, "/_stcore/metrics?families=cache_memory_bytes").body.decode()
    lines = [line for line in text.splitlines() if "UploadedFileManager" in line]
    return int(lines[0].rpartition(" ")[2]) if lines else 0
