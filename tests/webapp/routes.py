"""Who may call which route: the expectation, written by hand, route by route."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.routing import Rule

from tests.webapp.world import World

EVERYBODY = "rep mgr team ops mkt anl adm"
WORKERS = "rep mgr team ops mkt"
READERS = "rep mgr team ops mkt anl"
STARTERS = "rep mgr ops mkt"
CHANGERS = "rep mgr team ops mkt adm"
MENDERS = "ops adm"
REVIEWERS = "anl adm"
IMPORTERS = "rep ops"
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
    "POST /account/password": EVERYBODY,
    "POST /account/sessions/end": EVERYBODY,
    "POST /account/substitutes": EVERYBODY,
    "POST /account/substitutes/<int:delegation_id>/end": EVERYBODY,
    "GET /inbox": WORKERS,
    "GET /inbox/rows": WORKERS,
    "GET /files/<int:file_id>": EVERYBODY,
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
    "GET /opportunities": READERS,
    "GET /opportunities/<number>": READERS,
    "POST /opportunities/<number>/start": STARTERS,
    "POST /opportunities/<number>/tell": "rep mgr team ops",
    "GET /accounts": READERS,
    "GET /accounts/<number>": READERS,
    "GET /pipeline": READERS,
    "GET /records/": EVERYBODY,
    "GET /records/<key>": EVERYBODY,
    "GET /records/<key>/new": CHANGERS,
    "POST /records/<key>/new": CHANGERS,
    "GET /records/<key>/<number>": EVERYBODY,
    "GET /records/<key>/<number>/edit": CHANGERS,
    "POST /records/<key>/<number>/edit": CHANGERS,
    "POST /records/<key>/<number>/move": CHANGERS,
    "POST /records/<key>/<number>/remove": CHANGERS,
    "POST /records/<key>/<number>/start": STARTERS,
    "POST /records/<key>/<number>/tell": CHANGERS,
    "GET /records/opportunity_document/new": CHANGERS,
    "POST /records/opportunity_document/new": CHANGERS,
    "GET /records/opportunity_document/<number>/content": "rep mgr team ops",
    "POST /records/user/<number>/roles": "adm",
    "POST /records/user/<number>/password": "adm",
    "GET /records/thresholds/propose": MENDERS,
    "POST /records/thresholds/propose": MENDERS,
    "POST /records/thresholds/<int:version>/publish": "mgr adm",
    "POST /records/thresholds/<int:version>/withdraw": MENDERS,
    "GET /instances/": READERS,
    "GET /instances/<instance_id>": READERS,
    "GET /instances/<instance_id>/live": READERS,
    "POST /instances/<instance_id>/cancel": "ops",
    "GET /processes/": EVERYBODY,
    "GET /processes/<key>": EVERYBODY,
    "GET /processes/<key>/versions/<int:number>": EVERYBODY,
    "GET /processes/<key>/versions/<int:number>/source": EVERYBODY,
    "POST /processes/<key>/start": STARTERS,
    "POST /processes/<key>/begin": STARTERS,
    "GET /incidents": MENDERS,
    "GET /incidents/<incident_id>": MENDERS,
    "POST /incidents/<incident_id>/correct": MENDERS,
    "POST /incidents/<incident_id>/retry": MENDERS,
    "POST /incidents/<incident_id>/end": MENDERS,
    "POST /incidents/<incident_id>/dismiss": MENDERS,
    "POST /incidents/<incident_id>/approver": "ops",
    "GET /jobs": MENDERS,
    "GET /editor/": REVIEWERS,
    "POST /editor/new": "anl",
    "POST /editor/bring": "anl",
    "GET /editor/bpmn/<name>": "anl",
    "GET /editor/dmn/<name>": "anl",
    "GET /editor/form/<name>": "anl",
    "GET /editor/<any(bpmn, dmn, form):kind>/<name>/content": "anl",
    "POST /editor/<any(bpmn, dmn, form):kind>/<name>/lint": "anl",
    "POST /editor/<any(bpmn, dmn, form):kind>/<name>/save": "anl",
    "POST /editor/<any(bpmn, dmn, form):kind>/<name>/submit": "anl",
    "GET /editor/drafts/<draft_id>": REVIEWERS,
    "GET /editor/drafts/<draft_id>/file": REVIEWERS,
    "GET /editor/drafts/<draft_id>/assessment": REVIEWERS,
    "GET /rules/": REVIEWERS,
    "GET /rules/<rule>": REVIEWERS,
    "POST /editor/drafts/<draft_id>/submit": "anl",
    "POST /editor/drafts/<draft_id>/assessment": REVIEWERS,
    "POST /editor/drafts/<draft_id>/rebase": "anl",
    "POST /editor/drafts/<draft_id>/deploy": "adm",
    "POST /editor/drafts/<draft_id>/reject": "adm",
    "GET /import": IMPORTERS,
    "POST /import": IMPORTERS,
    "GET /import/<int:run_id>": IMPORTERS,
    "GET /import/<int:run_id>/progress": IMPORTERS,
    "GET /import/<int:run_id>/findings.csv": IMPORTERS,
    "POST /import/<int:run_id>/check": IMPORTERS,
    "POST /import/<int:run_id>/apply": IMPORTERS,
    "POST /import/<int:run_id>/cancel": IMPORTERS,
    "GET /timers/": MENDERS,
    "GET /timers/<key>": MENDERS,
    "POST /timers/<key>/<element>": MENDERS,
    "GET /schedules/": MENDERS,
    "POST /schedules/<name>": MENDERS,
    "POST /schedules/<name>/now": MENDERS,
    "GET /live": ANYBODY,
    "GET /ready": ANYBODY,
    "POST /csp": ANYBODY,
}


def routes(world: World) -> Iterator[tuple[str, Rule]]:
    """Every method and route of the app, as they are written in the table above."""
    for rule in world.app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield f"{method} {rule.rule}", rule


def address(world: World, rule: Rule, known: dict[str, str]) -> str:
    """An address of the route; names that are not known stand for things that do not exist."""
    values = {name: _fixed(name, rule) or known.get(name, "none") for name in rule.arguments}
    with world.app.test_request_context():
        return str(world.app.url_map.bind("localhost").build(rule.endpoint, values))


def _fixed(name: str, rule: Rule) -> str:
    """The value of a name whose kind the route itself restricts."""
    if f"<int:{name}>" in rule.rule:
        return "1"
    return "bpmn" if name == "kind" else ""
