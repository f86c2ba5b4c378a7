"""Every kind of file to take away, built once from the demo province; the search for what is missing."""

import tempfile
import time
from collections import defaultdict
from datetime import date
from functools import partial

from bench.timing import median_ms, say
from data.demo.province import load_demo
from data.store import open_store
from reports.exports.contexts import AreaContext
from reports.exports.excel.collection import build_collection
from reports.exports.package import build_package
from reports.exports.registry import list_area_offers
from reports.facts.assessment import explain_unit, load_assessment
from reports.facts.improvements import list_smallest_plans
from reports.facts.tables import focus_table

_SECONDS_AT_MOST = 10  # that an officer waits for one file


def run() -> None:
    """Print the time of each file of the province, of a district's zip, and of the search for improvements."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/app.sqlite")
        load_demo(store, build_collection)
        now, before = (
            load_assessment(store, store.rounds.choose(2022)),
            load_assessment(store, store.rounds.choose(2021)),
        )
        seconds: dict[str, list[float]] = defaultdict(list)
        explain = partial(explain_unit, store, now)
        for offered in list_area_offers(AreaContext(now, date(2022, 12, 1), before), explain):
            start = time.perf_counter()
            content = offered.build()
            elapsed = time.perf_counter() - start
            seconds[offered.file_name.rsplit(".", 1)[1]].append(elapsed)
            if offered.group != "picture":
                say(f"{offered.title}, {len(content) / 1000:,.0f} KB", elapsed, _SECONDS_AT_MOST, "s")
        for kind in ("png", "svg"):
            say(f"Hình {kind}, lâu nhất trong {len(seconds[kind])}", max(seconds[kind]), _SECONDS_AT_MOST, "s")
        start = time.perf_counter()
        files = list_area_offers(AreaContext(now, date(2022, 12, 1), before, "178"), explain)
        size = len(build_package(files))
        elapsed = time.perf_counter() - start
        print(f"Gói .zip một huyện: {len(files)} tệp, {size / 1e6:.1f} MB, {elapsed:.1f} s", flush=True)
        codes = now.frame.index
        plans = median_ms(lambda: list_smallest_plans(now, codes), repeats=5)
        print(f"Phương án nhỏ nhất của mọi đơn vị không đạt: {plans:.0f} ms", flush=True)
        focuses = median_ms(lambda: focus_table(now, codes), repeats=3)
        print(f"Nhóm một, hai, ba chỉ tiêu tốt nhất: {focuses:.0f} ms", flush=True)
        store.close()
