"""The page on which operations set how long things wait."""

import re

import pytest

from engine import timers
from tests.webapp.steps import ADMINISTRATOR, OPERATIONS, text
from tests.webapp.world import World

PAGE = "/timers/prioritize-opportunity"


def in_force(world: World) -> dict[str, str]:
    with world.application.database.read() as connection:
        return dict(timers.settings(connection, "prioritize_opportunity"))


def test_a_time_is_set_in_place_of_the_drawn_one_and_given_back(world: World) -> None:
    operations = world.client(OPERATIONS)

    assert operations.post(f"{PAGE}/mr_remind", expression=" PT4H ").status_code == 302
    assert in_force(world) == {"mr_remind": "PT4H"}
    assert world.client(ADMINISTRATOR).post(f"{PAGE}/mr_remind", expression="").status_code == 302

    assert in_force(world) == {}
    seen = text(operations.get(PAGE).text)
    assert "Ada Min After a day PT4H as drawn" in seen
    assert "Olga Ops After a day as drawn PT4H" in seen


def test_the_lists_name_processes_steps_and_what_is_drawn(world: World) -> None:
    operations = world.client(OPERATIONS)
    operations.post(f"{PAGE}/review_priority_due", expression="P2D")

    index, page = text(operations.get("/timers/").text), operations.get(PAGE).text

    assert re.search(r"Prioritize Opportunity \d+ 1 ", index)
    assert page.count('name="expression"') == int(re.findall(r"Prioritize Opportunity (\d+) 1 ", index)[0])
    assert "Time is up Review Opportunity Priority" in text(page)
    assert "approval.due_at" in page and 'value="P2D"' in page


def test_what_is_no_time_is_refused_at_its_row_and_stays_typed(world: World) -> None:
    answer = world.client(OPERATIONS).post(f"{PAGE}/mr_remind", expression="soon")

    assert answer.status_code == 422
    assert "but got soon." in answer.text and 'value="soon"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert in_force(world) == {}


@pytest.mark.parametrize("given", ["0 9 * * *", "R3/PT10M", "soon"])
def test_a_due_date_that_is_none_or_comes_again_and_again_is_refused(world: World, given: str) -> None:
    answer = world.client(OPERATIONS).post(f"{PAGE}/identify_priority", expression=given)

    assert answer.status_code == 422
    assert "Expected a due date, which comes once" in answer.text and f"but got {given}." in answer.text
    assert in_force(world) == {}


def test_only_timers_of_deployed_processes_can_be_set(world: World) -> None:
    operations = world.client(OPERATIONS)

    assert operations.post(f"{PAGE}/identify_priority_x", expression="P1D").status_code == 404
    assert operations.post("/timers/none-such/late", expression="P1D").status_code == 404
    assert operations.get("/timers/none-such").status_code == 404
