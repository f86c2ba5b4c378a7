"""The heat table and the heat chart colour and mark the same points."""

from reports.charts.classes import POINT_CLASSES
from reports.charts.heat import colour_heat, draw_heat, style_heat
from reports.facts.tables import heat_table


def test_zero_and_missing_have_a_mark_of_their_own(assessment):
    frame = assessment.frame
    table = heat_table(assessment, frame)
    html = style_heat(table, colour_heat(table, frame, assessment.standard)).to_html()
    assert html.count("× 0") == (frame[[criterion.id for criterion in assessment.standard.criteria]] == 0).sum().sum()
    assert html.count(">–<") == frame[[criterion.id for criterion in assessment.standard.criteria]].isna().sum().sum()


def test_heat_chart_keeps_units_of_one_name_apart(assessment):
    frame = assessment.frame.head(2).assign(name="Xã A", district="Huyện B")
    spec = draw_heat(frame, assessment.standard)
    rows = spec["vconcat"][1]["data"]["values"]
    assert len({(row["row"], row["criterion"]) for row in rows}) == 26


def test_table_and_chart_have_the_same_colours(assessment):
    frame = assessment.frame.head(9)
    table = heat_table(assessment, frame)
    colours = colour_heat(table, frame, assessment.standard)
    cells = draw_heat(frame, assessment.standard)["vconcat"][1]["data"]["values"]
    assert len(cells) == 9 * 13
    for cell in cells:
        css = colours.iloc[cell["row"]][f"TC{cell['criterion']}"]
        assert css == f"background-color: {cell['colour']}; color: {cell['ink']}"
        assert cell["colour"] in POINT_CLASSES.values()
    assert (colours[["Đơn vị", "Kết quả"]] == "").all(axis=None)


def test_no_units(assessment):
    table = draw_heat(assessment.frame.head(0), assessment.standard)["vconcat"][1]
    assert table["data"]["values"] == []
    assert table["height"] > 0
