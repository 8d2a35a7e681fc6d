"""Decisions that need each other, and what an evaluation tells."""

from datetime import date
from decimal import Decimal

import pytest

from engine.errors import NotFound
from engine.feel import BudgetExceeded
from tests.engine.dmn.builders import a_literal, a_model, a_table, the_approval_model


def test_required_decisions_come_first_and_each_once():
    model = the_approval_model()

    result = model.evaluate(
        "approval_rule", {"amount_band": "minor", "credit_standing": "hold", "max_discount_pct": 20}
    )

    assert result.value == {"special_approvals": ["credit", "pricing"], "approval_required": True, "approval_level": 1}
    assert [step.decision for step in result.trace] == ["priority_approval", "special_approvals", "approval_rule"]
    assert [(row.decision, row.row_number, row.row_id) for row in result.fired] == [
        ("priority_approval", 3, "r3"),
        ("special_approvals", 1, "s1"),
        ("special_approvals", 2, "s2"),
    ]


def test_a_fired_row_shows_its_inputs_and_outputs():
    result = the_approval_model().evaluate("priority_approval", {"amount_band": "major", "credit_standing": "good"})

    assert result.value == {"approval_required": True, "approval_level": 1}
    assert result.fired[0].inputs == {"amount_band": "major", "credit_standing": "good"}
    assert result.fired[0].outputs == {"approval_required": True, "approval_level": 1}
    assert result.problems == ()


def test_a_table_can_be_shown_in_two_languages():
    decision = the_approval_model().decisions["priority_approval"]

    assert decision.names == {"en": "Approval of a priority", "zh-Hans": "优先级审批"}
    assert decision.descriptions == {"en": "Who has to approve a priority.", "zh-Hans": "谁审批优先级。"}
    assert decision.inputs[0].label == "Amount band"
    assert decision.inputs[1].names == {"en": "credit_standing"}
    assert decision.inputs[0].names["zh-Hans"] == "金额分档"
    assert decision.inputs[0].allowed == '"minor", "major"'
    assert [output.name for output in decision.outputs] == ["approval_required", "approval_level"]
    assert decision.rules[0].inputs == ('"major"', "-")
    assert decision.rules[0].annotations == {"Why": "size"}
    assert decision.rules[0].description == "Large deals"


def test_the_result_tells_which_variables_were_asked_for():
    variables = {"amount_band": "major", "credit_standing": "good", "unused": 1}

    result = the_approval_model().evaluate("priority_approval", variables)

    assert result.inputs == {"amount_band": "major", "credit_standing": "good"}


def test_requirements_are_known_by_id_name_and_variable():
    model = the_approval_model()

    assert model.decisions["approval_rule"].requires == ("priority_approval", "special_approvals")
    assert model.decisions["special_approvals"].hit_policy == "COLLECT"


def test_a_value_outside_the_allowed_ones_is_a_problem():
    result = the_approval_model().evaluate("priority_approval", {"amount_band": "huge", "credit_standing": "good"})

    assert result.value is None
    assert "'amount_band' is huge, which is not among its allowed values" in result.problems[0]


@pytest.mark.parametrize(
    ("given", "named"),
    [(True, "true"), (Decimal("1E3"), "1000"), ("x" * 99, "x" * 80), (["a"], "list"), (date(2026, 1, 2), "2026-01-02")],
)
def test_a_value_that_is_not_allowed_is_named_as_feel_writes_it(given, named):
    result = the_approval_model().evaluate("priority_approval", {"amount_band": given, "credit_standing": "good"})

    assert any(one.startswith(f"'amount_band' is {named}, which") for one in result.problems)


def test_a_missing_variable_is_a_problem_that_names_it():
    result = the_approval_model().evaluate("priority_approval", {"credit_standing": "good"})

    assert result.value is None
    assert "The variable 'amount_band' is not known." in result.problems


def test_an_unknown_decision_is_refused_with_the_known_ones():
    with pytest.raises(NotFound) as refused:
        the_approval_model().evaluate("nope", {})

    assert "approval_rule" in str(refused.value)


def test_business_knowledge_is_called_like_a_function():
    knowledge = """<businessKnowledgeModel id="k" name="Net price"><encapsulatedLogic>
        <formalParameter name="gross" typeRef="number"/>
        <literalExpression><text>gross * 0.9</text></literalExpression>
        </encapsulatedLogic></businessKnowledgeModel>"""
    model = a_model(knowledge, a_literal("d", "Net price(amount)", knowledge=["k"]))

    assert model.evaluate("d", {"amount": 200}).value == 180


def test_an_invocation_binds_parameters_by_name():
    model = a_model("""<businessKnowledgeModel id="k" name="ratio"><encapsulatedLogic>
        <formalParameter name="a"/><formalParameter name="b"/>
        <literalExpression><text>a / b</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>
        <decision id="d" name="d"><knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
        <invocation><literalExpression><text>ratio</text></literalExpression>
        <binding><parameter name="b"/><literalExpression><text>2</text></literalExpression></binding>
        <binding><parameter name="a"/><literalExpression><text>x</text></literalExpression></binding>
        </invocation></decision>""")

    assert model.evaluate("d", {"x": 10}).value == 5


def test_a_typed_result_that_does_not_fit_is_null():
    model = a_model(
        '<decision id="d" name="d"><variable name="d" typeRef="number"/>'
        '<literalExpression><text>"text"</text></literalExpression></decision>'
    )

    result = model.evaluate("d", {})

    assert result.value is None
    assert "type number" in result.problems[0]


def test_declared_types_hold_their_allowed_values():
    model = a_model(
        """<itemDefinition name="tBand"><typeRef>string</typeRef>
        <allowedValues><text>"minor", "major"</text></allowedValues></itemDefinition>
        <inputData id="i" name="band"><variable name="band" typeRef="tBand"/></inputData>""",
        a_literal("d", "band"),
    )

    assert model.evaluate("d", {"band": "major"}).value == "major"
    assert model.evaluate("d", {"band": "huge"}).value is None


def test_a_decision_that_is_too_much_work_is_refused():
    model = a_model(a_literal("d", "count(for i in 1..100000000 return i)"))

    with pytest.raises(BudgetExceeded):
        model.evaluate("d", {})


def test_long_chains_of_requirements_are_fine():
    links = [a_literal("d0", "1")]
    links += [a_literal(f"d{n}", f"d{n - 1} + 1", requires=[f"d{n - 1}"]) for n in range(1, 1500)]

    assert a_model(*links).evaluate("d1499", {}).value == 1500


def test_the_inputs_stay_as_they_were():
    inputs = {"lines": [{"price": 0.5}]}
    model = a_model(a_literal("d", "lines"))

    result = model.evaluate("d", inputs)
    result.value.append(1)

    assert inputs == {"lines": [{"price": 0.5}]}


def test_tables_see_multiword_variables():
    model = a_model(
        '<inputData id="i" name="Credit Score"/>',
        a_table(["Credit Score"], ["band"], [["< 600", '"low"'], [">= 600", '"high"']]),
    )

    assert model.evaluate("d", {"Credit Score": 700}).value == "high"
