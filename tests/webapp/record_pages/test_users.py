"""Users on pages: made and changed by administrators, with roles and a password to begin with; closed to others."""

import base64
import re
import zlib

from tests.webapp.world import World

NEW = {"login": "new.one", "name": "New One", "name_zh": "新人", "language": "en", "active": "true"}


def made(world: World) -> None:
    assert world.client("ada.min").post("/records/user/new", **NEW, manager="chen.jie").status_code == 302


def decoded(cookie: str) -> str:
    """What a signed session says to whoever holds it."""
    packed, payload = cookie.startswith("."), cookie.lstrip(".").partition(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(raw) if packed else raw).decode()


def test_a_new_person_logs_in_with_the_password_that_was_shown_once(world: World) -> None:
    made(world)
    administrator = world.client("ada.min")

    administrator.post("/records/user/new.one/roles", role="rep", _version="1")
    answer = administrator.post("/records/user/new.one/password")
    password = re.search(r"The password is now (\S+)\. It", answer.text)

    assert password is not None and answer.headers["Cache-Control"] == "no-store"
    for cookie in answer.headers.getlist("Set-Cookie"):  # a session is signed, and for everybody to read
        value = cookie.partition("=")[2].partition(";")[0]
        payload = decoded(value)
        assert password[1] not in payload and "_flashes" not in payload
    assert password[1] not in administrator.get("/records/user/new.one").text
    visitor = world.visitor()
    assert visitor.post("/login", login="new.one", password=password[1]).status_code == 302
    assert visitor.get("/opportunities").status_code == 200


def test_roles_count_at_once_and_the_history_says_what_they_were(world: World) -> None:
    rep, administrator = world.client("lin.wei"), world.client("ada.min")
    version = re.search(r'name="_version" value="(\d+)"', administrator.get("/records/user/lin.wei").text)[1]  # type: ignore[index]

    administrator.post("/records/user/lin.wei/roles", role=["ops", "rep"], _version=version)

    assert rep.get("/incidents").status_code == 200
    assert "rep → ops, rep" in administrator.get("/records/user/lin.wei").text
    late = administrator.post("/records/user/lin.wei/roles", role="rep", _version=version)
    assert late.status_code == 409


def test_a_set_password_ends_every_session_and_stays_out_of_the_history(world: World) -> None:
    rep, administrator = world.client("lin.wei"), world.client("ada.min")

    administrator.post("/records/user/lin.wei/password")

    assert rep.get("/inbox").status_code == 302
    assert "argon2" not in administrator.get("/records/user/lin.wei").text


def test_administrators_do_not_shut_themselves_out(world: World) -> None:
    administrator = world.client("ada.min")

    without_role = administrator.post("/records/user/ada.min/roles", role="rep", _version="1")
    inactive = administrator.post("/records/user/ada.min/edit", name="Ada", name_zh="阿达", language="en", _version="2")

    assert without_role.status_code == 409 and "another administrator" in without_role.text
    assert inactive.status_code == 422 and "another administrator" in inactive.text


def test_users_are_closed_to_everybody_else(world: World) -> None:
    for login in ("lin.wei", "chen.jie", "olga.ops"):
        client = world.client(login)
        assert client.get("/records/user").status_code == 403
        assert client.get("/records/user/lin.wei").status_code == 403
        assert client.post("/records/user/lin.wei/roles", role="adm", _version="1").status_code == 403


def test_an_unknown_role_or_zone_is_refused(world: World) -> None:
    administrator = world.client("ada.min")

    role = administrator.post("/records/user/lin.wei/roles", role="king", _version="2")
    zone = administrator.post("/records/user/new", **NEW, time_zone="Moon/Base")

    assert role.status_code == 422 and "king" in role.text
    assert zone.status_code == 422 and "Asia/Shanghai" in zone.text
