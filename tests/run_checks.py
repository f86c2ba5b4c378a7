"""What `python run.py test` runs: the linter, the type checker, then the tests. Extra arguments go to pytest."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "."),
)


def main(arguments: list[str]) -> int:
    """Exit code of the first check that fails, else of pytest."""
    for check in CHECKS:
        print("==", *check, flush=True)
        code = subprocess.call([sys.executable, "-m", *check], cwd=ROOT)
        if code:
            return code
    print("== pytest", flush=True)
    spread = ("-n", "auto", "--dist", "loadscope", "--durations=15")  # a module stays with one worker and its fixtures
    return subprocess.call([sys.executable, "-m", "pytest", *spread, *arguments], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
