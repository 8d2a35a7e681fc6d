"""Drawings of Camunda 7: JUEL expressions, programs behind steps, fields, mappings; what cannot run is named.

The elements are those of BPMN 2.0 chapter 10; what the attributes mean is said in docs/notations.md.
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine import Database
from engine.bpmn import forms_inside, read
from engine.bpmn.extensions import attributes, starters
from engine.errors import InvalidForm, Rejected
from engine.forms import check_form, parse_form
from engine.port import CallWanted, EventAwaited, EventThrown, TimerArmed
from tests.engine.behaviour.notations.playing import HERE, deployed, drawing, recorder, refused, told
from tests.engine.behaviour.play import play


@pytest.mark.parametrize(
    ("variables", "way"),
    [
        ({"amount": 2000, "vip": False, "owner": "ada", "lines": []}, "director"),
        ({"amount": 2000, "owner": "ada", "lines": []}, "director"),
        ({"amount": 2000, "vip": True, "owner": "", "lines": []}, "find_owner"),
        ({"amount": 1, "vip": True, "lines": []}, "find_owner"),
        ({"amount": 1, "vip": True, "owner": "ada", "lines": [{"kind": "rush"}, {"kind": "x"}]}, "first_is_rush"),
        ({"amount": 1, "vip": True, "owner": "ada", "lines": [{"kind": "x"}, {"kind": "rush"}]}, "normal"),
        ({"amount": 1, "vip": True, "owner": "ada", "lines": [], "rush": True}, "first_is_rush"),
        ({"amount": 1000, "owner": "ada", "lines": []}, "normal"),
    ],
)
def test_conditions_in_juel_choose_the_way_that_they_chose_there(variables, way):
    """10.5.3; a variable that is missing counts as false, `empty` holds for it, and lists are counted from 0."""
    assert play(HERE, "c7-conditions").start(**variables).tasks == [way]


def test_each_translated_condition_is_told_with_its_flow_and_line():
    found = drawing(HERE, "c7-conditions").told

    assert [(one.element, one.line, one.severity) for one in found] == [
        ("which_to_director", 13, "info"),
        ("which_to_find_owner", 16, "info"),
        ("which_to_first_is_rush", 19, "info"),
    ]
    assert str(found[0].message) == (
        "Read ${amount > 1000 && !vip} at which_to_director as ${amount > 1000 and vip != true}."
    )


def test_what_is_stored_is_the_file_as_it_came():
    one = drawing(HERE, "c7-conditions")

    assert b"&amp;&amp; !vip" in one.xml


NAMES = ("send_invoice", "mailer", "note_check", "tell_customer")


def test_a_class_is_the_handler_of_its_name_and_sees_the_values_put_into_it(sqlite: Database) -> None:
    calls = []
    kit = deployed(sqlite, "c7-programs", handlers=[recorder(name, calls) for name in NAMES])
    run = kit.start("c7-programs", net=Decimal(200), lines=[1, 2, 3])
    run.complete("check", by="ops")

    assert [context.element for context in calls] == ["bill", "mail", "check", "told"]
    assert calls[0].variables["currency"] == "EUR" and calls[0].variables["total"] == Decimal("238.00")
    assert run.state == "completed"


def test_an_expression_that_only_reads_is_worked_out_into_its_variable(sqlite: Database) -> None:
    kit = deployed(sqlite, "c7-programs", handlers=[recorder(name, []) for name in NAMES])

    run = kit.start("c7-programs", net=50, lines=[1, 2, 3])

    assert (run.variables["size"], run.variables["parts"]) == ("small", 3)
    assert "currency" not in run.variables


def test_a_message_event_with_a_program_runs_the_program():
    player = play(HERE, "c7-programs", handlers=NAMES).start(net=1, lines=[])
    for element in ("bill", "sum_up", "mail", "count", "check"):
        player.complete(element)

    (call,) = [one for one in player.execution.waiting() if isinstance(one, CallWanted)]
    assert call.place.element == "told"
    assert player.complete("told").ended


def test_who_started_and_who_is_named_gets_the_tasks(sqlite: Database) -> None:
    kit = deployed(sqlite, "c7-people")
    run = kit.start("c7-people", urgent=True, boss=["mgr"], actor="rep")

    (task,) = run._tasks()
    assert (task["assignee"], task["priority"]) == ("rep", 80)
    assert task["due_at"] == kit.clock.now() + timedelta(days=2)
    run.complete("mine", by="rep")
    assert run.open_tasks() == ["ours"]
    run.complete("ours", by="mgr")
    assert run.state == "completed"


def test_fields_in_the_drawing_become_a_form_with_their_rules(sqlite: Database) -> None:
    run = deployed(sqlite, "c7-form").start("c7-form", name="ada")

    with pytest.raises(InvalidForm) as wrong:
        run.complete("ask", by="rep", reason="no", days="31", kind="holiday")
    assert set(wrong.value.errors) == {"reason", "days", "kind"}
    with pytest.raises(InvalidForm) as missing:
        run.complete("ask", by="rep", days="3", kind="rest")
    assert set(missing.value.errors) == {"reason"}


def test_the_answers_of_such_a_form_have_the_types_of_its_fields(sqlite: Database) -> None:
    run = deployed(sqlite, "c7-form").start("c7-form", name="ada")
    answers = {"reason": "a cold", "days": "3", "kind": "study", "paid": "true", "from": "2026-03-05"}
    run.complete("ask", by="rep", **answers)

    found = run.variables
    assert (found["reason"], found["days"], found["kind"], found["paid"]) == ("a cold", 3, "study", True)
    assert found["from"] == date(2026, 3, 5)
    assert run.state == "completed"


def test_such_a_form_is_as_sound_as_one_drawn_in_the_form_editor():
    made = forms_inside(drawing(HERE, "c7-form").root)

    assert list(made) == ["c7-form.ask"]
    assert [one for one in check_form(made["c7-form.ask"], "x.form") if one.severity == "error"] == []
    fields = {field.key: field for field in parse_form(made["c7-form.ask"], "x.form").fields}
    assert fields["asked_by"].read_only and fields["asked_by"].prefill == "upper case(name)"
    assert [choice.text for choice in fields["kind"].choices] == ["rest", "study"]
    assert (fields["days"].default, fields["kind"].default, fields["paid"].default) == (5, "rest", True)


def test_fields_that_no_form_can_have_keep_the_drawing_from_being_deployed(sqlite: Database) -> None:
    kit = deployed(sqlite, "c7-form")
    odd = drawing(HERE, "c7-form").xml.replace(b'id="reason"', b'id="the reason"')

    with pytest.raises(Rejected) as refused:
        kit.deploy({"bpmn/c7-form.bpmn": odd})

    assert [(one.file, one.element, one.rule) for one in refused.value.findings if one.severity == "error"] == [
        ("bpmn/c7-form.bpmn", "ask", "form-key")
    ]


def test_the_same_file_again_is_no_new_version(sqlite: Database) -> None:
    kit = deployed(sqlite, "c7-form")

    assert kit.deploy({"bpmn/c7-form.bpmn": drawing(HERE, "c7-form").xml}).versions == ()


def test_a_form_file_beside_the_drawing_wins_over_its_fields(sqlite: Database) -> None:
    own = b'{"type": "default", "components": [{"type": "textfield", "key": "only", "label": "Only"}]}'
    run = deployed(sqlite, "c7-form", files={"forms/c7-form.ask.form": own}).start("c7-form")

    run.complete("ask", by="rep", only="x")

    assert run.variables["only"] == "x"


def test_a_step_repeats_over_a_named_collection_until_its_condition_in_juel_holds():
    """10.2.8."""
    player = play(HERE, "c7-repeated").start(voters=["a", "b", "c"])
    assert player.tasks == ["vote", "vote", "vote"]

    assert player.complete("vote").tasks == ["vote", "vote"]
    assert player.complete("vote").tasks == ["again"]


def test_what_a_loop_says_of_each_run_and_who_may_begin_is_said_by_the_step_and_the_process():
    process = drawing(HERE, "c7-each-run").process
    found = attributes(process.find("{*}serviceTask"))

    assert (found["asyncBefore"], found["failedJobRetryTimeCycle"]) == ("true", "R2/PT5M")
    assert starters(process) == {"jo", "ops", "rep", "ann"}


def test_a_number_of_rounds_may_be_the_size_of_a_list():
    player = play(HERE, "c7-repeated").start(voters=["a", "b", "c"]).complete("vote").complete("vote")

    assert player.complete("again").tasks == ["again"]
    assert player.complete("again").ended


def test_parameters_may_be_texts_with_expressions_lists_and_maps():
    player = play(HERE, "c7-values").start(name="Ada", left_over=4, names=["x", "y"])

    seen = player.execution.variables(player.token("look"))

    assert seen["greeting"] == "Dear Ada, 4 left"
    assert (seen["plain"], seen["nothing"], seen["several"]) == ("as it is", None, ["EUR", "x"])
    assert seen["mapped"] == {"first": True, "two words": "x"}
    assert player.complete("look", answer="yes").variables["known"] is True


def test_a_missing_value_adds_nothing_to_a_text():
    player = play(HERE, "c7-values").start(names=[])

    assert player.execution.variables(player.token("look"))["greeting"] == "Dear ,  left"


def test_times_are_worked_out_in_juel():
    """10.4.5: a date that is worked out, and a duration given as a text."""
    player = play(HERE, "c7-times").start(hours=3, urgent=True)
    assert [one.due for one in player.effects if isinstance(one, TimerArmed)] == [datetime(2026, 3, 2, 12, tzinfo=UTC)]

    player.later(hours=3).due("wait_hours")
    assert [one.due for one in player.effects if isinstance(one, TimerArmed)] == [datetime(2026, 3, 2, 13, tzinfo=UTC)]
    assert player.later(hours=1).due("late").ended.ends == ("given_up",)


def test_a_called_process_gets_what_juel_works_out_and_answers():
    """10.2.5."""
    player = play(HERE, "c7-caller", "c7-called").start(amount=47, name="ada", secret=1)
    assert player.execution.variables(player.token("reply_to")) == {"rest": 7, "who": "ada"}

    assert player.complete("reply_to", reply="yes").variables["agreed"] is True


def test_a_signal_carries_the_variables_that_are_named():
    """10.4.5."""
    player = play(HERE, "c7-signal").start(title="Spring", count=1)

    (thrown,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert (thrown.name, thrown.payload) == ("news", {"headline": "Spring", "number": 2})


def test_a_message_may_be_named_by_what_the_process_is_about():
    """10.4.5."""
    player = play(HERE, "c7-message").start(order={"number": 7}, kind="rush")

    assert "answer-7-1" in [one.name for one in player.execution.waiting() if isinstance(one, EventAwaited)]


REFUSED = {
    "bean": "holidays.book() (${holidays.book(request)})",
    "connector": "camunda:connector",
    "computed_topic": 'camunda:topic="${which}"',
    "made_delegate": "camunda:delegateExpression=\"${factory.make('x')}\"",
    "in_a_file": "camunda:resource",
    "page": 'camunda:formKey="embedded:app:forms/task.html"',
    "case": "camunda:caseRef",
    "mapped": "camunda:variableMappingClass",
    "setter": "execution.setVariable (${execution.setVariable('x', 1)})",
    "scripted": 'camunda:script "javascript"',
    "colour": 'tint type="colour"',
    "odd": "camunda:sparkle",
    "by_script": 'language="groovy"',
}


@pytest.mark.parametrize("element", REFUSED)
def test_what_needs_the_other_engine_is_refused_with_its_element(element):
    assert f"{element} has {REFUSED[element]}: " in refused("c7-refused")[element]


def test_nothing_else_in_that_drawing_is_refused_when_it_is_read():
    assert set(refused("c7-refused")) == set(REFUSED)


def test_what_only_decorates_stays_and_is_not_mentioned():
    assert told("c7-decorated") == []
    assert play(HERE, "c7-decorated").start().complete("work").ended


def test_a_form_at_the_start_and_a_watched_variable_ask_for_a_second_look():
    warned = [(element, severity) for element, severity, _ in told("c7-watched")]

    assert sorted(warned) == [("paid", "info"), ("paid", "warning"), ("start", "warning")]


def test_a_condition_in_juel_that_comes_true_goes_on():
    """10.4.5, conditional event."""
    player = play(HERE, "c7-watched").start(paid=False)

    assert player.complete("work", paid=True).ended.ends == ("settled",)
    assert play(HERE, "c7-watched").start(paid=False).complete("work").tasks == ["more"]


@pytest.mark.parametrize(
    ("exporter", "mapping", "warned"),
    [
        ("Camunda Modeler", "singleResult", ["rule"]),
        ("Camunda Modeler", "singleEntry", []),
        ("Salesflow", "singleResult", []),
    ],
)
def test_rows_of_a_decision_ask_for_a_second_look(exporter, mapping, warned):
    text = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" exporter="{exporter}" id="d"
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="urn:t"><process id="p" isExecutable="true">
      <businessRuleTask id="rule" camunda:decisionRef="x" camunda:resultVariable="y"
      camunda:mapDecisionResult="{mapping}"/></process></definitions>"""

    assert [one.element for one in read(text.encode(), "p.bpmn").told if one.severity == "warning"] == warned


def test_a_loop_takes_nothing_from_what_its_step_says():
    """10.2.8: a repeated activity is one activity, and a loop that is not asynchronous does not speak for it."""
    file = Path(HERE).parent / "c7-each-run.bpmn"
    words = file.read_bytes().replace(b'asyncBefore="true"', b'asyncBefore="false"')
    step = read(words.replace(b'<bpmn:serviceTask', b'<bpmn:serviceTask camunda:asyncBefore="true"'), file.name)

    assert attributes(step.process.find("{*}serviceTask"))["asyncBefore"] == "true"
