"""Called processes: what goes in, what comes back, errors and off-page references inside."""

import pytest

from engine.bpmn import read
from engine.errors import Rejected, Stuck
from engine.port import Skipped
from engine.spiff import compile_bundle
from tests.engine.spiff.player import Player, compiled, drawing


def test_only_mapped_variables_go_into_a_called_process():
    player = Player(compiled("caller", "called")).start().complete("ask", deal="OPP-1", amount=4, secret=1)
    (task,) = player.execution.waiting()
    assert (task.place.process, task.place.element) == ("called", "judge")
    assert player.execution.variables(task.place.token) == {"opportunity": "OPP-1", "doubled": 8}


def test_only_mapped_variables_come_back():
    player = Player(compiled("caller", "called")).start().complete("ask", deal="OPP-1")
    player.complete("judge", grade="A", note="inside")
    assert player.tasks == ["after"]
    assert player.variables == {
        "deal": "OPP-1",
        "grade": "A",
        "shout": "A!",
        "next_key": None,
        "next_payload": None,
    }


def test_an_off_page_reference_inside_tells_the_caller_which_process_is_next():
    player = Player(compiled("caller", "called")).start().complete("ask", deal="OPP-1").complete("judge", grade="next")
    assert not player.handed_over
    assert player.variables["next_key"] == "plan-sales-call"
    assert player.variables["next_payload"] == {"opportunity": "OPP-1"}


def test_an_error_end_inside_reaches_the_boundary_event_of_the_call():
    player = Player(compiled("caller", "called")).start().complete("ask").complete("judge", grade="none")
    assert player.tasks == ["mend"]


def test_an_error_thrown_by_a_step_inside_reaches_the_boundary_event_of_the_call():
    player = Player(compiled("caller", "called")).start().complete("ask").throw("judge", "REFUSED", why="no")
    assert player.tasks == ["mend"]
    assert player.variables["why"] == "no"


def test_all_variables_go_in_and_come_back_when_the_mapping_says_so():
    player = Player(compiled("caller-all", "called")).start(opportunity="OPP-2").complete("judge", grade="B")
    assert player.ended
    assert player.variables["grade"] == "B"
    assert player.variables["opportunity"] == "OPP-2"


def test_a_called_process_that_is_not_there_is_refused_by_name():
    with pytest.raises(Rejected, match=r"caller.bpmn:\d+ \[classify\] .*'called' is unknown"):
        compiled("caller")


def test_a_process_that_calls_itself_without_end_is_stuck_by_name():
    with pytest.raises(Stuck, match="nested at most 60 deep, but 'inner' goes deeper"):
        Player(compiled("calls-itself")).start()


def test_only_the_processes_that_are_called_become_part_of_the_spec():
    drawings = {one.process.get("id"): one for one in map(drawing, ("caller", "called", "errors", "tasks"))}
    spec = compile_bundle(drawings["caller"], drawings)
    assert [one.process for one in spec.processes] == ["caller", "called"]


def test_a_call_is_passed_over_while_its_skip_condition_holds():
    text = drawing("caller-all").xml.decode()
    property_ = '<camunda:properties><camunda:property name="skip_when" value="known = true"/></camunda:properties>'
    skipping = text.replace("<camunda:in ", f"{property_}<camunda:in ", 1)
    spec = compile_bundle(read(skipping.encode(), "caller-all.bpmn"), {"called": drawing("called")})

    skipped = Player(spec).start(known=True)
    assert skipped.ended
    assert [(one.place.element, one.reason) for one in skipped.seen if isinstance(one, Skipped)] == [
        ("inner", "known = true")
    ]

    assert Player(spec).start(known=False).tasks == ["judge"]
