"""Whatever address a workbook names, nobody asks there: not when it is read, not when its marked copy is made."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest

from data.intake.parameters import Reading
from data.intake.read import read_workbook
from data.intake.returned.marked import UnmarkedError, build_marked_copy
from data.intake.workbook import open_workbook
from tests.data.intake.hostile.files import (
    BOOK,
    REAL,
    RELATIONS,
    SHEET,
    SOME,
    STRINGS,
    STYLES,
    patched,
    unzipped,
    zipped,
)
from tests.data.samples import STANDARD, YEAR
from tests.trap import Trap, trap
from tests.workbooks.sheets import Sheet, to_ods

__all__ = ["trap"]

pytestmark = pytest.mark.process
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


def declared(part: str, url: str, how: str) -> bytes:
    """A part whose document type is, or uses, something at an address."""
    start = b"<worksheet" if part == SHEET else b"<sst" if part == STRINGS else b"<styleSheet"
    texts = {
        "type": f'<!DOCTYPE x SYSTEM "{url}/x.dtd">',
        "entity": f'<!DOCTYPE x [<!ENTITY a SYSTEM "{url}/x">]>',
        "parameter": f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{url}/x.dtd"> %a;]>',
    }
    content = patched(part, start, texts[how].encode() + start)
    if how == "entity" and part == STRINGS:
        parts = unzipped(content)
        content = zipped(parts | {part: parts[part].replace(b"<t>", b"<t>&a;", 1)})
    return content


def linked(url: str) -> bytes:
    """A workbook that takes figures from another one at an address."""
    parts = unzipped(REAL)
    parts[BOOK] = parts[BOOK].replace(
        b"</sheets>", b'</sheets><externalReferences><externalReference r:id="rIdX"/></externalReferences>'
    )
    relation = f'<Relationship Id="rIdX" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{main}" xmlns:r="{OFFICE}"><externalBook r:id="rId1"><sheetNames><sheetName val="a"/>'
        "</sheetNames></externalBook></externalLink>"
    ).encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = related("externalLinkPath", f"{url}/x.xlsx")
    kinds = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    override = f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/>'
    parts[kinds] = parts[kinds].replace(b"</Types>", override.encode() + b"</Types>")
    return zipped(parts)


def related(kind: str, target: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return f'<Relationships xmlns="{namespace}">{relation}</Relationships>'.encode()


def pictured(url: str) -> bytes:
    """A sheet with a background that lies at an address."""
    parts = unzipped(patched(SHEET, b"</sheetData>", b"</sheetData>"))
    return zipped(parts | {SHEET_RELATIONS: related("image", f"{url}/x.png")})


FILES: dict[str, Callable[[str], bytes]] = {
    **{
        f"{how} of {part}": lambda url, part=part, how=how: declared(part, url, how)
        for part in (SHEET, STRINGS, STYLES)
        for how in ("type", "entity", "parameter")
    },
    "link to another workbook": linked,
    "picture at an address": pictured,
    "formula that asks": lambda url: patched(SHEET, b"<v>", f'<f>WEBSERVICE("{url}/x")</f><v>'.encode()),
    "open document": lambda url: to_ods({"S": Sheet([["a", f"{url}/x"], [f'=WEBSERVICE("{url}/x")', "b"]])}),
    "web page": lambda url: f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{url}/x"><html>&x;</html>'.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_no_address_of_a_workbook_is_asked(name, trap: Trap):
    content = FILES[name](trap.url)
    with suppress(UnmarkedError):
        workbook = open_workbook(content, "a.xlsx")
        ingest = read_workbook(workbook, Reading(STANDARD, SOME, YEAR))
        copy = build_marked_copy(content, workbook.sheets, ingest.findings, STANDARD, {}, {})
        with zipfile.ZipFile(BytesIO(copy)) as made:
            told = b"".join(made.read(part) for part in made.namelist() if part.endswith(".rels"))
        assert trap.url.encode() not in told  # nor does the copy make Excel ask
    assert trap.hits == []
