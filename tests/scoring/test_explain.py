"""The trace says input, cell, value, band, points, reference and what is provisional."""

from datetime import date

import pandas as pd

from scoring.engine import score
from scoring.explain import explain
from scoring.standard import get_standard
from scoring.words import describe_band
from tests.scoring.samples import best_values

STANDARD = get_standard()
UNIT = pd.Series({"name": "Xã Thử", "unit_class": "other", "mountainous": True})


def trace_of(changes: dict, sources: pd.DataFrame | None = None):
    values = {name: value for name, value in (best_values(STANDARD) | changes).items() if value is not None}
    observations = pd.DataFrame([values], index=pd.Index(["00001"], name="code"), dtype="Int64")
    units = pd.DataFrame({"unit_class": ["other"], "mountainous": [True]}, index=observations.index)
    return explain("00001", score(observations, STANDARD, units), observations, UNIT, sources)


def indicator_of(trace, id_: str):
    return next(one for criterion in trace.criteria for one in criterion.indicators if one.id == id_)


def test_value_band_points_and_reference():
    sources = pd.DataFrame(
        {"file_name": ["a.xlsx"], "sheet": ["Số liệu"], "cell": ["H12"], "submitted_at": [date(2022, 11, 15)]},
        index=["births"],
    )
    trace = trace_of({"births": 49, "births_registered": 48}, sources)
    indicator = next(indicator for indicator in STANDARD.indicators if indicator.id == "2")
    bounds = [band.threshold(True) for band in indicator.bands]
    number = next(number for number, bound in enumerate(bounds) if bound is None or 49 * bound <= 4800)
    registered = indicator_of(trace, "2")
    assert registered.value_text == "48/49 = 97,96 %"
    assert registered.band_text == describe_band(indicator, number, True)
    assert (registered.points, registered.max_points) == (indicator.bands[number].points, indicator.max_points)
    decided = indicator.bands[: number + 1]
    assert registered.provisional == any(band.provenance == "provisional" for band in decided)
    assert "a.xlsx" in registered.inputs[1].source
    assert "ô H12" in registered.inputs[1].source
    assert "15/11/2022" in registered.inputs[1].source
    assert trace.criteria[1].reference == "Quyết định 06/QĐ-TTg, tiêu chí 2"
    assert "mỗi trường hợp ứng với 2 điểm phần trăm" in registered.note


def test_missing_not_arisen_and_mountain():
    trace = trace_of({"births": None, "severe_cases": 0, "severe_cases_planned": 0})
    assert indicator_of(trace, "2").missing
    assert indicator_of(trace, "2").value_text == "Chưa có số liệu"
    assert trace.criteria[1].points is None
    assert indicator_of(trace, "6.2").value_text == "không phát sinh"
    assert indicator_of(trace, "6.2").points == indicator_of(trace, "6.2").max_points
    assert "miền núi" in indicator_of(trace, "8.1").band_text
    assert trace.status == "incomplete"
    assert trace.reasons == ("Chỉ tiêu 2 (Tỷ lệ trẻ em được khai sinh đúng quy định) chưa có số liệu",)


def test_text_says_everything():
    text = trace_of({"abused": 60}).text()
    assert "Xã Thử (00001): Không đạt" in text
    assert "Tổng điểm 900 (tạm tính), tối thiểu 850" in text
    assert "Tiêu chí 3 (Trẻ em bị xâm hại) bị 0 điểm" in text
    assert "60/10.000 = 60 trên 10.000 trẻ" in text
    for criterion in STANDARD.criteria:
        assert f"Tiêu chí {criterion.number}. {criterion.name}" in text
    for one in STANDARD.inputs.values():
        assert one.label in text
