"""Many users at once: sessions over all pages, beside a one-page Streamlit app under the same load in the same run.

`LOAD_SESSIONS`, `LOAD_PAUSE` (seconds between two clicks of a session) and `LOAD_SECONDS` set the load.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bench.load_figures import WARMED_UP, Click, list_faults, list_slowest, summarise
from bench.servers import Server, read_cpu_seconds, read_memory, start_app, start_script
from bench.timing import say
from data.paths import PROJECT_ROOT

_ONE_PAGE = """
import altair as alt
import numpy as np
import pandas as pd
import streamlit as st


@st.cache_data
def load():
    numbers = np.random.default_rng(1)
    points = numbers.integers(0, 1000, (200, 8))
    return pd.DataFrame(points, columns=list("abcdefgh")).assign(name=[f"Unit {row}" for row in range(200)])


st.title("A table and a chart")
table = load()
st.dataframe(table)
st.altair_chart(alt.Chart(table).mark_bar().encode(x=alt.X("name:N", sort="-y"), y="a:Q", tooltip=["name", "a"]))
"""


@dataclass(frozen=True)
class Load:
    """How many sessions click how often, in seconds, and for how long."""

    sessions: int = 50
    pause: float = 5.0
    seconds: float = 90.0


@dataclass(frozen=True)
class Outcome:
    """What a load did to a server.

    Attributes
    ----------
    clicks : list of Click
        Of all sessions.
    cpu_seconds : float or None
        Processor time of the server; None where it can't be read.
    memory, memory_before : float or None
        MB of the server with all sessions open, and before the first one.
    """

    clicks: list[Click]
    cpu_seconds: float | None
    memory: float | None
    memory_before: float | None


def run() -> int:
    """Print the figures of both servers and the ratios; 1 when a page failed, else 0."""
    load = read_load()
    print(
        f"{load.sessions} phiên, mỗi phiên {load.pause:g} s bấm một lần, trong {load.seconds:g} s; "
        f"tải của máy lúc bắt đầu {describe_machine()}",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "one_page.py"
        script.write_text(_ONE_PAGE, encoding="utf-8")
        simple = measure(start_script(script), load)
        ours = measure(start_app(Path(folder) / "home"), load)
    print(f"Tải của máy lúc kết thúc {describe_machine()}", flush=True)
    return report(load, ours, simple)


def read_load() -> Load:
    """The load that the environment asks for."""
    return Load(
        int(os.environ.get("LOAD_SESSIONS", Load.sessions)),
        float(os.environ.get("LOAD_PAUSE", Load.pause)),
        float(os.environ.get("LOAD_SECONDS", Load.seconds)),
    )


def describe_machine() -> str:
    """Processors, and how many processes wanted one in the last minute, those of others included."""
    wanted = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "không đo được"
    return f"{wanted} trên {os.cpu_count()} lõi"


def measure(starting: AbstractContextManager[Server], load: Load) -> Outcome:
    """Put a server under a load, from its first click on.

    Raises
    ------
    RuntimeError
        When the client fails.
    """
    with starting as server:
        memory_before, cpu_before = read_memory(server.pid), read_cpu_seconds(server.pid)
        with subprocess.Popen(
            [sys.executable, "-m", "bench.load_client"],
            cwd=PROJECT_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as client:
            assert client.stdin is not None
            assert client.stdout is not None
            asked = {"url": server.url} | {key: getattr(load, key) for key in ("sessions", "pause", "seconds")}
            print(json.dumps(asked), file=client.stdin, flush=True)
            loaded = client.stdout.readline().strip() == "loaded"
            memory, cpu = read_memory(server.pid), read_cpu_seconds(server.pid)
            answer = client.communicate("\n")[0]
        if not loaded or client.returncode:
            raise RuntimeError(f"the client of the load ended with code {client.returncode}")
    clicks = [Click(**click) for click in json.loads(answer)]
    used = None if cpu is None or cpu_before is None else cpu - cpu_before
    return Outcome(clicks, used, memory, memory_before)


def report(load: Load, ours: Outcome, simple: Outcome) -> int:
    """Print what was measured against the budgets; 1 when a page failed, else 0."""
    whole = summarise(ours.clicks, load.seconds)
    beside = summarise(simple.clicks, load.seconds)
    print(f"Cả lúc mới mở: {whole.clicks} trang, trung vị {whole.median:.2f} s, 95 % trong {whole.centile_95:.2f} s")
    if load.seconds > WARMED_UP:
        warm = summarise(ours.clicks, load.seconds, WARMED_UP)
        say(f"Trung vị sau {WARMED_UP:g} s đầu", warm.median, 0.3, "s")
        say(f"95 % số trang sau {WARMED_UP:g} s đầu", warm.centile_95, 1, "s")
        slowest = list_slowest(ours.clicks, WARMED_UP)[:5]
        print("Chậm nhất (trung vị): " + ", ".join(f"/{path} {seconds:.2f} s" for path, seconds, _ in slowest))
    print(
        f"Trang mỗi giây: {whole.pages_per_second:.2f}; ứng dụng một trang: {beside.pages_per_second:.2f} "
        f"(trung vị {beside.median:.2f} s, 95 % trong {beside.centile_95:.2f} s)"
    )
    say("Trang mỗi giây / ứng dụng một trang", whole.pages_per_second / beside.pages_per_second, 0.6, at_least=True)
    if ours.cpu_seconds is not None and simple.cpu_seconds is not None:
        costs = [outcome.cpu_seconds / len(outcome.clicks) * 1000 for outcome in (ours, simple)]
        print(f"Bộ xử lý mỗi trang: {costs[0]:.0f} ms; ứng dụng một trang: {costs[1]:.0f} ms")
    if ours.memory is None or ours.memory_before is None:
        print("Không đo được bộ nhớ: máy này không có /proc.")
    else:
        print(f"Bộ nhớ máy chủ: {ours.memory_before:.0f} MB trước, {ours.memory:.0f} MB với {load.sessions} phiên")
        say("Bộ nhớ mỗi phiên, kể cả phần dùng chung", (ours.memory - ours.memory_before) / load.sessions, 5, "MB")
    faults = list_faults(ours.clicks) + list_faults(simple.clicks)
    print(f"Lỗi trên trang: {len(faults)}", *faults[:10], sep="\n  ")
    return 1 if faults else 0
