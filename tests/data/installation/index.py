"""Tests that ask the package index are skipped where it can't be reached, with the reason; other failures count."""

import os
import re

import pytest

_UNREACHED = re.compile(
    r"error sending request|dns error|operation timed out|Failed to establish|Failed to resolve|Read timed out", re.I
)


def skip_without_index(output: str = "") -> None:
    """Skip the test when a client's words say that it had no connection, or when the set-up was without internet."""
    if os.environ.get("PIP_NO_INDEX"):
        pytest.skip("set up without the internet (run.py --offline)")
    if match := _UNREACHED.search(output):
        pytest.skip(f"the package index can't be reached: {match[0]}")
