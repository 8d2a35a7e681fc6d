"""Decisions: files that are none, and tables that cannot be looked up."""

from __future__ import annotations

from tests.engine.bad_inputs.made import GOOD, Input

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<definitions xmlns="{DMN}" id="f" name="Rules" namespace="urn:bad">'
FILE = "dmn/bad.dmn"
ROW = (
    '<rule id="r{0}"><inputEntry id="i{0}"><text>{1}</text></inputEntry>'
    '<outputEntry id="o{0}"><text>{2}</text></outputEntry></rule>'
)


def table(
    *rows: tuple[str, str], policy: str = "FIRST", outputs: str = '<output id="out" name="band" typeRef="string"/>'
) -> bytes:
    """A file with one table."""
    inner = "".join(ROW.format(number, given, found) for number, (given, found) in enumerate(rows))
    column = '<input id="in"><inputExpression id="ie" typeRef="number"><text>amount</text></inputExpression></input>'
    return decision(f'<decisionTable id="t" hitPolicy="{policy}">{column}{outputs}{inner}</decisionTable>')


def decision(logic: str) -> bytes:
    """A file with one decision."""
    variable = '<variable id="v" name="band" typeRef="string"/>'
    return f'{HEAD}<decision id="d" name="band">{variable}{logic}</decision></definitions>'.encode()


def literal(expression: str) -> bytes:
    """A decision that is an expression."""
    return decision(f'<literalExpression id="l"><text>{expression}</text></literalExpression>')


GOOD_TABLE = table(("&lt; 10", '"small"'), ("-", '"large"'))
CIRCLE = (
    f'{HEAD}<decision id="a" name="a"><informationRequirement id="q"><requiredDecision href="#a"/>'
    '</informationRequirement><literalExpression id="l"><text>a</text></literalExpression></decision></definitions>'
)
WRONG = {
    "a drawing": (GOOD.encode(), "dmn.version", "a process drawing (BPMN)"),
    "nothing": (b"", "dmn.xml", "is empty"),
    "a form": (b'{"components": []}', "dmn.xml", "a JSON text"),
    "prose": (b"If it is large, ask.", "dmn.xml", "plain text"),
    "an Excel workbook": (b"PK\x03\x04xl/workbook.xml", "dmn.xml", "an Excel workbook"),
    "DMN 1.1": (
        GOOD_TABLE.replace(
            b"https://www.omg.org/spec/DMN/20191111/MODEL/", b"http://www.omg.org/spec/DMN/20151101/dmn.xsd"
        ),
        "dmn.version",
        "their namespace is",
    ),
    "no namespace": (b"<definitions/>", "dmn.version", "their namespace is none"),
    "a document type": (GOOD_TABLE.replace(b"?>\n", b'?>\n<!DOCTYPE d [<!ENTITY a "x">]>'), "dmn.xml", "document type"),
    "cut off": (GOOD_TABLE[:-30], "dmn.xml", "reading stopped"),
    "a lying encoding": (
        GOOD_TABLE.replace(b"band", "客户".encode("gb18030")),
        "dmn.xml",
        "Expected text in UTF-8",
    ),
    "too deep": ((HEAD + "<x>" * 300).encode(), "dmn.xml", "nested at most 200 deep"),
    "Python in a cell": (table(("&lt; 10", "__import__('os').system('touch canary')")), "dmn.expression", ""),
    "an open text in a cell": (table(("&lt; 10", '"small')), "dmn.expression", ""),
    "an open range": (table(("[1..", '"small"')), "dmn.expression", ""),
    "brackets without end": (literal("(" * 50_000), "dmn.expression", ""),
    "an unknown policy": (table(("-", '"x"'), policy="LUCKY"), "dmn.table", ""),
    "a table without outputs": (table(("-", '"x"'), outputs=""), "dmn.table", ""),
    "one id twice": (GOOD_TABLE.replace(b'id="r1"', b'id="r0"'), "dmn.duplicate-id", "r0"),
    "a decision that needs itself": (CIRCLE.encode(), "dmn.circle", ""),
    "an unknown requirement": (CIRCLE.replace("#a", "#gone").encode(), "dmn.unknown-requirement", "gone"),
    "Java in a function": (
        decision('<functionDefinition kind="Java" id="j"><context id="c"/></functionDefinition>').replace(
            b"functionDefinition", b"functionItem"
        ),
        "dmn.unsupported",
        "",
    ),
}
INPUTS = [
    *(Input(name, content, rule, says, FILE) for name, (content, rule, says) in WRONG.items()),
    Input("a table that is fine", GOOD_TABLE, file=FILE),
    Input("a table in UTF-16", GOOD_TABLE.decode().replace("UTF-8", "UTF-16").encode("utf-16"), file=FILE),
]
