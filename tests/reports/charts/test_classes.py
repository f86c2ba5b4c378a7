"""Classes of a map count every unit once; their edges follow the standard."""

import pandas as pd
import pytest

from reports.charts.classes import (
    CHANGE_COLOURS,
    CHANGE_MARKS,
    POINT_CLASSES,
    classify,
    classify_changes,
    classify_criterion,
    classify_status,
    classify_total,
    classify_what_if,
    list_measures,
    name_measure,
    place_in_classes,
    total_edges,
)
from reports.facts.comparison import compare
from scoring.standard import Standard
from tests.reports.scenarios import BOTH, compare_scenario


def with_points(standard: Standard, total: int, minima: dict[str, int]) -> Standard:
    """The standard with another total and other minimum totals."""
    example = next(iter(standard.recognition.minimum_total.values()))
    minimum = {name: example.model_copy(update={"points": points}) for name, points in minima.items()}
    recognition = standard.recognition.with_minimum_total(minimum)
    return standard.model_copy(update={"total_points": total, "recognition": recognition})


def test_edges_of_the_decision(assessment):
    assert total_edges(assessment.standard) == (600, 700, 800, 850, 900)


@pytest.mark.parametrize(
    ("total", "minima", "edges"),
    [
        (100, {"a": 80, "b": 85, "c": 90}, (60, 70, 80, 85, 90)),
        (100, {"a": 50}, (10, 20, 30, 40, 50)),
        (100, {"a": 25}, (5, 15, 25, 35, 45)),
        (10, {"a": 3}, (1, 2, 3, 4, 5)),
        (2, {"a": 1}, (1, 2)),
        (100, {name: 10 * number for number, name in enumerate("abcdefg", start=1)}, (10, 30, 40, 50, 70)),
    ],
)
def test_edges_of_another_standard(assessment, total, minima, edges):
    standard = with_points(assessment.standard, total, minima)
    assert total_edges(standard) == edges
    frame = assessment.frame.assign(total=range(200), status="met").iloc[: total + 1]
    classes = classify_total(frame, standard)
    assert len(classes.colours) == len(edges) + 2
    assert len(set(classes.colours.values())) == len(classes.colours)
    for label, part in frame.groupby(classes.labels)["total"]:
        low, high = label.split(" điểm")[0].split(" – ")
        assert int(low) <= part.min() <= part.max() <= int(high)
    tops = [int(label.split(" điểm")[0].split(" – ")[1]) for label in classes.colours if "–" in label]
    assert max(tops) == total


def test_map_classes_name_every_unit_with_counts(assessment):
    frame = assessment.frame
    choices = [classify_status(frame), classify_total(frame, assessment.standard)]
    choices += [
        classify_criterion(frame, assessment.standard, criterion.id) for criterion in assessment.standard.criteria
    ]
    for classes in choices:
        assert set(classes.labels) <= set(classes.colours)
        for label in classes.colours:
            assert label.endswith(f"({(classes.labels == label).sum()})")
    zeros = classify_criterion(frame, assessment.standard, "tc5").labels
    assert (zeros.str.startswith("0 điểm") == frame["zeros"].map(lambda zeros: "tc5" in zeros)).all()


def test_classes_survive_one_unit_none_and_all_missing(assessment):
    for units in (assessment.frame.head(1), assessment.frame.head(0)):
        assert len(classify_status(units).labels) == len(units)
        assert len(classify_total(units, assessment.standard).labels) == len(units)
        assert len(classify_criterion(units, assessment.standard, "tc1").labels) == len(units)


def test_points_fall_in_the_class_that_names_them(assessment, scenes):
    names = list(POINT_CLASSES)
    for scene in (assessment, scenes["missing"]):
        for criterion in scene.standard.criteria:
            positions = place_in_classes(scene.frame, scene.standard, criterion.id)
            for points, position in zip(scene.frame[criterion.id], positions, strict=True):
                if pd.isna(points):
                    assert names[position] == "Chưa có số liệu"
                else:
                    full, zero = points == criterion.max_points, points == 0
                    half = points * 2 <= criterion.max_points
                    assert position == (0 if full else 3 if zero else 2 if half else 1)


def test_every_measure_has_a_name_and_classes(assessment):
    standard = assessment.standard
    measures = list_measures(standard)
    names = [name_measure(standard, "Tổng", measure) for measure in measures]
    assert names[:3] == ["Kết quả", "Tổng", "Tiêu chí 1: " + standard.criteria[0].name]
    assert len(set(names)) == len(measures) == 15
    for measure in measures:
        assert len(classify(assessment.frame, standard, measure).labels) == 200


def test_changes_are_counted_and_marked(assessment, before):
    compared = compare(before, assessment).units
    classes = classify_changes(compared)
    assert list(classes.colours.values()) == list(CHANGE_COLOURS.values())
    assert sum(int(label.rsplit("(", 1)[1].rstrip(")")) for label in classes.colours) == len(compared)
    assert classes.labels[compared["kind"] == "gained"].str.startswith(CHANGE_MARKS["gained"]).all()


def test_what_a_scenario_changes_is_counted_once(assessment):
    rows = compare_scenario(assessment, BOTH)
    classes = classify_what_if(rows)
    assert list(classes.labels.index) == list(rows.index)
    for label, number in classes.labels.value_counts().items():
        assert label.endswith(f"({number})")
        assert label in classes.colours
    assert sum(int(label.rsplit("(", 1)[1][:-1]) for label in classes.colours) == len(rows)
    assert classes.labels[rows["kind"] == "gained"].str.startswith("+ ").all()
    assert classes.labels[rows["kind"] == "lost"].str.startswith("− ").all()
    assert classify_what_if(rows.head(0)).colours
