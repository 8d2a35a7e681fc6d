"""Events about several things: the first, all, or all thrown; and shared definitions (BPMN 2.0, 10.4.2-10.4.5)."""

from datetime import timedelta

import pytest

from engine import verify
from engine.port import EventAwaited, EventThrown
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play, refusals


def thrown(player):
    return [(one.kind, one.name) for one in player.seen if isinstance(one, EventThrown)]


def awaited(player, element):
    return [one for one in player.execution.waiting() if one.place.element == element]


def catch(player, element, name):
    """Delivers the message or signal of this name to an event that awaits several."""
    found = [one for one in awaited(player, element) if isinstance(one, EventAwaited) and one.name == name]
    return player.act(lambda execution: execution.catch(found[0].place.token, {name: True}))


def due(player, element):
    (token,) = [one.place.token for one in awaited(player, element) if not isinstance(one, EventAwaited)]
    return player.act(lambda execution: execution.due(token))


def test_a_catching_event_goes_on_with_the_first_of_several_things():
    by_message = catch(play(__file__, "catch-any").start(), "either", "paid")
    by_time = due(play(__file__, "catch-any").start().later(days=1), "either")

    for player in (by_message, by_time):
        assert player.tasks == ["after"]
        assert player.entered.count("either") == player.passed.count("either") == 1
        assert not awaited(player, "either")


def test_a_parallel_multiple_event_needs_all_in_any_order():
    player = play(__file__, "catch-all").start(amount=1)

    catch(player, "both", "signed")
    player.act(lambda execution: execution.set_variables({"amount": 101}))
    assert player.tasks == []
    catch(player, "both", "paid")

    assert player.tasks == ["after"]
    assert (player.variables["paid"], player.variables["signed"]) == (True, True)


def test_each_run_needs_all_for_itself():
    player = play(__file__, "in-runs").start()

    catch(catch(player, "both", "paid"), "both", "paid")
    assert player.tasks == []

    assert catch(player, "both", "signed").tasks == ["report"]


@pytest.mark.parametrize("name", ["stop", "alarm"])
def test_on_a_border_any_of_several_things_ends_the_activity(name):
    player = catch(play(__file__, "boundary-any").start(), "edge", name)

    assert player.tasks == ["react"]
    assert not awaited(player, "edge")


def test_one_of_several_things_on_a_border_may_be_an_error():
    player = play(__file__, "boundary-any").start().throw("work", "ODD")

    assert player.tasks == ["react"]
    assert player.variables["code"] == "ODD"


def test_beside_an_activity_each_of_several_things_happens_again():
    player = play(__file__, "boundary-beside").start()

    catch(catch(player, "edge", "hint"), "edge", "hint")
    due(due(player.later(hours=1), "edge").later(hours=1), "edge")

    assert player.tasks == ["react"] * 4 + ["work"]
    assert [type(one) for one in awaited(player, "edge")] == [EventAwaited]


def test_on_a_border_all_things_together_end_the_activity():
    player = catch(play(__file__, "boundary-all").start(), "edge", "alarm")
    assert player.tasks == ["work"]

    assert catch(player, "edge", "stop").tasks == ["react"]


def test_beside_an_activity_all_things_together_happen_again_and_again():
    player = play(__file__, "boundary-all-beside").start()

    catch(catch(player, "edge", "alarm"), "edge", "stop")
    assert player.tasks == ["react", "work"]

    assert catch(catch(player, "edge", "stop"), "edge", "alarm").tasks == ["react", "react", "work"]


def test_any_of_several_things_starts_an_event_sub_process():
    player = catch(catch(play(__file__, "sub-process-any").start(), "begins", "hint"), "begins", "alarm")

    assert player.tasks == ["handle", "handle", "work"]


def test_all_things_together_start_an_event_sub_process_again_and_again():
    player = catch(play(__file__, "sub-process-all").start(), "begins", "hint")
    assert player.tasks == ["work"]

    catch(player, "begins", "alarm")
    assert player.tasks == ["handle", "work"]

    assert catch(catch(player, "begins", "alarm"), "begins", "hint").tasks == ["handle", "handle", "work"]


def test_all_things_together_may_interrupt():
    player = catch(catch(play(__file__, "sub-process-all-interrupting").start(), "begins", "hint"), "begins", "alarm")

    assert player.tasks == ["handle"]
    assert not awaited(player, "begins")


def test_a_throwing_event_throws_all_it_names_with_its_payload():
    player = play(__file__, "throw-all").start().complete("work", number=7)

    assert thrown(player) == [("message", "order.sent"), ("signal", "news"), ("escalation", "HELP")]
    assert [one.payload for one in player.seen if isinstance(one, EventThrown)] == [{"order": 7}, {"order": 7}, {}]
    assert player.ended


def test_all_that_is_thrown_is_caught_inside():
    assert play(__file__, "throw-inside").start().complete("work").tasks == ["one", "two"]


def test_an_end_event_throws_all_it_names_and_the_error_last():
    player = play(__file__, "end-all").start().complete("work")

    assert player.tasks == ["mend"]
    assert thrown(player) == [("message", "order.failed"), ("signal", "news")]


@pytest.mark.parametrize("name", ["paid", "signed"])
def test_behind_an_event_gateway_any_of_several_things_is_one_choice(name):
    player = catch(play(__file__, "gateway").start(), "either", name)

    assert player.tasks == ["after"]
    assert player.waiting == ["after", "cx_withdrawn"]


def test_events_share_a_definition_that_stands_beside_the_process():
    player = play(__file__, "shared").start().later(days=1).due("late").due("wait")
    assert player.tasks == ["remind", "waited", "work"]

    assert player.complete("waited").ended.ends == ("over",)


def test_an_event_has_a_shared_definition_beside_its_own():
    assert due(play(__file__, "shared-and-own").start().later(days=1), "either").tasks == ["after"]
    assert catch(play(__file__, "shared-and-own").start(), "either", "paid").tasks == ["after"]


@pytest.mark.parametrize(("name", "element"), [("shared", "wait"), ("together", "over"), ("all", "edge")])
def test_what_cannot_happen_together_is_refused_by_name(name, element):
    assert ("event-definitions", element) in refusals(__file__, f"refused-{name}")


def test_what_is_stored_of_several_awaited_things_is_kept_right(sqlite):
    made = Kit(sqlite, files={"bpmn/stored.bpmn": drawing(__file__, "stored").xml})
    run = made.start("stored")

    def sound():
        with made.database.read() as connection:
            return verify.check(made.engine, connection) == []

    for name in ("hint", "paid", "hint", "signed"):
        run.message(name)
        assert sound()
    assert sorted(run.open_tasks()) == ["react", "react", "work"]
    run.pass_time(timedelta(hours=2))
    assert sorted(run.open_tasks()) == ["after", "react", "react", "react", "react", "work"] and sound()
    run.complete("after")
    assert run.open_tasks().count("react") == 6 and sound()
    run.complete("work")

    assert run.open_tasks() == ["react"] * 6 and sound()
