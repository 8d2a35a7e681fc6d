"""Processes that begin each other without end are stopped with an incident."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine import incidents, messages, worker
from engine.core import Limits
from engine.tables import process_instance
from engine.testing import Kit

ECHO = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="drawing" targetNamespace="urn:test">
  <message id="again" name="again"/>
  <process id="echo" isExecutable="true">
    <startEvent id="heard"><messageEventDefinition messageRef="again"/></startEvent>
    <endEvent id="said"><messageEventDefinition messageRef="again"/></endEvent>
    <sequenceFlow id="flow" sourceRef="heard" targetRef="said"/>
  </process>
</definitions>"""

MINUTELY = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="drawing" targetNamespace="urn:test">
  <process id="minutely" isExecutable="true">
    <startEvent id="due"><timerEventDefinition><timeCycle>R/PT1M</timeCycle></timerEventDefinition></startEvent>
    <endEvent id="done"/>
    <sequenceFlow id="flow" sourceRef="due" targetRef="done"/>
  </process>
</definitions>"""


@pytest.fixture
def kit(database):
    return Kit(database, files={"bpmn/echo.bpmn": ECHO}, limits=Limits(starts_per_hour=20))


def say(kit, record):
    messages.correlate(kit.engine, "again", record, {})
    worker.run_due(kit.engine)


def count(kit):
    with kit.database.read() as connection:
        return connection.execute(select(func.count()).select_from(process_instance)).scalar_one()


def test_a_process_that_begins_itself_stops_after_so_many_times_in_an_hour(kit):
    say(kit, "deal:1")
    assert count(kit) == 20
    with kit.database.read() as connection:
        assert [row.code for row in incidents.listing(connection)] == ["ENDLESS_STARTS"]


def test_another_record_and_a_later_hour_are_not_held_up(kit):
    say(kit, "deal:1")
    say(kit, "deal:2")
    assert count(kit) == 40
    kit.clock.set(kit.clock.now() + timedelta(hours=2))
    say(kit, "deal:1")
    assert count(kit) == 60


def test_a_clock_makes_up_for_the_time_when_nothing_ran(sqlite):
    kit = Kit(sqlite, files={"bpmn/minutely.bpmn": MINUTELY}, limits=Limits(starts_per_hour=20))
    worker.run_due(kit.engine)
    kit.clock.set(kit.clock.now() + timedelta(minutes=50))
    worker.run_due(kit.engine)
    assert count(kit) == 50
    with sqlite.read() as connection:
        assert incidents.listing(connection) == []
