"""Machines that the product runs on: a Python on a system, the pins that hold there and the wheels that fit there."""

import operator
import platform
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.paths import PROJECT_ROOT

PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14), (3, 15))
NEWEST = "{}.{}".format(*PYTHONS[-1])
_SIGNS = {"<": operator.lt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne}
_MANYLINUX = (28, 27, 26, 24, 17, 12, 5)  # the glibc that a wheel asks for at least: 2.28 and all before it


@dataclass(frozen=True)
class System:
    """A system by the name in Vietnamese, Python's `sys.platform` and the platform tags of wheels, best first."""

    title: str
    sys_platform: str
    tags: tuple[str, ...]


SYSTEMS = {
    "win_amd64": System("Windows 64 bit", "win32", ("win_amd64",)),
    "macosx_arm64": System("macOS chip Apple", "darwin", ("macosx_14_0_arm64",)),
    "macosx_x86_64": System("macOS chip Intel", "darwin", ("macosx_15_0_x86_64",)),
    "linux_x86_64": System("Linux x86_64", "linux", tuple(f"manylinux_2_{glibc}_x86_64" for glibc in _MANYLINUX)),
    "linux_aarch64": System("Linux ARM 64 bit", "linux", tuple(f"manylinux_2_{glibc}_aarch64" for glibc in _MANYLINUX)),
}


@dataclass(frozen=True)
class Target:
    """A machine to install on; `system` is a key of `SYSTEMS`, or whatever Python calls a system that is none."""

    python: tuple[int, int]
    system: str

    @property
    def version(self) -> str:
        """Python's version as people write it, such as "3.12"."""
        return "{}.{}".format(*self.python)

    @property
    def title(self) -> str:
        """Words for messages: "Python 3.12 trên Windows 64 bit"."""
        return f"Python {self.version} trên {SYSTEMS[self.system].title if self.system in SYSTEMS else self.system}"

    @property
    def sys_platform(self) -> str:
        """What `sys.platform` says there."""
        return SYSTEMS[self.system].sys_platform if self.system in SYSTEMS else sys.platform


@dataclass(frozen=True)
class Pin:
    """An exact version of a package, as constraints.txt states it."""

    name: str
    version: str
    marker: str = ""

    def __str__(self) -> str:
        """The pin as pip reads it."""
        return f"{self.name}=={self.version}"

    @property
    def key(self) -> str:
        """The name as indexes compare it."""
        return normalise(self.name)


def normalise(name: str) -> str:
    """Name of a package as indexes compare it: PyYAML is pyyaml, types_PyYAML is types-pyyaml."""
    return re.sub(r"[-_.]+", "-", name).lower()


def this_target() -> Target:
    """The machine and the Python that run this."""
    return Target(sys.version_info[:2], _this_system())


def list_pins(target: Target, testing: bool = False) -> list[Pin]:
    """What is installed on a machine; with `testing` also what the tests and the checks need."""
    names = ("constraints.txt", "constraints-dev.txt") if testing else ("constraints.txt",)
    lines = (line for name in names for line in (PROJECT_ROOT / name).read_text(encoding="utf-8").splitlines())
    return [pin for pin in _pins(lines) if holds(pin.marker, target)]


def holds(marker: str, target: Target) -> bool:
    """Whether the marker of a pin holds on a machine: `python_version` and `sys_platform`, joined by `and`.

    Raises
    ------
    ValueError
        When the marker says something else.
    """
    return all(_condition_holds(part.strip(), target) for part in marker.split(" and ")) if marker else True


def list_missing(target: Target, names: Iterable[str], testing: bool = False) -> list[Pin]:
    """Pins of a machine for which none of the files is a wheel that fits there."""
    there = {wheel[:2] for wheel in map(_parse_wheel, names) if wheel and _fits(wheel[2], target)}
    return [pin for pin in list_pins(target, testing) if (pin.key, pin.version) not in there]


def numbers_of(version: str) -> tuple[int, ...]:
    """Numbers of a version in order: (2, 28) of "2.28"."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _this_system() -> str:
    machine = platform.machine().lower()
    if sys.platform == "win32":
        name = f"win_{machine}"
    elif sys.platform == "darwin":
        name = f"macosx_{machine}"
    else:
        name = f"{sys.platform}_{machine}"
    return name if struct.calcsize("P") == 8 else f"{name}_32"


def _pins(lines: Iterable[str]) -> Iterator[Pin]:
    for line in lines:
        if match := re.match(r"([\w.-]+)==([^\s;]+)(?:\s*;\s*(.+?))?\s*$", line):
            yield Pin(match[1], match[2], match[3] or "")


def _condition_holds(condition: str, target: Target) -> bool:
    match = re.fullmatch(r"""(python_version|sys_platform) (<|>=|==|!=) "([\w.]+)\"""", condition)
    if not match:
        raise ValueError(f"constraints: {condition}")
    name, sign, value = match.groups()
    if name == "python_version":
        return _SIGNS[sign](target.python, numbers_of(value))
    return _SIGNS[sign](target.sys_platform, value)


def _parse_wheel(name: str) -> tuple[str, str, tuple[str, str, str]] | None:
    parts = name.removesuffix(".whl").split("-")
    if not name.endswith(".whl") or len(parts) not in (5, 6):  # a sixth part is the number of a build
        return None
    return normalise(parts[0]), parts[1], (parts[-3], parts[-2], parts[-1])


def _fits(tags: tuple[str, str, str], target: Target) -> bool:
    pythons, abis, systems = (tag.split(".") for tag in tags)
    mine = "cp{}{}".format(*target.python)
    stable = "abi3" in abis and any(
        python.startswith("cp3") and int(python.removeprefix("cp3") or 0) <= target.python[1] for python in pythons
    )
    runs = "py3" in pythons or stable or (mine in pythons and not {mine, "none"}.isdisjoint(abis))
    return runs and any(system == "any" or _is_of(system, target.system) for system in systems)


def _is_of(tag: str, system: str) -> bool:
    if tag.startswith("macosx") and system.startswith("macosx"):
        return tag.endswith((system.removeprefix("macosx"), "universal2"))
    if tag.startswith("manylinux"):
        return system.startswith("linux") and tag.endswith(system.removeprefix("linux"))
    return tag == system
