"""Small DMN files for tests."""

from html import escape
from pathlib import Path

from engine.dmn import read_model

FOLDER = Path(__file__).parent / "tables"
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def a_file(*elements, namespace=NAMESPACE):
    """A file with these elements below its root."""
    body = "".join(elements)
    return (
        f'<definitions xmlns="{namespace}" id="defs" name="Test" namespace="http://salesflow.example/test">'
        f"{body}</definitions>"
    ).encode()


def a_text(tag, text, attributes=""):
    """An element with a text inside."""
    return f"<{tag} {attributes}><text>{escape(text)}</text></{tag}>"


def a_table(inputs, outputs, rules, policy="UNIQUE", decision="d", extra=""):
    """A decision with a table: input expressions, outputs (name or (name, allowed values)), rows of cells."""
    columns = "".join(
        f"<input>{a_text('inputExpression', text)}</input>"
        if isinstance(text, str)
        else f"<input>{a_text('inputExpression', text[0])}{a_text('inputValues', text[1])}</input>"
        for text in inputs
    )
    for output in outputs:
        name, allowed, default = (output, "", "") if isinstance(output, str) else (*output, "")[:3]
        columns += f'<output name="{name}">' + (a_text("outputValues", allowed) if allowed else "")
        columns += (a_text("defaultOutputEntry", default) if default else "") + "</output>"
    for number, cells in enumerate(rules, 1):
        entries = "".join(
            a_text("inputEntry" if place < len(inputs) else "outputEntry", cell) for place, cell in enumerate(cells)
        )
        columns += f'<rule id="{decision}_r{number}">{entries}</rule>'
    return (
        f'<decision id="{decision}" name="{decision}">{extra}<decisionTable hitPolicy="{policy.partition("+")[0]}"'
        f"{_aggregation(policy)}>{columns}</decisionTable></decision>"
    )


def _aggregation(policy):
    aggregation = policy.partition("+")[2]
    return f' aggregation="{aggregation}"' if aggregation else ""


def a_literal(decision, text, requires=(), knowledge=()):
    """A decision with a literal expression."""
    needs = "".join(
        f'<informationRequirement><requiredDecision href="#{key}"/></informationRequirement>' for key in requires
    )
    needs += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>' for key in knowledge
    )
    return f'<decision id="{decision}" name="{decision}">{needs}{a_text("literalExpression", text)}</decision>'


def a_model(*elements):
    """A model of these elements."""
    return read_model(a_file(*elements), "test.dmn")


def the_approval_model():
    """The model of tables/approval.dmn."""
    return read_model((FOLDER / "approval.dmn").read_bytes(), "approval.dmn")
