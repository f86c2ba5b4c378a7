"""Files with bytes changed, put in, taken out: none raises, none is accepted in part."""

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.intake.findings.catalogue import CATALOGUE
from data.intake.reading import cells
from data.intake.reading.archive import list_files
from tests.data.intake.hostile.cases import NAME, assert_sound, is_sentence, read
from tests.data.intake.hostile.files import (
    BOOK,
    REAL,
    RELATIONS,
    SHEET,
    STRINGS,
    STYLES,
    as_csv,
    as_ods,
    as_xls,
    unzipped,
    zipped,
)
from tests.examples import examples
from tests.in_process import LastingReader

SOURCES: dict[str, Callable[[], bytes]] = {"xlsx": lambda: REAL, "xls": as_xls, "ods": as_ods, "csv": as_csv}
PLACES = [
    *[("xlsx", path) for path in (SHEET, SHEET, SHEET, STRINGS, STRINGS, BOOK, STYLES, RELATIONS, None)],
    *[("xls", None), ("xls", None), ("ods", "content.xml"), ("ods", "content.xml"), ("ods", None)],
    *[("csv", None), ("csv", None)],
]
TOKENS = [
    *[b"", b"0", b"-1", b"0.5", b"NaN", b"-inf", b"1e22", b"1e308", b"99999999999999999999", b"1" * 5000, b"65535"],
    *[b"\0", b"\xff\xfe", b"&#1;", b"&i;", b"<", b">", b'"', b"'", b"]]>", b"<!--", b"<!DOCTYPE x>", b"\r\n", b";;"],
    *[b"XFD1048576", b"A0", b"A5:C7", b't="e"', b't="s"', b't="b"', b't="d"', b's="9"', b'hidden="1"', b"#REF!"],
    *[b"<f>1+1</f>", b"=1+1", b"@x", b"05971", "Xã".encode(), "Tổng cộng".encode(), "Huyện Bình Gia".encode(), b"x"],
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "insert", "delete", "repeat", "number", "number", "text", "text"]),
        st.integers(0, 2**20 - 1),
        st.integers(1, 300),
        st.sampled_from(TOKENS) | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=4,
)
NUMBER, TEXT = re.compile(rb"\d+"), re.compile(rb'(?<=>)[^<>]+(?=<)|(?<=")[^"]+(?=")')


def mutate(content: bytes, steps: list[tuple[str, int, int, bytes]]) -> bytes:
    """The content with slices flipped, put in, taken out or repeated, numbers and texts replaced."""
    for kind, where, length, token in steps:
        at = where * len(content) >> 20
        end = min(at + length, len(content))
        if kind in ("number", "text"):
            found = (NUMBER if kind == "number" else TEXT).search(content, at)
            at, end = found.span() if found else (at, at)
        slices = {
            "flip": bytes(one ^ (length & 255) for one in content[at : at + 1]) + content[at + 1 : end],
            "insert": token + content[at:end],
            "delete": b"",
            "repeat": content[at:end] * 2,
        }
        content = content[:at] + slices.get(kind, token) + content[end:]
    return content


@pytest.fixture(scope="module")
def lasting_reader() -> Iterator[None]:
    """Files are read in one process: some of them would end the process of the tests."""
    reader = LastingReader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "readers", reader)
        yield
    reader.close()


@examples(60)
@given(st.sampled_from(PLACES), STEPS)
def test_mutated_bytes_never_raise(lasting_reader, place, steps):
    check_mutated(place, steps)


@pytest.mark.process
@examples(5)
@given(st.sampled_from(PLACES), STEPS)
def test_mutated_bytes_never_raise_by_processes(place, steps):
    check_mutated(place, steps)


def check_mutated(place: tuple[str, str | None], steps: list[tuple[str, int, int, bytes]]) -> None:
    kind, path = place
    content = SOURCES[kind]()
    if path is None:
        content = mutate(content, steps)
    else:
        parts = unzipped(content)
        content = zipped(parts | {path: mutate(parts[path], steps)})
    ingest = read(content, f"a.{kind}")
    assert_sound(ingest)
    if ingest.accepted and path is None and kind in ("xlsx", "ods"):  # the checksums of a zip tell of any damage
        assert ingest.wide().equals(read(REAL).wide())


@examples(200)
@given(STEPS)
def test_mutated_zip_of_files_never_raises(steps):
    files, findings = list_files("a.zip", mutate(zipped({"Huyện A/a.csv": as_csv(), "b.xls": as_xls()}), steps))
    assert files or findings
    assert all(0 < len(one.message) < 1000 and one.code in CATALOGUE for one in findings)


@pytest.mark.parametrize("damage", [b"\xff", b"\x07" * 20, bytes(200)], ids=["a byte", "some bytes", "many bytes"])
def test_damaged_file_in_a_zip_is_refused(damage):
    content = bytearray(zipped({"a.csv": as_csv()}))
    content[100 : 100 + len(damage)] = damage
    files, (finding,) = list_files(NAME, bytes(content))
    assert not files
    assert finding.code == "not_a_workbook"
    assert is_sentence(finding.message)
