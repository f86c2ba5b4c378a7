"""How the benchmarks measure: medians of repeated runs, compared as ratios within one run of the program."""

import statistics
import time
from collections.abc import Callable


def median_ms(work: Callable[[], object], repeats: int = 15, rest: float = 0.0) -> float:
    """Median time of `work` in milliseconds, after one run to warm up; `rest`: seconds between two runs."""
    work()
    times = []
    for _ in range(repeats):
        time.sleep(rest)
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def say(what: str, value: float, budget: float, unit: str = "×", at_least: bool = False) -> None:
    """One line: what was measured, against its budget."""
    kept = value >= budget if at_least else value <= budget
    bound = "≥" if at_least else "≤"
    print(
        f"{what}: {value:,.2f} {unit} (ngưỡng {bound} {budget:g} {unit}: {'đạt' if kept else 'CHƯA ĐẠT'})", flush=True
    )
