"""What `run.py test` and `run.py check` start, in which order, and which exit code they give."""

import sys

import pytest

from tests import run_checks, touched
from tests.costs import AT_HAND, CHEAP, COSTLY
from tests.run_checks import NO_TEST, ROOT, main


class Programs:
    """Programs that end at once, with an exit code by a word of their command; their names in the order of starting."""

    def __init__(self):
        self.codes: dict[str, int] = {}
        self.started: list[list[str]] = []

    def call(self, command, cwd):
        assert command[:2] == [sys.executable, "-m"]
        assert cwd == ROOT
        self.started.append(command[2:])
        return next((code for word, code in self.codes.items() if word in command), 0)

    def popen(self, command, cwd, **_):
        return Ended(self.call(command, cwd), f"{command[2]} ended\n".encode())

    @property
    def names(self) -> list[str]:
        return [command[0] for command in self.started]


class Ended:
    def __init__(self, returncode: int, output: bytes):
        self.returncode, self._output = returncode, output

    def communicate(self):
        return self._output, None


@pytest.fixture
def programs(monkeypatch) -> Programs:
    started = Programs()
    monkeypatch.setattr(run_checks.subprocess, "call", started.call)
    monkeypatch.setattr(run_checks.subprocess, "Popen", started.popen)
    return started


@pytest.fixture
def change(monkeypatch):
    """Makes a change, and the test files that it touches."""

    def make(changed: list[str], tests: list[str]) -> None:
        monkeypatch.setattr(touched, "list_changed", lambda: {ROOT / name for name in changed})
        monkeypatch.setattr(touched, "list_touched", lambda changed: [ROOT / name for name in tests])

    return make


def test_all_is_checked_then_tested(programs):
    assert main(["test", "-k", "words"]) == 0
    assert programs.names == ["ruff", "ruff", "mypy", "pytest"]
    assert programs.started[-1][-2:] == ["-k", "words"]
    assert "-m" not in programs.started[-1]


@pytest.mark.parametrize(("asked", "profile"), [(None, "ci"), ("nightly", "nightly")])
def test_all_tries_the_same_examples_each_time_unless_others_are_asked_for(programs, monkeypatch, asked, profile):
    monkeypatch.delenv("HYPOTHESIS_PROFILE", raising=False)
    if asked:
        monkeypatch.setenv("HYPOTHESIS_PROFILE", asked)
    main(["test"])
    assert f"--hypothesis-profile={profile}" in programs.started[-1]


@pytest.mark.parametrize(("fails", "names"), [("format", ["ruff", "ruff"]), ("mypy", ["ruff", "ruff", "mypy"])])
def test_all_ends_with_the_first_check_that_fails(programs, fails, names):
    programs.codes = {fails: 3}
    assert main(["test"]) == 3
    assert programs.names == names


def test_quick_check_tests_what_is_cheap_and_failed_last_first(programs, capfd):
    assert main(["check", "-x"]) == 0
    assert sorted(programs.names) == ["mypy", "pytest", "ruff", "ruff"]
    [tests] = [command for command in programs.started if command[0] == "pytest"]
    assert tests[tests.index("-m") + 1] == CHEAP
    assert "--failed-first" in tests
    assert tests[-1] == "-x"
    assert "mypy ended" in capfd.readouterr().out


@pytest.mark.parametrize("fails", ["format", "mypy", "pytest"])
def test_quick_check_runs_all_parts_and_fails_with_each(programs, fails):
    programs.codes = {fails: 3}
    assert main(["check"]) == 3
    assert sorted(programs.names) == ["mypy", "pytest", "ruff", "ruff"]


def test_changed_tests_run_whatever_they_cost_and_touched_ones_when_at_hand(programs, change):
    change(["tests/e2e/test_explore.py", "data/text/names.py"], ["tests/e2e/test_explore.py", "tests/test_names.py"])
    assert main(["check", "--changed"]) == 0
    whole, others = (command for command in programs.started if command[0] == "pytest")
    assert whole[-1] == "tests/e2e/test_explore.py"
    assert "-m" not in whole
    assert others[-1] == "tests/test_names.py"
    assert others[others.index("-m") + 1] == AT_HAND


def test_no_change_is_checked_but_not_tested(programs, change):
    change([], [])
    assert main(["check", "--changed"]) == 0
    assert programs.names == ["ruff", "ruff", "mypy"]


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["-k", "nothing like it"], NO_TEST)])
def test_touched_files_may_hold_no_test_at_hand(programs, change, arguments, code):
    change(["data/text/names.py"], ["tests/e2e/test_explore.py"])
    programs.codes = {"pytest": NO_TEST}
    assert main(["check", "--changed", *arguments]) == code


def test_what_is_at_hand_holds_all_that_is_cheap():
    assert set(AT_HAND[len("not (") : -1].split(" or ")) < set(COSTLY)
