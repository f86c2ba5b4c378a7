"""What the readers of formats tell of a sheet beside its values, and how that is laid over them."""

from collections import defaultdict
from dataclasses import dataclass, field

from data.intake.reading.limits import Answer, Place
from data.intake.reading.looks import Look, lay_looks, lay_texts


@dataclass
class SheetRemarks:
    """What calamine does not tell of a sheet; places are 0-based (row, column).

    Attributes
    ----------
    errors : dict
        What cells in error say (“#REF!”); calamine reads them as empty.
    unvalued : list
        Formulas without a stored value.
    hidden_rows, hidden_columns : list
    merged : list
        First and last place of merged ranges, where calamine doesn't tell them.
    looks : dict
        Places by the style of their cells, of the styles that may show a value otherwise than it is stored.
    texts : dict
        What a person reads of texts that are partly struck through or have raised marks.
    percent : list
        Numbers that are told to be shares.
    seen : dict
        What a person sees of values that look like something else, where the file says it.
    since_1904 : bool
        Whether days are counted from 1904.
    hides_zeros : bool
        Whether the sheet is set to show nothing where a number is 0.
    """

    errors: dict[Place, str] = field(default_factory=dict)
    unvalued: list[Place] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    looks: dict[Look, list[Place]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[Place, str] = field(default_factory=dict)
    percent: list[Place] = field(default_factory=list)
    seen: dict[Place, str] = field(default_factory=dict)
    since_1904: bool = False
    hides_zeros: bool = False


def lay_remarks(sheet: Answer, remarks: SheetRemarks) -> Answer:
    """A sheet with what its values do not tell; errors, dates and texts as they are read are put in their cells."""
    rows = sheet["rows"]
    for (row, column), value in remarks.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = value
    seen = {}
    for (row, column), text in remarks.seen.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column] != "":
            if text.endswith("%"):
                rows[row][column] = text
            else:
                seen[row, column] = text
    if remarks.hides_zeros:
        seen |= {
            (row, column): ""
            for row, cells in enumerate(rows)
            for column, value in enumerate(cells)
            if value == 0 and type(value) in (int, float)
        }
    looked = lay_looks(rows, remarks.looks.items(), remarks.since_1904)
    texts = lay_texts(rows, remarks.texts)
    return sheet | {
        "merged": sheet.get("merged") or remarks.merged,
        "hidden_rows": remarks.hidden_rows,
        "hidden_columns": remarks.hidden_columns,
        "unvalued": remarks.unvalued,
        "percent": remarks.percent + looked["percent"],
        "struck": looked["struck"] + texts["struck"],
        "seen": seen | looked["seen"],
        "written": texts["written"],
    }
