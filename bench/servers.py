"""Servers that a benchmark starts for itself, on a port of their own, and what can be measured of them from outside."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.paths import PROJECT_ROOT

_PATIENCE = 180  # seconds until the first answer; the demo province is loaded before it
_CONFIGURATION = ("DATABASE_URL", "STREAMLIT_SERVER_PORT")  # of the machine's own product: not for a measured one


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    url : str
        Where it answers, without a slash at the end.
    pid : int
        Of the process that runs the scripts.
    """

    url: str
    pid: int


@contextmanager
def start_app(home: Path) -> Iterator[Server]:
    """The app as `run.py start` opens it, with its state in `home`: the demo province where that is empty."""
    command = [sys.executable, str(PROJECT_ROOT / "commands.py"), "start", "--headless"]
    with start_server([*command, "--port"], {"APP_HOME": str(home)}, PROJECT_ROOT) as server:
        yield server


@contextmanager
def start_script(script: Path) -> Iterator[Server]:
    """A Streamlit script, with Streamlit's own settings."""
    command = [sys.executable, "-m", "streamlit", "run", script.name]
    options = {"address": "localhost", "fileWatcherType": "none", "headless": "true"}
    command += [f"--server.{name}={value}" for name, value in options.items()]
    command += ["--browser.gatherUsageStats=false", "--server.port"]
    with start_server(command, {}, script.parent) as server:
        yield server


@contextmanager
def start_server(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[Server]:
    """A server process that `command`, with a free port added, starts in `folder`; ended on leaving.

    Raises
    ------
    RuntimeError
        When the process ends, or does not answer in time.
    """
    port = find_free_port()
    inherited = {key: value for key, value in os.environ.items() if key not in _CONFIGURATION}
    with subprocess.Popen(
        [*command, str(port)],
        env=inherited | {"PYTHONUTF8": "1"} | environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    ) as process:
        url = f"http://localhost:{port}"
        try:
            _wait_until_healthy(url, process)
            yield Server(url, process.pid)
        finally:
            process.terminate()


def find_free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen) -> None:
    started = time.monotonic()
    while time.monotonic() - started < _PATIENCE:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer within {_PATIENCE} s")


def read_memory(pid: int) -> float | None:
    """Memory of a process in MB, pages that it shares counted in parts (PSS); None where there is no /proc."""
    path = Path(f"/proc/{pid}/smaps_rollup")
    if not path.exists():
        return None
    sizes = dict(line.split(":", 1) for line in path.read_text(encoding="ascii").splitlines()[1:])
    return int(sizes["Pss"].split()[0]) / 1024


def read_cpu_seconds(pid: int) -> float | None:
    """Processor time that a process has used, in all its threads; None where there is no /proc."""
    path = Path(f"/proc/{pid}/stat")
    if not path.exists():
        return None
    numbers = path.read_text(encoding="utf-8").rsplit(")", 1)[1].split()  # the name may hold anything
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")
