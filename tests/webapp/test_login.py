"""Logging in and out."""

from tests.webapp.world import World


def test_a_person_logs_in_and_sees_the_inbox(world: World) -> None:
    page = world.client("lin.wei").get("/inbox")

    assert page.status_code == 200
    assert "Lin Wei" in page.text
