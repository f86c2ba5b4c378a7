"""The built-in standard holds what the decision says, and a broken file is refused with its place."""

import copy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scoring.standard import STANDARDS_FOLDER, StandardError, get_standard, load_standard, standard_for_year
from scoring.standard.edges import MOST_EDGES, choose_edges
from tests.scoring.samples import ODD

SOURCE = (STANDARDS_FOLDER / "qd-06-2019.yaml").read_text(encoding="utf-8")


def test_counts_of_the_decision():
    standard = get_standard()
    assert len(standard.criteria) == 13
    assert sum(one.max_points for one in standard.indicators) == 1000
    assert [one.max_points for one in standard.criteria] == [100, 50, 100, 50, 75, 125, 50, 50, 50, 75, 75, 100, 100]
    minimum = {key: one.points for key, one in standard.recognition.minimum_total.items()}
    assert minimum == {"central_city_ward": 900, "mountain_island_or_disadvantaged": 800, "other": 850}
    assert standard.provisional


def test_seen_maxima_are_marked_so():
    seen = {one.number for one in get_standard().criteria if one.maximum.provenance == "seen"}
    assert seen == {1, 6, 7}


def test_standard_of_a_year():
    assert standard_for_year(2022).id == "qd-06-2019"


def change(path: str, value: object) -> dict:
    """The real file with one place changed; a value of ... deletes it."""
    content = yaml.safe_load(SOURCE)
    place = content
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    for part in parents:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = copy.deepcopy(value)
    return content


BROKEN = [
    ("criteria/1/max_points/points", 60, "criteria[1].max_points", "cộng lại 50"),
    ("total_points", 999, "total_points", "1000"),
    ("criteria/1/indicators/0/bands/1/at_least", 99, "bands[1]", "chồng"),
    ("criteria/7/indicators/0/bands/1/mountainous", 15, "bands[1]", "miền núi"),
    ("criteria/1/indicators/0/bands/1/points", 50, "bands[1].points", "không thấp hơn"),
    ("criteria/1/indicators/0/bands/0/at_most", 99, "bands[0]", "đúng một"),
    (
        "criteria/1/indicators/0/bands/1",
        {"at_most": 5, "points": 40, "provenance": "seen"},
        "bands[1]",
        "cùng một chiều",
    ),
    ("criteria/1/indicators/0/bands/2/at_least", -5, "bands[2]", "âm"),
    ("criteria/1/indicators/0/bands/0/at_least", "nhiều", "at_least", "số"),
    ("criteria/1/indicators/0/bands/0/provenance", "guess", "provenance", "danh sách"),
    ("criteria/1/indicators/0/numerator", "nobody", "numerator", "nobody"),
    ("criteria/1/indicators/0/denominator", "births_registered", "denominator", "là một"),
    ("criteria/1/indicators/0/denominator", ..., "denominator", "phải có"),
    ("criteria/1/indicators/0/when_none", ..., "when_none", "phải có"),
    ("criteria/1/indicators/0/unit", ..., "indicators[0].unit", "percent"),
    ("criteria/1/indicators/0/unit", "per mille", "indicators[0].unit", "percent"),
    ("criteria/1/indicators/0/unit", {"per": 1000, "of": "trẻ"}, "indicators[0].unit", "percent"),
    ("criteria/2/indicators/0/unit", ..., "indicators[0].unit", "tỷ suất"),
    ("criteria/2/indicators/0/unit", "percent", "indicators[0].unit", "tỷ suất"),
    ("criteria/2/indicators/0/unit/per", 1, "indicators[0].unit.per", "lớn hơn 1"),
    ("criteria/2/indicators/0/unit/per", 10**7, "indicators[0].unit.per", "không được lớn hơn"),
    ("criteria/2/indicators/0/unit/of", "", "indicators[0].unit.of", "để trống"),
    ("criteria/2/indicators/0/unit/each", 1, "indicators[0].unit.each", "không có trong mẫu"),
    ("criteria/0/indicators/0/unit", "percent", "indicators[0].unit", "chỉ tỷ lệ và tỷ suất"),
    ("criteria/1/indicators/0/bands/0/at_least", "98.1234567", "bands[0]", "quá 6 chữ số"),
    ("criteria/1/indicators/0/id", "1.1", "indicators", "lặp lại"),
    ("criteria/1/id", "tc1", "criteria", "lặp lại"),
    ("criteria/1/reference", "", "reference", "để trống"),
    ("criteria/1/reference", ..., "reference", "thiếu"),
    ("criteria/1/color", "red", "color", "không có trong mẫu"),
    ("criteria/0/indicators/0/numerator", "births", "indicators[0]", "answer"),
    ("inputs/extra", {"label": "Thừa", "kind": "count", "help": "x"}, "inputs.extra", "không được chỉ tiêu nào dùng"),
    ("inputs/births/part_of", "nobody", "inputs.births.part_of", "nobody"),
    ("inputs/births/part_of", "births_registered", "part_of", "vòng lặp"),
    ("inputs/births/label", "Tổng số trẻ em", "inputs.label", "lặp lại"),
    (
        "recognition/conditions/1/classes/other/points",
        2000,
        "recognition.conditions[1].classes.other.points",
        "lớn hơn",
    ),
    ("recognition/conditions/1/classes/other/points", 0, "recognition.conditions[1].classes.other.points", "lớn hơn 0"),
    ("recognition/conditions/1/classes/other/colour", 0, "conditions[1].classes.other.colour", "không có trong mẫu"),
    ("recognition/conditions/1/classes", {}, "recognition.conditions[1].classes", "thiếu phần tử"),
    ("recognition/conditions/0/points", 0, "recognition.conditions[0].points", "không có trong mẫu"),
    ("recognition/conditions/0/kind", "most_of_three", "recognition.conditions[0]", "no_criterion_at_zero"),
    ("recognition/conditions/0/kind", ..., "recognition.conditions[0]", "thiếu kind"),
    ("recognition/conditions/1", {"kind": "no_criterion_at_zero"}, "recognition.conditions", "lặp lại"),
    ("recognition/conditions/1", ..., "recognition.conditions", "thiếu điều kiện minimum_total"),
    ("recognition/minimum_total", {}, "recognition.minimum_total", "không có trong mẫu"),
    ("inputs/births/aliases", ["tổng số  TRẺ EM"], "inputs.births.aliases", "children"),
    ("inputs/births/aliases", [""], "inputs.births.aliases[0]", "để trống"),
    ("abbreviations", {"trẻ nhỏ": "trẻ em"}, "abbreviations.trẻ nhỏ", "một từ"),
    ("abbreviations", {"TE": "trẻ em"}, "abbreviations.TE", "viết thường"),
    ("map_edges", [], "map_edges", "thiếu phần tử"),
    ("map_edges", [100, 200, 300, 400, 500, 600], "map_edges", "nhiều hơn 5"),
    ("map_edges", [800, 800], "map_edges", "tăng dần"),
    ("map_edges", [0, 800], "map_edges", "từ 1 đến 1000"),
    ("map_edges", [800, 1001], "map_edges", "từ 1 đến 1000"),
    ("map_edges", ["tám trăm"], "map_edges[0]", "số nguyên"),
    ("in_force/to", "2018-01-01", "in_force", "hiệu lực"),
]


