"""What is refused, all at once, with the place and how to mend it."""

import pytest

from engine.dmn import RejectedDecisions, check, read_model
from tests.engine.dmn.builders import a_file, a_literal, a_table, a_text

RAGGED = (
    '<decision id="d" name="d"><relation><column name="a"/><column name="b"/>'
    + f"<row>{a_text('literalExpression', '1')}{a_text('literalExpression', '2')}</row>"
    + f"<row>{a_text('literalExpression', '1')}</row></relation></decision>"
)


def findings(*elements):
    return check(a_file(*elements), "rules.dmn")


def test_every_broken_cell_is_named_with_table_row_and_column():
    found = findings(a_table(["x", "y"], ["z"], [["< ", "-", "1"], ["1", "[1..", "1"], ["1", "2", "1 +"]]))

    assert [(str(each.message).split(": ")[0], each.element) for each in found] == [
        ("Table d, row 1, column 'x'", "d_r1"),
        ("Table d, row 2, column 'y'", "d_r2"),
        ("Table d, row 3, column 'z'", "d_r3"),
    ]
    assert all(each.file == "rules.dmn" and each.line == 1 and each.rule == "dmn.expression" for each in found)
    assert "double quotes" in str(found[0].remedy)


def test_read_model_raises_what_check_lists():
    xml = a_file(a_literal("d", "1 +"))

    with pytest.raises(RejectedDecisions) as refused:
        read_model(xml, "rules.dmn")

    assert refused.value.findings == check(xml, "rules.dmn")
    assert "rules.dmn" in str(refused.value)


def test_a_good_file_has_no_findings():
    assert findings(a_literal("d", "1 + 1")) == []


@pytest.mark.parametrize(
    ("elements", "rule", "words"),
    [
        ([a_literal("d", "1"), a_literal("d", "2")], "dmn.duplicate-id", "'d' is used 2 times"),
        ([a_literal("d", "1", requires=["nope"])], "dmn.unknown-requirement", "decision 'nope'"),
        ([a_literal("d", "1", knowledge=["nope"])], "dmn.unknown-requirement", "business knowledge model 'nope'"),
        ([a_literal("a", "1", requires=["b"]), a_literal("b", "1", requires=["a"])], "dmn.circle", "a → b → a"),
        ([a_literal("a", "1", requires=["a"])], "dmn.circle", "a → a"),
        (['<import namespace="x" importType="y" name="z"/>'], "dmn.unsupported", "import of the kind 'y'"),
        (
            [
                '<decision id="d" name="d">'
                + a_text("literalExpression", "1", 'expressionLanguage="juel"')
                + "</decision>"
            ],
            "dmn.unsupported",
            "'juel'",
        ),
        (
            ['<decision id="d" name="d"><functionDefinition kind="Java"><context/></functionDefinition></decision>'],
            "dmn.unsupported",
            "Java",
        ),
        ([a_table(["x"], ["y"], [["1", "2"]], policy="BEST")], "dmn.table", "'BEST'"),
        ([a_table(["x"], ["y"], [["1", "2"]], policy="UNIQUE+SUM")], "dmn.table", "SUM"),
        ([a_table(["x"], ["y"], [["1"]])], "dmn.table", "1 conditions and 0 results"),
        ([a_table([""], ["y"], [["1", "2"]])], "dmn.table", "an expression in every input"),
        ([a_table(["x"], [], [["1"]])], "dmn.table", "column for its result"),
        ([a_table(["x"], ["y", "y"], [["1", "2", "3"]])], "dmn.table", "several are called 'y'"),
        ([a_table(["x"], ["y"], [["1", "2"]], policy="PRIORITY")], "dmn.table", "list its values, because PRIORITY"),
        ([RAGGED], "dmn.table", "row 2 of a relation to have 2 cells, one for each column, but it has 1"),
        (
            [a_literal("d", "1").replace("</decision>", a_text("literalExpression", "2") + "</decision>")],
            "dmn.expression",
            "Decision 'd': there are 2 expressions",
        ),
        (
            [a_table(["x"], ["y"], [["1", "2"]]).replace("<inputEntry", '<inputEntry expressionLanguage="groovy"')],
            "dmn.unsupported",
            "'groovy'",
        ),
        (
            [
                a_table(["x"], ["y"], [["1", "2"]]).replace(
                    "<inputExpression", '<inputExpression expressionLanguage="x"'
                )
            ],
            "dmn.unsupported",
            "'x'",
        ),
        (
            [a_table(["x"], ["y"], [["1", "2"]]).replace("<outputEntry", '<outputEntry expressionLanguage="juel"')],
            "dmn.unsupported",
            "'juel'",
        ),
        (['<magic id="m"/>'], "dmn.unsupported", "'magic'"),
        (
            [a_literal("d", "1 + launch(2)")],
            "dmn.unknown-function",
            "Decision 'd': there is no function named 'launch'",
        ),
        (
            [a_table(["x"], ["y"], [["launch(?)", "1"]])],
            "dmn.unknown-function",
            "Table d, row 1, column 'x': there is no function named 'launch'",
        ),
    ],
)
def test_a_mistake_is_found(elements, rule, words):
    found = findings(*elements)

    assert [each.rule for each in found] == [rule]
    assert words in str(found[0].message)
    assert str(found[0].remedy)


def test_a_file_in_another_language_is_told_once():
    file = a_file(a_literal("a", "1"), a_literal("b", "2")).replace(b" name=", b' expressionLanguage="juel" name=', 1)

    assert [each.rule for each in check(file, "rules.dmn")] == ["dmn.unsupported"]


def test_circles_are_told_apart_and_of_what_hangs_on_them_nothing():
    circles = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "e"), ("e", "c"), ("f", "a"), ("a", "g"), ("g", "h")]
    needs = {key: [needed for user, needed in circles if user == key] for key in "abcdefgh"}
    found = findings(*(a_literal(key, "1", requires=needed) for key, needed in needs.items()))

    assert [str(each.message).partition(": ")[2] for each in found] == ["a → b → a.", "c → d → e → c."]


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (b"not xml", "dmn.xml"),
        (b"", "dmn.xml"),
        (
            b'<!DOCTYPE d [<!ENTITY e "x">]><definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&e;'
            b"</definitions>",
            "dmn.xml",
        ),
        (b'<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd"/>', "dmn.version"),
        (b"<html/>", "dmn.xml"),
        (b"<svg/>", "dmn.version"),
        (b" " * 5_000_001, "dmn.xml"),
        (b"<a>" * 100_000, "dmn.xml"),
    ],
)
def test_a_file_that_is_no_usable_dmn_is_refused(xml, rule):
    assert [each.rule for each in check(xml, "rules.dmn")] == [rule]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_dmn_1_2_to_1_5_are_read(namespace):
    model = read_model(a_file(a_literal("d", "1 + 1"), namespace=namespace), "rules.dmn")

    assert model.evaluate("d", {}).value == 2


def test_entities_are_not_followed(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden")
    xml = (
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x">&e;</definitions>'
    ).encode()

    assert [each.rule for each in check(xml, "rules.dmn")] == ["dmn.xml"]
