"""What a file may measure to be read. Shared by the modules of the reading process."""

from typing import Any

from data.processes.worker import RefusedError

LARGEST_FILE = 25 * 2**20
LARGEST_UNPACKED = 200 * 2**20
LARGEST_ROWS = 20_000
LARGEST_COLUMNS = 400
LARGEST_CELLS = 2_000_000
LARGEST_TEXTS = 20_000_000  # characters of a sheet
LARGEST_TEXT = 32_767  # characters that Excel itself allows in a cell
MEMORY = 450 * 2**20

Answer = dict[str, Any]
Place = tuple[int, int]  # 0-based row and column


def check_size(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet with too many rows or columns."""
    if rows > LARGEST_ROWS or columns > LARGEST_COLUMNS:
        raise RefusedError("too_large", limit=f"trang “{name[:60]}” có {rows} dòng, {columns} cột")


def check_texts(name: str, rows: list[list[Any]]) -> None:
    """Refuse a sheet with more text than is read, or a text longer than Excel allows."""
    lengths = [len(value) for row in rows for value in row if type(value) is str]
    if max(lengths, default=0) > LARGEST_TEXT:
        longest = max(lengths)
        line = next(
            number for number, row in enumerate(rows, start=1) if any(_is_as_long(value, longest) for value in row)
        )
        raise RefusedError("too_large", limit=f"trang “{name[:60]}” dòng {line} có ô dài {longest} ký tự")
    if sum(lengths) > LARGEST_TEXTS:
        raise RefusedError("too_large", limit=f"trang “{name[:60]}” có {sum(lengths)} ký tự")


def _is_as_long(value: Any, length: int) -> bool:
    return type(value) is str and len(value) == length
