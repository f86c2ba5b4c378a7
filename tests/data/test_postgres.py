"""The PostgreSQL of the tests leaves nothing behind, not even when they are killed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.paths import PROJECT_ROOT

SCRIPT = """
import time
from tests.postgres import running_server
with running_server() as server:
    print(server.host, flush=True)
    time.sleep(600)
"""


@pytest.mark.postgres
@pytest.mark.process
@pytest.mark.skipif(sys.platform == "win32", reason="the server is reached by a socket in its folder elsewhere only")
def test_server_of_killed_tests_stops_and_its_folder_goes(postgres):
    with subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True) as tests:
        folder = Path(tests.stdout.readline().strip())
        process = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        tests.kill()
    for _ in range(600):
        if not folder.exists():
            break
        time.sleep(0.05)
    assert not folder.exists()
    command = Path(f"/proc/{process}/cmdline")  # empty once the process is dead, until it is reaped
    assert not command.exists() or not command.read_bytes()
