"""The sentences that pages and files say, each kind of them once."""

from dataclasses import replace

import pytest

from reports.facts.comparison import compare
from reports.facts.counts import Counts, count_units, list_failing
from reports.facts.sentences import (
    DIFFERENCE_WORDS,
    describe_causes,
    describe_changes,
    describe_count_changes,
    describe_criterion_counts,
    describe_failing,
    describe_failing_fully,
    describe_focus,
    describe_obstacle,
    describe_plan,
    describe_share,
    describe_shortly,
    describe_step,
    describe_target,
    describe_what_if,
    describe_zeros,
)
from reports.facts.what_if import count_scenario
from scoring.gaps import Focus, Step
from tests.reports.provinces import make_years_apart
from tests.reports.scenarios import BOTH, compare_scenario


def test_target():
    reached, short = Counts(20, 19, 1, 0, 95), Counts(2000, 1899, 101, 0, 95)
    assert describe_target(reached) == "Đã đạt mục tiêu 95 %."
    assert describe_target(short) == "Còn thiếu 1 đơn vị để đạt mục tiêu 95 %."


@pytest.mark.parametrize(
    ("counts", "hopeful", "words"),
    [
        (Counts(0, 0, 0, 0, 95), 0, "Không có đơn vị nào để so với chỉ tiêu."),
        (Counts(20, 19, 1, 0, 95), 0, "Tỷ lệ đạt 95 %, đạt chỉ tiêu 95 %."),
        (Counts(10, 5, 5, 0, 95), 0, "Tỷ lệ đạt 50 %, chưa đạt chỉ tiêu 95 %; còn thiếu 5 đơn vị."),
        (Counts(10, 5, 3, 2, 95), 0, "2 đơn vị chưa đủ số liệu đã có tiêu chí 0 điểm"),
        (Counts(10, 5, 3, 2, 95), 1, "1 đơn vị còn có thể đạt; nếu đều đạt, tỷ lệ sẽ là 60 %."),
    ],
)
def test_share(counts, hopeful, words):
    assert words in describe_share(counts, hopeful)


def test_what_decided(assessment):
    frame = assessment.frame
    zero, total = (len(units) for units in list_failing(frame).values())
    causes = f"{zero} đơn vị bị loại vì có tiêu chí 0 điểm, {total} chỉ vì thiếu tổng điểm"
    assert describe_causes(frame) == causes
    assert describe_causes(frame, mark="**").startswith(f"**{zero}** đơn vị")
    assert describe_failing(frame) == f"Không đạt: {causes}."
    assert f"Trong {zero + total} đơn vị không đạt, {zero} đơn vị bị liệt" in describe_failing_fully(frame)
    met = frame[frame["status"] == "met"]
    assert describe_failing(met) == describe_failing_fully(met) == "Không có đơn vị nào không đạt."
    lacking = frame[frame["status"] == "incomplete"]
    assert "chưa đủ số liệu nên chưa kết luận được" in describe_failing_fully(lacking)


def test_zeros_and_gaps(assessment):
    assert describe_zeros(assessment.standard, ("tc3", "tc5")) == "Tiêu chí 3, 5 bị 0 điểm"
    assert describe_criterion_counts(19, 3) == "19 đơn vị 0 điểm, 3 chưa có số liệu"


def test_short_reason_counts_what_lacks(assessment):
    frame = assessment.frame
    code = frame.index[(frame["status"] == "not_met") & (frame["zeros"].map(len) == 0)][0]
    short = int(frame.at[code, "minimum"] - frame.at[code, "total"])
    assert describe_shortly(assessment, code) == f"thiếu {short} điểm"


def test_short_reason_only_of_units_that_are_not_recognised(assessment):
    for code, unit in assessment.frame.iterrows():
        words = describe_shortly(assessment, code)
        assert bool(words) == (unit["status"] != "met")
        assert ("bị 0 điểm" in words) == bool(unit["zeros"] and words)


def test_words_of_steps(assessment):
    standard = assessment.standard
    raised = Step("7", "infants_immunised", "raise", 45, 48, 50, 1, 15)
    lowered = Step("5", "injured", "lower", 9, 7, 1200, 1, 40)
    answered = Step("1.1", "officer", "answer", 0, 1, None, 0, 50)
    assert describe_step(raised, standard) == (
        "Số trẻ em dưới 1 tuổi được tiêm chủng đầy đủ: thêm 3 (từ 45 lên 48, trên 50): +15 điểm"
    )
    assert "bớt 2 (từ 9 xuống 7, trên 1.200): +40 điểm; mục tiêu cho năm sau" in describe_step(lowered, standard)
    assert describe_step(answered, standard).endswith("từ Không thành Có: +50 điểm")


def test_words_of_plans_and_focuses(assessment):
    standard = assessment.standard
    step = Step("1.1", "officer", "answer", 0, 1, None, 0, 50)
    plan = type("Plan", (), {"steps": (step, step)})()
    assert describe_plan(plan, standard) == "; ".join([describe_step(step, standard)] * 2)
    focus = Focus(("3", "5"), {})
    assert describe_focus(focus, standard) == "3 Tỷ suất trẻ em bị xâm hại + 5 Tỷ suất trẻ em bị tai nạn, thương tích"


def test_changes_between_years(assessment, before):
    comparison = compare(before, assessment)
    kinds = comparison.units["kind"].value_counts()
    words = describe_changes(comparison)
    assert f"{kinds['gained']} đơn vị mới đạt, {kinds['lost']} đơn vị mất kết quả đạt" in words
    assert words.endswith("Số liệu năm 2021: số liệu minh họa và điểm tạm tính.")
    assert describe_count_changes(comparison).startswith("So với năm 2021: đạt ")
    assert "chưa có số liệu năm trước" in describe_changes(None)
    assert "Chưa có số liệu năm trước" in describe_count_changes(None)
    alone = replace(comparison, units=comparison.units.iloc[:0])
    assert "không có đơn vị nào có ở cả hai năm" in describe_changes(alone)


def test_every_obstacle_has_its_words(assessment, before):
    comparison = compare(before, assessment)
    assert describe_obstacle(comparison) == ""
    for obstacle in DIFFERENCE_WORDS:
        blocked = replace(comparison, obstacle=obstacle)
        assert describe_obstacle(blocked).startswith("Không so sánh từng đơn vị: ")
        assert describe_obstacle(blocked) in describe_changes(blocked)
        assert describe_count_changes(blocked).endswith("khác: không so sánh.")


def test_years_of_other_units_are_only_put_side_by_side():
    comparison = compare(*make_years_apart())
    assert "số đơn vị đạt năm 2025 là 0/194, năm 2026 là 65/65" in describe_changes(comparison)
    assert "mới đạt" not in describe_changes(comparison)
    assert describe_count_changes(comparison) == (
        "Năm 2025: 0/194 đơn vị đạt, theo danh mục đơn vị khác: không so sánh."
    )


def test_scenario_beside_the_law(assessment):
    counts = count_scenario(compare_scenario(assessment, BOTH))
    words = describe_what_if(counts)
    assert f"Đạt thêm {counts.gained}, mất {counts.lost}" in words
    assert f"Đạt theo luật: {count_units(assessment).met}/200 đơn vị" in words
