"""What the store refuses, and what its database can't do: one sentence each."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scoring.refusal import Refusal


class StoreError(Refusal):
    """A request that the store refuses; the message is a Vietnamese sentence for the user."""


class StoreFaultError(StoreError):
    """The database can't do its work: the message says so in Vietnamese, the cause is the error of the database."""

    is_fault = True


_KEPT = "Chưa lưu gì thêm; số liệu và bản nháp đã lưu trước đó vẫn còn."
_SENTENCES = {
    "full": "Ổ đĩa chứa cơ sở dữ liệu đã đầy. {kept} Giải phóng chỗ trống rồi làm lại.",
    "busy": "Cơ sở dữ liệu đang bị một việc khác giữ quá lâu. {kept} Đợi một phút rồi làm lại.",
    "corrupt": (
        "Cơ sở dữ liệu bị hỏng, hoặc tệp không phải là cơ sở dữ liệu. Chưa lưu gì thêm. Dừng ứng dụng và khôi phục từ "
        "bản sao lưu gần nhất."
    ),
    "read_only": (
        "Cơ sở dữ liệu hoặc thư mục của nó chỉ cho đọc, không ghi được. {kept} Người quản trị cấp quyền ghi cho thư "
        "mục đó (APP_HOME) rồi làm lại."
    ),
    "unreachable": (
        "Không kết nối được cơ sở dữ liệu: máy chủ của nó không trả lời, đang khởi động lại, hoặc tệp không mở được. "
        "{kept} Đợi một lát rồi làm lại; nếu vẫn vậy, kiểm tra DATABASE_URL và APP_HOME."
    ),
    "refused": (
        "Máy chủ cơ sở dữ liệu từ chối tên đăng nhập hoặc mật khẩu. {kept} Kiểm tra tên và mật khẩu trong DATABASE_URL."
    ),
    "unknown_database": (
        "Máy chủ không có cơ sở dữ liệu mà DATABASE_URL nêu tên. {kept} Tạo cơ sở dữ liệu ấy, hoặc sửa tên trong "
        "DATABASE_URL."
    ),
    "bad_address": (
        "DATABASE_URL không phải là địa chỉ cơ sở dữ liệu dùng được. Viết như sqlite:////đường/dẫn/app.sqlite hoặc "
        "postgresql+psycopg://tên:mật_khẩu@máy/cơ_sở_dữ_liệu."
    ),
}
# By SQLite's names of errors, the longer ones begin with these; by PostgreSQL's codes, or their first two characters.
_OF_SQLITE = {
    "SQLITE_FULL": "full",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_CORRUPT": "corrupt",
    "SQLITE_NOTADB": "corrupt",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "unreachable",
    "SQLITE_IOERR": "unreachable",
}
_OF_POSTGRESQL = {
    "53100": "full",
    "53": "busy",
    "55P03": "busy",
    "55000": "unreachable",
    "40": "busy",
    "57014": "busy",
    "57P": "unreachable",
    "08": "unreachable",
    "28": "refused",
    "3D000": "unknown_database",
    "25006": "read_only",
    "XX": "corrupt",
}


@contextmanager
def translating() -> Iterator[None]:
    """Raise what the database can't do as a `StoreFaultError`; mistakes of the program stay what they are."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        kind = _classify(error)
        if kind is None:
            raise
        raise StoreFaultError(_SENTENCES[kind].format(kept=_KEPT)) from error


@contextmanager
def opening() -> Iterator[None]:
    """As `translating`, of what happens before there is a connection: the address, the driver, the folder."""
    try:
        with translating():
            yield
    except (ImportError, ValueError) as error:  # no such driver; a port that is no number
        raise StoreFaultError(_SENTENCES["bad_address"]) from error
    except OSError as error:
        kind = "full" if error.errno == errno.ENOSPC else "read_only"
        raise StoreFaultError(_SENTENCES[kind].format(kept=_KEPT)) from error


def _classify(error: Exception) -> str | None:
    """Which sentence an error is said in; None for one that is no fault of the database."""
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return "bad_address"
    if isinstance(error, PoolTimeoutError):
        return "busy"
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", None)
    if name is not None:
        return next((kind for start, kind in _OF_SQLITE.items() if name.startswith(start)), None)
    code = getattr(cause, "sqlstate", None)
    if code is not None:
        return next((_OF_POSTGRESQL[code[:length]] for length in (5, 3, 2) if code[:length] in _OF_POSTGRESQL), None)
    if isinstance(error, DBAPIError) and type(error).__name__ == "OperationalError":
        return _classify_words(str(cause))
    return None


def _classify_words(message: str) -> str:
    """Of errors without a code: PostgreSQL's, when there was no connection yet."""
    if "does not exist" in message and "database" in message:
        return "unknown_database"
    if "authentication failed" in message or ("role" in message and "does not exist" in message):
        return "refused"
    return "unreachable"
