"""The pins: complete, exact, and with a ready-made wheel on each Python and system that the README names."""

import importlib.metadata
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from data.installation.targets import PYTHONS, SYSTEMS, Target, holds, list_pins, normalise, this_target
from tests.data.installation.index import skip_without_index

ROOT = Path(__file__).resolve().parents[3]
TARGETS = [Target(python, system) for python in PYTHONS for system in SYSTEMS]
UV_NAMES = {
    "win_amd64": "x86_64-pc-windows-msvc",
    "macosx_arm64": "aarch64-apple-darwin",
    "macosx_x86_64": "x86_64-apple-darwin",
    "linux_x86_64": "x86_64-manylinux_2_28",
    "linux_aarch64": "aarch64-manylinux_2_28",
}
SECONDS = 50


def requirements_of(name: str) -> list[Requirement]:
    """Direct requirements of a file and of the files that it includes."""
    found = []
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found += requirements_of(line.removeprefix("-r "))
        elif line and not line.startswith(("#", "-")):
            found.append(Requirement(line))
    return found


def environment_of(target: Target) -> dict[str, str]:
    return {"python_version": target.version, "sys_platform": target.sys_platform}


def resolve_again(requirements: str, target: Target) -> subprocess.CompletedProcess[str]:
    """The same from what was fetched a moment ago for the first machine; the index is asked for what that lacks."""
    answer = resolve(requirements, target, "--offline")
    return resolve(requirements, target) if answer.returncode else answer


def resolve(requirements: str, target: Target, *options: str) -> subprocess.CompletedProcess[str]:
    """What uv finds for a machine: the wheels alone, each marker as it holds there."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate"]
    command += ["--only-binary", ":all:", "--python", sys.executable, "--no-python-downloads"]
    command += [
        "--python-version",
        target.version,
        "--python-platform",
        UV_NAMES[target.system],
        requirements,
        *options,
    ]
    macos = {"macosx_arm64": "14.0", "macosx_x86_64": "15.0" if target.python >= (3, 15) else "13.0"}
    environment = os.environ | {
        "MACOSX_DEPLOYMENT_TARGET": macos.get(target.system, "14.0"),
        "UV_HTTP_TIMEOUT": "15",
        "UV_HTTP_RETRIES": "2",
    }
    try:
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", "operation timed out")


@pytest.mark.network
def test_pins_are_what_a_resolver_finds_everywhere():
    """On each Python and system there is a wheel of every pin, no pin is lacking and none is left over."""
    skip_without_index()
    skip_without_index(resolve("requirements-dev.txt", TARGETS[0]).stderr)
    wrong = {}
    with ThreadPoolExecutor(8) as pool:
        for requirements, testing in (("requirements-dev.txt", True), ("requirements.txt", False)):
            answers = pool.map(partial(resolve_again, requirements), TARGETS)
            for target, answer in zip(TARGETS, answers, strict=True):
                resolved = {tuple(line.split("==")) for line in answer.stdout.split()}
                pinned = {(pin.key, pin.version) for pin in list_pins(target, testing)}
                if answer.returncode or resolved != pinned:
                    difference = f"lacking {sorted(resolved - pinned)}, left over {sorted(pinned - resolved)}"
                    wrong[requirements, target.title] = answer.stderr or difference
    assert not wrong


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.system}-{target.version}")
def test_each_requirement_is_one_exact_pin(target):
    pins = {pin.key: pin.version for pin in list_pins(target, testing=True)}
    assert len(pins) == len(list_pins(target, testing=True))
    for requirement in requirements_of("requirements-dev.txt"):
        if requirement.marker is None or requirement.marker.evaluate(environment_of(target)):
            assert str(requirement.specifier) == f"=={pins[normalise(requirement.name)]}", requirement


@pytest.mark.parametrize(("requirements", "testing"), [("requirements.txt", False), ("requirements-dev.txt", True)])
def test_all_that_installed_packages_ask_for_is_pinned(requirements, testing):
    """Without the internet: the packages of this Python say themselves what they bring along."""
    pins = {pin.key: pin.version for pin in list_pins(this_target(), testing)}
    waiting = [(requirement, "") for requirement in requirements_of(requirements)]
    seen = set()
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        key = normalise(requirement.name)
        assert key in pins, requirement
        assert requirement.specifier.contains(pins[key], prereleases=True), requirement
        for wanted in {"", *requirement.extras}:
            if (key, wanted) not in seen:
                seen.add((key, wanted))
                waiting += [(Requirement(line), wanted) for line in importlib.metadata.requires(key) or ()]
    assert {key for key, _ in seen} == set(pins)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.system}-{target.version}")
def test_markers_hold_where_pips_hold(target):
    lines = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in ("constraints.txt", "constraints-dev.txt"))
    markers = set(re.findall(r";\s*(.+)", lines)) | {'python_version >= "3.13" and sys_platform == "darwin"'}
    assert len(markers) >= 4
    for marker in markers:
        assert holds(marker, target) == Marker(marker).evaluate(environment_of(target)), marker


def test_a_marker_that_is_not_understood_is_refused():
    with pytest.raises(ValueError, match="implementation_name"):
        holds('implementation_name != "pypy"', TARGETS[0])


def test_only_wheels_are_installed():
    assert "--only-binary :all:" in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
