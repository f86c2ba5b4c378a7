"""The slides of a scenario carry its label, counts, changes and units."""

from io import BytesIO

from pptx import Presentation

from reports.exports.powerpoint.what_if import build_scenario_slides
from reports.facts.sentences import describe_what_if
from reports.facts.what_if import assess_scenario, compare_with_law, count_scenario, list_scenario_changes
from scoring.words import SCENARIO_LABEL
from shapes.layers.layers import load_layer
from tests.reports.scenarios import BOTH


def test_slides_carry_label_counts_changes_and_units(assessment, home):
    changed = assess_scenario(assessment, BOTH)
    rows = compare_with_law(assessment, changed)
    lines = [one.text for one in list_scenario_changes(assessment, BOTH)]
    content = build_scenario_slides(changed, rows, "Nới tiêu chí 3", lines, load_layer("2020", "20"))
    slides = list(Presentation(BytesIO(content)).slides)
    for slide in slides:
        texts = " ".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)
        assert SCENARIO_LABEL in texts
        assert "Số liệu minh họa" in texts
    texts = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    said = "\n".join(texts)
    assert "Nới tiêu chí 3" in said
    assert describe_what_if(count_scenario(rows)) in said
    assert all(line in said for line in lines)
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert tables[0].cell(1, 0).text == rows[rows["kind"] == "gained"]["name"].iloc[0]
