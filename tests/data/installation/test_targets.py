"""Which wheel fits which machine: the same answers as the library that pip asks."""

import pytest
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from data.installation.targets import PYTHONS, SYSTEMS, Target, list_missing, list_pins, this_target

TARGETS = [Target(python, system) for python in PYTHONS for system in SYSTEMS]
TAGS = (
    "py3-none-any",
    "py2.py3-none-any",
    "py2-none-any",
    "py3-none-win_amd64",
    "py3-none-manylinux2014_x86_64",
    "cp311-cp311-win_amd64",
    "cp315-cp315-win_amd64",
    "cp315-cp315t-win_amd64",
    "cp312-none-win_amd64",
    "cp310-abi3-win_amd64",
    "cp313-abi3-win_amd64",
    "cp37-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64",
    "cp312-cp312-win32",
    "cp312-cp312-win_arm64",
    "cp312-cp312-macosx_14_0_arm64",
    "cp312-cp312-macosx_10_13_x86_64",
    "cp313-cp313-macosx_11_0_universal2",
    "cp314-cp314-manylinux_2_28_x86_64",
    "cp314-cp314-manylinux_2_28_aarch64",
    "cp314-cp314-musllinux_1_2_x86_64",
    "pp311-pypy311_pp73-win_amd64",
)


def platforms_of(target: Target) -> list[str]:
    """Tags of a machine's system as the library names them; the old names of manylinux too."""
    system = SYSTEMS[target.system]
    if target.system.startswith("macosx"):
        _, major, _, *architecture = system.tags[0].split("_")
        return list(mac_platforms((int(major), 0), "_".join(architecture)))
    old = {"17": "manylinux2014", "12": "manylinux2010", "5": "manylinux1"}
    numbers = [(tag.split("_")[2], tag.split("_", 3)[3]) for tag in system.tags if tag.startswith("manylinux")]
    return [*system.tags, *(f"{old[number]}_{machine}" for number, machine in numbers if number in old)]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: f"{target.system}-{target.version}")
@pytest.mark.parametrize("tag", TAGS)
def test_a_wheel_fits_where_pip_says_so(target, tag):
    pin = list_pins(target)[0]
    name = f"{pin.name}-{pin.version}-{tag}.whl"
    platforms, abi = platforms_of(target), "cp{}{}".format(*target.python)
    supported = {*cpython_tags(target.python, [abi], platforms), *compatible_tags(target.python, abi, platforms)}
    assert (pin not in list_missing(target, [name])) == bool(parse_wheel_filename(name)[3] & supported)


def test_other_names_versions_and_files_are_no_wheel_of_a_pin():
    target = this_target()
    pin = list_pins(target)[0]
    names = [f"{pin.name}-0.0.1-py3-none-any.whl", f"{pin.name}x-{pin.version}-py3-none-any.whl", "ghi chú.txt"]
    assert pin in list_missing(target, [*names, f"{pin.name}-{pin.version}.tar.gz", "x.whl"])
    assert pin not in list_missing(target, [f"{pin.name}-{pin.version}-1-py3-none-any.whl"])


def test_names_are_compared_as_an_index_does():
    target = this_target()
    pin = next(pin for pin in list_pins(target) if pin.name == "PyYAML")
    assert pin not in list_missing(target, [f"pyyaml-{pin.version}-py3-none-any.whl"])


def test_this_machine_is_one_of_the_systems_or_named_as_python_names_it():
    target = this_target()
    assert target.version.startswith("3.")
    assert target.title.startswith(f"Python {target.version} trên ")


def test_unknown_system_is_named_as_it_is():
    assert Target((3, 12), "freebsd14_amd64").title == "Python 3.12 trên freebsd14_amd64"
