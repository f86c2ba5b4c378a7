"""The profiles of a unit and of a district: what they say agrees with the figures, whatever the province is like."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reports.facts.assessment import load_assessment
from reports.facts.districts import rank_districts
from reports.facts.likeness import list_strengths, rank_units
from reports.facts.sentences import describe_district_rank, describe_rank
from tests.pages.opening import open_page, words_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def assessment(demo, demo_store):
    return load_assessment(demo_store, demo_store.rounds.choose(2022))


def open_unit(code: str) -> AppTest:
    app = open_page("unit")
    app.selectbox(key="don_vi").select(code).run()
    assert not app.exception
    return app


def open_district(name: str) -> AppTest:
    app = open_page("district")
    app.selectbox(key="huyen").select(name).run()
    assert not app.exception
    return app


def metrics_of(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


def test_profile_ranks_among_like_units(assessment):
    app = open_unit("05992")
    ranked = rank_units(assessment).loc["05992"]
    assert metrics_of(app)["Hạng trong nhóm"] == f"{ranked['rank']} / {ranked['complete']}"
    text = words_of(app)
    assert describe_rank(ranked) in text
    strengths, weaknesses = list_strengths(assessment, "05992")
    for one in (strengths.iloc[0], weaknesses.iloc[0]):
        assert f"{one['name']}: **{one['points']}/{one['max_points']}** điểm" in text
    assert "mẫu số chỉ 45: mỗi trường hợp ứng với 2,2 điểm phần trăm" in text
    assert [one.value for one in app.subheader][:2] == [
        "Còn thiếu gì để được công nhận",
        "Mạnh, yếu so với đơn vị cùng nhóm",
    ]


def test_profile_of_a_unit_that_lacks_figures_has_no_rank(assessment):
    app = open_unit("06388")
    assert "Hạng trong nhóm" not in metrics_of(app)
    assert metrics_of(app)["Còn có thể đạt tới"] == str(assessment.frame.at["06388", "ceiling"])
    assert "Chưa xếp hạng vì còn 4 chỉ tiêu chưa có số liệu" in words_of(app)


def test_district_page_asks_for_a_district_and_lists_them(assessment):
    app = open_page("district")
    assert "Chọn một địa bàn" in app.info[0].value
    listed = app.dataframe[0].value
    assert listed["Huyện, thành phố"].tolist() == list(assessment.frame["district"].unique())
    assert listed["Hạng"].tolist() == rank_districts(assessment)["rank"].tolist()
    assert not app.metric


def test_district_says_its_counts_rank_and_coverage(assessment):
    app = open_district("Huyện Hữu Lũng")
    assert metrics_of(app) == {
        "Tỷ lệ đạt / mục tiêu 95 %": "70,8 %",
        "Đạt": "17 / 24",
        "Không đạt": "5 / 24",
        "Chưa đủ số liệu": "2 / 24",
    }
    assert app.metric[0].delta == "Còn thiếu 6 đơn vị"
    text = words_of(app)
    assert describe_district_rank(rank_districts(assessment).loc["186"]) in text
    assert "Tổng điểm (tạm tính) trung bình của các đơn vị đủ số liệu: **898**" in text
    zeros = assessment.frame.loc[assessment.frame["district_code"] == "186", "zeros"]
    knocked_out = app.dataframe[0].value
    assert {row["number"]: row["units"] for row in knocked_out.to_dict("records")} == {
        one.number: count for one in assessment.standard.criteria if (count := sum(one.id in zero for zero in zeros))
    }
    assert app.dataframe[1].value["Mã"].tolist() == list(zeros.index)
    assert app.table[0].value.index.tolist() == ["2020", "2021", "2022"]


def test_district_with_a_chosen_unit_shows_its_card(assessment):
    app = open_district("Thành phố Lạng Sơn")
    app.selectbox(key="don_vi").select("05992").run()
    assert not app.exception
    assert "#### Xã Mai Pha" in words_of(app)


def test_profiles_with_one_unit_that_has_figures(read_only):
    read_only("one_unit")
    app = open_unit("05971")
    assert "Hạng 1 / 1 phường miền núi đủ số liệu, 4 đơn vị chưa đủ" in words_of(app)
    assert "Không có chỉ tiêu nào: không khác mức giữa" in words_of(app)
    assert "1/8 đơn vị đủ số liệu" in words_of(open_district("Thành phố Lạng Sơn"))
    other = open_district("Huyện Hữu Lũng")
    assert "Chưa xếp hạng vì chưa có đơn vị nào đủ số liệu (0/24" in words_of(other)
    assert "Không có tiêu chí nào bị 0 điểm" in words_of(other)


def test_profiles_after_the_districts_are_gone_and_across_the_change(read_only):
    read_only("two_vintages")
    app = open_unit("05977")
    assert "Địa giới đã đổi" in words_of(app)
    district = open_district("Thành phố Lạng Sơn")
    assert district.title[0].value == "Hồ sơ địa bàn huyện cũ năm 2026"
    assert district.selectbox(key="huyen").label == "Địa bàn huyện cũ"
    assert "đã sắp xếp lại" in district.table[0].value["Lưu ý"].iloc[-1]
