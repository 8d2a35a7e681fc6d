"""Who may call which route: the expectation, written by hand, route by route."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.routing import Rule

from tests.webapp.world import World

EVERYBODY = "rep mgr team ops mkt anl adm"
WORKERS = "rep mgr team ops mkt"
ANYBODY = "anybody"

EXPECTED = {
    "GET /": ANYBODY,
    "GET /login": ANYBODY,
    "POST /login": ANYBODY,
    "POST /logout": ANYBODY,
    "POST /language": ANYBODY,
    "GET /static/<path:filename>": ANYBODY,
    "GET /account/": EVERYBODY,
    "POST /account/look": EVERYBODY,
    "POST /account/sessions/end": EVERYBODY,
    "POST /account/substitutes": EVERYBODY,
    "POST /account/substitutes/<int:delegation_id>/end": EVERYBODY,
    "GET /inbox": WORKERS,
    "GET /inbox/rows": WORKERS,
    "GET /notices/": EVERYBODY,
    "POST /notices/<notice_id>/read": EVERYBODY,
    "POST /notices/read": EVERYBODY,
    "GET /tasks/<task_id>": WORKERS,
    "POST /tasks/<task_id>/claim": WORKERS,
    "POST /tasks/<task_id>/release": WORKERS,
    "POST /tasks/<task_id>/draft": WORKERS,
    "POST /tasks/<task_id>/fields": WORKERS,
    "POST /tasks/<task_id>/complete": WORKERS,
    "POST /tasks/<task_id>/reassign": "mgr ops",
    "POST /tasks/<task_id>/approver": "ops",
}


def routes(world: World) -> Iterator[tuple[str, Rule]]:
    """Every method and route of the app, as they are written in the table above."""
    for rule in world.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule


def address(world: World, rule: Rule, known: dict[str, str]) -> str:
    """An address of the route; names that are not known stand for things that do not exist."""
    values = {name: known.get(name, "1" if f"<int:{name}>" in rule.rule else "none") for name in rule.arguments}
    with world.app.test_request_context():
        return str(world.app.url_map.bind("localhost").build(rule.endpoint, values))