@pytest.mark.parametrize(
    ("path", "value", "place", "reason"), BROKEN, ids=[f"{one[0]}={one[1]}"[:60] for one in BROKEN]
)
def test_broken_standard_is_refused_with_file_place_and_reason(tmp_path, path, value, place, reason):
    file = tmp_path / "thử.yaml"
    file.write_text(yaml.safe_dump(change(path, value), allow_unicode=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(StandardError) as refusal:
        load_standard(file)
    message = str(refusal.value)
    assert "thử.yaml" in message
    assert place in message
    assert reason in message


def test_last_band_with_a_threshold_is_refused_with_its_number(tmp_path):
    last = len(yaml.safe_load(SOURCE)["criteria"][1]["indicators"][0]["bands"]) - 1
    path = f"criteria/1/indicators/0/bands/{last}/at_least"
    test_broken_standard_is_refused_with_file_place_and_reason(tmp_path, path, 10, f"bands[{last}]", "mức cuối")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SOURCE.replace("total_points: 1000", "total_points: 1000\ntotal_points: 1000"), "total_points"),
        ("criteria: [", "dòng"),
        ("- 1", "khóa con"),
    ],
)
def test_unreadable_yaml_is_refused(tmp_path, text, reason):
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(StandardError, match=reason):
        load_standard(file)


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(StandardError, match="không đọc được"):
        load_standard(tmp_path / "none.yaml")


def test_thresholds_are_exact(tmp_path):
    file = tmp_path / "a.yaml"
    content = change("criteria/1/indicators/0/bands/0/at_least", 98.1)
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    changed = next(indicator for indicator in load_standard(file).indicators if indicator.id == "2")
    bound = changed.bands[0].at_least
    assert (bound.numerator, bound.denominator) == (981, 10)


def test_edges_of_the_colour_classes_of_totals():
    assert get_standard().total_edges == (600, 700, 800, 850, 900)
    assert ODD.total_edges == (25, 35, 45, 55, 70)


@pytest.mark.parametrize(
    ("total", "minimums", "edges"),
    [
        (1000, [850], (450, 550, 650, 750, 850)),
        (100, [10], (10, 20, 30, 40, 50)),
        (100, [15, 100], (5, 15, 100)),
        (3, [2], (1, 2, 3)),
        (1, [1], (1,)),
        (100, [10, 20, 30, 40, 50, 60, 70, 80, 90], (10, 30, 50, 70, 90)),
    ],
)
def test_computed_edges(total, minimums, edges):
    assert choose_edges(total, minimums) == edges


@given(st.integers(1, 2000), st.data())
def test_edges_ascend_within_the_points_and_hold_the_minimum_totals(total, data):
    minimums = data.draw(st.lists(st.integers(1, total), min_size=1, max_size=8))
    edges = choose_edges(total, minimums)
    assert list(edges) == sorted(set(edges))
    assert edges[0] >= 1
    assert edges[-1] <= total
    assert len(edges) <= MOST_EDGES
    if len(set(minimums)) <= MOST_EDGES:
        assert set(minimums) <= set(edges)
    assert {min(minimums), max(minimums)} <= set(edges)


def test_edges_in_the_file_stand(tmp_path):
    file = tmp_path / "a.yaml"
    content = change("map_edges", [250, 500, 750])
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    assert load_standard(file).total_edges == (250, 500, 750)
