"""Two sessions that write at once: each call ends as if one came after the other, or is refused in words."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from sqlalchemy import event

from data.store import Action, Choices, Round, Shown, Store, StoreError, StoreFaultError, open_store, plan_round
from data.units.lists import load_units
from tests.data.store.samples import WARNING, values

TRIALS, CALLS = 8, 2
SHAPE, CONTENT = "shape", b"1"
Act = Callable[[Store], object]


@dataclass(frozen=True)
class Ground:
    """A round of a trial's own, and every writing method on what both sessions were shown of it."""

    round: Round
    acts: dict[str, Act]


def prepare(store: Store, year: int) -> Ground:
    """Every writing method, as a session presses it that was shown the round as it is now."""
    round = plan_round(year, vintage="2020")
    first, second = load_units("2020", "20").index[:2]
    store.submissions.save(round, values(first), "0.xlsx", b"0", "A")
    shown = store.drafts.find(store.drafts.save(round, "a.xlsx", CONTENT))
    dropped = store.drafts.find(store.drafts.save(round, "b.xlsx", b"2"))
    store.drafts.drop(dropped)
    action = Action(first, "2", "Đăng ký khai sinh")
    store.actions.apply(round, save=[action], actor="A")
    scenario = store.scenarios.save(round, "Một", {}, "A")
    confirmed = Shown(shown, store.submissions.newest(round))
    classes = store.classes.load(round)
    planned = plan_round(year + 1000, vintage="2020")
    shape = f"{SHAPE} {year}"

    def correct(store: Store, units: slice, provenance: str) -> None:
        store.classes.save(round, classes.iloc[units].iloc[::-1].assign(provenance=provenance), "A")

    def edit(store: Store, cell: str, value: str | None) -> None:
        store.drafts.add_edits(shown, {("S", cell): value})

    def act_on(store: Store, **changes: object) -> None:
        store.actions.apply(round, save=[replace(action, **changes)], actor="A", seen=[action])

    def confirm(store: Store) -> None:
        store.submissions.save(round, values(first, 5), "a.xlsx", CONTENT, "B", shown=confirmed)

    acts: dict[str, Act] = {
        "confirm": confirm,
        "bring": lambda store: store.submissions.save(round, values(second, 6), "c.xlsx", b"3", "C") and None,
        "first": lambda store: store.submissions.save(planned, values(first, 7), "d.xlsx", b"4", "D") and None,
        "classes": lambda store: correct(store, slice(0, 9), "seen"),
        "classes again": lambda store: correct(store, slice(4, 12), "provisional"),
        "edit": lambda store: edit(store, "A1", "7"),
        "edit the same": lambda store: edit(store, "A1", "8"),
        "edit another": lambda store: edit(store, "B2", "9"),
        "choose": lambda store: store.drafts.add_choices(shown, Choices({"a": "births"})),
        "choose otherwise": lambda store: store.drafts.add_choices(shown, Choices({"a": "children"}, {"x": first})),
        "drop": lambda store: store.drafts.drop(shown),
        "restore": lambda store: store.drafts.restore(dropped),
        "keep again": lambda store: store.drafts.save(round, "b.xlsx", b"2") and None,
        "keep": lambda store: store.drafts.save(planned, "e.xlsx", b"5") and None,
        "map": lambda store: store.mappings.save(shape, round.standard_id, Choices({"a": "births"}), "A"),
        "map otherwise": lambda store: store.mappings.save(shape, round.standard_id, Choices({"a": "children"}), "B"),
        "explain": lambda store: store.explanations.save(planned, [(WARNING, "lý do")], "A"),
        "act": lambda store: act_on(store, owner="Trạm"),
        "act otherwise": lambda store: act_on(store, done=True),
        "leave": lambda store: store.actions.apply(round, drop=[(first, "2")], actor="A", seen=[action]),
        "scenario": lambda store: store.scenarios.save(round, "Hai", {"by": 1}, "A") and None,
        "scenario of the name": lambda store: store.scenarios.save(round, "Hai", {"by": 2}, "B") and None,
        "forget": lambda store: store.scenarios.drop(scenario, "A"),
    }  # fmt: skip
    return Ground(round, acts)


