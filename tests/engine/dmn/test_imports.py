"""Files of decisions that use one another."""

import pytest

from engine.dmn import RejectedDecisions, read_model
from engine.dmn.reader import read_with_findings
from engine.feel import BudgetExceeded
from tests.engine.dmn.builders import NAMESPACE, a_text


def a_file(space, *elements, imports=(), import_type=NAMESPACE):
    """A file with a namespace; ``imports``: pairs of name and namespace."""
    found = "".join(
        f'<import name="{name}" namespace="{other}" importType="{import_type}"/>' for name, other in imports
    )
    root = f'definitions xmlns="{NAMESPACE}" id="defs" name="{space}" namespace="{space}"'
    return f"<{root}>{found}{''.join(elements)}</definitions>".encode()


def a_decision(identity, text, requires=(), knowledge=()):
    needs = "".join(
        f'<informationRequirement><requiredDecision href="{key}"/></informationRequirement>' for key in requires
    )
    needs += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="{key}"/></knowledgeRequirement>' for key in knowledge
    )
    return f'<decision id="{identity}" name="{identity}">{needs}{a_text("literalExpression", text)}</decision>'


RATES = a_file(
    "urn:rates",
    '<itemDefinition name="tRate"><typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues>'
    "</itemDefinition>",
    '<inputData id="i" name="Base Rate"><variable name="Base Rate" typeRef="tRate"/></inputData>',
    '<businessKnowledgeModel id="k" name="Net price"><encapsulatedLogic><formalParameter name="gross"/>'
    "<literalExpression><text>gross * 0.9</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>",
    a_decision("rate", "Base Rate * 2"),
)


def test_decisions_and_functions_of_another_file_are_known_by_its_name():
    xml = a_file(
        "urn:deal",
        a_decision("d", "r.Net price(100) + r.rate", ["urn:rates#rate"], ["urn:rates#k"]),
        imports=[("r", "urn:rates")],
    )

    result = read_model(xml, "deal.dmn", {"rates.dmn": RATES}).evaluate("d", {"r": {"Base Rate": 0.1}})

    assert float(result.value) == 90.2
    assert [step.decision for step in result.trace] == ["rate", "d"]


def test_variables_of_the_importing_file_serve_where_the_import_has_none_of_its_own():
    xml = a_file("urn:deal", a_decision("d", "r.rate", ["urn:rates#rate"]), imports=[("r", "urn:rates")])

    assert read_model(xml, "deal.dmn", {"rates.dmn": RATES}).evaluate("d", {"Base Rate": 3}).value == 6


def test_an_import_without_a_name_puts_its_names_among_our_own():
    xml = a_file(
        "urn:deal", a_decision("d", "Net price(rate)", ["urn:rates#rate"], ["urn:rates#k"]), imports=[("", "urn:rates")]
    )

    assert read_model(xml, "deal.dmn", {"rates.dmn": RATES}).evaluate("d", {"Base Rate": 5}).value == 9


def test_imported_types_hold_their_allowed_values():
    xml = a_file(
        "urn:deal",
        '<inputData id="x" name="x"><variable name="x" typeRef="r.tRate"/></inputData>',
        a_decision("d", "x"),
        imports=[("r", "urn:rates")],
    )
    model = read_model(xml, "deal.dmn", {"rates.dmn": RATES})

    assert model.evaluate("d", {"x": 1}).value == 1
    assert model.evaluate("d", {"x": 2}).value is None


def test_two_files_that_import_a_third_keep_its_inputs_apart():
    both = {
        f"{name}.dmn": a_file(
            f"urn:{name}", a_decision("own", "r.rate", ["urn:rates#rate"]), imports=[("r", "urn:rates")]
        )
        for name in ("left", "right")
    }
    xml = a_file(
        "urn:top",
        a_decision("d", "[L.own, R.own]", ["urn:left#own", "urn:right#own"]),
        imports=[("L", "urn:left"), ("R", "urn:right")],
    )

    model = read_model(xml, "top.dmn", {"rates.dmn": RATES, **both})

    inputs = {"L": {"r": {"Base Rate": 0.25}}, "R": {"r": {"Base Rate": 0.5}}}
    assert model.evaluate("d", inputs).value == [0.5, 1]


def test_a_requirement_may_name_the_files_own_namespace():
    xml = a_file("urn:deal", a_decision("a", "1"), a_decision("d", "a + 1", ["urn:deal#a"]))

    assert read_model(xml, "deal.dmn").evaluate("d", {}).value == 2


@pytest.mark.parametrize(
    ("imports", "import_type", "rule", "words"),
    [
        ([("r", "urn:nowhere")], NAMESPACE, "dmn.import", "no file beside it"),
        ([("s", "urn:self")], NAMESPACE, "dmn.import-circle", "imports this file again"),
        ([("b", "urn:back")], NAMESPACE, "dmn.import", "imports this file again"),
        ([("x", "urn:broken")], NAMESPACE, "dmn.import", "broken.dmn cannot be used"),
        ([("r", "urn:rates")], "http://www.dmg.org/PMML-4_2", "dmn.unsupported", "PMML"),
    ],
)
def test_an_import_that_cannot_be_used_is_a_finding(imports, import_type, rule, words):
    beside = {
        "rates.dmn": RATES,
        "back.dmn": a_file("urn:back", a_decision("d", "1"), imports=[("s", "urn:self")]),
        "broken.dmn": a_file("urn:broken", a_decision("d", "1 +")),
        "no-dmn.dmn": b"<html/>",
    }
    xml = a_file("urn:self", a_decision("d", "1"), imports=imports, import_type=import_type)

    with pytest.raises(RejectedDecisions) as refused:
        read_model(xml, "self.dmn", beside)

    assert [each.rule for each in refused.value.findings] == [rule]
    assert words in str(refused.value.findings[0].message)
    assert read_with_findings(xml, "self.dmn", beside)[0].evaluate("d", {}).value == 1


def test_a_chain_of_imports_without_end_is_refused():
    chain = {
        f"{n}.dmn": a_file(f"urn:{n}", a_decision("d", "1"), imports=[("next", f"urn:{n + 1}")]) for n in range(1, 300)
    }
    xml = a_file("urn:0", a_decision("d", "1"), imports=[("next", "urn:1")])

    with pytest.raises(RejectedDecisions) as refused:
        read_model(xml, "0.dmn", chain)

    assert "in a row" in str(refused.value.findings[0].message)


def test_a_function_that_calls_itself_without_end_is_refused_and_one_with_an_end_is_not():
    def model(text):
        logic = f"<formalParameter name='n'/><literalExpression><text>{text}</text></literalExpression>"
        knowledge = (
            f'<businessKnowledgeModel id="k" name="f"><encapsulatedLogic>{logic}'
            "</encapsulatedLogic></businessKnowledgeModel>"
        )
        return read_model(a_file("urn:f", knowledge, a_decision("d", "f(5)", (), ["#k"])), "f.dmn")

    assert model("if n = 0 then 1 else n * f(n - 1)").evaluate("d", {}).value == 120
    with pytest.raises(BudgetExceeded):
        model("f(n + 1)").evaluate("d", {})
