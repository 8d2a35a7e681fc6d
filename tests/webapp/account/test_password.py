"""Changing one's own password."""

import pytest

from tests.webapp.world import PASSWORD, World

NEW = "quite another long word"
FORM = {"present": PASSWORD, "new": NEW, "again": NEW}


def may_log_in(world: World, password: str) -> bool:
    return world.visitor().post("/login", login="lin.wei", password=password).status_code == 302


def test_a_new_password_counts_at_once_and_ends_the_sessions_elsewhere(world: World) -> None:
    here, elsewhere = world.client("lin.wei"), world.client("lin.wei")

    answer = here.post("/account/password", **FORM)

    assert answer.status_code == 302
    assert here.get("/inbox").status_code == 200
    assert elsewhere.get("/inbox").status_code == 302
    assert may_log_in(world, NEW) and not may_log_in(world, PASSWORD)


WRONG = [
    ({"present": "a wrong long word"}, "This is not your present password."),
    ({"new": "short", "again": "short"}, "Expected a password of 12 to 128 characters, but it has 5."),
    ({"new": "x" * 129, "again": "x" * 129}, "but it has 129."),
    ({"new": "I am Lin.Wei, hello", "again": "I am Lin.Wei, hello"}, "This password is easily guessed."),
    ({"new": "abababababab", "again": "abababababab"}, "This password is easily guessed."),
    ({"new": PASSWORD, "again": PASSWORD}, "Choose a password other than the present one."),
    ({"again": "quite another long wrod"}, "The two new passwords differ."),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_change_is_refused_in_words_and_shows_no_password(
    world: World, change: dict[str, str], sentence: str
) -> None:
    client = world.client("lin.wei")

    answer = client.post("/account/password", **{**FORM, **change})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert NEW not in answer.text and PASSWORD not in answer.text
    assert may_log_in(world, PASSWORD)


def test_guessing_the_present_password_is_slowed_down(world: World) -> None:
    client = world.client("lin.wei")
    wrong = {**FORM, "present": "a wrong long word"}

    statuses = [client.post("/account/password", **wrong).status_code for _try in range(6)]

    assert statuses == [422] * 5 + [429]
