"""`.venv`: made once, filled by pip from the package index or from a folder of wheels."""

import argparse
import contextlib
import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from data.installation.causes import Attempt, InstallationError, explain, explained, this_machines_obstacle
from data.installation.targets import SYSTEMS, Target, this_target
from data.installation.wheels import check_folder, choose_target, count_wheels, download_arguments, make_folder
from data.paths import PROJECT_ROOT

VENV = PROJECT_ROOT / ".venv"
_LEAST_FREE = 20_000_000  # bytes; pip alone takes as much


def set_up(requirements: Path, wheels: Path | None = None) -> str:
    """Path of the Python in `.venv` that holds the packages of `requirements`; installed when they are not yet.

    The packages come from the folder `wheels`, without asking the network, or else from the package index.

    Raises
    ------
    InstallationError
        When the environment can't be made or a package can't be installed: a sentence on why.
    """
    python = _python()
    ready = VENV / f"ready-{requirements.stem}-{_fingerprint()}"
    if ready.exists() and _environment_works():
        return python
    if wheels:
        check_folder(wheels, this_target(), testing=requirements.stem != "requirements")
    make_environment()
    _say("[2/3] Cài các thư viện (chỉ lần đầu, vài phút) …")
    source = ["--no-index", "--find-links", str(wheels)] if wheels else []
    run_pip(["install", *source, "-r", str(requirements)], VENV, wheels)
    with explained(VENV):
        ready.touch()
    _say("[3/3] Cài đặt xong.")
    return python


def collect_wheels(arguments: list[str]) -> int:
    """Put the packages that a machine without internet needs into a folder; the exit code.

    Raises
    ------
    InstallationError
        When the machine is not known, the folder can't be written to or a package is not to be had.
    """
    parser = argparse.ArgumentParser(prog="run.py wheels", description="gom các gói cho máy không có mạng")
    parser.add_argument("folder", metavar="THƯ_MỤC", help="nơi để các gói")
    parser.add_argument("--python", metavar="3.12", help="bản Python của máy kia, mặc định như máy này")
    parser.add_argument("--platform", metavar="HỆ_MÁY", help=f"{', '.join(SYSTEMS)}; mặc định như máy này")
    parser.add_argument("--dev", action="store_true", help="gom cả các gói của phép thử (run.py test)")
    options = parser.parse_args(arguments)
    folder = Path(options.folder).expanduser().resolve()
    target = choose_target(options.python, options.platform)
    make_folder(folder)
    make_environment()
    _say(f"[2/3] Gom các gói cho {target.title} vào {folder} …")
    run_pip(download_arguments(folder, target, options.dev), folder, target=target)
    print(f"[3/3] Đã gom đủ {count_wheels(folder, target, options.dev)}.")
    print("      Chép thư mục này vào thư mục phần mềm ở máy kia, rồi chạy tại đó:")
    print(f'      python run.py --offline "{folder.name}"')
    return 0


def make_environment() -> None:
    """Make `.venv` when it isn't there, or when it came along from another machine.

    Raises
    ------
    InstallationError
        When it can't be made.
    """
    if _environment_works():
        return
    _say("[1/3] Tạo môi trường Python trong .venv …")
    with explained(VENV):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, errors="replace"
        )
        if made.returncode:
            words = made.stdout + made.stderr
            if shutil.disk_usage(VENV if VENV.exists() else VENV.parent).free < _LEAST_FREE:
                words += f"[Errno {errno.ENOSPC}]"  # venv keeps to itself why its ensurepip failed
            raise InstallationError(explain(words, Attempt(VENV, this_target()), made.returncode))
        (VENV / "made").touch()


def run_pip(arguments: list[str], folder: Path, wheels: Path | None = None, target: Target | None = None) -> None:
    """Run the pip of `.venv`, with a line a package so that one sees it go on; its words go to `.venv/pip.log`.

    Raises
    ------
    InstallationError
        When it fails to write to `folder` what a machine, this one or `target`, needs: a sentence on why.
    """
    command = [_python(), "-m", "pip", "--disable-pip-version-check", *arguments, "--progress-bar", "off"]
    environment = os.environ | {"PIP_USER": "0", "PYTHONUTF8": "1"}
    words: list[str] = []
    with (
        explained(folder),
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
        ) as pip,
    ):
        assert pip.stdout is not None
        count = 0
        for line in pip.stdout:
            words.append(line)
            if line.startswith(("Collecting ", "Processing ")):
                count += 1
                name = line.partition(" ")[2].split(" (")[0].strip()
                _say(f"      {count:3}. {Path(name).name}")
            elif line.startswith("Installing collected packages"):
                _say("      Đang ghi vào .venv …")
    with contextlib.suppress(OSError):
        (VENV / "pip.log").write_text("".join(words), encoding="utf-8")
    if pip.returncode:
        obstacle = this_machines_obstacle() if target in (None, this_target()) else None
        attempt = Attempt(folder, target or this_target(), wheels, obstacle)
        raise InstallationError(explain("".join(words), attempt, pip.returncode))


def _say(progress: str) -> None:
    """On standard error: what goes to standard output is the answer of the command that is set up for."""
    print(progress, file=sys.stderr, flush=True)


def _python() -> str:
    return str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def _environment_works() -> bool:
    """Whether `.venv` was made here, whole, from a Python that is still there: folders get copied between machines."""
    made = [*VENV.glob("made"), *VENV.glob("ready-*")]
    settings = VENV / "pyvenv.cfg"
    if not (made and settings.exists() and Path(_python()).exists()):
        return False
    lines = settings.read_text(encoding="utf-8").splitlines()
    stated = {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}
    home = Path(stated.get("home", ""))
    if os.name == "nt":
        return home.is_dir()
    return (home / "python{}.{}".format(*stated.get("version", "0.0").split("."))).exists()


def _fingerprint() -> str:
    """Changes when any pin changes, so that an update of the project installs what is new."""
    paths = [*PROJECT_ROOT.glob("requirements*.txt"), *PROJECT_ROOT.glob("constraints*.txt")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(paths))).hexdigest()[:12]
