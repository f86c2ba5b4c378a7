"""A product that knows no standard but the odd one: its demo is stored, its units have its classes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import scoring.standard.load
from data.demo.province import YEARS, load_demo
from data.store import Store, open_store
from reports.exports.excel.collection import build_collection
from reports.facts.assessment import Assessment, load_assessment
from scoring.standard import get_standard
from tests.pages.conftest import use_caches_of
from tests.scoring.samples import ODD_FILE


@pytest.fixture(scope="module", autouse=True)
def odd_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folder of standards holds the odd one alone."""
    folder = tmp_path_factory.mktemp("standards")
    shutil.copy(ODD_FILE, folder / "odd.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring.standard.load, "STANDARDS_FOLDER", folder)
        get_standard.cache_clear()
        yield
    get_standard.cache_clear()


@pytest.fixture(scope="module")
def odd_home(odd_only: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder with the demo province under the odd standard, as the app's."""
    home = tmp_path_factory.mktemp("odd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APP_HOME", str(home))
        store = open_store()
        load_demo(store, build_collection)
        for year in YEARS:
            opened = store.rounds.choose(year)
            classes = store.classes.load(opened)
            classes["unit_class"] = ["near" if row % 3 else "remote" for row in range(len(classes))]
            classes["mountainous"] = [row % 2 == 0 for row in range(len(classes))]
            store.classes.save(opened, classes, "A")
        store.close()
        use_caches_of(home)
        yield home


@pytest.fixture(scope="module")
def store(odd_home: Path) -> Iterator[Store]:
    """The store of that folder."""
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def years(store: Store) -> list[Assessment]:
    """The assessed years, oldest first."""
    return [load_assessment(store, store.rounds.choose(year)) for year in YEARS]
