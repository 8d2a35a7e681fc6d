"""Every route, as every role and as nobody: the table of tests/webapp/routes.py is what happens."""

import pytest
from flask import Blueprint

from engine import worker
from tests.webapp.routes import ANYBODY, EXPECTED, address, routes
from tests.webapp.world import ROLES, Client, World
from webapp import permissions
from webapp.permissions import refuse_silent_routes, requires


def call(client: Client, route: str, path: str) -> int:
    method = route.partition(" ")[0]
    answer = client.get(path) if method == "GET" else client.post(path)
    if answer.status_code == 302 and "/login" in answer.headers["Location"] and "/login" not in path:
        return 401
    return answer.status_code


def test_every_route_is_in_the_table_and_every_row_is_a_route(world: World) -> None:
    assert {name for name, _rule in routes(world)} == set(EXPECTED)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_call_exactly_its_routes(world: World, role: str) -> None:
    client = world.client(ROLES[role])
    ending = ("POST /logout", "POST /account/sessions/end")
    known = [(name, rule) for name, rule in routes(world) if name not in (*ending, "POST /login")]

    refused = {name for name, rule in known if call(client, name, address(world, rule, {})) in (401, 403)}

    expected = {name for name, roles in EXPECTED.items() if roles != ANYBODY and role not in roles.split()}
    assert refused == expected - set(ending)


def test_nobody_gets_anywhere_but_to_the_login_page(world: World) -> None:
    visitor = world.visitor()

    closed = [(name, rule) for name, rule in routes(world) if EXPECTED[name] != ANYBODY]
    assert {name for name, rule in closed if call(visitor, name, address(world, rule, {})) != 401} == set()


def test_a_person_without_any_role_may_do_nothing(world: World) -> None:
    with world.application.database.write() as tx:
        tx.connection.exec_driver_sql("DELETE FROM user_role WHERE login = 'lin.wei'")

    assert world.client("lin.wei").get("/inbox").status_code == 403


def test_a_role_taken_away_counts_from_the_next_request_on(world: World) -> None:
    client = world.client("olga.ops")
    assert client.get("/inbox").status_code == 200

    with world.application.database.write() as tx:
        tx.connection.exec_driver_sql("UPDATE user_role SET role = 'adm' WHERE login = 'olga.ops'")

    assert client.get("/inbox").status_code == 403


def test_reading_changes_nothing(world: World) -> None:
    instance = world.start()
    worker.run_due(world.engine)
    known = {"task_id": world.task("review_pipeline_and_plans"), "instance_id": instance, "number": "OPP-1001",
             "key": "prioritize-opportunity", "filename": "app.css"}  # fmt: skip
    clients = [world.client(login) for login in ROLES.values()]
    before = dump(world)

    for client in clients:
        for name, rule in routes(world):
            if name.startswith("GET "):
                assert client.get(address(world, rule, known)).status_code < 500, name

    assert dump(world) == before


def dump(world: World) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with world.application.database.read() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))  # type: ignore[misc]
            for name in tables
        }


def test_an_app_with_a_silent_route_does_not_start(world: World) -> None:
    silent = Blueprint("silent", __name__)
    silent.add_url_rule("/silent", view_func=lambda: "here", endpoint="silent")
    world.app._got_first_request = False
    world.app.register_blueprint(silent)

    with pytest.raises(RuntimeError, match="/silent"):
        refuse_silent_routes(world.app)
    assert world.client("ada.min").get("/silent").status_code == 403


def test_a_permission_that_nobody_holds_is_a_mistake_found_at_start() -> None:
    with pytest.raises(ValueError, match="taks.work"):
        requires("taks.work")
    with pytest.raises(ValueError, match="none"):
        requires()


def test_authorize_lets_nobody_through_by_accident(world: World) -> None:
    with world.app.test_request_context("/inbox"):
        answer = permissions.authorize(("task.work",))

    assert answer is not None
