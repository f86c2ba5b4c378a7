"""What every export promises, whatever it is: each one in the registry is tried, so a new one inherits the tests."""

import re
from dataclasses import replace
from datetime import date
from functools import cache, partial
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from data.version import VERSION
from reports.exports.contexts import (
    ActionsContext,
    AreaContext,
    FormContext,
    ReturnedContext,
    TableContext,
    UnitContext,
    WhatIfContext,
)
from reports.exports.excel.collection import build_collection
from reports.exports.export import GROUP_WORDS, XLSX, Offer
from reports.exports.registry import EXPORTS, get_export, list_area_offers, list_offers, offer
from reports.facts.assessment import explain_unit
from reports.facts.what_if import compare_with_law
from tests.reports.provinces import PROVINCES, make_years_apart

DAY = date(2022, 12, 1)
EXPORT_IDS = [export.id for export in EXPORTS]
# The others' formulas are ours, and tested where they are made.
WORKBOOKS_OF_TEXTS = sorted(
    {export.id for export in EXPORTS if export.format == XLSX} - {"live_workbook", "form", "returned"}
)
_HIDES_DOUBTS = {"form", "returned", "actions"}  # they show no points


@pytest.fixture(scope="module")
def contexts(demo_store, province_of, before):
    """Gives a context of each scope for a kind of province."""

    @cache
    def make(kind: str) -> dict[type, object]:
        assessment, earlier = province_of(kind), before if kind == "demo" else None
        code = str(assessment.frame.index[0])
        row = assessment.frame.iloc[0]
        table = pd.DataFrame(
            {
                "unit": [row["name"], "=1+1"],
                "district": [row["district"], "@x"],
                "step": ["1.1. Bố trí người làm công tác trẻ em", "+2"],
                "owner": ["", "-cmd"],
                "due_date": [None, DAY],
                "done": [False, True],
            }
        )
        buffer = BytesIO()
        build_collection(buffer, assessment.standard, assessment.units, 2022)
        return {
            AreaContext: AreaContext(assessment, DAY, earlier, str(row["district_code"]) if kind == "demo" else None),
            UnitContext: UnitContext(assessment, DAY, code, partial(explain_unit, demo_store, assessment)),
            TableContext: TableContext(assessment, DAY, assessment.frame.iloc[::-1]),
            ActionsContext: ActionsContext(assessment, DAY, table),
            WhatIfContext: WhatIfContext(assessment, DAY, compare_with_law(assessment, assessment), ()),
            FormContext: FormContext(assessment.standard, assessment.units, 2022, DAY),
            ReturnedContext: ReturnedContext("Số liệu xã (1).xls", buffer.getvalue, 2022, DAY),
        }

    return make


@pytest.fixture(scope="module")
def built(contexts):
    """Gives some of the files that an export makes for a kind of province, with their bytes."""

    @cache
    def build(id_: str, kind: str) -> list[tuple[Offer, bytes]]:
        export = get_export(id_)
        offers = export.offer(contexts(kind)[export.scope])
        return [(offered, offered.build()) for offered in (*offers[:1], *offers[1:][-1:])]

    return build


