"""Beginning a process that has no record yet: by whom, once at a time, seen by whom, until it makes its record."""

import pytest

from engine import definitions
from tests.webapp.steps import ADMINISTRATOR, MANAGER, OPERATIONS, OTHER_REP, REP, text
from tests.webapp.world import World

LEADS, PREQUALIFY = "/processes/lead-management", "/processes/pre-qualify-opportunity"
REPORTING, CALLS = "/processes/area-reporting-analysis", "/processes/measure-sales-call-performance"
MARKETING = "ma.rket"
BROUGHT = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
  <process id="visit" name="Plan a visit" isExecutable="true" %s>
    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="plan"/>
    <userTask id="plan" name="Plan" camunda:candidateGroups="ops"/>
    <sequenceFlow id="g" sourceRef="plan" targetRef="e"/><endEvent id="e"/>
  </process>
</definitions>"""
INQUIRY = {"company": "Hengli", "contact_name": "Zhou", "phone_or_email": "555", "source": "event", "rfp": "false"}


@pytest.mark.parametrize(
    ("login", "page", "offered"),
    [
        (MARKETING, LEADS, True),
        (REP, LEADS, False),
        (REP, PREQUALIFY, True),
        (OPERATIONS, PREQUALIFY, False),
        (OPERATIONS, REPORTING, True),
        (OPERATIONS, CALLS, True),
        (MANAGER, CALLS, False),
    ],
)
def test_only_those_whom_the_matrix_names_may_begin_something_new(
    world: World, login: str, page: str, offered: bool
) -> None:
    client = world.client(login)

    shown = "Begin something new" in client.get(page).text
    client.post(f"{page}/begin")

    assert shown is offered
    assert ("You may not start this process" in client.get(page).text) is not offered
    with world.application.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM process_instance").scalar_one() == offered


@pytest.mark.parametrize(
    ("named", "login", "offered"),
    [
        ("", OPERATIONS, True),
        ("", REP, False),
        ('camunda:candidateStarterGroups="mkt, rep"', REP, True),
        ('camunda:candidateStarterGroups="mkt, rep"', MANAGER, False),
        (f'camunda:candidateStarterUsers="{REP}"', REP, True),
        (f'camunda:candidateStarterUsers="{REP}"', OTHER_REP, False),
        (f'camunda:candidateStarterUsers="{REP}"', OPERATIONS, True),
        ('camunda:candidateStarterGroups="adm"', ADMINISTRATOR, False),
    ],
)
def test_a_process_outside_the_catalogue_is_begun_by_operations_and_whom_its_drawing_names(
    world: World, named: str, login: str, offered: bool
) -> None:
    definitions.deploy(world.engine, {"bpmn/visit.bpmn": (BROUGHT % named).encode()}, ADMINISTRATOR)
    client = world.client(login)

    html = client.get("/processes/visit").text
    client.post("/processes/visit/begin")

    assert ("Begin something new" in html) is offered
    assert "makes its record on the way" not in html
    with world.application.database.read() as connection:
        keys = connection.exec_driver_sql("SELECT business_key FROM process_instance").scalars().all()
    assert keys == ([f"user:{login}"] if offered else [])


def test_an_inquiry_becomes_a_lead_on_the_page_and_is_about_it_from_then_on(world: World) -> None:
    client = world.client(MARKETING)
    client.post(f"{LEADS}/begin")
    task = world.task("capture_lead")

    client.post(f"/tasks/{task}/complete", **INQUIRY)

    shown = text(client.get("/records/lead").text)
    assert "LEAD-0001" in shown and "Hengli" in shown
    with world.application.database.read() as connection:
        keys = connection.exec_driver_sql("SELECT business_key FROM process_instance").scalars().all()
    assert keys == ["lead:LEAD-0001"]


def test_what_somebody_began_is_seen_by_that_person_the_managers_above_and_operations(world: World) -> None:
    client = world.client(REP)
    client.post(f"{PREQUALIFY}/begin")
    with world.application.database.read() as connection:
        instance = connection.exec_driver_sql("SELECT id FROM process_instance").scalar_one()

    seen = {
        login: world.client(login).get(f"/instances/{instance}").status_code
        for login in (REP, MANAGER, OPERATIONS, OTHER_REP)
    }

    assert seen == {REP: 200, MANAGER: 200, OPERATIONS: 200, OTHER_REP: 404}
    assert "register_opportunity" in client.get(f"/instances/{instance}").text
    assert client.get(f"/tasks/{world.task('register_opportunity')}").status_code == 200


def test_a_second_beginning_waits_until_the_first_has_its_record(world: World) -> None:
    client = world.client(REP)
    client.post(f"{PREQUALIFY}/begin")

    client.post(f"{PREQUALIFY}/begin")

    assert "You began this already" in client.get(PREQUALIFY).text
    with world.application.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM process_instance").scalar_one() == 1


def test_an_administrator_begins_nothing(world: World) -> None:
    assert world.client(ADMINISTRATOR).post(f"{LEADS}/begin").status_code == 403
