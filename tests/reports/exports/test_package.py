"""Every file of an area can be built and opened, its name is plain, and the zip holds them all."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from reports.exports.package import build_package, list_takeaways, list_unit_files
from reports.facts.assessment import load_assessment
from tests.reports.provinces import PROVINCES, make_province

DAY = date(2022, 12, 1)


def open_file(name: str, content: bytes) -> None:
    """Open a file by what its name says it is; raises where it is not."""
    kind = name.rsplit(".", 1)[1]
    if kind == "docx":
        assert Document(BytesIO(content)).paragraphs
    elif kind == "pptx":
        assert len(Presentation(BytesIO(content)).slides) >= 8
    elif kind == "xlsx":
        assert load_workbook(BytesIO(content)).sheetnames
    elif kind == "png":
        Image.open(BytesIO(content)).verify()
    else:
        assert content.startswith(b"<svg")


@pytest.mark.parametrize("province", PROVINCES)
def test_documents_of_every_province_open(demo_store, province):
    assessment = make_province(demo_store, province)
    for one in list_takeaways(demo_store, assessment, None, None, DAY):
        if one.group != "picture":
            open_file(one.file_name, one.build())


def test_zip_of_a_district_holds_every_file(demo_store):
    now, before = load_assessment(demo_store, 2022), load_assessment(demo_store, 2021)
    files = list_takeaways(demo_store, now, before, "189", DAY)
    units = now.frame[now.frame["district_code"] == "189"]
    assert sum(one.group == "unit" for one in files) == 2 * len(units)
    chosen = [one for one in files if one.group != "picture"] + [one for one in files if one.group == "picture"][-12:]
    chosen = [one for one in chosen if one.group != "unit"] + [one for one in chosen if one.group == "unit"][:4]
    heard = []
    package = ZipFile(BytesIO(build_package(chosen, lambda number, title: heard.append((number, title)))))
    assert package.namelist() == [one.file_name for one in chosen]
    assert heard == [(number, one.title) for number, one in enumerate(chosen)]
    for name in package.namelist():
        open_file(name, package.read(name))


def test_names_are_plain_say_what_is_illustrative_and_differ(demo_store):
    now = load_assessment(demo_store, 2022)
    for district in (None, "178"):
        names = [one.file_name for one in list_takeaways(demo_store, now, None, district, DAY)]
        assert len(set(names)) == len(names)
        assert all(name.isascii() and "-so-lieu-minh-hoa." in name for name in names)


def test_files_of_a_unit(demo_store):
    now = load_assessment(demo_store, 2022)
    sheet, minutes = list_unit_files(demo_store, now, "05971", DAY)
    assert sheet.file_name == "phieu-cham-diem-05971-phuong-hoang-van-thu-2022-so-lieu-minh-hoa.docx"
    said = "\n".join(cell.text for table in Document(BytesIO(sheet.build())).tables for cell in table._cells)
    assert "Trẻ em được khai sinh đúng quy định" in said
    open_file(minutes.file_name, minutes.build())
