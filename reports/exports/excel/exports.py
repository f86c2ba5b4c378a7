"""The workbooks that can be taken away."""

from io import BytesIO

import pandas as pd

from reports.exports.contexts import (
    ActionsContext,
    AreaContext,
    FormContext,
    ReturnedContext,
    TableContext,
    WhatIfContext,
)
from reports.exports.excel.collection import build_collection
from reports.exports.excel.live.workbook import build_formula_workbook
from reports.exports.excel.table import build_workbook
from reports.exports.export import XLSX, Export
from reports.facts.assessment import Assessment
from reports.facts.doubts import find_doubts
from reports.facts.sentences import describe_what_if
from reports.facts.tables import status_change_table, unit_table
from reports.facts.what_if import count_scenario
from scoring.words import SCENARIO_LABEL, format_date


def _build_list(context: AreaContext, _variant: str) -> bytes:
    title = f"Kết quả đánh giá năm {context.year}, {context.place}"
    return build_workbook(unit_table(context.part, context.part.frame), title, _list_notes(context.part))


def _build_table(context: TableContext, _variant: str) -> bytes:
    table = unit_table(context.assessment, context.rows)
    return build_workbook(table, f"Kết quả đánh giá năm {context.year}", _list_notes(context.assessment))


def _list_notes(assessment: Assessment) -> list[str]:
    return [assessment.standard.title, *find_doubts(assessment).sentences]


def _build_actions(context: ActionsContext, _variant: str) -> bytes:
    table = context.table
    words = pd.DataFrame(
        {
            "Đơn vị": table["unit"],
            context.assessment.district_heading: table["district"],
            "Việc": table["step"],
            "Người làm": table["owner"],
            "Hạn": [None if pd.isna(due) else format_date(due) for due in table["due_date"]],
            "Xong": ["Xong" if done else "" for done in table["done"]],
        }
    )
    notes = [f"Lập ngày {format_date(context.made_on)}", *find_doubts(context.assessment).sentences]
    return build_workbook(words, f"Danh sách việc để được công nhận, năm {context.year}", notes)


def _build_what_if(context: WhatIfContext, _variant: str) -> bytes:
    table = status_change_table(context.compared, context.assessment.district_heading)
    notes = [
        SCENARIO_LABEL,
        *find_doubts(context.assessment).sentences,
        describe_what_if(count_scenario(context.compared)),
        *(change.text for change in context.changes),
        f"Ngày lập: {format_date(context.made_on)}",
    ]
    title = f"Đơn vị đổi kết quả theo phương án thử, năm {context.year}"
    return build_workbook(table.rename_axis("Mã").reset_index(), title, notes)


def _build_form(context: FormContext, _variant: str) -> bytes:
    buffer = BytesIO()
    build_collection(buffer, context.standard, context.units, context.year)
    return buffer.getvalue()


EXCEL_EXPORTS = (
    Export(
        "unit_list",
        "excel",
        XLSX,
        "danh-sach",
        AreaContext,
        lambda context, _variant: f"Danh sách đơn vị {context.place}",
        _build_list,
    ),
    Export(
        "live_workbook",
        "excel",
        XLSX,
        "bang-tinh-cong-thuc",
        AreaContext,
        lambda context, _variant: f"Bảng tính có công thức từ số liệu đến tổng điểm, {context.place}",
        lambda context, _variant: build_formula_workbook(context.part, context.made_on),
    ),
    Export(
        "unit_table",
        "excel",
        XLSX,
        "danh-sach",
        TableContext,
        lambda _context, _variant: "Bảng này (Excel)",
        _build_table,
    ),
    Export(
        "actions",
        "excel",
        XLSX,
        "danh-sach-viec",
        ActionsContext,
        lambda _context, _variant: "Danh sách việc (Excel)",
        _build_actions,
    ),
    Export(
        "what_if_list",
        "excel",
        XLSX,
        "phuong-an-thu",
        WhatIfContext,
        lambda _context, _variant: "Danh sách (Excel)",
        _build_what_if,
    ),
    Export(
        "form",
        "excel",
        XLSX,
        "bieu-mau",
        FormContext,
        lambda context, _variant: f"Biểu mẫu thu thập số liệu năm {context.year}",
        _build_form,
    ),
    Export(
        "returned",
        "excel",
        XLSX,
        "da-kiem-tra",
        ReturnedContext,
        lambda _context, _variant: "Tệp Excel đã đánh dấu ô sai",
        lambda context, _variant: context.mark(),
    ),
)
