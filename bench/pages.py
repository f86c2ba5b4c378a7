"""Pages with the demo province: script time of a rerun, the map's vertices and bytes, click to answer in a browser."""

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

import pandas as pd
import shapely

from bench.timing import median_ms, say
from data.demo.province import load_demo
from data.paths import PROJECT_ROOT
from data.store import open_store
from pages.menu import SCREENS
from reports.charts.classes import classify_status
from reports.charts.maps.status import draw_map
from reports.exports.excel.collection import build_collection
from reports.facts.assessment import load_assessment
from shapes.layers.layers import load_layer


def run() -> None:
    """Print script time of each page, then the row of the map."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["APP_HOME"] = folder
        store = open_store()
        load_demo(store, build_collection)
        _measure_scripts()
        _measure_map(store)
        store.close()
        _measure_click(folder)


def _measure_scripts() -> None:
    from streamlit.testing.v1 import AppTest

    for screen in SCREENS:
        app = AppTest.from_file(str(PROJECT_ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(screen.script).run()
        say(f"Chạy lại trang {screen.title}", median_ms(app.run, repeats=7), 150, "ms")


def _measure_map(store: object) -> None:
    assessment = load_assessment(store, store.rounds.choose(2022))  # type: ignore[arg-type]
    for view in ("boundaries", "hexagons"):
        layer = load_layer("2020", "20", view)  # type: ignore[arg-type]
        frame = assessment.frame
        spec = draw_map(layer, frame, classify_status(frame), assessment.total_heading, 560)
        vertices = shapely.get_num_coordinates(pd.concat([layer.units, layer.districts]).geometry.to_numpy()).sum()
        say(f"Bản đồ ({view}), đỉnh", float(vertices), 20_000, "đỉnh")
        say(f"Bản đồ ({view}), gửi đi", len(json.dumps(spec).encode()) / 1000, 350, "KB")


def _measure_click(folder: str) -> None:
    browser_path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser_path = None
    if not browser_path:
        print("Không có trình duyệt hoặc playwright: bỏ qua phép đo từ bấm đến trả lời (chạy `run.py test` để cài).")
        return
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(PROJECT_ROOT / "commands.py"), "start", "--headless", "--port", str(port)]
    environment = os.environ | {"APP_HOME": folder}
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server,
        sync_playwright() as playwright,
    ):
        _wait_for(f"http://localhost:{port}/_stcore/health")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 1200}, locale="vi-VN")
        page.goto(f"http://localhost:{port}/ban-do")
        shapes = page.get_by_test_id("stVegaLiteChart").locator("path[aria-roledescription='geoshape']")
        shapes.first.wait_for(timeout=60_000)
        page.wait_for_timeout(2000)
        seconds = [_click_seconds(page, shapes.nth(number)) for number in range(20, 180, 25)]
        browser.close()
        server.terminate()
    say("Bấm một đơn vị đến khi thấy phiếu điểm", statistics.median(seconds), 1, "s")


def _click_seconds(page, shape) -> float:
    name = re.search(r"Đơn vị: ([^;]+);", shape.get_attribute("aria-label")).group(1)
    box = shape.bounding_box()
    start = time.perf_counter()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.get_by_role("link", name=f"Mở hồ sơ {name}").wait_for(timeout=10_000)
    elapsed = time.perf_counter() - start
    page.wait_for_timeout(800)
    return elapsed


def _wait_for(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the server did not start")
