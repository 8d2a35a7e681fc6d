"""Deploying: versions and what makes them, everything wrong at once, files that strangers wrote."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import func, select

from engine import Database, bundles, definitions, inbox
from engine.contract import BpmnError, Done, Outcome, Sentence, TaskContext, handler
from engine.errors import Rejected
from engine.tables import process_definition, resource
from engine.testing import Kit, Run
from tests.engine.demo import chain, drawing, end, flow, service, start, user


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    return Done()


@handler("demo.missing")
def missing(context: TaskContext[object]) -> Outcome:
    return BpmnError("RECORD_NOT_FOUND", Sentence("There is no such record."))


def table(name: str, low: str = '"low"') -> bytes:
    """A table that says for an amount `low` below 100 and "high" from there."""
    rows = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}"><text>{test}</text></inputEntry>'
        f'<outputEntry id="o{number}"><text>{answer}</text></outputEntry></rule>'
        for number, (test, answer) in enumerate([("&lt; 100", low), ("&gt;= 100", '"high"')])
    )
    return (
        '<?xml version="1.0"?><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" '
        f'namespace="https://example.org"><decision id="{name}" name="{name}"><decisionTable id="t" hitPolicy="UNIQUE">'
        '<input id="i"><inputExpression id="e" typeRef="number"><text>amount</text></inputExpression></input>'
        f'<output id="o" name="band" typeRef="string"/>{rows}</decisionTable></decision></definitions>'
    ).encode()


def form(label: str = "Note") -> bytes:
    field = f'{{"type": "textfield", "key": "note", "label": "{label}", "label:zh-Hans": "备注"}}'
    return f'{{"type": "default", "id": "f", "components": [{field}]}}'.encode()


RULE = '<businessRuleTask id="rule" name="rule" camunda:decisionRef="{}" camunda:resultVariable="answer"/>'
CALL = (
    '<callActivity id="call" calledElement="{}"><extensionElements><camunda:in variables="all"/>'
    '<camunda:out variables="all"/></extensionElements></callActivity>'
)


def ruled(key: str, decision: str = "band") -> bytes:
    body = start() + RULE.format(decision) + user("look") + end() + chain("start", "rule", "look", "end")
    return drawing(key, body)


def asking(key: str, form_name: str) -> bytes:
    task = user("ask", formRef=form_name, candidateGroups="rep")
    return drawing(key, start() + task + end() + chain("start", "ask", "end"))


def calling(key: str, called: str) -> bytes:
    return drawing(key, start() + CALL.format(called) + end() + chain("start", "call", "end"))


WORLD = {
    "bpmn/plain.bpmn": drawing("plain", start() + user("go") + end() + chain("start", "go", "end")),
    "bpmn/ruled.bpmn": ruled("ruled"),
    "bpmn/asking.bpmn": asking("asking", "asking.ask"),
    "bpmn/outer.bpmn": calling("outer", "ruled"),
    "dmn/band.dmn": table("band"),
    "forms/asking.ask.form": form(),
}


def kit(database: Database) -> Kit:
    return Kit(database, handlers=[act], files=WORLD)


def made(deployment: definitions.Deployment) -> dict[str, int]:
    return {row.key: row.version for row in deployment.versions}


def stored(k: Kit) -> tuple[int, int]:
    with k.database.read() as connection:
        count = connection.execute(select(func.count()).select_from(process_definition)).scalar_one()
        return count, connection.execute(select(func.count()).select_from(resource)).scalar_one()


def refused(k: Kit, files: dict[str, bytes]) -> tuple[str, ...]:
    before = stored(k)
    with pytest.raises(Rejected) as found:
        k.deploy(files)
    assert stored(k) == before
    return tuple(str(finding) for finding in found.value.findings if finding.severity == "error")


def test_the_same_files_again_make_no_version(database: Database) -> None:
    k = kit(database)

    again = k.deploy(WORLD)

    assert again.versions == () and stored(k)[0] == 4


def test_a_changed_table_makes_versions_of_its_users_and_their_callers_only(database: Database) -> None:
    k = kit(database)

    changed = k.deploy({"dmn/band.dmn": table("band", '"small"')})

    assert made(changed) == {"ruled": 2, "outer": 2}


def test_a_changed_form_makes_a_version_of_the_process_that_asks_it(sqlite: Database) -> None:
    assert made(kit(sqlite).deploy({"forms/asking.ask.form": form("Remark")})) == {"asking": 2}


def test_a_changed_called_process_makes_versions_of_itself_and_its_callers(sqlite: Database) -> None:
    body = start() + RULE.format("band") + end() + chain("start", "rule", "end")

    changed = kit(sqlite).deploy({"bpmn/ruled.bpmn": drawing("ruled", body)})

    assert made(changed) == {"ruled": 2, "outer": 2}


def test_a_running_instance_keeps_its_drawing_table_and_form(database: Database) -> None:
    body = start() + user("first") + RULE.format("band") + user("last", formRef="f.last", candidateGroups="rep") + end()
    body += chain("start", "first", "rule", "last", "end")
    files = {"bpmn/f.bpmn": drawing("f", body), "dmn/band.dmn": table("band"), "forms/f.last.form": form("Old")}
    k = Kit(database, files=files)
    old = k.start("f", amount=5)
    k.deploy(
        {
            "bpmn/f.bpmn": drawing("f", start() + user("other") + end() + chain("start", "other", "end")),
            "dmn/band.dmn": table("band", '"new"'),
            "forms/f.last.form": form("New"),
        }
    )

    old.complete("first")

    assert old.variables["answer"] == "low" and label_of(old, "last") == "Old"
    assert k.start("f", "case:2", amount=5).open_tasks() == ["other"]


def label_of(run: Run, element: str) -> str:
    with run.kit.database.read() as connection:
        page = inbox.page(run.kit.engine, connection, run.task_id(element), "rep")
    assert page.form is not None
    return str(page.form.fields[0].label)


def test_the_source_is_kept_byte_for_byte(sqlite: Database) -> None:
    original = WORLD["bpmn/plain.bpmn"].replace(b"<definitions ", b"<!-- a remark -->\r\n<definitions\t") + b"\n\n"
    k = Kit(sqlite, files={"bpmn/plain.bpmn": original})

    with sqlite.read() as connection:
        row = bundles.latest(connection, "plain")
        assert row is not None and bundles.source(connection, row.id) == original
    assert made(k.deploy({"bpmn/plain.bpmn": original + b" "})) == {"plain": 2}


def test_everything_wrong_is_named_at_once_and_nothing_is_deployed(database: Database) -> None:
    k = kit(database)
    files = {
        "bpmn/good.bpmn": drawing("good", start() + user("go") + end() + chain("start", "go", "end")),
        "bpmn/bad.bpmn": drawing("bad", start() + service("act", "demo.atc") + end() + chain("start", "act", "end")),
        "bpmn/worse.bpmn": ruled("worse", "bnad"),
        "bpmn/asks.bpmn": asking("asks", "asking.aks"),
        "dmn/broken.dmn": b"<definitions",
        "forms/broken.form": b"{",
    }

    found = "\n".join(refused(k, files))

    for expected in (
        "bpmn/bad.bpmn:2 [act] handlers: Expected a registered handler, but demo.atc is not one. Did you mean demo.act",
        "bpmn/worse.bpmn:2 [rule] decisions: Expected a deployed decision, but bnad is not one. Did you mean band?",
        "bpmn/asks.bpmn:2 [ask] forms: Expected a deployed form, but asking.aks is not one. Did you mean asking.ask?",
        "dmn/broken.dmn",
        "forms/broken.form",
    ):
        assert expected in found, found


@pytest.mark.parametrize("ring", [("one", "two"), ("one", "two", "three")])
def test_processes_that_call_each_other_are_refused_with_the_ring(sqlite: Database, ring: tuple[str, ...]) -> None:
    files = {f"bpmn/{key}.bpmn": calling(key, called) for key, called in zip(ring, [*ring[1:], ring[0]], strict=True)}

    found = refused(Kit(sqlite), files)

    assert any("one > " in line and line.count(">") == len(ring) for line in found)


def gateway(condition: str) -> bytes:
    gate = '<exclusiveGateway id="gw" default="gw_end"/>'
    body = start() + user("go") + gate + end() + end("other") + chain("start", "go", "gw", "end")
    return drawing("gated", body + flow("gw", "other", condition))


@pytest.mark.parametrize("condition", ["amount &gt;", "(amount", 'amount == "x"', "[1, 2", "f(g(", "__import__ ('os')"])
def test_an_expression_that_cannot_be_read_is_named_with_its_place(sqlite: Database, condition: str) -> None:
    (found,) = refused(Kit(sqlite), {"bpmn/gated.bpmn": gateway(condition)})

    assert found.startswith("bpmn/gated.bpmn:2 [gw_other] expressions: ")


@pytest.mark.parametrize("python", ['__import__("os").system("true")', "().__class__", 'open("/etc/passwd")'])
def test_python_in_an_expression_never_runs(sqlite: Database, python: str) -> None:
    quoted = python.replace('"', "&quot;")
    k = Kit(sqlite)
    try:
        k.deploy({"bpmn/gated.bpmn": gateway(f"{quoted} = 1")})
    except Rejected as refusal:
        assert "gw_other" in str(refusal)
        return
    run = k.start("gated")
    run.complete("go")
    assert run.ended_at("end")


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize("prolog", [BOMB, OUTSIDE], ids=["bomb", "outside"])
@pytest.mark.parametrize("file", ["bpmn/plain.bpmn", "dmn/band.dmn"])
def test_entities_are_refused_before_they_are_read(sqlite: Database, file: str, prolog: bytes) -> None:
    body = WORLD[file][WORLD[file].index(b"<definitions") :].replace(b'name="', b'name="&a;', 1)
    began = time.process_time()

    (found,) = refused(Kit(sqlite), {file: HEAD + prolog + body})

    assert found.startswith(file) and "root:" not in found
    assert time.process_time() - began < 20


@pytest.mark.parametrize("file", ["bpmn/plain.bpmn", "dmn/band.dmn", "forms/asking.ask.form"])
def test_a_file_of_fifty_megabytes_is_refused_by_its_size(sqlite: Database, file: str) -> None:
    (found,) = refused(Kit(sqlite), {file: WORLD[file] + b" " * 50_000_000})

    assert found.startswith(file)


WRONG_KINDS = {
    "picture": b"\x89PNG\r\n\x1a\n",
    "archive": b"PK\x03\x04",
    "empty": b"",
    "text": b"hello",
    "zeros": bytes(99),
}


@pytest.mark.parametrize("content", WRONG_KINDS.values(), ids=WRONG_KINDS)
@pytest.mark.parametrize("file", ["bpmn/x.bpmn", "dmn/x.dmn", "forms/x.form"])
def test_another_kind_of_file_is_refused_by_name(sqlite: Database, file: str, content: bytes) -> None:
    found = refused(Kit(sqlite), {file: content})

    assert found and all(line.startswith(file) for line in found)


def test_a_file_of_unknown_kind_and_a_wrong_name_are_refused(sqlite: Database) -> None:
    found = refused(Kit(sqlite), {"notes.txt": b"hello", "bpmn/other.bpmn": WORLD["bpmn/plain.bpmn"]})

    assert any("notes.txt" in line and ".bpmn, .dmn or .form" in line for line in found)
    assert any("process id other" in line and "found plain" in line for line in found)


def test_a_drawing_may_have_the_ending_of_older_editors(sqlite: Database) -> None:
    files = {"bpmn/demo.bpmn20.xml": drawing("demo", start() + end() + chain("start", "end"))}

    assert [row.key for row in Kit(sqlite).deploy(files).versions] == ["demo"]


def test_a_table_that_lacks_a_decision_in_use_is_refused(sqlite: Database) -> None:
    found = refused(kit(sqlite), {"dmn/band.dmn": table("brand")})

    assert any("ruled.bpmn" in line and "band" in line for line in found)


def test_two_tables_with_one_decision_are_refused(sqlite: Database) -> None:
    found = refused(kit(sqlite), {"dmn/bands.dmn": table("band", '"small"')})

    assert any("dmn/bands.dmn" in line and "dmn/band.dmn" in line for line in found)


def test_two_files_of_one_name_are_refused(sqlite: Database) -> None:
    plain = WORLD["bpmn/plain.bpmn"]

    found = refused(kit(sqlite), {"bpmn/plain.bpmn": plain, "new/plain.bpmn": plain})

    assert any("new/plain.bpmn" in line and "bpmn/plain.bpmn" in line for line in found)


def test_checking_changes_nothing_and_says_the_same(sqlite: Database) -> None:
    k = kit(sqlite)
    before = stored(k)

    found = definitions.check(k.engine, {"bpmn/worse.bpmn": ruled("worse", "bnad")})

    assert [finding.element for finding in found if finding.severity == "error"] == ["rule"]
    assert stored(k) == before


def test_a_process_that_a_pattern_calls_is_pinned_like_one_that_the_drawing_calls(sqlite: Database) -> None:
    creator = drawing(
        "maintain_account_and_contact", start() + user("record") + end() + chain("start", "record", "end")
    )
    loading = start() + service("load_context", "demo.missing") + end() + chain("start", "load_context", "end")
    form = b'{"type": "default", "id": "f", "components": [{"type": "textfield", "key": "resolution"}]}'
    forms = {
        f"forms/{name}.form": form for name in ("shared.resolve_missing_record", "shared.resolve_missing_record_create")
    }
    files = {"bpmn/case.bpmn": drawing("case", loading), "bpmn/maintain-account-and-contact.bpmn": creator, **forms}
    run = Kit(sqlite, handlers=[missing], files=files).start("case")

    run.complete("mr_resolve_missing_record", resolution="create_now")

    assert run.open_tasks() == ["record"]
