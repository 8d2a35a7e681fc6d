"""Deploying decisions that import another file of decisions."""

import pytest

from engine import Database
from engine.errors import Rejected
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def rates(factor: str) -> bytes:
    """A file with one function."""
    return (
        f'<definitions xmlns="{MODEL}" id="rates" name="rates" namespace="urn:rates">'
        '<businessKnowledgeModel id="k" name="scaled"><encapsulatedLogic><formalParameter name="x"/>'
        f"<literalExpression><text>x * {factor}</text></literalExpression></encapsulatedLogic>"
        "</businessKnowledgeModel></definitions>"
    ).encode()


PRICE = (
    f'<definitions xmlns="{MODEL}" id="prices" name="price" namespace="urn:price">'
    f'<import name="r" namespace="urn:rates" importType="{MODEL}"/><decision id="price" name="price">'
    '<knowledgeRequirement><requiredKnowledge href="urn:rates#k"/></knowledgeRequirement>'
    "<literalExpression><text>r.scaled(amount)</text></literalExpression></decision></definitions>"
).encode()


def priced() -> bytes:
    rule = '<businessRuleTask id="rule" name="rule" camunda:decisionRef="price" camunda:resultVariable="answer"/>'
    body = start() + user("first") + rule + user("last") + end() + chain("start", "first", "rule", "last", "end")
    return drawing("priced", body)


def kit(database: Database) -> Kit:
    files = {"bpmn/priced.bpmn": priced(), "dmn/price.dmn": PRICE, "dmn/rates.dmn": rates("2")}
    return Kit(database, files=files)


def test_a_running_instance_keeps_what_its_decisions_imported(database: Database) -> None:
    k = kit(database)
    old = k.start("priced", amount=5)

    changed = k.deploy({"dmn/rates.dmn": rates("3")})
    new = k.start("priced", "case:2", amount=5)
    for each in (old, new):
        each.complete("first")

    assert [row.version for row in changed.versions] == [2]
    assert (old.variables["answer"], new.variables["answer"]) == (10, 15)


def test_decisions_may_import_what_was_deployed_before(sqlite: Database) -> None:
    k = kit(sqlite)

    changed = k.deploy({"dmn/price.dmn": PRICE.replace(b"r.scaled(amount)", b"r.scaled(amount) + 1")})
    run = k.start("priced", amount=5)
    run.complete("first")

    assert len(changed.versions) == 1
    assert run.variables["answer"] == 11


def test_an_import_that_is_nowhere_is_refused(sqlite: Database) -> None:
    k = Kit(sqlite)

    with pytest.raises(Rejected) as refused:
        k.deploy({"dmn/price.dmn": PRICE})

    assert [finding.rule for finding in refused.value.findings] == ["dmn.import", "dmn.unknown-requirement"]
