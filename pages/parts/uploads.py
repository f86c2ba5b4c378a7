"""What an uploader promises, and what the page says of a file that the server did not take.

The browser's own refusal of a large file is English. So uploaders let it through, the server reads past it and puts an
empty file of a type of ours in its place, and the page says in a sentence why.
"""

from typing import Literal, Protocol

LARGEST_WORKBOOK = 25  # MB, and of a zip of workbooks
LARGEST_BOUNDARIES = 50  # MB; the most that the server takes of any file (server.maxUploadSize)
LET_THROUGH = 2000  # MB, past which the browser refuses a file
_REFUSED = "application/x-refused-"

Reason = Literal["large", "full"]


class Uploaded(Protocol):
    """A file that came by an uploader."""

    name: str
    type: str
    size: int


def name_refused_type(reason: Reason) -> str:
    """The type of the empty file that stands for one that the server did not take."""
    return f"{_REFUSED}{reason}"


def explain_untaken(upload: Uploaded, largest: int) -> str | None:
    """Why a file was not taken, as a Vietnamese sentence; None for one that was.

    `largest`: MB that the uploader promises.
    """
    if upload.type == name_refused_type("full"):
        return (
            f"Tệp “{upload.name}” chưa nhận được vì đang có quá nhiều tệp tải lên cùng lúc. Nộp từng ít tệp một, "
            "hoặc đợi một phút rồi thử lại."
        )
    if upload.type == name_refused_type("large") or upload.size > largest * 2**20:
        return f"Tệp “{upload.name}” lớn hơn {largest} MB. Tách nhỏ tệp rồi thử lại."
    return None
