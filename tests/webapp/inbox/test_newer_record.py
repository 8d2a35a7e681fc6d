"""A record that somebody else changes while a form about it is open (catalogue 0.1, pattern CL)."""

import re
from decimal import Decimal

import pytest

from crm import opportunities
from crm.opportunities import Opportunity
from tests.webapp import steps
from tests.webapp.world import START, World

PROFILE = {
    "expected_close_date": "2026-10-30",
    "next_step": "Send the plan",
    "next_step_date": "2026-03-09",
    "notes": "My own words",
}


@pytest.fixture
def profiling(world: World) -> World:
    """The rep is to update the profile of the deal of 40,000, which needs no approval."""
    steps.begin(world, "OPP-1002")
    steps.review(world)
    steps.identify(world, "low")
    return world


def deal(world: World) -> Opportunity:
    with world.application.database.read() as connection:
        return opportunities.get(connection, "OPP-1002")


def change(world: World, **fields: object) -> None:
    """The manager changes the deal on its own page."""
    with world.application.database.write() as tx:
        opportunities.change(tx.connection, deal(world), fields, by="chen.jie", at=START)


def sent_with(page: str, **answers: str) -> dict[str, str]:
    """What the browser sends: the page's hidden fields, and answers over the amount and chance that it showed."""
    hidden = dict(re.findall(r'name="(_version|_record)" value="([^"]+)"', page))
    shown = dict(re.findall(r'name="(amount|win_probability)"[^>]*? value="([^"]*)"', page))
    return {**hidden, **PROFILE, **shown, **answers}


def test_answers_to_a_record_that_was_changed_meanwhile_are_refused_and_kept_beside_the_newer_values(
    profiling: World,
) -> None:
    client = profiling.client("lin.wei")
    address = f"/tasks/{profiling.task('update_opportunity_profile')}"
    form = sent_with(client.get(address).text, win_probability="75")
    change(profiling, amount=Decimal(45_000), win_probability=Decimal(20))

    answer = client.post(f"{address}/complete", **form)

    words = steps.text(answer.text)
    assert answer.status_code == 409
    assert "OPP-1002 as you saw it, but Chen Jie changed it at Mar 2, 2026, 5:00:00 PM" in words
    assert "Amount in base currency 45,000" in words and "Win probability, % 20" in words
    assert sent_with(answer.text)["win_probability"] == "75"  # typed by the rep
    assert Decimal(sent_with(answer.text)["amount"]) == 45_000  # left as it was shown, so the newer one
    assert "My own words</textarea>" in answer.text
    assert deal(profiling).win_probability == 20

    again = client.post(f"{address}/complete", **sent_with(answer.text))

    assert again.status_code == 302
    assert (deal(profiling).amount, deal(profiling).win_probability) == (45_000, 75)


def test_answers_to_an_unchanged_record_are_taken(profiling: World) -> None:
    client = profiling.client("lin.wei")
    address = f"/tasks/{profiling.task('update_opportunity_profile')}"
    form = sent_with(client.get(address).text, amount="41000", win_probability="60")

    answer = client.post(f"{address}/complete", **form)

    assert answer.status_code == 302
    assert deal(profiling).amount == 41_000


def test_a_record_written_again_with_the_same_values_disturbs_nobody(profiling: World) -> None:
    client = profiling.client("lin.wei")
    address = f"/tasks/{profiling.task('update_opportunity_profile')}"
    form = sent_with(client.get(address).text, amount="41000", win_probability="60")
    change(profiling, name=deal(profiling).name)

    assert client.post(f"{address}/complete", **form).status_code == 302


def test_the_conflict_is_told_in_chinese(profiling: World) -> None:
    client = profiling.client("lin.wei")
    client.post("/language", language="zh-Hans")
    address = f"/tasks/{profiling.task('update_opportunity_profile')}"
    form = sent_with(client.get(address).text)
    change(profiling, amount=Decimal(45_000))

    words = steps.text(client.post(f"{address}/complete", **form).text)

    assert "陈洁" in words and "金额（本位币）" in words and "2026年3月2日" in words
    assert "as you saw it" not in words


def test_newer_values_that_the_reader_may_not_see_stay_closed(profiling: World) -> None:
    client = profiling.client("lin.wei")
    address = f"/tasks/{profiling.task('update_opportunity_profile')}"
    form = sent_with(client.get(address).text)
    change(profiling, amount=Decimal(45_000))
    with profiling.application.database.write() as tx:  # the deal is somebody else's now, and its task still the rep's
        opportunities.reassign(tx.connection, deal(profiling), "wang.tao", by="wang.tao", at=START)
        tx.connection.exec_driver_sql("DELETE FROM opportunity_team_member")
        tx.connection.exec_driver_sql("UPDATE account SET owner = 'wang.tao', org_unit_id = NULL")
        tx.connection.exec_driver_sql("UPDATE opportunity SET org_unit_id = NULL")

    answer = client.post(f"{address}/complete", **form)

    assert answer.status_code == 409
    told = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert "Wang Tao changed it" in told and "(what is closed to you)" in told and "45,000" not in told
