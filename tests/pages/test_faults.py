"""A fault of the machine is one sentence with a number on the page, its trace is in the log, and the page goes on."""

import re
from pathlib import Path

import pytest

from data.units.lists import load_units
from tests.broken import OPENING, WRITING, broken
from tests.data.samples import workbook
from tests.pages.conftest import use_caches_of
from tests.pages.opening import open_page

NUMBER = re.compile(r"Mã sự cố (\d{6}-[0-9A-F]{6}), ghi trong (\S+app\.log)")


@pytest.fixture(autouse=True)
def warm(demo_home) -> None:
    """The app has run before anything breaks."""
    open_page("explore/units")


def check(app, says: str, faults: list) -> None:
    """The page says the fault once, in words; the log has the trace under its number."""
    assert not app.exception
    (sentence,) = (error.value.replace("\\", "") for error in app.error)
    assert says in sentence
    number, path = NUMBER.search(sentence).groups()
    log = Path(path).read_text(encoding="utf-8")
    assert log.count(number) == 1
    assert "Traceback" in log[log.index(number) :]
    assert len(faults) == 1
    faults.clear()


@pytest.mark.parametrize("fault", OPENING)
def test_page_says_why_there_is_no_database_and_works_when_there_is(demo_home, monkeypatch, faults, fault):
    kept = (demo_home / "app.sqlite").read_bytes()
    with broken(OPENING[fault], demo_home, monkeypatch):
        use_caches_of(demo_home.parent / "nothing cached")
        check(open_page("explore/units"), OPENING[fault].says, faults)
    monkeypatch.undo()
    monkeypatch.setenv("APP_HOME", str(demo_home))
    (demo_home / "app.sqlite").write_bytes(kept)
    use_caches_of(demo_home)
    assert len(open_page("explore/units").dataframe[0].value) == 200


@pytest.mark.parametrize("fault", ["full", "locked"])
def test_upload_that_can_not_be_kept_says_why(demo_home, monkeypatch, faults, fault):
    with broken(WRITING[fault], demo_home, monkeypatch):
        use_caches_of(demo_home.parent / "nothing cached")
        if fault == "full":
            app = open_page("figures/submit")
            app.file_uploader[0].upload("a.xlsx", workbook(load_units("2020", "20")))
            check(app.run(), WRITING[fault].says, faults)
        else:
            check(open_page("figures/submit"), WRITING[fault].says, faults)
    use_caches_of(demo_home)


def test_mistake_of_the_program_is_a_sentence_too(demo_home, monkeypatch, faults):
    def fail(*_arguments):
        raise KeyError("births")

    monkeypatch.setattr("data.store.rounds.Rounds.list", fail)
    check(open_page("explore/units"), "Phần mềm gặp lỗi ngoài dự kiến", faults)
