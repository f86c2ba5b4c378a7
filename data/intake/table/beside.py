"""Tables that stand beside each other under one row of headers."""

from collections.abc import Callable

from data.intake.table.columns import CODE, NAME, is_input_text, match_role
from data.intake.table.header_texts import Header
from scoring.standard import Standard


def part_headers(
    headers: list[Header], width: int, standard: Standard, holds_units: Callable[[int], bool]
) -> list[range]:
    """The columns of each table under a row of headers.

    Another table begins where a column of units, or the numbers of a list before it, follows inputs and is followed by
    inputs.

    Parameters
    ----------
    width : int
        Number of columns of the sheet.
    holds_units : callable
        Whether units stand in a column.
    """
    starts = [0]
    inputs, opened = 0, -1  # inputs of the table so far; the first column of units after them
    units = False
    for header in headers:
        role = match_role(header)
        if role is not None:
            if inputs and opened < 0:
                opened, units = header.column, False
            units = units or (role in (CODE, NAME) and holds_units(header.column))
        elif any(is_input_text(text, standard) for text, _ in header.texts):
            if opened >= 0 and units:
                starts.append(opened)
            inputs, opened = inputs + 1, -1
    ends = [*starts[1:], width]
    return [range(start, end) for start, end in zip(starts, ends, strict=True)]
