"""What an area is called as a heading, in a sentence, in a file's name; since July 2025 districts are former ones."""

from dataclasses import replace

import pytest

from data.store import plan_round
from reports.facts.areas import (
    UNKNOWN_DISTRICT,
    Area,
    are_districts_former,
    area_of_district,
    area_of_round,
    area_of_units,
    name_kinds,
)
from reports.facts.assessment import Assessment
from tests.reports.provinces import make_year


@pytest.fixture(scope="module")
def later() -> Assessment:
    return make_year(plan_round(2026), lambda units: units[[]])


def words(area: Area) -> list[str]:
    return [area.name, area.in_sentence, area.full_name, area.whole, area.on_it, area.stem]


def test_a_province(assessment):
    area = area_of_round(assessment)
    assert (area.kind, area.code) == ("province", "20")
    assert words(area) == [
        "Tỉnh Lạng Sơn",
        "tỉnh Lạng Sơn",
        "Tỉnh Lạng Sơn",
        "toàn tỉnh",
        "trên địa bàn tỉnh Lạng Sơn",
        "toan-tinh",
    ]
    assert area_of_units(assessment) == area


def test_a_district(assessment):
    area = area_of_district(assessment, "187")
    assert (area.kind, area.code) == ("district", "187")
    assert words(area) == [
        "Huyện Chi Lăng",
        "huyện Chi Lăng",
        "Huyện Chi Lăng, Tỉnh Lạng Sơn",
        "huyện Chi Lăng",
        "trên địa bàn huyện Chi Lăng",
        "huyen-chi-lang",
    ]
    assert area_of_units(assessment.restrict_to_district("187")) == area
    with pytest.raises(KeyError):
        area_of_district(assessment, "999")


def test_a_former_district(later):
    assert are_districts_former(later)
    area = area_of_district(later, "181")
    assert words(area) == [
        "Địa bàn huyện Bình Gia cũ",
        "địa bàn huyện Bình Gia cũ",
        "Địa bàn huyện Bình Gia cũ, Tỉnh Lạng Sơn",
        "địa bàn huyện Bình Gia cũ",
        "trên địa bàn huyện Bình Gia cũ",
        "huyen-binh-gia",
    ]


def test_the_nation(assessment):
    nation = replace(assessment, round=replace(assessment.round, key=replace(assessment.round.key, area="VN")))
    area = area_of_round(nation)
    assert (area.kind, area.code) == ("nation", "")
    assert words(area) == ["Cả nước", "cả nước", "Cả nước", "cả nước", "trên cả nước", "ca-nuoc"]


def test_units_without_a_district_are_a_group_of_their_own(later):
    unknown = replace(later, units=later.units.assign(district="", district_code=""))
    assert area_of_district(unknown, "").name == UNKNOWN_DISTRICT
    assert area_of_units(later.restrict([])).kind == "province"


def test_kinds_of_units_that_there_are(assessment, later):
    assert name_kinds(assessment) == "xã, phường, thị trấn"
    assert name_kinds(later) == "xã, phường"
    assert name_kinds(assessment.restrict(["05971"])) == "phường"
