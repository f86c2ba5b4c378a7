"""Files on their way out: fetched only by a browser that has a session open which made them."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from streamlit.runtime.media_file_manager import MediaFileManager, _get_session_id


class OwnedMedia(MediaFileManager):
    """Streamlit's files for pages, with the sessions that made each."""

    def __init__(self, storage: Any):
        super().__init__(storage)
        self._makers: dict[str, set[str]] = defaultdict(set)  # sessions by file id

    def add(self, *arguments: Any, **options: Any) -> str:
        """As Streamlit does, and note the session of the running script."""
        url = super().add(*arguments, **options)
        self._note(url, _get_session_id())
        return url

    def execute_deferred(self, file_id: str) -> str:
        """As Streamlit does, and note the session whose button it is."""
        with self._lock:
            entry = self._deferred_callables.get(file_id)
        url = super().execute_deferred(file_id)
        if entry is not None:
            self._note(url, entry["session_id"])
        return url

    def list_makers(self, path: str) -> set[str]:
        """The sessions that made the file of a path in the URL."""
        return set(self._makers.get(PurePosixPath(path).stem, ()))

    def forget_gone(self, is_open: Callable[[str], bool]) -> None:
        """Forget files that were deleted, and sessions that are not open any more."""
        for file_id in list(self._makers):
            self._makers[file_id] = {session for session in self._makers[file_id] if is_open(session)}
            if file_id not in self._file_metadata or not self._makers[file_id]:
                del self._makers[file_id]

    def _note(self, url: str, session_id: str) -> None:
        self._makers[PurePosixPath(url).stem].add(session_id)
