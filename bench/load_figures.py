"""What the clicks of a load amount to."""

import statistics
from collections import defaultdict
from dataclasses import dataclass, field

WARMED_UP = 10.0  # seconds after which the caches of a new server should be warm


@dataclass(frozen=True)
class Click:
    """One click of one session.

    Attributes
    ----------
    path : str
        Of the page, as it stands in the address.
    started : float
        Seconds since the load began.
    seconds : float
        Until the script was finished.
    faults : list of str
        What went wrong.
    """

    path: str
    started: float
    seconds: float
    faults: list[str] = field(default_factory=list)

    @property
    def finished(self) -> float:
        """Seconds since the load began."""
        return self.started + self.seconds


@dataclass(frozen=True)
class Figures:
    """Answer times in seconds of the clicks that began within a time, and the pages a second that were finished in it.

    An answer that never came counts with the time that was waited for it.
    """

    clicks: int
    median: float
    centile_95: float
    pages_per_second: float


def summarise(clicks: list[Click], seconds: float, start: float = 0.0) -> Figures:
    """Figures of the load from `start` until `seconds`.

    Raises
    ------
    ValueError
        When there are no clicks in that time.
    """
    counted = [click.seconds for click in clicks if start <= click.started < seconds]
    if not counted:
        raise ValueError("no clicks to summarise")
    finished = sum(start <= click.finished < seconds for click in clicks if not click.faults)
    return Figures(len(counted), statistics.median(counted), centile(counted, 95), finished / (seconds - start))


def centile(values: list[float], percent: int) -> float:
    """The smallest of the values that at least `percent` % of them don't exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def list_slowest(clicks: list[Click], start: float = 0.0) -> list[tuple[str, float, int]]:
    """Path, median seconds and number of clicks of each page, the slowest first."""
    by_path: dict[str, list[float]] = defaultdict(list)
    for click in clicks:
        if click.started >= start:
            by_path[click.path].append(click.seconds)
    pages = [(path, statistics.median(seconds), len(seconds)) for path, seconds in by_path.items()]
    return sorted(pages, key=lambda page: page[1], reverse=True)


def list_faults(clicks: list[Click]) -> list[str]:
    """What went wrong, with its page, in the order it happened."""
    ordered = sorted(clicks, key=lambda click: click.started)
    return [f"/{click.path}: {fault}" for click in ordered for fault in click.faults]