def open_file(suffix: str, content: bytes) -> str:
    """The texts of a file that is opened by what its suffix says; raises where it is something else."""
    if suffix == "docx":
        document = Document(BytesIO(content))
        cells = [cell.text for table in document.tables for cell in table._cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if suffix == "pptx":
        slides = Presentation(BytesIO(content)).slides
        return "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
    if suffix == "xlsx":
        sheets = load_workbook(BytesIO(content)).worksheets
        return "\n".join(str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value is not None)
    if suffix == "png":
        Image.open(BytesIO(content)).verify()
        return ""
    return " ".join(re.findall(r">([^<>]+)<", content.decode()))


def version_of(suffix: str, content: bytes) -> str:
    """What a file's properties say of the program that made it."""
    if suffix in ("docx", "pptx", "xlsx"):
        return ZipFile(BytesIO(content)).read("docProps/core.xml").decode()
    if suffix == "png":
        return Image.open(BytesIO(content)).info["Software"]
    return re.search(r"<metadata>([^<]*)</metadata>", content.decode())[1]


def test_ids_differ_and_groups_have_words():
    assert len(set(EXPORT_IDS)) == len(EXPORT_IDS)
    assert {export.group for export in EXPORTS} <= set(GROUP_WORDS)
    with pytest.raises(KeyError):
        get_export("khong-co")


@pytest.mark.parametrize("kind", PROVINCES)
@pytest.mark.parametrize("id_", EXPORT_IDS)
def test_file_opens_says_its_doubts_and_its_version(built, contexts, id_, kind):
    for offered, content in built(id_, kind):
        suffix = offered.export.format.suffix
        texts = open_file(suffix, content)
        assert VERSION in version_of(suffix, content)
        assert offered.title.strip()
        if suffix != "png" and id_ not in _HIDES_DOUBTS:
            assert ("minh họa" in texts) or not offered.context.demo
            assert ("tạm tính" in texts.lower()) or not offered.context.assessment.provisional


@pytest.mark.parametrize("id_", EXPORT_IDS)
def test_name_is_plain_and_says_what_is_illustrative(contexts, id_):
    export = get_export(id_)
    for kind in PROVINCES:
        for offered in export.offer(contexts(kind)[export.scope]):
            assert offered.file_name.isascii()
            assert re.fullmatch(r"[a-z0-9._-]+", offered.file_name), offered.file_name
            assert offered.file_name.endswith(f".{export.format.suffix}")
            assert ("-so-lieu-minh-hoa." in offered.file_name) == offered.context.demo


@pytest.mark.parametrize("id_", EXPORT_IDS)
def test_same_figures_give_the_same_bytes(built, contexts, id_):
    export = get_export(id_)
    context = contexts("demo")[export.scope]
    for offered, content in built(id_, "demo"):
        assert Offer(export, replace(context), offered.variant).build() == content


@pytest.mark.parametrize("id_", WORKBOOKS_OF_TEXTS)
def test_no_text_of_a_user_becomes_a_formula(built, id_):
    for _, content in built(id_, "demo"):
        for sheet in load_workbook(BytesIO(content)).worksheets:
            assert not [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"]


def test_area_offers_names_that_differ(demo_store, assessment, before):
    explain = partial(explain_unit, demo_store, assessment)
    for district in (None, "178"):
        offers = list_area_offers(AreaContext(assessment, DAY, before, district), explain)
        names = [offered.file_name for offered in offers]
        assert len(set(names)) == len(names)
        units = 0 if district is None else (assessment.frame["district_code"] == district).sum()
        assert sum(offered.group == "unit" for offered in offers) == 2 * units


def test_a_context_gets_the_exports_of_its_scope_only(contexts):
    for scope, context in contexts("demo").items():
        ids = {offered.export.id for offered in list_offers(context)}
        assert ids <= {export.id for export in EXPORTS if export.scope is scope}
        assert ids


def test_one_offer_of_several_is_refused(contexts):
    assert offer("report", contexts("demo")[AreaContext]).export.id == "report"
    with pytest.raises(ValueError, match="unpack"):
        offer("map_png", contexts("demo")[AreaContext])


@pytest.mark.parametrize("id_", [export.id for export in EXPORTS if export.scope is AreaContext])
def test_no_file_compares_years_of_different_unit_lists(id_):
    before, now = make_years_apart()
    whole = AreaContext(now, date(2026, 12, 1), before)
    offers = get_export(id_).offer(whole)
    if id_.startswith("thay-doi"):
        assert offers == []
        return
    if offers and get_export(id_).format.suffix in ("docx", "pptx", "xlsx"):
        words = open_file(get_export(id_).format.suffix, offers[0].build()).lower()
        assert "mới đạt" not in words
        assert "mất kết quả" not in words
