"""Every kind of file to take away, built once from the demo province; the search for what is missing."""

import tempfile
import time
from collections import defaultdict
from datetime import date

from bench.timing import median_ms, say
from data.demo.province import load_demo
from data.store import open_store
from reports.exports.excel.collection import build_template
from reports.exports.package import build_package, list_takeaways
from reports.facts.assessment import load_assessment
from reports.facts.improvements import focus_table, list_smallest_plans

_SECONDS_AT_MOST = 10  # that an officer waits for one file


def run() -> None:
    """Print the time of each file of the province, of a district's zip, and of the search for improvements."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/app.sqlite")
        load_demo(store, build_template)
        now, before = load_assessment(store, 2022), load_assessment(store, 2021)
        seconds: dict[str, list[float]] = defaultdict(list)
        for one in list_takeaways(store, now, before, None, date(2022, 12, 1)):
            start = time.perf_counter()
            content = one.build()
            elapsed = time.perf_counter() - start
            seconds[one.file_name.rsplit(".", 1)[1]].append(elapsed)
            if one.group != "picture":
                say(f"{one.title}, {len(content) / 1000:,.0f} KB", elapsed, _SECONDS_AT_MOST, "s")
        for kind in ("png", "svg"):
            say(f"Hình {kind}, lâu nhất trong {len(seconds[kind])}", max(seconds[kind]), _SECONDS_AT_MOST, "s")
        start = time.perf_counter()
        files = list_takeaways(store, now, before, "178", date(2022, 12, 1))
        size = len(build_package(files))
        elapsed = time.perf_counter() - start
        print(f"Gói .zip một huyện: {len(files)} tệp, {size / 1e6:.1f} MB, {elapsed:.1f} s", flush=True)
        codes = now.frame.index
        plans = median_ms(lambda: list_smallest_plans(now, codes), repeats=5)
        print(f"Phương án nhỏ nhất của mọi đơn vị không đạt: {plans:.0f} ms", flush=True)
        focuses = median_ms(lambda: focus_table(now, codes), repeats=3)
        print(f"Nhóm một, hai, ba chỉ tiêu tốt nhất: {focuses:.0f} ms", flush=True)
        store.close()
