"""The zip holds every file under its name and tells how far it is."""

from datetime import date
from functools import partial
from io import BytesIO
from zipfile import ZipFile

from data.version import VERSION
from reports.exports.contexts import AreaContext, UnitContext
from reports.exports.package import build_package
from reports.exports.registry import list_area_offers, list_offers
from reports.facts.assessment import explain_unit
from tests.reports.exports.test_contract import open_file

DAY = date(2022, 12, 1)


def test_zip_of_a_district_holds_every_file(demo_store, assessment, before):
    offers = list_area_offers(
        AreaContext(assessment, DAY, before, "189"), partial(explain_unit, demo_store, assessment)
    )
    by_group = {group: [offered for offered in offers if offered.group == group] for group in ("picture", "unit")}
    others = [offered for offered in offers if offered.group not in by_group]
    chosen = others + by_group["picture"][-6:] + by_group["unit"][:4]
    heard = []
    content = build_package(chosen, lambda number, title: heard.append((number, title)))
    package = ZipFile(BytesIO(content))
    assert package.namelist() == [offered.file_name for offered in chosen]
    assert heard == [(number, offered.title) for number, offered in enumerate(chosen)]
    assert VERSION in package.comment.decode()
    for name in package.namelist():
        open_file(name.rsplit(".", 1)[1], package.read(name))


def test_files_of_a_unit(demo_store, assessment):
    sheet, minutes = list_offers(UnitContext(assessment, DAY, "05971", partial(explain_unit, demo_store, assessment)))
    assert sheet.file_name == "phieu-cham-diem-05971-phuong-hoang-van-thu-2022-so-lieu-minh-hoa.docx"
    assert "Trẻ em được khai sinh đúng quy định" in open_file("docx", sheet.build())
    assert open_file("docx", minutes.build())
