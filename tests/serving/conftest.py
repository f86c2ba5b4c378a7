"""A small app behind the product's doors, served as the product is, with short times."""

import shutil
import sys
from collections.abc import Iterator

import pytest

from bench.servers import Server, start_server
from data.paths import PROJECT_ROOT

SCRIPT = """
import streamlit as st
from streamlit.runtime import get_instance

if "files" in st.query_params:
    files = st.file_uploader("File", accept_multiple_files=True)
    st.text("files: " + "; ".join(f"{file.name}|{file.type}|{file.size}" for file in files))
st.text("url: " + get_instance().media_file_mgr.add(b"made", "text/plain", "1", file_name="a.txt"))
# As pages/parts/downloads.py offers files: a run of its own would take away what the same press asks for.
st.download_button("now", b"now", file_name="now.txt", on_click="ignore")
st.download_button("later", lambda: b"later", file_name="later.txt", on_click="ignore")
"""
START = """
import sys
from pathlib import Path
from serving import app, sessions, sockets, uploads
from streamlit.web.server.starlette import starlette_routes
starlette_routes._METRICS_EXPENSIVE_STATS_TTL_SECONDS = 0.0  # what is counted is counted anew
sessions.KEPT_SECONDS, app._SWEEP_SECONDS, uploads._UNUSED_SECONDS = 0.5, 0.2, 1.0
sockets.HEAD_SECONDS, sockets.STILL_SECONDS, sockets.WHOLE_SECONDS = 1.0, 1.0, 3.0
uploads.LARGEST_BODY, uploads.MOST_OF_SESSION, uploads.MOST_OF_SERVER = 10**6, 2 * 10**6, 3 * 10**6
port = int(sys.argv[-1])
options = {"server.port": port, "server.address": "localhost", "server.headless": True}
app.ProductApp(Path(sys.argv[1])).run(config=options)
"""


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[Server]:
    script = tmp_path_factory.mktemp("served") / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    shutil.copytree(PROJECT_ROOT / "static", script.parent / "static")
    environment = {"APP_HOSTS": "so-lieu.tinh.vn, *.so.tinh.vn", "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"}
    command = [sys.executable, "-c", START, str(script)]
    with start_server(command, environment, PROJECT_ROOT) as server:
        yield server
