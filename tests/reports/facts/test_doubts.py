"""Labels of doubt stand in one order everywhere; nothing is said where nothing is in doubt."""

from dataclasses import replace

from reports.facts.assessment import Assessment
from reports.facts.doubts import Doubts, find_doubts, write_footer


def without_doubts(assessment: Assessment) -> Assessment:
    """As `assessment`, with real figures and checked points only."""
    scores = replace(assessment.scores)
    scores.__dict__["provisional"] = scores.missing & False
    return replace(assessment, scores=scores, demo_units=frozenset())


def test_illustrative_figures_come_before_provisional_points(assessment):
    doubts = find_doubts(assessment)
    assert doubts.labels == ("Số liệu minh họa", "Điểm tạm tính")
    assert [sentence.split(":")[0] for sentence in doubts.sentences] == list(doubts.labels)
    assert doubts.footer == "Số liệu minh họa · Điểm tạm tính"
    assert doubts.in_sentence == "số liệu minh họa và điểm tạm tính"
    assert doubts.lines == doubts.sentences


def test_some_illustrative_units_are_counted(assessment):
    mixed = replace(assessment, demo_units=frozenset(assessment.units.index[:3]))
    assert find_doubts(mixed).mixed == "3/200 đơn vị dùng số liệu minh họa, ghi bên tên đơn vị"
    assert find_doubts(mixed).lines[-1] == find_doubts(mixed).mixed
    real = replace(assessment, demo_units=frozenset())
    assert find_doubts(real).labels == ("Điểm tạm tính",)
    assert find_doubts(real).mixed == ""


def test_nothing_is_said_where_nothing_is_in_doubt(assessment):
    assert find_doubts(without_doubts(assessment)) == Doubts((), (), "")
    assert write_footer(without_doubts(assessment)) == "Năm 2022"


def test_footer_names_the_other_years_doubts_where_they_differ(assessment):
    before = replace(assessment, round=replace(assessment.round, key=replace(assessment.round.key, year=2021)))
    assert write_footer(assessment, before) == "Năm 2022 · Số liệu minh họa · Điểm tạm tính"
    real = without_doubts(before)
    assert write_footer(assessment, real).endswith("· Năm 2021: số liệu thật, điểm chính thức")
    assert write_footer(without_doubts(assessment), before) == "Năm 2022 · Năm 2021: số liệu minh họa, điểm tạm tính"
