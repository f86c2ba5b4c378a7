"""Faults: each gets a number that its reader can tell the administrator, under which its trace stands in the log."""

import errno
import logging
import secrets
import tempfile
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from data.paths import app_home
from scoring.refusal import Refusal

_UNEXPECTED = (
    "Phần mềm gặp lỗi ngoài dự kiến. Chưa lưu gì thêm; số liệu và bản nháp đã lưu trước đó vẫn còn. Làm lại; nếu vẫn "
    "vậy, báo người quản trị."
)
_OF_FILES = {
    errno.ENOSPC: "Ổ đĩa đã đầy, không ghi được {path}. Giải phóng chỗ trống rồi làm lại.",
    errno.EACCES: "Không có quyền đọc hoặc ghi {path}. Chọn chỗ khác, hoặc xin quyền rồi làm lại.",
    errno.EPERM: "Không có quyền đọc hoặc ghi {path}. Chọn chỗ khác, hoặc xin quyền rồi làm lại.",
    errno.EROFS: "Thư mục của {path} chỉ cho đọc. Chọn chỗ khác rồi làm lại.",
    errno.ENOENT: "Không có tệp hoặc thư mục {path}. Kiểm tra lại đường dẫn.",
    errno.ENOTDIR: "Đường dẫn {path} đi qua một tệp, không phải thư mục. Kiểm tra lại đường dẫn.",
    errno.EISDIR: "{path} là một thư mục, cần tên của một tệp. Kiểm tra lại đường dẫn.",
    errno.ENAMETOOLONG: "Tên tệp {path} quá dài. Đặt tên ngắn hơn.",
}
_LOG_BYTES, _OLDER_LOGS = 2_000_000, 3


def put_in_words(error: Exception) -> str:
    """A refusal is its sentence; of anything else the trace goes into the log, under the number that is said."""
    if not isinstance(error, Refusal):
        return log_fault(error, describe_fault(error))
    return log_fault(error, str(error)) if error.is_fault else str(error)


def describe_fault(error: Exception) -> str:
    """A sentence on an error that no room refuses in words: what happened, what was kept, what to do."""
    if isinstance(error, OSError) and error.errno in _OF_FILES and error.filename is not None:
        return _OF_FILES[error.errno].format(path=error.filename)
    return _UNEXPECTED


def log_fault(error: Exception, sentence: str) -> str:
    """Put an error's trace into the log; the sentence with the number under which it stands there, and where."""
    number = f"{datetime.now(UTC):%y%m%d}-{secrets.token_hex(3).upper()}"
    record = logging.LogRecord("faults", logging.ERROR, "", 0, f"{number} {sentence}", (), None)
    record.exc_info = (type(error), error, error.__traceback__)
    for folder in (_log_folder, lambda: Path(tempfile.gettempdir())):  # the state folder may be what is at fault
        try:
            path = folder() / "app.log"
            handler = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_OLDER_LOGS, encoding="utf-8")
        except OSError:
            continue
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        handler.emit(record)
        handler.close()
        return f"{sentence} Mã sự cố {number}, ghi trong {path}."
    return f"{sentence} Mã sự cố {number}, không ghi được nhật ký."


def _log_folder() -> Path:
    folder = app_home() / "log"
    folder.mkdir(exist_ok=True)
    return folder
