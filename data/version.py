"""The version of the product, as pyproject.toml states it."""

import tomllib

from data.paths import PROJECT_ROOT


def read_version() -> str:
    """The version in pyproject.toml, such as "1.0.0"."""
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


VERSION = read_version()
