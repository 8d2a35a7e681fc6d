"""Starting by hand: at one of several beginnings, and not at all what only messages, signals or the clock begin."""

from __future__ import annotations

import pytest

from engine import definitions
from tests.webapp.steps import OPERATIONS, text
from tests.webapp.world import Client, World

DRAWING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <message id="m" name="order.came"/><signal id="n" name="storm"/>
  <process id="visit" name="Plan a visit" isExecutable="true">
    %s
    <userTask id="call" name="Call" camunda:candidateGroups="ops"/>
    <sequenceFlow id="fe" sourceRef="call" targetRef="e"/>
    <userTask id="mail" name="Write" camunda:candidateGroups="ops"/>
    <sequenceFlow id="ge" sourceRef="mail" targetRef="e"/>
    <endEvent id="e"/>
  </process>
</definitions>"""
BY_PHONE = '<startEvent id="phone" name="By phone"/><sequenceFlow id="f" sourceRef="phone" targetRef="call"/>'
BY_MAIL = '<startEvent id="letter"/><sequenceFlow id="g" sourceRef="letter" targetRef="mail"/>'
BY_MESSAGE = """<startEvent id="came"><messageEventDefinition id="md" messageRef="m"/></startEvent>
    <sequenceFlow id="h" sourceRef="came" targetRef="mail"/>"""
BY_SIGNAL = BY_MESSAGE.replace(
    'messageEventDefinition id="md" messageRef="m"', 'signalEventDefinition id="sd" signalRef="n"'
)
BY_CLOCK = """<startEvent id="came"><timerEventDefinition id="td">
    <timeDate xsi:type="tFormalExpression">2090-01-01T00:00:00Z
    </timeDate></timerEventDefinition></startEvent><sequenceFlow id="h" sourceRef="came" targetRef="mail"/>"""
CALL_ALONE = '<sequenceFlow id="w" sourceRef="mail" targetRef="call"/>'


def deployed(world: World, inside: str) -> Client:
    definitions.deploy(world.engine, {"bpmn/visit.bpmn": (DRAWING % inside).encode()}, None)
    return world.client(OPERATIONS)


def open_tasks(world: World) -> list[str]:
    with world.application.database.read() as connection:
        return list(connection.exec_driver_sql("SELECT element FROM user_task").scalars())


@pytest.mark.parametrize(("at", "task"), [("phone", "call"), ("letter", "mail")])
def test_the_page_offers_every_beginning_by_name_and_starts_at_the_one_chosen(world: World, at: str, task: str) -> None:
    client = deployed(world, BY_PHONE + BY_MAIL)

    page = text(client.get("/processes/visit").text)
    client.post("/processes/visit/begin", at=at)

    assert "Where does it begin? By phone Start 2" in page
    assert open_tasks(world) == [task]


@pytest.mark.parametrize("sent", [{}, {"at": "nowhere"}])
def test_asked_without_a_beginning_a_page_lets_one_choose_it(world: World, sent: dict[str, str]) -> None:
    client = deployed(world, BY_PHONE + BY_MAIL)

    asked = client.post("/processes/visit/begin", **sent)

    assert asked.status_code == 200 and 'name="at" value="letter"' in asked.text
    assert 'action="/processes/visit/begin"' in asked.text and open_tasks(world) == []


def test_with_one_plain_beginning_nothing_is_asked_also_beside_a_message(world: World) -> None:
    client = deployed(world, BY_PHONE + BY_MESSAGE)

    page = client.get("/processes/visit").text
    client.post("/processes/visit/begin")

    assert "Begin something new" in page and "Where does it begin?" not in page
    assert open_tasks(world) == ["call"]


@pytest.mark.parametrize("start", [BY_MESSAGE, BY_SIGNAL, BY_CLOCK], ids=["message", "signal", "clock"])
def test_what_begins_by_itself_is_not_offered_and_refused_with_a_sentence(world: World, start: str) -> None:
    client = deployed(world, start + CALL_ALONE)

    page = text(client.get("/processes/visit").text)
    asked = client.post("/processes/visit/begin")

    assert "Begin something new" not in page and "Nobody starts this process by hand" in page
    assert asked.status_code == 302
    assert "Plan a visit begins by itself: when something happens" in client.get(asked.location).text
    assert open_tasks(world) == []
