"""A person's own page: sessions, substitutes, looks."""

import re
from datetime import timedelta

import pytest

from crm import delegations
from tests.webapp.world import START, World

TODAY = START.date()
WEEK = {"to_user": "zhao.min", "start_on": "2026-03-02", "end_on": "2026-03-08", "process": ""}


def substitutes(world: World) -> list[tuple[str, str]]:
    with world.application.database.read() as connection:
        return [(each.from_user, each.to_user) for each in delegations.listing(connection)]


def test_a_substitute_is_noted_and_may_act(world: World) -> None:
    assert world.client("lin.wei").post("/account/substitutes", **WEEK).status_code == 302

    assert substitutes(world) == [("lin.wei", "zhao.min")]
    with world.application.database.read() as connection:
        assert world.engine.directory(connection).substitutes("lin.wei", TODAY, "any") == ("zhao.min",)


WRONG = [
    ({"to_user": "lin.wei"}, "Choose a colleague"),
    ({"to_user": "gone.by"}, "Choose a colleague"),
    ({"to_user": ""}, "Choose a colleague"),
    ({"to_user": "ada.min"}, "Choose a colleague"),
    ({"start_on": "soon"}, "Expected a date such as 2026-03-31, but got &#39;soon&#39;."),
    ({"end_on": "2026-02-30"}, "Expected a date such as"),
    ({"end_on": "2026-03-01"}, "The last day must be today or later"),
    ({"start_on": "2026-04-02"}, "not before the first day"),
    ({"process": "none-such"}, "Choose one of the processes"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_substitution_is_refused_in_words_and_changes_nothing(
    world: World, change: dict[str, str], sentence: str
) -> None:
    answer = world.client("lin.wei").post("/account/substitutes", **{**WEEK, **change})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert substitutes(world) == []


def test_a_manager_names_a_substitute_for_somebody_below_who_is_told(world: World) -> None:
    manager = world.client("chen.jie")

    answer = manager.post("/account/substitutes", **{**WEEK, "from_user": "lin.wei"})

    assert answer.status_code == 302
    assert substitutes(world) == [("lin.wei", "zhao.min")]
    assert "Lin Wei" in manager.get("/account/").text
    assert "Chen Jie named a substitute for you" in world.client("lin.wei").get("/notices/").text
    assert "Chen Jie asked you to stand in" in world.client("zhao.min").get("/notices/").text
    assert manager.post("/account/substitutes/1/end").status_code == 302
    world.clock.advance(timedelta(days=1))
    with world.application.database.read() as connection:
        assert world.engine.directory(connection).substitutes("lin.wei", TODAY + timedelta(days=1), "any") == ()


@pytest.mark.parametrize(
    ("login", "absent"), [("chen.jie", "wang.tao"), ("chen.jie", "ana.lyst"), ("lin.wei", "sun.li")]
)
def test_nobody_names_a_substitute_for_somebody_who_is_not_below(world: World, login: str, absent: str) -> None:
    answer = world.client(login).post("/account/substitutes", **{**WEEK, "from_user": absent})

    assert answer.status_code == 422
    assert substitutes(world) == []


def test_a_substitution_is_ended_by_whom_it_is_for_and_nobody_else(world: World) -> None:
    world.client("lin.wei").post("/account/substitutes", **WEEK)

    assert world.client("zhao.min").post("/account/substitutes/1/end").status_code == 404
    assert world.client("lin.wei").post("/account/substitutes/1/end").status_code == 302
    world.clock.advance(timedelta(days=1))

    with world.application.database.read() as connection:
        assert world.engine.directory(connection).substitutes("lin.wei", TODAY + timedelta(days=1), "any") == ()


def sessions(page: str) -> list[str]:
    return re.findall(r'name="session" value="(\w{64})"', page)


def test_other_sessions_are_ended_and_this_one_stays(world: World) -> None:
    here, there = world.client("lin.wei"), world.client("lin.wei")
    assert len(sessions(here.get("/account/").text)) == 2

    here.post("/account/sessions/end")

    assert here.get("/inbox").status_code == 200
    assert there.get("/inbox").status_code == 302


def test_ending_the_own_session_logs_out(world: World) -> None:
    client = world.client("lin.wei")
    (own,) = sessions(client.get("/account/").text)

    assert client.post("/account/sessions/end", session=own).headers["Location"] == "/login"
    assert client.get("/inbox").status_code == 302


def test_nobody_ends_the_session_of_another(world: World) -> None:
    victim = world.client("lin.wei")
    (theirs,) = sessions(victim.get("/account/").text)

    assert world.client("zhao.min").post("/account/sessions/end", session=theirs).status_code == 404
    assert victim.get("/inbox").status_code == 200


def test_theme_and_shortcuts_are_kept(world: World) -> None:
    client = world.client("lin.wei")

    client.post("/account/look", theme="dark")
    page = client.get("/inbox").text

    assert 'data-theme="dark"' in page
    assert 'data-shortcuts="off"' in page


def test_an_unknown_theme_is_ignored(world: World) -> None:
    client = world.client("lin.wei")
    client.client.set_cookie("theme", '"><script>')

    client.post("/account/look", theme="pink")

    assert "data-theme" not in client.get("/inbox").text
