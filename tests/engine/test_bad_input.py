"""What people, drawings and handlers give that cannot be accepted: a sentence for whoever can act, nothing changed."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from engine import Database, Limits, bundles, incidents, instances, plain, user_tasks, verify
from engine.contract import Done, Outcome, TaskContext, handler
from engine.core import Option
from engine.errors import Conflict, InvalidForm, NotFound, Rejected, Stuck
from engine.testing import Kit, Run
from tests.engine.demo import chain, drawing, end, flow, service, start, user

FIELDS: list[dict[str, Any]] = [
    {"type": "number", "key": "amount", "label": "A", "decimalDigits": 2, "validate": {"required": True, "min": 0}},
    {"type": "select", "key": "size", "label": "Size", "values": [{"label": x, "value": x} for x in ("s", "l")]},
    {"type": "select", "key": "reason", "label": "Reason", "properties": {"reference": "reason_code:lost"}},
    {"type": "datetime", "subtype": "date", "key": "until", "dateLabel": "Until", "label": "Until"},
    {"type": "checkbox", "key": "sure", "label": "Sure"},
    {"type": "textfield", "key": "note", "label": "Note", "validate": {"maxLength": 20}},
]
FORM = json.dumps({"type": "default", "id": "f", "components": FIELDS}).encode()
FILES = {
    "bpmn/demo.bpmn": drawing(
        "demo", start() + user("ask", formRef="demo.ask", candidateGroups="rep") + end() + chain("start", "ask", "end")
    ),
    "forms/demo.ask.form": FORM,
}


def references(connection: object, reference: str, user: str, business_key: str, sought: object) -> list[Option]:
    return [Option("price", {"en": "Price"})] if reference == "reason_code:lost" else []


@pytest.fixture
def run(database: Database) -> Run:
    return Kit(database, files=FILES, references=references).start("demo")


def untouched(run: Run, element: str = "ask") -> None:
    assert run.open_tasks() == [element] and run.events("task.completed") == []
    with run.kit.database.read() as connection:
        assert verify.check(run.kit.engine, connection) == []


WRONG: dict[str, Any] = {
    "amount": ["", "much", "-1", "1.234", "1e400", "NaN", ["1", "2"], {"$decimal": "1"}],
    "size": ["xl", ["s", "l"], 7],
    "reason": ["unknown"],
    "until": ["yesterday", "2026-02-30", "0000-00-00"],
    "sure": ["perhaps"],
    "note": ["x" * 21, {"a": 1}],
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key in WRONG for value in WRONG[key]])
def test_a_wrong_answer_is_named_by_its_field_and_nothing_is_saved(sqlite: Database, key: str, value: Any) -> None:
    run = Kit(sqlite, files=FILES, references=references).start("demo")

    with pytest.raises(InvalidForm) as refused:
        run.complete("ask", **{"amount": "1", key: value})

    assert list(refused.value.errors) == [key] and str(refused.value.errors[key])
    untouched(run)


def test_everything_wrong_with_a_form_is_said_at_once(run: Run) -> None:
    with pytest.raises(InvalidForm) as refused:
        run.complete("ask", amount="x", size="xl", reason="?", until="soon", note="y" * 30)

    assert set(refused.value.errors) == {"amount", "size", "reason", "until", "note"}
    untouched(run)


def test_answers_become_typed_variables_and_what_was_not_asked_is_dropped(run: Run) -> None:
    run.complete("ask", amount="1234.50", size="l", reason="price", until="2026-12-31", sure="true", admin="yes")

    found = run.variables
    assert (found["amount"], found["until"], found["sure"]) == (Decimal("1234.50"), date(2026, 12, 31), True)
    assert "admin" not in found


def test_a_form_seen_before_somebody_else_finished_is_refused_with_who_and_when(run: Run) -> None:
    task = run.task_id("ask")
    run.complete("ask", amount="1")

    with pytest.raises(Conflict, match="rep already made it completed at 2026-03-02 09:00:00"):
        user_tasks.complete(run.kit.engine, task, "rep", {"amount": "2"}, expect_version=1)

    assert run.variables["amount"] == 1


RESERVED: dict[str, Any] = {
    "typename": "decimal",
    "__class__": "x",
    "$decimal": "not a number",
    "datum": {"typename": "Decimal", "value": "1"},
    "one": {"$decimal": "x"},
    "two": {"$object": {"$decimal": "x"}},
    "rows": [{"typename": "datetime"}, {"$date": "never"}],
    "data": None,
    "名前": "值",
}


def test_no_name_and_no_value_is_taken_for_a_type_of_ours(database: Database) -> None:
    body = start() + user("go") + user("then") + end() + chain("start", "go", "then", "end")
    run = Kit(database, files={"bpmn/plain.bpmn": drawing("plain", body)}).start("plain", **RESERVED)

    run.complete("go", **{f"{name}2": value for name, value in RESERVED.items()})

    found = run.variables
    assert {name: found[name] for name in RESERVED} == RESERVED
    assert {name: found[f"{name}2"] for name in RESERVED} == RESERVED
    (done,) = run.events("task.completed")
    assert done.detail["values"] == {f"{name}2": value for name, value in RESERVED.items()}


@pytest.mark.parametrize("key", ["typename", "config", "task", "now"])
def test_a_field_with_a_reserved_name_is_refused_when_it_is_deployed(sqlite: Database, key: str) -> None:
    schema = {"type": "default", "id": "f", "components": [{"type": "textfield", "key": key, "label": "X"}]}

    with pytest.raises(Rejected, match=key):
        Kit(sqlite).deploy({"forms/demo.ask.form": json.dumps(schema).encode()})


ODD = [object(), {1: "x"}, float("nan"), Decimal("Infinity"), b"bytes", {"a", "b"}]


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_a_handler_that_returns_what_cannot_be_kept_has_failed_and_the_completion_stands(
    sqlite: Database, value: Any
) -> None:
    @handler("demo.act")
    def act(context: TaskContext[Any]) -> Outcome:
        context.session.execute(text("UPDATE user_task SET subject = 'written'"))
        return Done({"odd": value})

    body = start() + user("go") + service("act", "demo.act") + end() + chain("start", "go", "act", "end")
    run = Kit(sqlite, handlers=[act], files={"bpmn/demo.bpmn": drawing("demo", body)}).start("demo")

    run.complete("go")

    (failed,) = run.events("step.failed")
    assert "odd" in failed.detail["reason"] or "names of variables" in failed.detail["reason"]
    with sqlite.read() as connection:
        assert connection.execute(text("SELECT subject FROM user_task")).scalar_one() == "case:1"
        assert verify.check(run.kit.engine, connection) == []


def test_variables_that_grow_too_large_are_refused_by_name_and_told_to_operations(database: Database) -> None:
    body = start() + user("go") + end() + chain("start", "go", "end")
    kit = Kit(database, files={"bpmn/plain.bpmn": drawing("plain", body)}, limits=Limits(variables_bytes=10_000))
    run = kit.start("plain", small="x" * 100)

    with pytest.raises(Stuck, match="at most 10000 bytes, but they take .*; the largest is letter"):
        run.complete("go", letter="x" * 20_000)

    untouched(run, "go")
    with database.read() as connection:
        assert [row.code for row in incidents.listing(connection)] == ["TOO_LARGE"]


def test_an_automatic_loop_without_end_is_named_and_told_to_operations(database: Database) -> None:
    gate = '<exclusiveGateway id="gw" default="gw_turn"/>'
    turn = '<scriptTask id="turn" scriptFormat="feel"><script>{count: 1}</script></scriptTask>'
    body = start() + user("go") + gate + turn + end() + chain("start", "go", "gw", "turn", "gw")
    files = {"bpmn/round.bpmn": drawing("round", body + flow("gw", "end", "1 = 2"))}
    run = Kit(database, files=files, limits=Limits(steps_per_command=300)).start("round")

    with pytest.raises(Stuck, match="turn"):
        run.complete("go")

    untouched(run, "go")
    with database.read() as connection:
        assert [row.code for row in incidents.listing(connection)] == ["ENDLESS_LOOP"]


def many(count: str, sequential: str = "false") -> bytes:
    loop = (
        f'<multiInstanceLoopCharacteristics isSequential="{sequential}"><loopCardinality '
        f'xsi:type="tFormalExpression">={count}</loopCardinality></multiInstanceLoopCharacteristics>'
    )
    return drawing("many", start() + user("go") + user("each", loop) + end() + chain("start", "go", "each", "end"))


@pytest.mark.parametrize("sequential", ["true", "false"])
@pytest.mark.parametrize("count", ["10000000", "-1", "1.5", "null", '"many"'])
def test_an_impossible_number_of_runs_is_an_incident_and_no_flood(
    sqlite: Database, count: str, sequential: str
) -> None:
    run = Kit(sqlite, files={"bpmn/many.bpmn": many(count.replace('"', "&quot;"), sequential)}).start("many")

    with pytest.raises(Stuck, match="each"):
        run.complete("go")

    untouched(run, "go")


def test_tokens_that_pile_up_over_many_commands_are_bounded(sqlite: Database) -> None:
    gate = '<parallelGateway id="gw"/>'
    body = start() + user("go") + gate + user("heap") + end() + chain("start", "go", "gw", "heap", "end")
    files = {"bpmn/pile.bpmn": drawing("pile", body + flow("gw", "go"))}
    run = Kit(sqlite, files=files, limits=Limits(live_tokens=20)).start("pile")

    with pytest.raises(Stuck, match="at most 20"):
        for _ in range(40):
            run.complete("go")

    assert 15 <= len(run.open_tasks()) <= 20
    with sqlite.read() as connection:
        assert verify.check(run.kit.engine, connection) == []


CALL = '<callActivity id="call" calledElement="c{}"/>'


def nested(inner: str, depth: int) -> str:
    """Sub-processes inside each other, with `inner` in the innermost."""
    for level in range(depth):
        name = f"s{level}"
        ends = start(f"begin_{name}") + inner + end(f"end_{name}")
        middle = "call" if level == 0 else f"s{level - 1}"
        inner = f'<subProcess id="{name}">{ends}{chain(f"begin_{name}", middle, f"end_{name}")}</subProcess>'
    return inner


def test_a_deep_chain_of_calls_runs_and_a_deeper_one_is_refused_by_a_sentence(sqlite: Database) -> None:
    last = drawing("c7", start() + user("deep") + end() + chain("start", "deep", "end"))
    files = {"bpmn/c7.bpmn": last}
    for number in range(7):  # ten deep each: nine sub-processes and a call
        body = start() + nested(CALL.format(number + 1), 9) + end() + chain("start", "s8", "end")
        files[f"bpmn/c{number}.bpmn"] = drawing(f"c{number}", body)
    kit = Kit(sqlite, files=files)

    with pytest.raises(Stuck, match="at most 60 deep"):
        kit.start("c0")
    run = kit.start("c2")
    run.complete("deep")

    assert run.ended_at("end")


def test_a_form_that_is_missing_from_its_version_is_named(sqlite: Database) -> None:
    run = Kit(sqlite, files=FILES).start("demo")
    with sqlite.read() as connection:
        pinned = bundles.bundle(run.kit.engine, connection, run.row()["definition_id"])
    pinned.forms.clear()  # type: ignore[attr-defined]

    with pytest.raises(NotFound, match="form demo.ask to be deployed"):
        run.complete("ask", amount="1")

    untouched(run)


@pytest.mark.parametrize("element", ["nothing", "", "'; DROP TABLE user_task; --", "x" * 5000])
def test_a_task_or_instance_that_is_none_is_said_so(sqlite: Database, element: str) -> None:
    kit = Kit(sqlite, files=FILES)

    with pytest.raises(NotFound, match="there is none"):
        user_tasks.complete(kit.engine, element, "rep", {})
    with pytest.raises(NotFound, match="there is none"):
        instances.view(kit.engine, element)
    with pytest.raises(NotFound, match="there is none"):
        instances.start(kit.engine, element, "case:1")


def test_values_of_every_plain_kind_come_back_as_they_were(database: Database) -> None:
    values = {
        "big": 10**40,
        "exact": Decimal("0.10"),
        "moment": datetime.fromisoformat("2026-03-02T09:00:00+00:00"),
        "day": date(2026, 3, 2),
        "span": timedelta(hours=36),
        "text": "Zoë 上海 🙂",
        "nested": {"a": [1, Decimal("2.50"), None, True, {"b": []}]},
    }
    body = start() + user("go") + end() + chain("start", "go", "end")
    run = Kit(database, files={"bpmn/plain.bpmn": drawing("plain", body)}).start("plain", **values)

    found = run.variables

    assert {name: found[name] for name in values} == values
    assert str(found["exact"]) == "0.10" and plain.read(plain.write(values)) == values


def test_a_text_with_a_zero_byte_is_kept_as_it_is(database: Database) -> None:
    body = start() + user("go") + end() + chain("start", "go", "end")
    run = Kit(database, files={"bpmn/plain.bpmn": drawing("plain", body)}).start("plain")

    run.complete("go", note="a\u0000b")

    assert run.variables["note"] == "a\u0000b" and run.ended_at("end")


@pytest.mark.parametrize("name", ["x" * 201, "a\u0000b"])
def test_people_whose_names_nobody_can_keep_leave_the_step_to_operations(database: Database, name: str) -> None:
    step = user("ask", candidateGroups="${[who]}", candidateUsers="${who}")
    files = {"bpmn/demo.bpmn": drawing("demo", start() + step + end() + chain("start", "ask", "end"))}

    run = Kit(database, files=files).start("demo", who=name)

    run.complete("ask", by="ops")
    assert run.ended_at("end")
