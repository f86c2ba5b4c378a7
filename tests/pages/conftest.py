"""Fixtures of the page tests: caches that start empty, a state folder with the demo province."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    st.cache_resource.clear()
    st.cache_data.clear()
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def demo_home(home: Path, demo_file: Path) -> Path:
    """A state folder with the demo province."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(demo_file, home / "app.sqlite")
    return home
