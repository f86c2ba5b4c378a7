"""Wheels in a folder: what is missing there for a machine, and how pip is asked for them."""

import re
from pathlib import Path
from tempfile import TemporaryFile

from data.installation.causes import InstallationError, explained, this_machines_obstacle
from data.installation.targets import PYTHONS, SYSTEMS, Pin, Target, list_missing, list_pins, this_target

_NAMED = 5  # missing packages that a message names


def choose_target(python: str | None, system: str | None) -> Target:
    """The machine that wheels are wanted for: this one, but for what is stated.

    Raises
    ------
    InstallationError
        When the Python is none, or the system is not known.
    """
    here = this_target()
    if system is not None and system not in SYSTEMS:
        names = ", ".join(f"{name} ({known.title})" for name, known in SYSTEMS.items())
        raise InstallationError(f"Không có hệ máy “{system}”: sau --platform ghi một trong {names}.")
    if python is None:
        return Target(here.python, system or here.system)
    match = re.fullmatch(r"3\.(\d\d)(?:\.\d+)?", python)
    if not match or (3, int(match[1])) < PYTHONS[0]:
        first, last = ("{}.{}".format(*version) for version in (PYTHONS[0], PYTHONS[-1]))
        raise InstallationError(f"Phần mềm không chạy trên Python {python}: sau --python ghi từ {first} đến {last}.")
    return Target((3, int(match[1])), system or here.system)


def download_arguments(folder: Path, target: Target, testing: bool) -> list[str]:
    """Arguments of pip that put the wheels of a machine into a folder.

    The pins are named one by one: pip would evaluate markers for the Python that runs it, not for the target.
    """
    arguments = ["download", "--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    if target != this_target():
        version = "".join(map(str, target.python))
        arguments += ["--implementation", "cp", "--python-version", target.version, "--abi", f"cp{version}"]
        tags = SYSTEMS[target.system].tags if target.system in SYSTEMS else ()
        arguments += [argument for tag in tags for argument in ("--platform", tag)]
    return arguments + [str(pin) for pin in list_pins(target, testing)]


def make_folder(folder: Path) -> None:
    """Create the folder of the wheels if it isn't there.

    Raises
    ------
    InstallationError
        When it can't be made or written to.
    """
    with explained(folder):
        if folder.exists() and not folder.is_dir():
            raise InstallationError(f"{folder} là một tệp: chọn tên một thư mục để gom các gói vào.")
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass


def check_folder(folder: Path, target: Target, testing: bool) -> None:
    """Nothing when each package of a machine has its wheel in the folder.

    Raises
    ------
    InstallationError
        When the folder isn't there, or lacks packages: the sentence names them and the command that collects them, or
        says that there are none for such a machine.
    """
    name = f'"{folder.name}"' if " " in folder.name else folder.name
    command = f"“python run.py wheels {name}{_options(target, testing)}”"
    with explained(folder):
        if not folder.is_dir():
            raise InstallationError(
                f"Không thấy thư mục gói {folder}: chép vào đó gói gom bằng {command} trên máy có mạng rồi chạy lại."
            )
        missing = list_missing(target, [path.name for path in folder.iterdir()], testing)
    if missing:
        if obstacle := this_machines_obstacle():
            raise InstallationError(obstacle)
        raise InstallationError(
            f"Thư mục {folder} thiếu {_named(missing)} cho {target.title}: gom lại bằng {command} trên máy có mạng, "
            "chép sang rồi chạy lại."
        )


def count_wheels(folder: Path, target: Target, testing: bool) -> str:
    """Words on what a folder holds for a machine: "64 gói, 312 MB"."""
    size = sum(path.stat().st_size for path in folder.glob("*.whl"))
    return f"{len(list_pins(target, testing))} gói, cả thư mục {max(1, size // 1_000_000)} MB"


def _named(missing: list[Pin]) -> str:
    names = ", ".join(f"{pin.name} {pin.version}" for pin in missing[:_NAMED])
    more = f" và {len(missing) - _NAMED} gói khác" if len(missing) > _NAMED else ""
    return f"{len(missing)} gói ({names}{more})"


def _options(target: Target, testing: bool) -> str:
    """The options of `run.py wheels` that speak of this machine when they are given on another."""
    system = f" --platform {target.system}" if target.system in SYSTEMS else ""
    return f" --python {target.version}{system}{' --dev' if testing else ''}"
