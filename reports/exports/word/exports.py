"""The Word documents that can be taken away."""

from reports.exports.contexts import AreaContext, UnitContext
from reports.exports.export import DOCX, Export
from reports.exports.word.report import (
    build_council_minutes,
    build_district_report,
    build_map_png,
    build_province_report,
    build_score_sheet,
)


def _build_report(context: AreaContext, _variant: str) -> bytes:
    picture = build_map_png(context.assessment, context.made_on, context.district_code)
    if context.district_code is None:
        return build_province_report(context.assessment, context.before, context.made_on, picture)
    return build_district_report(context.assessment, context.before, context.district_code, context.made_on, picture)


WORD_EXPORTS = (
    Export(
        "report",
        "word",
        DOCX,
        "bao-cao",
        AreaContext,
        lambda context, _variant: f"Báo cáo kết quả {context.place}",
        _build_report,
    ),
    Export(
        "score_sheet",
        "unit",
        DOCX,
        "phieu-cham-diem",
        UnitContext,
        lambda context, _variant: f"Phiếu chấm điểm {context.name}",
        lambda context, _variant: build_score_sheet(context.assessment, context.explain(context.code), context.made_on),
    ),
    Export(
        "council_minutes",
        "unit",
        DOCX,
        "bien-ban",
        UnitContext,
        lambda context, _variant: f"Biên bản họp Hội đồng {context.name}",
        lambda context, _variant: build_council_minutes(
            context.assessment, context.explain(context.code), context.made_on
        ),
    ),
)
