"""Drawings of Camunda 7: which values variables get, and what a signal carries; BPMN 2.0 leaves that to engines."""

import re
from datetime import UTC, datetime

import pytest

from engine import Database, incidents
from engine.bpmn import normalise, read
from engine.port import EventThrown
from engine.spiff import compile_bundle
from tests.engine.behaviour.notations.playing import DISCOUNT, deployed, known, recorder, told
from tests.engine.spiff.player import Player

STEP = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p" isExecutable="true">
  <serviceTask id="step" {}/></process></definitions>"""


def run(database: Database):
    calls = []
    kit = deployed(database, "c7-setting", handlers=[recorder("note the count", calls)])
    return kit.start("c7-setting", business_key="case:7", counter=1, xs=["a", "b"]), calls[0].variables


def test_an_expression_that_sets_a_variable_sets_it_to_the_value_that_it_names(sqlite: Database) -> None:
    started, _ = run(sqlite)

    assert started.state == "completed"
    assert (started.variables["counter"], started.variables["second"]) == (2, "b")


def test_the_business_key_of_the_execution_is_the_record_that_the_process_is_about(sqlite: Database) -> None:
    started, seen = run(sqlite)

    assert started.variables["record"] == "case:7" and seen["key"] == "case:7"


def test_a_script_of_juel_gives_a_parameter_its_value_and_text_without_braces_is_text(sqlite: Database) -> None:
    _, seen = run(sqlite)

    assert (seen["twice"], seen["word"]) == ("yes", "counter")


def test_what_was_understood_is_told_with_the_expression_as_it_stands_in_the_file():
    found = told("c7-setting")

    assert (
        "count",
        "info",
        "Read ${execution.setVariable('counter', counter + 1)} at count as ${counter + 1}.",
    ) in found
    assert (
        "count",
        "info",
        'Read camunda:expression="${counter + 1}" at count as a FEEL script for counter.',
    ) in found


@pytest.mark.parametrize(
    "step",
    [
        """camunda:expression="${execution.setVariable('x', 1)}" camunda:resultVariable="y\"""",
        """camunda:expression="${execution.setVariable('x', 1) + execution.setVariable('y', 2)}\"""",
        """camunda:expression="${execution.setVariable('x', 1, 2)}\"""",
        """camunda:expression="${execution.setVariable(name, 1)}\"""",
        """camunda:expression="${execution.setVariableLocal('x', 1)}\"""",
        """camunda:expression="${execution.setVariable('x', bean.call())}\"""",
        """camunda:type="external" camunda:topic="${topic}\"""",
    ],
)
def test_what_only_the_other_engine_could_set_or_find_is_refused(step):
    found = read(STEP.format(step).encode(), "p.bpmn").told

    assert [(one.element, one.severity) for one in found if one.severity == "error"] == [("step", "error")]


GIVEN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t" {editor}
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p" isExecutable="true">
  <startEvent id="s"/><task id="step"><extensionElements><camunda:inputOutput>
  <camunda:outputParameter name="{name}">{text}</camunda:outputParameter>
  </camunda:inputOutput></extensionElements></task>
  <exclusiveGateway id="g" default="no"/><endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="step"/>
  <sequenceFlow id="b" sourceRef="step" targetRef="g"/><sequenceFlow id="no" sourceRef="g" targetRef="e"/>
  <sequenceFlow id="yes" sourceRef="g" targetRef="e">
  <conditionExpression>${{approved}}</conditionExpression></sequenceFlow>
  </process></definitions>"""


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"name": "approved", "text": "true"}, 1),
        ({"name": "approved", "text": "5"}, 1),
        ({"name": "approved", "text": "${true}"}, 0),
        ({"name": "approved", "text": "by hand"}, 0),
        ({"name": "other", "text": "true"}, 0),
        ({"name": "approved", "text": "true", "editor": 'exporter="Salesflow"'}, 0),
    ],
)
def test_a_literal_text_that_looks_like_a_number_or_truth_value_is_told_of_where_a_condition_names_it(given, count):
    found = read(GIVEN.format(**{"editor": "", **given}).encode(), "p.bpmn").told

    told_of = [(one.element, str(one.message)) for one in found if one.severity == "warning"]
    says = "it is a text, and no comparison of a text with a number or a truth value holds"
    assert told_of == [("step", f"Expected approved: {given['text']} at step to be looked at: {says}.")] * count


THROWS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><signal id="news" name="news"/><process id="p" isExecutable="true">
  <endEvent id="step"><signalEventDefinition signalRef="news"><extensionElements>{}</extensionElements>
  </signalEventDefinition></endEvent></process></definitions>"""
NAMED = '<camunda:in sourceExpression="${count + 1}" target="count"/>'


