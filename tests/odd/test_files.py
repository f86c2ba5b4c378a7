"""Every file under the odd standard: it opens, says its own numbers and words, none of another standard."""

from datetime import date
from functools import partial
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from reports.exports.contexts import (
    ActionsContext,
    AreaContext,
    FormContext,
    ReturnedContext,
    TableContext,
    UnitContext,
    WhatIfContext,
)
from reports.exports.excel.collection import build_collection
from reports.exports.registry import EXPORTS, get_export
from reports.facts.assessment import explain_unit
from reports.facts.what_if import assess_scenario, compare_with_law, list_scenario_changes
from scoring.scenario_model import LAW, BandChange
from tests.odd.words import find_foreign
from tests.reports.exports.test_contract import open_file
from tests.reports.telling import find_lacking

DAY = date(2022, 12, 1)
LOWERED = LAW.with_band("b", 0, BandChange(threshold=70)).with_band("a", 1, BandChange(threshold="5/2"))


@pytest.fixture(scope="module")
def contexts(store, years):
    """Contexts of each scope: the province and a district, a unit without figures and a failing one."""
    before, now = years[-2:]
    frame = now.frame
    codes = [find_lacking(now), str(frame.index[frame["status"] == "not_met"][0])]
    changed = compare_with_law(now, assess_scenario(now, LOWERED))
    step = {"unit": ["X"], "district": ["Y"], "step": ["Z"], "owner": ["A"], "due_date": [DAY], "done": [False]}
    buffer = BytesIO()
    build_collection(buffer, now.standard, now.units, 2022)
    return {
        AreaContext: [
            AreaContext(now, DAY, before, district) for district in (None, str(frame.at[codes[1], "district_code"]))
        ],
        UnitContext: [UnitContext(now, DAY, code, partial(explain_unit, store, now)) for code in codes],
        TableContext: [TableContext(now, DAY, frame)],
        ActionsContext: [ActionsContext(now, DAY, pd.DataFrame(step))],
        WhatIfContext: [WhatIfContext(now, DAY, changed, list_scenario_changes(now, LOWERED))],
        FormContext: [FormContext(now.standard, now.units, 2022, DAY)],
        ReturnedContext: [ReturnedContext("a.xlsx", buffer.getvalue, 2022, DAY)],
    }


def texts_of(id_: str, contexts) -> str:
    export = get_export(id_)
    texts = []
    for context in contexts[export.scope]:
        offers = export.offer(context)
        # Of many pictures that differ by what they are coloured by, the first, the second and the last.
        for offered in [*offers[:2], *offers[2:][-1:]]:
            texts += [offered.title, offered.file_name, open_file(export.format.suffix, offered.build())]
    return "\n".join(texts)


@pytest.mark.parametrize("id_", [export.id for export in EXPORTS])
def test_file_opens_and_says_nothing_of_another_standard(contexts, id_):
    text = texts_of(id_, contexts)
    assert find_foreign(text) == []
    if id_.startswith("bi-0-diem"):
        assert text == ""  # nobody is knocked out by a zero


@pytest.mark.parametrize(
    ("id_", "words"),
    [
        ("score_sheet", ["trên 1.000 người dưới 18 tuổi", "An toàn dưới nước"]),
        ("live_workbook", ["trên 1.000 người dưới 18 tuổi", "Bộ tiêu chí thử số 1/2000"]),
        ("form", ["Số tủ sách", "từ 0,5 trên 1.000 người dưới 18 tuổi trở xuống"]),
        ("slides", ["Đạt: đủ tổng điểm tối thiểu của loại đơn vị."]),
    ],
)
def test_file_says_its_own_words(contexts, id_, words):
    text = texts_of(id_, contexts)
    for own in words:
        assert own in text


def test_list_has_a_column_a_criterion(contexts, years):
    [context] = contexts[TableContext]
    export = next(export for export in EXPORTS if export.scope is TableContext)
    [offered] = export.offer(context)
    rows = [
        [str(cell.value) for cell in row]
        for row in openpyxl.load_workbook(BytesIO(offered.build())).worksheets[0].iter_rows()
    ]
    header = next(row for row in rows if "Mã" in row)
    assert [name for name in header if name.startswith("TC")] == [f"TC{number}" for number in range(1, 5)]
