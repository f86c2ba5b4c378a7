"""Figures and rows in large type."""

from reports.charts.projector import draw_big_numbers, draw_rows


def test_figures_stand_side_by_side():
    spec = draw_big_numbers([("139", "đạt", "trong 200"), ("57", "không đạt", "")], ink="#abcdef").to_dict()
    (rows,) = spec["datasets"].values()
    assert [(row["value"], row["label"], row["remark"]) for row in rows] == [
        ("139", "đạt", "trong 200"),
        ("57", "không đạt", ""),
    ]
    assert {layer["mark"]["color"] for layer in spec["layer"]} == {"#abcdef"}


def cells_of(frame, widths, **options) -> list[dict]:
    (rows,) = draw_rows(frame, widths, **options).to_dict()["datasets"].values()
    return rows


def test_rows_beyond_the_most_are_counted(assessment):
    cells = cells_of(assessment.frame[["name"]], (30,), most=5)
    assert len(cells) == 1 + 5 + 1
    assert cells[-1]["text"] == "và 195 dòng khác"


def test_columns_start_after_the_ones_before_and_long_texts_go_on(assessment):
    cells = cells_of(assessment.frame[["name", "district"]].head(2), (12, 20))
    assert [cell["x"] for cell in cells[:2]] == [0, 12]
    assert [cell["heading"] for cell in cells[:2]] == [True, True]
    assert "\n" in cells[2]["text"]
    assert cells[4]["y"] > cells[2]["y"] + 1


def test_no_rows(assessment):
    assert len(cells_of(assessment.frame[["name"]].head(0), (30,))) == 1
