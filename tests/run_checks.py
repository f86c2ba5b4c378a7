"""What `python run.py test` and `python run.py check [--changed]` run. Further arguments go to pytest."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy", "."),
)
FAILED_FIRST = ("--failed-first", "--durations=5", "--durations-min=1")
SPREAD = ("-n", "auto", "--dist", "loadscope")  # a module stays with one worker and its fixtures
NO_TEST = 5  # what pytest exits with when no test fits its arguments


def main(arguments: list[str]) -> int:
    """Run what the first argument names; exit code of the first part that fails."""
    sys.path.insert(0, str(ROOT))  # started as a script, it stands in tests
    command, *others = arguments
    if command == "test":
        return run_all(others)
    if "--changed" in others:
        others.remove("--changed")
        try:
            runs = list_runs_of_changed()
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 2
        return run_beside_the_checks(runs, others)
    from tests.costs import CHEAP

    return run_beside_the_checks([(*SPREAD, "-m", CHEAP)], others)


def run_all(arguments: list[str]) -> int:
    """The linter, the type checker, then all tests."""
    for check in CHECKS:
        print("==", *check, flush=True)
        code = subprocess.call(_module(check), cwd=ROOT)
        if code:
            return code
    profile = os.environ.get("HYPOTHESIS_PROFILE", "ci")
    return _run_tests((*SPREAD, "--durations=15", f"--hypothesis-profile={profile}"), arguments)


def list_runs_of_changed() -> list[tuple[str, ...]]:
    """Arguments of pytest for what the change touches: changed test files whole, of others what needs no program."""
    from tests.costs import AT_HAND
    from tests.touched import list_changed, list_touched

    changed = list_changed()
    touched = list_touched(changed)
    print(f"== {len(changed)} changed files touch {len(touched)} test files", flush=True)
    runs = []
    for files, marked in (
        ([path for path in touched if path in changed], ()),
        ([path for path in touched if path not in changed], ("-m", AT_HAND)),
    ):
        if files:
            names = (path.relative_to(ROOT).as_posix() for path in files)
            runs.append((*(SPREAD if len(files) > 1 else ()), *marked, *names))
    return runs


def run_beside_the_checks(runs: list[tuple[str, ...]], arguments: list[str]) -> int:
    """The tests of these runs, those that failed last first, while the linter and the type checker work beside them."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    started = [(check, subprocess.Popen(_module(check), cwd=ROOT, **pipes)) for check in CHECKS]
    codes = [_run_tests((*FAILED_FIRST, *run), arguments) for run in runs]
    for check, process in started:
        output, _ = process.communicate()
        print("==", *check, flush=True)
        sys.stdout.buffer.write(output)
        sys.stdout.flush()
        codes.append(process.returncode)
    return next((code for code in codes if code), 0)


def _run_tests(chosen: tuple[str, ...], arguments: list[str]) -> int:
    print("== pytest", flush=True)
    code = subprocess.call(_module(("pytest", *chosen, *arguments)), cwd=ROOT)
    return 0 if code == NO_TEST and not arguments else code


def _module(check: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", *check]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
