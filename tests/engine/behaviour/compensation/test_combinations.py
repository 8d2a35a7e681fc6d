"""Compensation together with runs, data, event sub-processes, gateways and errors (BPMN 2.0, 10.6 and 13.4.5)."""

from engine.port import TaskOpened
from engine.spiff.packing import unpack
from tests.engine.behaviour.play import play


def seen(player, name):
    """What each open task sees under a name, by its element."""
    opened = [one.place for one in player.execution.waiting() if isinstance(one, TaskOpened)]
    return [(place.element, player.execution.variables(place.token).get(name)) for place in opened]


def test_what_each_run_completed_is_undone_in_its_own_order_and_the_runs_beside_each_other():
    player = play(__file__, "visits").start(customers=["Ada", "Bo"])
    player.complete("meet").complete("meet").complete("write").complete("write").complete("ask")

    assert seen(player, "customer") == [("unwrite", "Ada"), ("unwrite", "Bo")]
    player.complete("unwrite")
    assert sorted(seen(player, "customer")) == [("unmeet", "Ada"), ("unwrite", "Bo")]
    player.complete("unwrite").complete("unmeet").complete("unmeet")
    assert player.tasks == ["after"]


def test_a_run_undoes_only_its_own_work():
    player = play(__file__, "visits-inside").start(customers=["Ada", "Bo"]).complete("meet")

    assert seen(player, "customer") == [("meet", "Bo"), ("unmeet", "Ada")]
    player.complete("unmeet")
    assert player.tasks == ["meet", "write"]


def test_data_of_a_sub_process_is_as_it_was_when_that_completed():
    player = play(__file__, "declared").start().complete("fill", number=7, note="first")
    assert "number" not in player.variables

    player.complete("ask", note="later")

    assert player.execution.variables(player.token("settle")) == {"number": 7, "note": "later"}
    player.complete("settle", number=8, note="settled")
    assert player.variables == {"note": "settled"}


def default_inside():
    return play(__file__, "default-inside").start().complete("reserve").complete("pay")


def test_an_event_sub_process_that_undoes_may_let_everything_in_its_sub_process_be_undone():
    player = default_inside()

    for task in ("repay", "release", "tell"):
        assert player.tasks == [task]
        player.complete(task)
    assert player.tasks == ["after"]


def test_an_error_while_a_completed_sub_process_is_undone_is_not_caught_in_it_but_around_the_thrower():
    player = default_inside()

    player.throw("repay", "FAILED")

    assert player.tasks == ["mend_all"]


def kinds(hint):
    player = play(__file__, "kinds").start(enough=False).complete("call").complete("mail", enough=True)
    if hint:
        player.catch("hint_start").complete("aside")
    return player.complete("deep").complete("shallow")


def undone(player):
    found = []
    while player.tasks != ["after"]:
        (task,) = player.tasks
        found.append(task)
        player.complete(task)
    return found


def test_ad_hoc_and_nested_sub_processes_are_undone_by_what_was_done_in_them():
    assert undone(kinds(hint=False)) == ["unshallow", "undeep", "uncall"]


def test_an_event_sub_process_that_ran_beside_is_undone_with_its_sub_process():
    assert undone(kinds(hint=True)) == ["unshallow", "undeep", "unaside", "uncall"]


def test_two_throwers_undo_the_same_work_once_and_only_the_first_waits_for_it():
    player = play(__file__, "twice").start().complete("work").complete("left")
    assert player.tasks == ["right", "unwork"]

    player.complete("right")

    assert player.tasks == ["unwork"]
    assert player.complete("unwork").tasks == ["after"]


def test_a_sub_process_that_is_left_while_it_undoes_leaves_the_rest_undone():
    player = play(__file__, "guarded").start().complete("work")
    assert player.tasks == ["unwork"]

    player.later(hours=1).due("late")

    assert player.tasks == ["give_up"]
    assert "unwork" in player.withdrawn
    assert player.complete("give_up").ended.ends == ("late_end",)


def test_an_inclusive_join_waits_for_the_thrower_until_all_is_undone():
    player = play(__file__, "joined").start(undo=True).complete("work")

    assert player.tasks == ["unwork"]
    assert player.complete("unwork").tasks == ["after"]


def path(**variables):
    return play(__file__, "path").start(**variables).complete("first").complete("second")


def test_what_the_error_of_an_undoer_leads_to_undoes_what_was_done_beside_it():
    player = path(stop=False).throw("unsecond", "FAILED")

    assert player.tasks == ["unfirst"]
    assert player.complete("unfirst").tasks == ["after"]


def test_what_the_error_of_an_undoer_leads_to_ends_the_scope_it_is_drawn_in():
    assert path(stop=True).throw("unsecond", "FAILED").ended.ends == ("stop",)


def test_what_was_completed_is_stored_in_plain_lists_as_by_earlier_releases():
    player = play(__file__, "nested").start().complete("plain_a").complete("plain_b")
    number = {step.element: step.index for step in reversed(player.spec.steps)}  # the first of each name is drawn
    parts = [[number[name], None, None, None] for name in ("plain_a", "plain_b")]

    assert unpack(player.state)[-1] == {"done": [[number["plain"], None, [True, parts], None]]}