@pytest.mark.parametrize(
    ("mappings", "sent"),
    [
        ('<camunda:in variables="all"/>', {"title": "Spring", "count": 1}),
        ('<camunda:in variables="all"/>' + NAMED, {"title": "Spring", "count": 2}),
        ('<camunda:in businessKey="#{execution.processBusinessKey}"/>' + NAMED, {"count": 2}),
    ],
)
def test_a_signal_may_carry_all_variables_but_never_the_record_of_its_thrower(mappings, sent):
    """10.4.5: a signal carries data to whoever catches it."""
    one = read(THROWS.format(mappings).encode(), "p.bpmn")
    player = Player(compile_bundle(normalise(one, known(one)), {}))

    player.start(title="Spring", count=1, business_record="deal:7", business_key="deal:1", started_by="ada")

    (thrown,) = [effect for effect in player.seen if isinstance(effect, EventThrown)]
    assert thrown.payload == sent


@pytest.mark.parametrize(
    "mappings", ['<camunda:in variables="all" local="true"/>', '<camunda:in businessKey="${other}"/>']
)
def test_what_a_signal_cannot_carry_is_refused(mappings):
    found = read(THROWS.format(mappings).encode(), "p.bpmn").told

    assert [(one.element, one.severity) for one in found if one.severity == "error"] == [("step", "error")]


CALLS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t" {}
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p" isExecutable="true"><callActivity id="step"
  calledElement="q"><extensionElements><camunda:in sourceExpression="north" target="region"/>
  <camunda:in sourceExpression="${{region}}" target="again"/><camunda:out source="x" target="x"/></extensionElements>
  </callActivity></process></definitions>"""


@pytest.mark.parametrize(("editor", "count"), [("", 1), ('exporter="Camunda Modeler"', 1), ('exporter="Salesflow"', 0)])
def test_a_mapping_without_braces_asks_for_a_second_look(editor, count):
    found = read(CALLS.format(editor).encode(), "p.bpmn").told

    says = (
        'Expected camunda:in sourceExpression="north" at step to be looked at: '
        "it is FEEL here, where other engines take what stands without braces for a text."
    )
    assert [str(one.message) for one in found if one.severity == "warning"] == [says] * count


ALL_ROWS = DISCOUNT.replace("FIRST", "COLLECT")
TWO_OUTPUTS = re.sub(
    r'<outputEntry id="(\w)">.*?</outputEntry>', r'\g<0><outputEntry id="\1\1"><text>1</text></outputEntry>', DISCOUNT
).replace('<output id="o" name="percent"/>', '<output id="o" name="percent"/><output id="o2" name="again"/>')


@pytest.mark.parametrize(
    ("table", "amount", "rows", "values", "value"),
    [
        (DISCOUNT, 200, [{"percent": 10}], [10], 10),
        (ALL_ROWS, 200, [{"percent": 10}, {"percent": 0}], [10, 0], [10, 0]),
        (ALL_ROWS, 1, [{"percent": 0}], [0], [0]),
        (ALL_ROWS.replace("<text>-</text>", "<text>&lt; 0</text>"), 1, [], [], []),
        (ALL_ROWS.replace("COLLECT", 'COLLECT" aggregation="SUM'), 200, [{"percent": 10}], [10], 10),
    ],
)
def test_the_rows_of_a_decision_are_mapped_as_the_drawing_says(sqlite: Database, table, amount, rows, values, value):
    run = deployed(sqlite, "c7-rows", files={"dmn/discount.dmn": table.encode()}).start("c7-rows", amount=amount)

    assert (run.variables["rows"], run.variables["values"], run.variables["value"]) == (rows, values, value)


def test_entries_cannot_be_collected_from_rows_of_several(sqlite: Database):
    run = deployed(sqlite, "c7-rows", files={"dmn/discount.dmn": TWO_OUTPUTS.encode()}).start("c7-rows", amount=200)

    assert run.variables["rows"] == [{"percent": 10, "again": 1}] and "values" not in run.variables
    with sqlite.read() as connection:
        (incident,) = incidents.of_instance(connection, run.instance_id)
    says = "Expected one output for the list of entries at entries, but discount has percent, again."
    assert says in str(incident.sentence)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("P3D", datetime(2026, 3, 5, 9, tzinfo=UTC)),
        ("2026-12-01T10:00:00Z", datetime(2026, 12, 1, 10, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, 9, tzinfo=UTC)),
    ],
)
def test_a_due_date_in_a_text_variable_is_read_as_one_in_the_drawing(sqlite: Database, text, due):
    (task,) = deployed(sqlite, "c7-due").start("c7-due", due=text, seen_again=text)._tasks()

    assert (task["due_at"], task["follow_up_at"]) == (due, due)
