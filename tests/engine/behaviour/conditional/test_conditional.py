"""Conditional events happen when their condition becomes true (BPMN 2.0, 10.4.5; 13.4.2 and 13.4.3)."""

import pytest

from engine import incidents, repairs, verify
from engine.contract import Done, Fail, TaskContext, handler
from engine.port import ConditionAwaited
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play, refusals


def set_(player, **variables):
    """Sets variables as a repair does."""
    return player.act(lambda execution: execution.set_variables(variables))


def test_a_catching_event_waits_until_another_branch_makes_its_condition_true():
    player = play(__file__, "catch").start(amount=1)
    assert [one.condition for one in player.execution.waiting() if isinstance(one, ConditionAwaited)] == [
        "amount > 100"
    ]

    player.complete("work", amount=101)

    assert player.tasks == ["go_on"]


def test_a_variable_that_is_not_there_yet_counts_as_not_true():
    assert "enough" in play(__file__, "catch").start().waiting


def test_a_condition_that_is_true_already_is_not_waited_for():
    assert play(__file__, "catch-wrapped").start(amount=200).complete("work").tasks == ["go_on"]


def test_variables_set_by_a_repair_count_as_well():
    player = play(__file__, "catch").start(amount=1)

    assert set_(player, amount=50).tasks == ["work"]
    assert set_(player, amount=101).tasks == ["go_on", "work"]


def test_on_a_border_it_ends_the_activity():
    player = play(__file__, "boundary-interrupting").start(amount=1).complete("beside", amount=101)

    assert player.tasks == ["react"]
    assert "work" in player.withdrawn


def test_on_a_border_it_happens_at_once_when_its_condition_is_true_already():
    assert play(__file__, "boundary-interrupting").start(amount=101).tasks == ["beside", "react"]


def test_beside_an_activity_it_happens_each_time_its_condition_becomes_true():
    player = play(__file__, "boundary-beside").start(amount=1)

    assert set_(player, amount=101).tasks == ["beside", "react", "work"]
    assert set_(player, amount=102).tasks == ["beside", "react", "work"]
    assert set_(player, amount=3).tasks == ["beside", "react", "work"]
    assert set_(player, amount=103).tasks == ["beside", "react", "react", "work"]


def test_it_is_withdrawn_with_its_activity():
    player = play(__file__, "boundary-beside").start(amount=1).complete("work")

    assert set_(player, amount=101).tasks == ["beside"]
    assert "enough" in player.withdrawn


def test_around_a_sub_process_it_sees_what_the_steps_inside_write():
    player = play(__file__, "sub-process").start(amount=1).complete("first", amount=101)

    assert player.tasks == ["react"]
    assert "second" not in player.entered


def test_it_is_looked_at_between_the_steps_of_one_command():
    player = play(__file__, "between-steps", handlers=["count"]).start(amount=1).complete("ask")

    player.complete("count", amount=101)

    assert player.tasks == ["react"]
    assert "again" not in player.passed


def test_a_called_process_looks_at_its_own_variables():
    player = play(__file__, "own-variables", "called").start(amount=1).complete("outer", amount=101)
    assert "enough" in player.waiting

    assert "enough" not in player.complete("inner", amount=101).waiting


def test_each_run_looks_with_its_own_item():
    player = play(__file__, "runs").start(amount=1, limits=[10, 20, 30])

    assert set_(player, amount=25).tasks == ["beside", "report", "report"]
    assert player.complete("beside", amount=31).tasks == ["report", "report", "report"]


def test_behind_an_event_gateway_it_is_one_of_the_choices():
    player = play(__file__, "gateway").start(amount=1).complete("work").complete("beside", amount=101)

    assert player.tasks == ["react"]
    assert "late" in player.withdrawn


def test_a_condition_that_is_to_start_a_process_is_refused():
    assert ("conditional-event", "start") in refusals(__file__, "refused-start")


def test_a_missing_condition_is_refused():
    assert ("conditional-event", "enough") in refusals(__file__, "refused-empty")


@pytest.mark.parametrize("name", ["refused-python"])
def test_a_condition_that_is_no_feel_is_refused(name):
    assert ("expressions", "enough") in refusals(__file__, name)


@handler("count")
def count(task: TaskContext[object]) -> Done | Fail:
    return Fail("The counter is broken.", retry=False)


def test_a_correction_of_values_by_a_person_makes_it_happen(sqlite):
    made = Kit(sqlite, handlers=[count], files={"bpmn/stored.bpmn": drawing(__file__, "stored").xml})
    run = made.start("stored", amount=1)
    run.complete("work", amount=2)
    with sqlite.read() as connection:
        (trouble,) = incidents.of_instance(connection, run.instance_id)

    repairs.retry(made.engine, trouble.id, "ops", {"amount": 5000})

    assert run.open_tasks() == ["mend"]
    with sqlite.read() as connection:
        assert verify.check(made.engine, connection) == []


def test_of_two_that_become_true_at_once_the_older_happens_first_each_time():
    """The standard leaves the order open; it is at least the same whether the instance was stored in between or not."""
    player = play(__file__, "two-at-once").start(amount=1)

    for amount in (101, 1, 102, 1, 103):
        set_(player, amount=amount)

    assert [element for element in player.passed if element in ("edge", "beside")] == ["beside", "edge"] * 3
