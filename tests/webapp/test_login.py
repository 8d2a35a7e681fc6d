"""Logging in and out, sessions that can be ended, and the brakes for guessing."""

from datetime import timedelta

import pytest

from crm import users
from tests.webapp.world import PASSWORD, START, World
from webapp.passwords import hash_password, is_right
from webapp.throttle import wait_seconds


def test_a_person_logs_in_and_sees_the_inbox(world: World) -> None:
    page = world.client("lin.wei").get("/inbox")

    assert page.status_code == 200
    assert "Lin Wei" in page.text


@pytest.mark.parametrize(
    ("login", "password"), [("lin.wei", "wrong"), ("nobody", PASSWORD), ("gone.by", PASSWORD), ("", "")]
)
def test_a_wrong_pair_is_refused_without_saying_what_was_wrong(world: World, login: str, password: str) -> None:
    answer = world.visitor().post("/login", login=login, password=password)

    assert answer.status_code == 401
    assert "This name and password do not belong together." in answer.text


def test_after_the_login_the_wanted_page_comes(world: World) -> None:
    visitor = world.visitor()
    assert visitor.get("/inbox?scope=groups").headers["Location"] == "/login?next=/inbox?scope%3Dgroups"

    answer = visitor.post("/login", login="lin.wei", password=PASSWORD, next="/inbox?scope=groups")

    assert answer.headers["Location"] == "/inbox?scope=groups"


def test_a_login_never_forwards_to_a_stranger(world: World) -> None:
    answer = world.visitor().post("/login", login="lin.wei", password=PASSWORD, next="//evil.example/")

    assert answer.headers["Location"] == "/"


def test_the_cookie_changes_at_login_and_holds_no_login(world: World) -> None:
    visitor = world.visitor()
    visitor.get("/login")
    before = visitor.client.get_cookie("salesflow")

    visitor.post("/login", login="lin.wei", password=PASSWORD)
    after = visitor.client.get_cookie("salesflow")

    assert before is not None and after is not None
    assert before.value != after.value
    assert "lin" not in after.value


def test_a_cookie_from_before_the_logout_is_dead(world: World) -> None:
    client = world.client("lin.wei")
    stolen = client.client.get_cookie("salesflow")
    assert stolen is not None

    answer = client.post("/logout")
    thief = world.visitor()
    thief.client.set_cookie("salesflow", stolen.value)

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get("/inbox").status_code == 302
    assert thief.get("/inbox").status_code == 302


def test_a_person_who_leaves_is_out_at_the_next_request(world: World) -> None:
    client = world.client("lin.wei")

    with world.application.database.write() as tx:
        version = users.get(tx.connection, "lin.wei").row_version
        users.change(tx.connection, "lin.wei", version, {"active": False}, by="test", at=START)

    assert client.get("/inbox").status_code == 302


def test_a_session_ends_after_eight_hours_of_rest_but_not_of_work(world: World) -> None:
    working, resting = world.client("lin.wei"), world.client("lin.wei")

    for _ in range(3):
        world.clock.advance(timedelta(hours=4))
        assert working.get("/inbox").status_code == 200

    assert resting.get("/inbox").status_code == 302


def test_a_session_ends_after_seven_days_in_any_case(world: World) -> None:
    client = world.client("lin.wei")

    for _ in range(7 * 24 // 4 - 1):
        world.clock.advance(timedelta(hours=4))
        client.get("/inbox")
    assert client.get("/inbox").status_code == 200
    world.clock.advance(timedelta(hours=4, seconds=1))

    assert client.get("/inbox").status_code == 302


def test_the_database_holds_no_token(world: World) -> None:
    client = world.client("lin.wei")

    with client.client.session_transaction() as session, world.application.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT id FROM user_session").scalars().all()
        assert session["_user_id"] not in stored


def guess(world: World, times: int, login: str = "lin.wei", address: str = "10.0.0.1") -> list[int]:
    visitor = world.visitor(X_Forwarded_For=address)
    return [visitor.post("/login", login=login, password="wrong").status_code for _ in range(times)]


def test_after_five_failures_even_the_right_password_waits(world: World) -> None:
    assert guess(world, 5) == [401] * 5

    answer = world.visitor().post("/login", login="lin.wei", password=PASSWORD)

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "30"
    world.clock.advance(timedelta(seconds=31))
    assert world.client("lin.wei").get("/inbox").status_code == 200


def test_an_attacker_gets_few_tries_an_hour_and_the_owner_still_gets_in(world: World) -> None:
    owner = world.client("lin.wei")
    owner.post("/logout")
    checked = 0

    for _ in range(120):
        checked += guess(world, 1).count(401)
        world.clock.advance(timedelta(seconds=30))

    assert checked <= 20
    assert owner.post("/login", login="lin.wei", password=PASSWORD).status_code == 302


def test_one_address_cannot_try_all_accounts(world: World) -> None:
    answers = [guess(world, 1, login=f"user{number}")[0] for number in range(101)]

    assert answers == [401] * 100 + [429]


def test_a_right_password_forgets_the_failures(world: World) -> None:
    guess(world, 4)
    world.client("lin.wei")

    assert guess(world, 5) == [401] * 5


def test_a_forged_device_cookie_is_no_known_device(world: World) -> None:
    guess(world, 5)
    visitor = world.visitor()
    visitor.client.set_cookie("salesflow_device", '["lin.wei","abc"].forged')

    assert visitor.post("/login", login="lin.wei", password=PASSWORD).status_code == 429


@pytest.mark.parametrize(("failures", "wait"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (99, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures: int, wait: int) -> None:
    assert wait_seconds(failures, 0) == wait
    assert wait_seconds(failures, wait) == 0


def test_a_password_is_stored_as_argon2id_and_recognised() -> None:
    stored = hash_password("correct horse")

    assert stored.startswith("$argon2id$")
    assert is_right(stored, "correct horse")
    assert not is_right(stored, "correct house")
    assert not is_right(None, "correct horse")
    assert not is_right("damaged", "correct horse")


def test_a_password_nobody_can_type_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 128"):
        hash_password("x" * 129)
    assert not is_right(hash_password("x" * 128), "x" * 129)
