"""Reads files as the app does and tells what each took: a process that takes paths line by line."""

import json
import resource
import sys
import time
from pathlib import Path

from tests.data.intake.hostile.cases import read
from tests.data.intake.hostile.files import REAL


def main() -> None:
    def peak(whose: int) -> int:
        return resource.getrusage(whose).ru_maxrss * (1 if sys.platform == "darwin" else 1024)

    read(REAL)
    idle = peak(resource.RUSAGE_SELF)
    print("ready", flush=True)
    for line in sys.stdin:
        content = Path(line.strip()).read_bytes()
        start = time.perf_counter()
        ingest = read(content)
        taken = {
            "seconds": time.perf_counter() - start,
            "app": peak(resource.RUSAGE_SELF) - idle,
            "reader": peak(resource.RUSAGE_CHILDREN),
            "findings": [(finding.code, finding.message) for finding in ingest.findings[:2]],
        }
        print(json.dumps(taken), flush=True)


if __name__ == "__main__":
    main()
