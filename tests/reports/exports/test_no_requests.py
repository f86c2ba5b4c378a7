"""Whatever address a template of the office's own names, nobody asks there when it is opened and filled."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from reports.exports.powerpoint import deck
from reports.exports.word.fill import BUILT_IN, fill_template
from tests.trap import Trap, trap

__all__ = ["trap"]

WORD = "bien-ban-hop.docx"
BUILT_IN_PARTS = {
    WORD: (BUILT_IN / WORD, "word/document.xml", "word/_rels/document.xml.rels"),
    deck.TEMPLATE_NAME: (deck.find_slides_template, "ppt/presentation.xml", "ppt/_rels/presentation.xml.rels"),
}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HOW: dict[str, Callable[[str], str]] = {
    "type": lambda url: f'<!DOCTYPE x SYSTEM "{url}/x.dtd">',
    "entity": lambda url: f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{url}/x.dtd"> %a;]>',
}


def write_template(name: str, how: str, url: str, home: Path) -> None:
    """The built-in template, its main part with a document type, and a picture and a template at an address."""
    source, main, relations = BUILT_IN_PARTS[name]
    path = home / "templates" / name
    built_in = source if isinstance(source, Path) else source()
    path.parent.mkdir(parents=True)
    links = "".join(
        f'<Relationship Id="rIdX{kind}" Type="{OFFICE}/{kind}" Target="{url}/{kind}" TargetMode="External"/>'
        for kind in ("image", "attachedTemplate", "frame", "subDocument")
    )
    with zipfile.ZipFile(built_in) as kept, zipfile.ZipFile(path, "w") as made:
        for part in kept.namelist():
            content = kept.read(part)
            if part == main:
                head, mark, rest = content.partition(b"?>")
                content = head + mark + HOW[how](url).encode() + rest
            if part == relations:
                content = content.replace(b"</Relationships>", links.encode() + b"</Relationships>")
            made.writestr(part, content)


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("name", BUILT_IN_PARTS)
def test_no_address_of_a_template_is_asked(name, how, home, trap: Trap):
    write_template(name, how, trap.url, home)
    with suppress(Exception):  # what it lacks or has too much of is another test's matter
        if name == WORD:
            fill_template(name, {}, "Biên bản")
        else:
            deck.open_template()
    assert trap.hits == []
