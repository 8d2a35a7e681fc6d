"""Random processes on the engine against an oracle that only knows their block structure."""

from collections import Counter

import pytest

from bench.fuzz.__main__ import run
from bench.fuzz.blocks import within
from bench.fuzz.play import Case, Difference, check
from engine.errors import EngineError
from engine.spiff.joins import InclusiveGateway, Joining, ParallelGateway
from engine.spiff.loops import MultiInstance
from engine.spiff.tokens import Scope

FIRST, NUMBER = 20260302, 400


@pytest.mark.fuzz
@pytest.mark.parametrize("tenth", range(10))
def test_random_processes_do_what_their_structure_says(tenth):
    size = NUMBER // 10
    for seed in range(FIRST + tenth * size, FIRST + (tenth + 1) * size):
        check(Case.of(str(seed)), "test")


@pytest.mark.fuzz
def test_the_order_in_which_people_act_changes_nothing():
    case = Case.of("orders of a process", depth=5)
    for order in range(20):
        check(case, str(order))


def test_the_random_processes_hold_every_kind_of_block():
    found = Counter()
    for seed in range(FIRST, FIRST + NUMBER):
        found.update(f"{block.kind} {block.mode}".strip() for block in within(Case.of(str(seed)).block))
    kinds = {"task", "call", "seq", "choice", "parallel", "some", "repeat", "sub", "failing", "await", "called"}
    modes = {"interrupt", "message", "beside", "cycle", "event_sub", "event_sub_beside", "runs"}
    runs = {"runs parallel", "runs sequential", "runs until"}
    assert set(found) == kinds | {f"guard {mode}" for mode in modes} | runs
    assert min(found.values()) >= 20


def fires_early(self, flow):
    arrivals = self.arrivals(flow)
    if arrivals:
        self.fire(arrivals)
    return bool(arrivals)


def any_arrival(self, token):
    self.fire({0: token})


def never_inside(self, values):
    (self.parent or self).values.update(values)


def forgets_counter(self, token, number, item):
    ORIGINAL_RUN(self, token, 0, item if number < 2 else 0)


ORIGINAL_RUN = MultiInstance.run_one


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("owner", "name", "broken"),
    [
        (ParallelGateway, "arrived", any_arrival),
        (InclusiveGateway, "try_fire", fires_early),
        (Joining, "_update_hook", lambda self, token, via=None: True),
        (Scope, "write", never_inside),
        (MultiInstance, "run_one", forgets_counter),
        (MultiInstance, "enough", lambda self, token, run: False),
    ],
)
def test_a_planted_mistake_is_noticed(monkeypatch, owner, name, broken):
    monkeypatch.setattr(owner, name, broken)
    wrong = 0
    for seed in range(FIRST, FIRST + 120):
        try:
            check(Case.of(str(seed)), "test")
        except (Difference, EngineError, KeyError, ValueError, IndexError):
            wrong += 1
    assert wrong > 0


def test_the_long_run_says_seed_number_wrong_and_time(capsys):
    assert run(3, 7) == 0
    assert capsys.readouterr().out.startswith("seed 7: 3 random processes, 0 wrong, ")