def read(store: Store, ground: Ground) -> dict[str, object]:
    """All that is stored of a trial, without what tells when."""
    planned = plan_round(ground.round.year + 1000, vintage="2020")
    state: dict[str, object] = {}
    for round in (ground.round, planned):
        key = round is planned
        state[f"figures {key}"] = store.observations.load(round).astype(object).fillna(-1).to_dict("index")
        state[f"files {key}"] = sorted(file.file_name for file in store.submissions.list(round))
        state[f"drafts {key}"] = sorted(
            (draft.file_name, str(draft.edits), str(draft.choices)) for draft in store.drafts.list(round)
        )
        state[f"dropped {key}"] = sorted(draft.file_name for draft in store.drafts.list_dropped(round))
        state[f"notes {key}"] = [note.note for note in store.explanations.load(round).values()]
        state[f"version {key}"] = store.rounds.facts_version(round)
    state["classes"] = store.classes.load(ground.round)["provenance"].to_dict()
    actions = store.actions.list(ground.round)
    state["actions"] = actions[["indicator_id", "owner", "done"]].to_numpy().tolist()
    state["scenarios"] = sorted(
        (scenario.name, str(scenario.content)) for scenario in store.scenarios.list(ground.round)
    )
    mapping = store.mappings.find(f"{SHAPE} {ground.round.year}", ground.round.standard_id)
    state["mapping"] = None if mapping is None else mapping.columns
    return state


def answer(act: Act, store: Store) -> object:
    """What a call comes to: its answer, or that it is refused in words; anything else is a fault."""
    try:
        return str(act(store))
    except StoreFaultError:
        raise
    except StoreError:
        return "refused"


def orders(first: int, second: int) -> Iterator[tuple[int, ...]]:
    """Every order of the calls of two sessions, each in its own turn: the session of each step."""
    for steps in combinations(range(first + second), first):
        yield tuple(0 if step in steps else 1 for step in range(first + second))


def run_in_turn(store: Store, ground: Ground, names: tuple[list[str], list[str]], order: tuple[int, ...]) -> object:
    queues = [iter(session) for session in names]
    answers: tuple[list[object], list[object]] = ([], [])
    for session in order:
        answers[session].append(answer(ground.acts[next(queues[session])], store))
    return answers, read(store, ground)


def run_at_once(stores: tuple[Store, Store], ground: Ground, names: tuple[list[str], list[str]]) -> object:
    start = threading.Barrier(2)
    answers: tuple[list[object], list[object]] = ([], [])
    errors: list[BaseException] = []

    def work(session: int) -> None:
        try:
            start.wait()
            for name in names[session]:
                answers[session].append(answer(ground.acts[name], stores[session]))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(session,)) for session in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
    return answers, read(stores[0], ground)


@pytest.fixture
def sessions(store, database_url) -> Iterator[tuple[Store, Store]]:
    """Two processes' stores, whose statements come a random moment later."""
    other = open_store(database_url)
    waits = random.Random(14)

    def wait(*_arguments: object) -> None:
        if threading.current_thread() is not threading.main_thread():  # calls in turn need not wait
            time.sleep(waits.random() * 0.003)

    for engine in (store._connections.engine, other._connections.engine):
        event.listen(engine, "before_cursor_execute", wait)
    yield store, other
    other.close()


@pytest.mark.parametrize("seed", range(3))
def test_every_outcome_is_one_of_some_order(sessions, seed):
    """Random calls of two sessions at once, against all orders of the same calls one after the other."""
    chance = random.Random(seed)
    years = iter(range(2020, 3000))
    ground = prepare(sessions[0], next(years))
    refused = 0
    for _ in range(TRIALS):
        names = tuple([chance.choice(list(ground.acts)) for _ in range(CALLS)] for _ in range(2))
        ground = prepare(sessions[0], next(years))
        outcome = run_at_once(sessions, ground, names)
        refused += str(outcome[0]).count("refused")
        known = []
        for order in orders(CALLS, CALLS):
            known.append(run_in_turn(sessions[0], prepare(sessions[0], next(years)), names, order))
            if known[-1] == outcome:
                break
        assert outcome in known, (names, outcome, known)
    assert refused


def test_every_method_that_writes_is_tried(store):
    """A method that takes part in a transaction writes; each has a call above."""
    import inspect

    source = inspect.getsource(prepare)
    parts = {name: part for name, part in vars(store).items() if not name.startswith("_")}
    writing = {
        f"{name}.{method}"
        for name, part in parts.items()
        for method, function in inspect.getmembers(part, inspect.ismethod)
        if "within" in inspect.signature(function).parameters
    }
    assert len(writing) > 10
    assert {method for method in writing if f"store.{method}(" not in source} == {"drafts.keep_summary"}
