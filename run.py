#!/usr/bin/env python3
"""The launcher: `python run.py` sets everything up and opens the app; `python run.py test` sets up and tests.

Standard library only, so that it runs before anything is installed. It makes `.venv`, installs the pinned packages
once, and hands each command over to `commands.py` under that Python.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
MINIMUM_PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up what the command needs, run it and return its exit code."""
    _speak_utf8()
    if sys.version_info < MINIMUM_PYTHON:
        print(f"Cần Python 3.11 trở lên; máy đang dùng {platform.python_version()}. Tải tại python.org rồi chạy lại.")
        return 2
    testing = arguments[:1] == ["test"]
    try:
        python = set_up(ROOT / ("requirements-dev.txt" if testing else "requirements.txt"))
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Chưa cài đặt được: {error}. Kiểm tra kết nối mạng và dung lượng đĩa rồi chạy lại lệnh này.")
        return 2
    environment = os.environ | {"PYTHONUTF8": "1"}
    if testing:
        environment |= find_browser() | find_office()
        command = [python, str(ROOT / "tests" / "run_checks.py"), *arguments[1:]]
    else:
        command = [python, str(ROOT / "commands.py"), *arguments]
    try:
        return subprocess.call(command, env=environment)
    except KeyboardInterrupt:
        return 130


def set_up(requirements: Path) -> str:
    """Path of the Python in `.venv` that holds the packages of `requirements`; installed when they are not yet.

    Raises
    ------
    OSError, subprocess.CalledProcessError
        When the environment can't be made or a package can't be installed.
    """
    python = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    ready = VENV / f"ready-{requirements.stem}-{_fingerprint()}"
    if ready.exists():
        return python
    if not Path(python).exists():
        print("[1/3] Tạo môi trường Python trong .venv …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    print("[2/3] Cài các thư viện (chỉ lần đầu, vài phút) …", flush=True)
    _install(python, requirements)
    ready.touch()
    print("[3/3] Cài đặt xong.", flush=True)
    return python


def find_browser() -> dict[str, str]:
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


def find_office() -> dict[str, str]:
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


def _can_install() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def _install_debian(*packages: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=quiet)


def _installed_browser() -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge"):
        if path := shutil.which(name):
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


def _install(python: str, requirements: Path) -> None:
    """Install with pip, a line a package so that one sees it go on; pip's own words only when it fails."""
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    said: list[str] = []
    with subprocess.Popen(
        [*command, "-r", str(requirements)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        assert pip.stdout is not None
        count = 0
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                count += 1
                print(f"      {count:3}. {line.removeprefix('Collecting ').split(' (')[0].strip()}", flush=True)
            elif line.startswith("Installing collected packages"):
                print("      Đang ghi vào .venv …", flush=True)
    if pip.returncode:
        print("".join(said[-20:]), file=sys.stderr)
        raise subprocess.CalledProcessError(pip.returncode, "pip install")


def _fingerprint() -> str:
    """Changes when any pin changes, so that an update of the project installs what is new."""
    paths = [*ROOT.glob("requirements*.txt"), *ROOT.glob("constraints*.txt")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(paths))).hexdigest()[:12]


def _speak_utf8() -> None:
    """Vietnamese on a Windows console that is set to another code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
