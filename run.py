#!/usr/bin/env python3
"""The launcher: `python run.py` sets everything up and opens the app; `python run.py test` sets up and tests,
`python run.py check` what takes a minute of it.

Standard library only, so that it runs before anything is installed. It makes `.venv`, installs the pinned packages
once, and hands each command over to `commands.py` under that Python. `wheels DIR` collects the packages for a machine
without internet, `--offline DIR` installs from them. How is in data/installation.

Pythons back to 3.6 read this file, to say that they are too old: annotations that they do not know are quoted, and the
project is imported where it is used.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MINIMUM_PYTHON = (3, 11)
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")


def main(arguments: "list[str]") -> int:
    """Set up what the command needs, run it and return its exit code."""
    _speak_utf8()
    if sys.version_info < MINIMUM_PYTHON:
        print(f"Cần Python 3.11 trở lên, máy đang dùng {platform.python_version()}: tải tại python.org rồi chạy lại.")
        return 2
    from data.installation.causes import InstallationError
    from data.installation.environment import collect_wheels, set_up

    try:
        wheels, arguments = _take_offline(arguments)
        if arguments[:1] == ["wheels"]:
            return collect_wheels(arguments[1:])
        testing = arguments[:1] in (["test"], ["check"])
        python = set_up(ROOT / ("requirements-dev.txt" if testing else "requirements.txt"), wheels)
    except InstallationError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    environment = os.environ | {"PYTHONUTF8": "1"}
    if testing:
        if arguments[0] == "test":  # what a check takes is at hand
            environment |= find_browser() | find_office() | find_postgres()
        command = [python, str(ROOT / "tests" / "run_checks.py"), *arguments]
    else:
        command = [python, str(ROOT / "commands.py"), *arguments]
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


def find_browser() -> "dict[str, str]":
    """Environment that names a Chromium for the browser tests; installs Debian's where that is possible.

    Without one the dictionary is empty, the browser tests are skipped, and a sentence says what to install.
    """
    if os.environ.get("BROWSER_PATH"):
        return {}
    found = _installed_browser()
    if not found and _can_install():
        print("Cài trình duyệt Chromium của Debian cho phép thử giao diện …", flush=True)
        _install_debian("chromium")
        found = _installed_browser()
    if found:
        return {"BROWSER_PATH": found}
    print(
        "Không thấy trình duyệt Chromium, Chrome hay Edge nên bỏ qua các phép thử giao diện. "
        "Cài một trong ba trình duyệt, hoặc đặt biến BROWSER_PATH tới tệp chạy của nó."
    )
    return {}


def find_office() -> "dict[str, str]":
    """Environment that names a LibreOffice, which the tests recalculate workbooks with; installs Debian's if possible.

    Without one the dictionary is empty, the tests that need it are skipped, and a sentence says what to install.
    """
    if os.environ.get("OFFICE_PATH"):
        return {}
    found = shutil.which("soffice")
    if not found and _can_install():
        print("Cài LibreOffice của Debian cho phép thử bảng tính, văn bản và trang chiếu …", flush=True)
        _install_debian("libreoffice-calc-nogui", "libreoffice-writer-nogui", "libreoffice-impress-nogui")
        found = shutil.which("soffice")
    if found:
        return {"OFFICE_PATH": found}
    print("Không thấy LibreOffice nên bỏ qua các phép thử tính lại bảng tính. Cài LibreOffice rồi chạy lại.")
    return {}


def find_postgres() -> "dict[str, str]":
    """Environment that names the folder of PostgreSQL's programs (initdb, pg_ctl); installs Debian's if possible.

    Without one the dictionary is empty, the tests on PostgreSQL are skipped, and a sentence says what to install.
    """
    if os.environ.get("POSTGRES_BIN"):
        return {}
    found = _installed_postgres()
    if not found and _can_install():
        print("Cài PostgreSQL của Debian cho phép thử trên PostgreSQL …", flush=True)
        _install_debian("postgresql")
        found = _installed_postgres()
    if found:
        return {"POSTGRES_BIN": found}
    print(
        "Không thấy PostgreSQL nên bỏ qua các phép thử trên PostgreSQL. "
        "Cài PostgreSQL, hoặc đặt biến POSTGRES_BIN tới thư mục có initdb và pg_ctl."
    )
    return {}


def _can_install() -> bool:
    if os.environ.get("PIP_NO_INDEX"):  # set up without the internet
        return False
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def _install_debian(*packages: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=quiet)


def _installed_browser() -> "str | None":
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge"):
        path = shutil.which(name)
        if path:
            return path
    folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    places = [
        Path(folder) / program
        for folder in folders
        if folder
        for program in ("Microsoft/Edge/Application/msedge.exe", "Google/Chrome/Application/chrome.exe")
    ]
    places.append(Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))
    return next((str(place) for place in places if place.exists()), None)


def _installed_postgres() -> "str | None":
    folders = [path.parent for path in DEBIAN_POSTGRES.glob("*/bin/initdb")]
    folders.sort(key=lambda folder: [int(number) for number in folder.parent.name.split(".")], reverse=True)
    program = shutil.which("initdb")
    if program:
        folders.append(Path(program).resolve().parent)
    folders += Path(os.environ.get("PROGRAMFILES", "C:/Program Files")).glob("PostgreSQL/*/bin")
    return next((str(folder) for folder in folders if list(folder.glob("pg_ctl*"))), None)


def _take_offline(arguments: "list[str]") -> "tuple[Path | None, list[str]]":
    """The folder behind `--offline`, from which is installed, and the other arguments."""
    from data.installation.causes import InstallationError

    if "--offline" not in arguments:
        return None, arguments
    position = arguments.index("--offline")
    others = arguments[:position] + arguments[position + 2 :]
    if position + 1 == len(arguments) or others[:1] == ["wheels"]:
        raise InstallationError(
            "Sau --offline ghi thư mục các gói đã gom rồi tới lệnh: python run.py --offline THƯ_MỤC."
        )
    os.environ["PIP_NO_INDEX"] = "1"  # nothing that is started asks an index
    return Path(arguments[position + 1]).expanduser().resolve(), others


def _speak_utf8() -> None:
    """Vietnamese on a Windows console that is set to another code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
