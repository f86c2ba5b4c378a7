"""A table scrambled in layout imports to the same observations as the clean one."""

import unicodedata

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.intake.parameters import Reading
from data.intake.read import read_submission
from data.text.names import normalise_name
from tests.data.samples import STANDARD, UNITS, YEAR, random_values
from tests.examples import examples
from tests.workbooks.sheets import SIGNATURES, TITLE, Sheet, labels, to_csv, to_xls, to_xlsx, total_row

DISTRICTS = sorted(UNITS["district"].unique())
SPELLINGS = (
    str,
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"  {text.replace(' ', '  ')} ",
    lambda text: text.replace("òa", "oà").replace("óa", "oá").replace("ụy", "uỵ"),
)
SHORT_TYPES = (("Xã ", "X. "), ("Xã ", "x."), ("Phường ", "P."), ("Thị trấn ", "TT. "), ("Thị trấn ", "TT "), ("", ""))
WRITERS = (to_xlsx, to_xls, lambda sheets: to_csv(next(iter(sheets.values())).rows, "utf-8-sig", ";"))


def plain(value: int) -> object:
    return value


NUMBERS = (
    plain,
    str,
    lambda value: f"{value} ",
    lambda value: f"{value:,}".replace(",", "."),
    lambda value: f"{value:,}",
    lambda value: f"{value} trẻ",
    float,
)
ANSWERS = ({1: "Có", 0: "Không"}, {1: "x", 0: "Không"}, {1: "CÓ", 0: "không"}, {1: 1, 0: 0}, {1: "✓", 0: None})


@st.composite
def layouts(draw):
    """A clean frame of figures and the same figures in a file of some layout."""
    inputs = draw(st.lists(st.sampled_from(list(STANDARD.inputs)), min_size=3, max_size=10, unique=True))
    districts = draw(st.lists(st.sampled_from(DISTRICTS), min_size=1, max_size=3, unique=True))
    units = UNITS[UNITS["district"].isin(districts)]
    values = random_values(units, draw(st.integers(0, 2**16)), draw(st.sampled_from([0, 0.1])))[inputs]
    marks_only = {one: draw(st.sampled_from(ANSWERS)) for one in inputs if STANDARD.inputs[one].kind == "answer"}
    for one, words in marks_only.items():
        if words[0] is None:  # an empty cell is No there, so nothing can be missing
            values[one] = values[one].fillna(0)
            if not values[one].any():
                values.iloc[0, inputs.index(one)] = 1
    spell = draw(st.sampled_from(SPELLINGS))
    long, short = draw(st.sampled_from(SHORT_TYPES))
    numbers = {one: draw(st.sampled_from(NUMBERS)) for one in inputs}
    by_heading = draw(st.booleans())
    sums = by_heading and draw(st.booleans())
    with_code = draw(st.booleans())
    number_column = draw(st.booleans())

    def show(code: str, one: str) -> object:
        value = values.at[code, one]
        if pd.isna(value):
            return draw(st.sampled_from([None, "-", "  "])) if one not in marks_only else None
        return marks_only[one][int(value)] if one in marks_only else numbers[one](int(value))

    lead = ["Mã đơn vị"] * with_code + ["STT"] * number_column + ["Tên đơn vị"]
    lead += ["Huyện"] * (not by_heading)
    head = [*(spell(text) for text in lead), *(_label(draw, one, spell) for one in inputs)]
    rows: list[list] = [head]
    name_at = lead.index("Tên đơn vị")
    order = draw(st.permutations(list(units.groupby("district").groups.items())))
    for district, codes in order:
        if by_heading:
            rows.append([*[None] * name_at, spell(district)])
        for number, code in enumerate(draw(st.permutations(list(codes))), start=1):
            name = spell(units.at[code, "name"].replace(long, short, 1) if long else units.at[code, "name"])
            first: list = [draw(st.sampled_from([code, int(code)]))] * with_code + [number] * number_column + [name]
            first += [spell(district)] * (not by_heading)
            rows.append([*first, *(show(code, one) for one in inputs)])
            if draw(st.integers(0, 9)) == 0:
                rows.append([])
        if sums:
            rows.append(total_row("Cộng", values.loc[list(codes)], inputs, len(lead)))
            rows[-1][name_at], rows[-1][len(lead) - 1] = "Cộng", "Cộng" if name_at == len(lead) - 1 else None
    if draw(st.booleans()):
        rows = [*TITLE, *rows, *SIGNATURES]
    blank = draw(st.integers(0, 2))
    rows = [[None] * blank + row for row in rows]
    write = draw(st.sampled_from(WRITERS))
    width = max(map(len, rows))
    rows = [[*row, *[None] * (width - len(row))] for row in rows]
    turned = not by_heading and len(units) < 60 and draw(st.booleans())
    if turned and write is not to_xls:
        rows = [list(column) for column in zip(*rows, strict=True)]
    return values, write({"Sheet1": Sheet(rows)})


def _label(draw, input_id: str, spell) -> str:
    label = labels([input_id])[input_id]
    written = draw(st.sampled_from([label, input_id, f"{label} ({input_id})", f"{input_id} - {label}", f"{label}:"]))
    changed = spell(written)
    return changed if normalise_name(changed) == normalise_name(written) else written


@examples(60)
@given(layouts())
def test_scrambled_layout_gives_the_clean_observations(layout):
    values, content = layout
    ingest = read_submission(content, "so-lieu", Reading(STANDARD, UNITS, YEAR))
    counts = [input_id for input_id in values if STANDARD.inputs[input_id].kind == "count"]
    nothing = values.index[(values[counts] == 0).all(axis=1)] if counts else []
    assert {(error.code, error.unit) for error in ingest.errors} <= {("unit_all_zero", code) for code in nothing}
    if ingest.errors:
        return  # asked: among units with figures, a unit of nothing but 0 may be prepared rows
    found = ingest.wide()
    assert set(found.index) == set(values.index)
    pd.testing.assert_frame_equal(found.loc[values.index, values.columns], values, check_names=False)
