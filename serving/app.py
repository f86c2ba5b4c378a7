"""The app as it is served: Streamlit's, behind our doors."""

import asyncio
import logging
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.types import Receive, Scope, Send
from streamlit import config
from streamlit.runtime import RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.starlette import App
from streamlit.web.cache_storage_manager_config import create_default_cache_storage_manager
from streamlit.web.server.starlette.starlette_routes import BASE_ROUTE_MEDIA, BASE_ROUTE_UPLOAD_FILE

from serving.doorway import Doorway
from serving.downloads import MediaDoor
from serving.sessions import OwnedRuntime, get_owned_runtime
from serving.sockets import use_hasty_protocol
from serving.uploads import BoundedUploads, UploadDoor, sweep

_LOGGER = logging.getLogger(__name__)
_SWEEP_SECONDS = 5.0


class ProductApp(App):
    """An ASGI application of the script, with the doors of `serving` in front.

    Parameters
    ----------
    script : Path
        The Streamlit script.
    opened_at : str, optional
        The address that a browser is opened at once the server answers.
    """

    def __init__(self, script: Path, opened_at: str | None = None):
        super().__init__(script, lifespan=self._live)
        self._opened_at = opened_at
        use_hasty_protocol()
        self._doors = Doorway(UploadDoor(MediaDoor(super().__call__)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by way of the doors."""
        await self._doors(scope, receive, send)

    def _create_runtime(self) -> OwnedRuntime:
        """As Streamlit does, with files that are bounded and owned."""
        uploads = BoundedUploads(f"/{BASE_ROUTE_UPLOAD_FILE}")
        return OwnedRuntime(
            RuntimeConfig(
                script_path=str(self._resolve_script_path()),
                media_file_storage=MemoryMediaFileStorage(f"/{BASE_ROUTE_MEDIA}"),
                uploaded_file_manager=uploads,
                cache_storage_manager=create_default_cache_storage_manager(),
                is_hello=False,
                session_storage=MemorySessionStorage(ttl_seconds=config.get_option("server.disconnectedSessionTTL")),
                on_script_error=self._on_script_error,
            ),
            uploads,
        )

    @asynccontextmanager
    async def _live(self, _app: App) -> AsyncIterator[None]:
        if self._opened_at:
            threading.Thread(target=webbrowser.open, args=(self._opened_at,), daemon=True).start()
        sweeping = asyncio.create_task(_sweep_on())
        yield
        sweeping.cancel()


async def _sweep_on() -> None:
    """Let go, again and again, of what sessions left behind."""
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        runtime = get_owned_runtime()
        try:
            sweep(runtime)
            runtime.media.forget_gone(runtime.is_active_session)
            runtime.forget_ended()
        except Exception:  # the next time may find a state that is not just changing
            _LOGGER.exception("Sweeping failed")
