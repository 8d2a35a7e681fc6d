"""Boxed expressions of every kind, and the types around them."""

from datetime import UTC, date, datetime

import pytest

from engine.dmn import check, read_model
from engine.feel import BudgetExceeded
from tests.engine.dmn.builders import FOLDER, a_model, a_table

INPUTS = {"lines": [{"product": "a", "price": 1}], "grades": ["a"], "day": date(2026, 1, 15), "rate": 3}


@pytest.fixture(scope="module")
def model():
    return read_model((FOLDER / "boxed.dmn").read_bytes(), "boxed.dmn")


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("prices", [{"product": "a", "price": 50}, {"product": "b", "price": 150}]),
        ("listed", [1, 2, [3]]),
        ("steps", {"base": 10, "half": 5, "wrong": None}),
        ("result", 11),
        ("bands", ["small", "large"]),
        ("running", [1, 2, 6, 24]),
        ("chosen", "many"),
        ("dear", [{"product": "b", "price": 150}]),
        ("first", {"product": "a", "price": 50}),
        ("anyDear", True),
        ("allDear", False),
        ("scaled", 12),
        ("priced", [5, None, True, False]),
        ("typed", [True, False, True, 2, None, None]),
        ("served", {"sum": 7, "count": 1}),
    ],
)
def test_a_boxed_expression_has_the_value_of_its_parts(model, decision, expected):
    assert model.evaluate(decision, INPUTS).value == expected


def test_the_file_has_nothing_wrong():
    assert check((FOLDER / "boxed.dmn").read_bytes(), "boxed.dmn") == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("lines", {"product": "a", "price": 1}, [{"product": "a", "price": 1}]),
        ("lines", [{"product": "a", "price": -1}], None),
        ("lines", [{"product": "a"}], None),
        ("grades", "a", ["a"]),
        ("grades", ["a", "z"], None),
        ("grades", ["a", "a", "a"], None),
        ("day", date(2026, 1, 15), datetime(2026, 1, 15, tzinfo=UTC)),
        ("day", "2026-01-15", None),
    ],
)
def test_inputs_are_converted_to_their_type_or_null(model, name, value, found):
    given = model.evaluate("given", {**INPUTS, name: value}).value

    assert given[["lines", "grades", "day"].index(name)] == found


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER", "FIRST", "COLLECT+COUNT"])
def test_a_default_stands_in_under_every_hit_policy(policy):
    model = a_model(a_table(["x"], [("y", "1, 2", "2")], [["> 5", "1"]], policy))

    assert model.evaluate("d", {"x": 0}).value == 2


def nested(levels):
    inside = "<literalExpression><text>1</text></literalExpression>"
    for _ in range(levels):
        inside = f"<context><contextEntry><variable name='a'/>{inside}</contextEntry></context>"
    return f'<decision id="d" name="d">{inside}</decision>'


def test_logic_nested_deeply_is_evaluated_or_refused():
    value = a_model(nested(50)).evaluate("d", {}).value
    for _ in range(50):
        value = value["a"]

    assert value == 1


def test_boxed_logic_that_calls_itself_without_end_is_refused():
    body = "<literalExpression><text>f(n + 1)</text></literalExpression>"
    for _ in range(60):
        body = f"<context><contextEntry>{body}</contextEntry></context>"
    logic = f"<encapsulatedLogic><formalParameter name='n'/>{body}</encapsulatedLogic>"
    knowledge = f'<businessKnowledgeModel id="k" name="f">{logic}</businessKnowledgeModel>'
    needs = '<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
    model = a_model(
        knowledge,
        f'<decision id="d" name="d">{needs}<literalExpression><text>f(1)</text></literalExpression></decision>',
    )

    with pytest.raises(BudgetExceeded):
        model.evaluate("d", {})


def test_types_that_lead_back_to_themselves_come_to_an_end():
    model = a_model(
        '<itemDefinition name="tA"><typeRef>tB</typeRef></itemDefinition>',
        '<itemDefinition name="tB"><typeRef>tA</typeRef></itemDefinition>',
        '<inputData id="i" name="x"><variable name="x" typeRef="tA"/></inputData>',
        a_table(["x"], ["y"], [["1", "1"]]).replace('<output name="y"', '<output name="y" typeRef="tA"'),
    )

    assert model.evaluate("d", {"x": 1}).value is None
