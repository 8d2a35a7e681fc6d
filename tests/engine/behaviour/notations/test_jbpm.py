"""Drawings of jBPM: constants of a task are texts, and a bare owner is a person (BPMN 2.0, 10.2.4 and 10.3.2)."""

import re

import pytest
from sqlalchemy import select

from engine import Database
from engine.bpmn import read
from engine.tables import task_candidate
from tests.engine.behaviour.notations.playing import HERE, deployed, refused, told
from tests.engine.behaviour.play import drawing, play, refusals

TASK = ".//{*}userTask"
USERS = "{http://camunda.org/schema/1.0/bpmn}candidateUsers"


def test_a_constant_is_a_text_with_what_stands_in_braces_filled_in() -> None:
    player = play(HERE, "jbpm-review").start(customer="Acme")

    seen = player.execution.variables(player.token("review"))

    assert (seen["Title"], seen["Kind"], seen["Level"]) == ('Dear Acme, "hello"', "customer", 5)
    assert player.complete("review", result="fine").variables == {"customer": "Acme", "verdict": "fine"}


def test_a_condition_in_java_that_only_compares_is_worked_out() -> None:
    poor = play(HERE, "jbpm-review").start(customer="Acme").complete("review", result="poor")
    assert poor.tasks == ["again", "talk"]
    assert play(HERE, "jbpm-review").start(customer="Acme").complete("review", result="fine").ended


def test_an_ad_hoc_sub_process_that_completes_by_itself_has_each_step_done_once() -> None:
    player = play(HERE, "jbpm-review").start(customer="Acme").complete("review", result="poor")

    assert player.complete("talk").tasks == ["again"]
    assert player.complete("again").ended


def test_a_condition_that_calls_or_divides_as_java_does_is_refused() -> None:
    found = refusals(HERE, "jbpm-refused")

    assert {element for rule, element in found if rule == "expression-language"} == {"called", "divided"}


def test_owners_are_people_and_the_group_is_a_group(sqlite: Database) -> None:
    run = deployed(sqlite, "jbpm-review").start("jbpm-review", customer="Acme")

    with sqlite.read() as connection:
        query = select(task_candidate.c.kind, task_candidate.c.name)
        rows = connection.execute(query.where(task_candidate.c.task_id == run.task_id("review"))).all()
    assert sorted(tuple(row) for row in rows) == [("group", "ops"), ("user", "rep")]


def test_deadlines_and_narrower_signals_are_refused_by_name() -> None:
    assert list(refused("jbpm-refused")) == ["reminded", "narrow"]


def test_a_file_that_only_declares_its_namespace_is_not_taken_for_one_of_its_own() -> None:
    text = drawing(HERE, "jbpm-review").xml.decode()
    other = re.sub(r' drools:\w+="[^"]*"', "", text).replace(' expressionLanguage="http://www.mvel.org/2.0"', "")

    assert read(text.encode(), "a.bpmn").root.find(TASK).get(USERS) == "rep"
    assert read(other.encode(), "b.bpmn").root.find(TASK).get(USERS) is None


EXPORTED = {"handlers": ["send_note"]}


def test_what_its_editor_writes_beside_the_standard_changes_no_run() -> None:
    player = play(HERE, "jbpm-exported", "jbpm-review", **EXPORTED).start(customer="Acme", amount=1)

    assert player.execution.variables(player.token("note"))["Text"] == "Hello Acme"
    assert player.complete("note").tasks == ["check"]


def test_a_task_with_a_name_of_its_own_is_done_by_the_handler_of_that_name() -> None:
    assert ("handlers", "note") in refusals(HERE, "jbpm-exported")
    assert ("handlers", "note") not in refusals(HERE, "jbpm-exported", **EXPORTED)


def test_a_signal_that_is_not_declared_goes_by_what_it_is_referred_to() -> None:
    player = play(HERE, "jbpm-exported", "jbpm-review", **EXPORTED).start(amount=1).complete("note")

    assert [(one.kind, one.name) for one in player.execution.waiting() if one.place.element == "stopped"] == [
        ("signal", "Stop it")
    ]
    assert player.catch("stopped").ended


@pytest.mark.parametrize(("amount", "task"), [(1000, "huge"), (50, "large"), (1, "check")])
def test_conditions_are_tried_in_the_order_of_their_priorities(amount: int, task: str) -> None:
    assert play(HERE, "jbpm-exported", "jbpm-review", **EXPORTED).start(amount=amount).complete("note").tasks == [task]


def test_it_is_told_that_a_called_process_ends_with_its_call() -> None:
    assert [element for element, severity, _ in told("jbpm-exported") if severity == "warning"] == ["calls"]
