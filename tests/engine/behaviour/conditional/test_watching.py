"""A condition is looked at when something it names has changed, and only then (BPMN 2.0, 10.4.5)."""

from datetime import timedelta
from random import Random

import pytest

from engine.spiff.expressions import Formula
from tests.engine.behaviour.play import play
from tests.engine.spiff.player import MORNING

BEGINNING = {"prices": [1, 5, 9], "limit": 4, "sum": 10, "given": 0, "until": MORNING + timedelta(hours=5)}


def watched(goals):
    return play(__file__, "watched", "watched-inside").start(**BEGINNING, goals=goals)


def set_(player, token=None, **variables):
    return player.act(lambda execution: execution.set_variables(variables, token))


def tokens(player, element):
    return [one.place.token for one in player.execution.waiting() if one.place.element == element]


def overlooked(player):
    """The elements that wait although their condition is true, and was not when they last happened."""
    found = []
    for token in player.execution._flow.everything():
        spec = token.task_spec
        condition = getattr(spec, "triggers", None) and spec.awaited(token).condition
        if condition and token.id in tokens(player, spec.element) and "held" not in token.internal_data:
            if condition.holds(spec.in_sight(token), player.around.now()):
                found.append(spec.element)
    return found


@pytest.mark.parametrize("seed", range(25))
def test_no_condition_that_has_become_true_is_overlooked(seed):
    """Whatever is written where: in the process, in one run, in a called process; and however late it is."""
    random = Random(seed)
    player = watched([30, 50, 70])
    names = {"limit": [0, 4, 8], "sum": [0, 3, 10, 50], "given": [0, 20, 60], "prices": [[1], [5, 9], [9, 10]]}
    for _ in range(12):
        name = random.choice(sorted(names))
        where = random.choice([None, *tokens(player, "add"), *tokens(player, "inner")])
        if random.random() < 0.2:
            player.later(hours=random.choice([1, 6]))
        set_(player, where, **{name: random.choice(names[name])})

        assert overlooked(player) == []


def test_a_name_inside_a_filter_is_looked_at_as_well():
    assert "high" in set_(watched([]), limit=0).passed


def test_a_condition_about_the_time_happens_with_the_next_step_after_it():
    player = watched([])

    assert "late" not in set_(player, other=1).passed
    assert "late" in set_(player.later(hours=6), other=2).passed


def test_a_condition_about_the_time_in_a_run_happens_with_the_next_step_as_well():
    player = play(__file__, "timely-runs").start(limits=[MORNING + timedelta(hours=n) for n in (1, 2, 9)])

    assert set_(player.later(hours=3), other=1).tasks == ["beside", "report", "report"]


def counted(monkeypatch):
    """The elements whose conditions were looked at."""
    looked, holds = [], Formula.holds
    monkeypatch.setattr(
        Formula, "holds", lambda formula, *given: looked.append(formula.element) or holds(formula, *given)
    )
    return looked


def test_a_change_costs_as_much_as_the_conditions_it_can_concern(monkeypatch):
    player = watched(list(range(100, 140)))
    one = tokens(player, "add")[7]
    looked = counted(monkeypatch)

    set_(player.later(minutes=1), other=1)
    assert looked == ["late"]

    looked.clear()
    set_(player, one, given=1)
    assert looked == ["late", "enough"]

    looked.clear()
    set_(player, given=1)
    assert sorted(looked) == ["enough"] * 40 + ["late"]


def test_as_many_conditions_are_looked_at_as_runs_begin(monkeypatch):
    looked = counted(monkeypatch)

    watched(list(range(100, 140)))

    assert looked.count("enough") == 40


def test_a_condition_about_the_numbers_of_the_runs_happens_when_another_run_ends():
    player = play(__file__, "counted-runs").start()
    assert player.tasks == ["work"] * 3

    player.complete("work")

    assert player.tasks == ["hurry", "hurry"]
    assert player.complete("hurry").complete("hurry").ended
