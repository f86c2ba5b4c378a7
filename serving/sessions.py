"""Sessions and the browsers that they belong to."""

import time
from typing import TYPE_CHECKING, Any, cast

from starlette.types import Scope
from streamlit.runtime import Runtime, RuntimeConfig, SessionClient
from streamlit.runtime.state import SessionState

from serving.media import OwnedMedia
from serving.visitors import COOKIE, read_visitor

if TYPE_CHECKING:
    from streamlit.runtime.scriptrunner_utils.script_run_context import UserInfoType

KEPT_SECONDS = 15.0  # that what a session brought outlives its connection: a break of the network is shorter


class OwnedRuntime(Runtime):
    """Streamlit's runtime, which knows the browser of each session: no other one takes it up, brings it files or
    fetches what it made.
    """

    def __init__(self, config: RuntimeConfig, uploads: Any):
        super().__init__(config)
        self._media_file_mgr = OwnedMedia(config.media_file_storage)
        self.uploads = uploads
        self._owners: dict[str, str] = {}
        self._left: dict[str, float] = {}

    @property
    def media(self) -> OwnedMedia:
        """What sessions made to be fetched."""
        return cast(OwnedMedia, self._media_file_mgr)

    def connect_session(
        self,
        client: SessionClient,
        user_info: "UserInfoType",
        existing_session_id: str | None = None,
        session_id_override: str | None = None,
    ) -> str:
        """As Streamlit does; a session that another browser opened is not taken up again."""
        visitor = client.client_context.cookies.get(COOKIE, "") if client.client_context else ""
        if existing_session_id and self._owners.get(existing_session_id, visitor) != visitor:
            existing_session_id = None
        session_id = super().connect_session(client, user_info, existing_session_id, session_id_override)
        self._owners[session_id] = visitor
        self._left.pop(session_id, None)
        return session_id

    def disconnect_session(self, session_id: str, *arguments: Any, **options: Any) -> None:
        """As Streamlit does; what the session brought is kept for a moment."""
        super().disconnect_session(session_id, *arguments, **options)
        if not self.is_active_session(session_id):
            self._left[session_id] = time.monotonic()

    def is_owned(self, session_id: str, scope: Scope) -> bool:
        """Whether a request comes from the browser that has a session open."""
        owner = self._owners.get(session_id)
        return bool(owner) and self.is_active_session(session_id) and owner == read_visitor(scope)

    def has_left(self, session_id: str) -> bool:
        """Whether a session's connection ended a while ago."""
        return time.monotonic() - self._left.get(session_id, float("-inf")) > KEPT_SECONDS

    def forget_ended(self) -> None:
        """Forget the browsers of sessions that can't be taken up any more."""
        for session_id in list(self._owners):
            if self._session_mgr.get_session_info(session_id) is None:
                del self._owners[session_id]
                self._left.pop(session_id, None)

    def get_session_state(self, session_id: str) -> SessionState | None:
        """The state of an open session; None where there is none."""
        info = self._session_mgr.get_active_session_info(session_id)
        return info.session.session_state if info else None


def get_owned_runtime() -> OwnedRuntime:
    """The runtime of this process."""
    return cast(OwnedRuntime, Runtime.instance())
