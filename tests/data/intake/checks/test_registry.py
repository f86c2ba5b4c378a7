"""Each check stands in the registry, under its own name."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import data.intake.checks
from data.intake.checks.registry import CHECKS, PLAUSIBILITY_CHECKS, TABLE_CHECKS

FOLDER = Path(data.intake.checks.__path__[0])
WITHOUT_CHECKS = {"registry", "plausibility.values"}
MODULES = sorted(
    ".".join(path.relative_to(FOLDER).with_suffix("").parts) for path in FOLDER.rglob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_is_registered(name):
    module = import_module(f"data.intake.checks.{name}")
    checks = {
        function
        for public, function in inspect.getmembers(module, inspect.isfunction)
        if public.startswith("check_") and function.__module__ == module.__name__
    }
    if name in WITHOUT_CHECKS:
        return
    assert checks, f"{name} has no check_…"
    assert checks <= {*CHECKS, *TABLE_CHECKS, *PLAUSIBILITY_CHECKS}


def test_none_is_registered_twice():
    checks = [*CHECKS, *TABLE_CHECKS, *PLAUSIBILITY_CHECKS]
    assert len(checks) == len(set(checks))
