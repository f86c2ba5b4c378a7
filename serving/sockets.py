"""Connections that keep the server waiting are dropped: for a request's head, its body, or taking the answer."""

import asyncio
from typing import Any

from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 15.0  # from the first byte, or the connection, to the end of the head
STILL_SECONDS = 20.0  # that a body, or the taking of an answer, may stand still
WHOLE_SECONDS = 600.0  # that a body may take


class HastyProtocol(H11Protocol):
    """uvicorn's protocol, which bounds the time that it waits for a client.

    uvicorn closes connections that stand idle between two requests; one that sends half a head, or takes no answer,
    it waits for without end.
    """

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self._deadline: asyncio.TimerHandle | None = None  # of what is awaited now
        self._whole: asyncio.TimerHandle | None = None  # of a body
        self._is_heading = False
        self._unsent: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Await the head of the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what came, and await what is still to come."""
        super().data_received(data)
        if self.transport.get_protocol() is not self:  # a websocket by now, which pings
            self._cancel()
        elif self.cycle is None or self.cycle.response_complete:
            self._await_head()
        elif self.cycle.more_body:
            self._await_body()
        else:
            self._cancel()

    def on_response_complete(self) -> None:
        """Await nothing: uvicorn closes what stays idle."""
        super().on_response_complete()
        self._cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing more."""
        self._cancel()
        self._take_on()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client takes nothing: give it a while."""
        super().pause_writing()
        if self._unsent is None:
            self._unsent = self.loop.call_later(STILL_SECONDS, self._drop)

    def resume_writing(self) -> None:
        """The client takes again."""
        self._take_on()
        super().resume_writing()

    def _await_head(self) -> None:
        if not self._is_heading:  # a byte now and then buys no time
            self._cancel()
            self._is_heading = True
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._drop)

    def _await_body(self) -> None:
        whole = self._whole or self.loop.call_later(WHOLE_SECONDS, self._drop)
        self._whole = None
        self._cancel()
        self._whole = whole
        self._deadline = self.loop.call_later(STILL_SECONDS, self._drop)

    def _cancel(self) -> None:
        for timer in (self._deadline, self._whole):
            if timer is not None:
                timer.cancel()
        self._deadline = self._whole = None
        self._is_heading = False

    def _take_on(self) -> None:
        if self._unsent is not None:
            self._unsent.cancel()
            self._unsent = None

    def _drop(self) -> None:
        self.transport.abort()


def use_hasty_protocol() -> None:
    """Let uvicorn speak HTTP by `HastyProtocol` where nothing else is chosen, as Streamlit starts it."""
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{HastyProtocol.__name__}"
