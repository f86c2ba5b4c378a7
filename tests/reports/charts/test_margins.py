"""Bars of margins count every complete unit once; the minimum is marked."""

from reports.charts.margins import draw_margin_bars, draw_margins
from reports.facts.margins import MARGIN_WORDS, summarise_margins
from tests.reports.charts.render import values_of


def bars_of(spec: dict) -> list[dict]:
    return values_of(spec, 0)


def test_every_complete_unit_is_in_one_bar(assessment):
    frame = assessment.frame
    for groups in (("met", "short"), ("zero",)):
        bars = bars_of(draw_margin_bars(frame, 25, groups))
        margins = summarise_margins(frame, 0).units
        assert sum(bar["units"] for bar in bars) == margins["group"].isin(groups).sum()
        assert {bar["word"] for bar in bars} <= {MARGIN_WORDS[group] for group in groups}
        assert all(bar["high"] - bar["low"] == 25 for bar in bars)


def test_ranges_in_words(assessment):
    bars = bars_of(draw_margin_bars(assessment.frame, 25))
    assert {bar["low"] < 0 for bar in bars} == {True, False}
    for bar in bars:
        if bar["low"] < 0:
            assert bar["range"] == f"thiếu từ {1 - bar['high']} đến {-bar['low']} điểm"
        else:
            assert bar["range"] == f"vượt từ {bar['low']} đến {bar['high'] - 1} điểm"


def test_charts_of_other_groups_span_the_same_axis(assessment):
    points, zeros = (draw_margin_bars(assessment.frame, 25, groups) for groups in (("met", "short"), ("zero",)))
    axes = [spec["layer"][0]["encoding"]["x"]["scale"]["domain"] for spec in (points, zeros)]
    assert axes[0] == axes[1]
    assert draw_margins(assessment.frame)["vconcat"][1]["layer"][0]["encoding"]["x"]["scale"]["domain"] == axes[0]


def test_no_units(assessment):
    assert bars_of(draw_margin_bars(assessment.frame.head(0), 10)) == []
