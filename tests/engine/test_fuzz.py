"""Random processes on the engine against an oracle that only knows their block structure."""

from collections import Counter

import pytest

from bench.fuzz.__main__ import run
from bench.fuzz.blocks import GUARDS, within
from bench.fuzz.play import Case, Difference, check
from engine.errors import EngineError
from engine.spiff import faults
from engine.spiff.boundary import BoundaryEvent
from engine.spiff.calls import Containing
from engine.spiff.compensation import RememberedInside
from engine.spiff.flows import Frame
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
    kinds = {"task", "call", "seq", "choice", "parallel", "some", "sub", "failing", "await", "called"}
    kinds |= {"link", "stopped", "done", "undo throw", "undo end", "repeat exclusive", "repeat inclusive"}
    kinds |= {"runs parallel", "runs sequential", "runs until"}
    assert set(found) == kinds | {f"guard {mode}" for mode in GUARDS}
    assert min(found.values()) >= 15


def fires_early(self, flow, filled):
    return False


def any_arrival(self, token):
    self.fire({0: token})


def never_inside(self, values):
    (self.parent or self).values.update(values)


def forgets_counter(self, token, number, item):
    ORIGINAL_RUN(self, token, 0, item if number < 2 else 0)


def nobody_near(starts, kind, code, target):
    """Looks at the edges of activities only, never at event sub-processes."""
    specs = list(starts)
    return ORIGINAL_MATCHING([] if isinstance(target, Frame) else specs, kind, code, target)


def once_only(self, token, host, payload):
    """A non-interrupting event does not wait again."""
    token.begin()
    if self.interrupting:
        host.cancel()
    token.complete()


def forgets_inside(self, token, inner):
    Containing.returned(self, token, inner)


ORIGINAL_RUN = MultiInstance.run_one
ORIGINAL_MATCHING = faults.matching


@pytest.mark.fuzz
@pytest.mark.parametrize(
    ("owner", "name", "broken"),
    [
        (ParallelGateway, "arrived", any_arrival),
        (InclusiveGateway, "expects", fires_early),
        (Joining, "_update_hook", lambda self, token, via=None: True),
        (Scope, "write", never_inside),
        (MultiInstance, "run_one", forgets_counter),
        (MultiInstance, "enough", lambda self, token, run: False),
        (faults, "matching", nobody_near),
        (BoundaryEvent, "happen", once_only),
        (RememberedInside, "returned", forgets_inside),
    ],
)
def test_a_planted_mistake_is_noticed(monkeypatch, owner, name, broken):
    monkeypatch.setattr(owner, name, broken)
    assert any(goes_wrong(seed) for seed in range(FIRST, FIRST + NUMBER))


def goes_wrong(seed):
    """Whether the large process of a seed does something else than its structure says."""
    try:
        check(Case.of(str(seed), depth=6), "test")
    except (Difference, EngineError, KeyError, ValueError, IndexError):
        return True
    return False


def test_the_long_run_says_seed_number_wrong_and_time(capsys):
    assert run(3, 7) == 0
    assert capsys.readouterr().out.startswith("seed 7: 3 random processes, 0 wrong, ")
