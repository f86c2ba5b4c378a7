"""A browser's tab without a browser: one session of a Streamlit server, driven through its websocket."""

import asyncio
import re
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

_MESSAGE_AGE = 2  # runs after which a browser forgets a large message that it was not sent again
_PATIENCE = 180.0  # seconds for an answer
_BOUNDARY = "----bench"


@dataclass
class Run:
    """What a run of the script brought.

    Attributes
    ----------
    path : str
        Of the page, as it stands in the address; empty for the first page.
    seconds : float
        From the click until the script was finished.
    size : int
        Bytes that were received.
    faults : list of str
        Exceptions on the page, an unknown page, a lost connection; empty when all is well.
    """

    path: str
    seconds: float = 0.0
    size: int = 0
    faults: list[str] = field(default_factory=list)


class Tab:
    """One session, from opening to closing.

    It keeps what a click needs: the pages of the menu, the options that stand in the address, the ids of buttons and
    of the field for files, the large messages that the server need not send again.
    """

    def __init__(self, url: str, connection: ClientConnection, cookie: str = ""):
        self._url = url
        self._cookie = cookie
        self._connection = connection
        self._session_id = ""
        self._message_runs: dict[str, int] = {}
        self._runs = 0
        self._states: dict[str, WidgetState] = {}
        self.pages: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.buttons: dict[str, str] = {}
        self.uploaders: list[str] = []

    @classmethod
    async def open(cls, url: str, cookie: str | None = None, take_up: str = "") -> Self:
        """Connect a session to the server at `url`; nothing runs before the first visit.

        `cookie`: of a browser that was here before; `take_up`: the id of its session that broke off.
        """
        protocols = ["streamlit", "token", take_up] if take_up else ["streamlit"]
        address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
        cookie = await asyncio.to_thread(_ask_cookie, url) if cookie is None else cookie
        connection = await connect(
            address,
            subprotocols=[Subprotocol(protocol) for protocol in protocols],
            additional_headers={"Cookie": cookie} if cookie else {},
            max_size=None,
            compression=None,
            proxy=None,
            ping_interval=None,
            open_timeout=_PATIENCE,
        )
        return cls(url, connection, cookie)

    async def close(self) -> None:
        """Leave, as a browser whose tab is closed."""
        await self._connection.close()

    async def visit(self, path: str, query: dict[str, str] | None = None) -> Run:
        """Open a page by the menu, or by its address where the menu is not known yet."""
        self._states.clear()
        return await self._rerun(path, query or {})

    async def press(self, path: str, button: str, query: dict[str, str] | None = None) -> Run:
        """Press a button of the page by its label.

        Raises
        ------
        KeyError
            When the page has no such button.
        """
        state = WidgetState(id=self.buttons[button], trigger_value=True)
        return await self._rerun(path, query or {}, state)

    async def upload(self, path: str, name: str, content: bytes) -> Run:
        """Put a file into the first field for files of the page.

        Raises
        ------
        IndexError
            When the page has none.
        OSError
            When the server refuses the file.
        """
        message = BackMsg()
        message.file_urls_request.request_id = name
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self._session_id
        await self._connection.send(message.SerializeToString())
        answer = ForwardMsg()
        while answer.WhichOneof("type") != "file_urls_response":
            answer.ParseFromString(await asyncio.wait_for(self._connection.recv(), _PATIENCE))
        urls = answer.file_urls_response.file_urls[0]
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        state = WidgetState(id=self.uploaders[0])
        state.file_uploader_state_value.uploaded_file_info.add(
            name=name, size=len(content), file_id=urls.file_id, file_urls=urls
        )
        self._states[state.id] = state
        return await self._rerun(path, {})

    def _put(self, upload_url: str, name: str, content: bytes) -> None:
        with urllib.request.urlopen(f"{self._url}/_stcore/health") as health:
            cookie = health.headers.get("Set-Cookie", "")
        token = (re.search(r"_streamlit_xsrf=([^;]+)", cookie) or [None, ""])[1]
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        request = urllib.request.Request(
            self._url + quote(upload_url, safe="/"),
            data=head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode(),
            method="PUT",
            headers={
                "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
                "X-Xsrftoken": token,
                "Cookie": f"_streamlit_xsrf={token}; {self._cookie}",
            },
        )
        urllib.request.urlopen(request).close()

    async def _rerun(self, path: str, query: dict[str, str], *pressed: WidgetState) -> Run:
        message = BackMsg()
        client = message.rerun_script
        client.query_string = urlencode(query)
        if path in self.pages:
            client.page_script_hash = self.pages[path]
        else:
            client.page_name = path
        client.widget_states.widgets.extend([*self._states.values(), *pressed])
        client.cached_message_hashes.extend(self._message_runs)
        client.context_info.url = f"{self._url}/{path}"
        client.context_info.locale = "vi-VN"
        client.context_info.timezone = "Asia/Ho_Chi_Minh"
        client.context_info.color_scheme = "light"
        self.buttons, self.uploaders = {}, []
        run = Run(path)
        started = time.perf_counter()
        try:
            await self._connection.send(message.SerializeToString())
            async with asyncio.timeout(_PATIENCE):
                while not self._take(await self._connection.recv(), run):
                    pass
        except TimeoutError:
            run.faults.append(f"no answer within {_PATIENCE:.0f} s")
        except ConnectionClosed as error:
            run.faults.append(f"connection lost: {error}")
        run.seconds = time.perf_counter() - started
        self._forget_messages()
        return run

    def _take(self, received: bytes | str, run: Run) -> bool:
        """Note what a message of the server says; True when it says that the script is finished."""
        assert isinstance(received, bytes)
        run.size += len(received)
        message = ForwardMsg.FromString(received)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            self._message_runs[message.ref_hash] = self._runs
        elif kind == "delta":
            if message.metadata.cacheable:
                self._message_runs[message.hash] = self._runs
            self._take_delta(message, run)
        elif kind == "new_session":
            self._session_id = message.new_session.initialize.session_id
        elif kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_not_found":
            run.faults.append("page not found")
        elif kind == "session_event" and message.session_event.WhichOneof("type") == "script_compilation_exception":
            run.faults.append(message.session_event.script_compilation_exception.message)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _take_delta(self, message: ForwardMsg, run: Run) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            run.faults.append(f"{element.exception.type}: {element.exception.message}")
        if kind == "alert" and "Mã sự cố" in element.alert.body:
            run.faults.append(element.alert.body)
        elif kind == "selectbox" and element.selectbox.query_param_key:
            self.options[element.selectbox.query_param_key] = list(element.selectbox.options)
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind == "file_uploader":
            self.uploaders.append(element.file_uploader.id)

    def _forget_messages(self) -> None:
        self._runs += 1
        self._message_runs = {key: run for key, run in self._message_runs.items() if self._runs - run <= _MESSAGE_AGE}


def _ask_cookie(url: str) -> str:
    """The cookie by which a server knows the browser again; empty where it gives none."""
    with urllib.request.urlopen(f"{url}/", timeout=_PATIENCE) as page:
        return str(page.headers.get("Set-Cookie") or "").partition(";")[0]
