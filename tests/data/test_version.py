"""The version stands once, in pyproject.toml."""

import re
import tomllib

from data.paths import PROJECT_ROOT
from data.version import VERSION


def test_version_is_that_of_the_project():
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
