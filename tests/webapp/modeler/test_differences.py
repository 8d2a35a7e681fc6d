"""Two drawings compared: each difference is told at the thing it is about, in the reader's language."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webapp.world import World
from webapp.modeler.differences import Comparison, compare

ROOT = Path(__file__).resolve().parents[3]
OLD = Path(__file__).with_suffix(".bpmn").read_text("utf-8")
CHANGES = {
    "association": ('sourceRef="undo" targetRef="cancel"', 'sourceRef="undo" targetRef="refund"'),
    "data association": ('<targetRef>order_there</targetRef>', '<targetRef>note</targetRef>'),
    "data object": ('dataObjectRef="order"', 'dataObjectRef="offer"'),
    "message flow": ('sourceRef="bank" targetRef="wait"', 'sourceRef="customer" targetRef="wait"'),
    "message": ('name="paid"', 'name="payed"'),
    "pool": ('name="Bank"', 'name="House bank"'),
    "documentation": ("Sells.", "Sells more."),
    "property": ('value="each"', 'value="all"'),
    "assignee": ('"ann"', '"bob"'),
    "repetition": ("<loopCardinality>2<", "<loopCardinality>3<"),
    "annotation": ("Mind the gap", "Mind the step"),
    "condition": ("amount &gt; 5", "amount &gt; 6"),
    "default": ('default="big_wait"', 'default="big_ask"'),
    "kind": ('<task id="ask" name="Ask"/>', '<manualTask id="ask" name="Ask"/>'),
    "translation": ("预订", "订购"),
    "shape": ('isHorizontal="true"', 'isHorizontal="false"'),
}  # fmt: skip
TOLD = {
    "association": ("association", "undoing", "Undo → Refund", "To: Cancel → Refund"),
    "data association": ("data association", "makes", "makes", "To: Order → Mind the gap"),
    "data object": ("data object", "order_there", "Order", "dataObjectRef: order → offer"),
    "message flow": ("message flow", "money", "Customer → Wait", "From: Bank → Customer"),
    "message": ("message", "paid", "payed", "Called: paid → payed"),
    "pool": ("pool", "bank", "House bank", "Called: Bank → House bank"),
    "documentation": ("process", "sale", "Sale", "Text: Sells. → Sells more."),
    "property": ("element", "book", "Book", "Property guards: each → all"),
    "assignee": ("element", "book", "Book", "Setting assignee: ann → bob"),
    "repetition": ("element", "book", "Book", "multiInstanceLoopCharacteristics / loopCardinality: 2 → 3"),
    "annotation": ("annotation", "note", "Mind the step", "Text: Mind the gap → Mind the step"),
    "condition": ("way", "big_ask", "Big? → Ask", "Condition: amount > 5 → amount > 6"),
    "default": ("element", "big", "Big?", "Taken when nothing else fits: big_wait → big_ask"),
    "kind": ("element", "ask", "Ask", "Kind: task → manualTask"),
    "translation": ("element", "book", "Book", "Called (zh-Hans): 预订 → 订购"),
    "shape": ("pool", "we", "Sales", "Drawn / isHorizontal: yes → no"),
}


@pytest.fixture
def english(world: World) -> Iterator[None]:
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def compared(*replaced: tuple[str, str]) -> Comparison:
    new = OLD
    for old, text in replaced:
        assert old in new
        new = new.replace(old, text)
    return compare("bpmn", OLD.encode(), new.encode())


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_at_what_it_is_about(english: None, name: str) -> None:
    (change,) = compared(CHANGES[name]).changes

    (fact,) = change.facts
    assert change.kind == "changed"
    assert (change.what, change.id, change.title, f"{fact.name}: {fact.before} → {fact.after}") == TOLD[name]


def test_a_step_that_moves_to_another_lane_says_so_itself(english: None) -> None:
    found = compared(
        ("<flowNodeRef>ask</flowNodeRef>", ""),
        (">book</flowNodeRef>", ">book</flowNodeRef><flowNodeRef>ask</flowNodeRef>"),
    )

    assert [(one.id, one.facts[0].name, one.facts[0].before, one.facts[0].after) for one in found.changes] == [
        ("ask", "Role", "Manager", "Rep")
    ]


def test_another_order_of_the_ways_out_of_a_gateway_is_a_change(english: None) -> None:
    way = '<sequenceFlow id="big_wait" sourceRef="big" targetRef="wait"/>'

    found = compared((way, ""), ('<sequenceFlow id="big_ask"', f'{way}<sequenceFlow id="big_ask"'))

    assert [(one.id, one.facts[0].name) for one in found.changes] == [("big", "Order of the ways out")]


def test_what_only_moves_is_told_as_moved_and_last(english: None) -> None:
    found = compared(('x="1" y="2"', 'x="1" y="9"'), ('name="Wait"', 'name="Await"'))

    assert [(one.kind, one.id, one.facts) for one in found.changes][1] == ("moved", "book", ())
    assert [one.kind for one in found.changes] == ["changed", "moved"]


def test_what_is_new_says_what_it_is_and_what_is_gone_is_named(english: None) -> None:
    found = compared(('<participant id="bank" name="Bank"/>', '<participant id="shop" name="Shop"/>'))

    told = {(one.kind, one.id): [fact.name for fact in one.facts] for one in found.changes}
    assert told == {("removed", "bank"): [], ("added", "shop"): ["Kind", "Inside", "Called"]}


def test_spaces_comments_and_free_order_are_no_change(english: None) -> None:
    lane = '<lane id="lane_rep" name="Rep"><flowNodeRef>book</flowNodeRef></lane>'

    found = compared((f"{lane}\n", f"<!-- first -->  {lane}\n\n"), ("\n", "\n "))

    assert found.changes == () and found.readable and not found.same


def test_the_comparison_speaks_chinese(world: World) -> None:
    with world.app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        (change,) = compared(CHANGES["association"]).changes

    assert (change.what, change.facts[0].name) == ("关联", "到")


TABLES = sorted((ROOT / "processes" / "dmn").glob("*.dmn"))[::6]
FORMS = sorted((ROOT / "processes" / "forms").glob("*.form"))[::12]


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_whatever_changes_in_a_table_is_told(english: None, file: Path) -> None:
    old = file.read_bytes()
    chance = random.Random(file.stem)
    places = [
        match.start() for match in re.finditer(rb"(?<=[\w])(?=[^<>]*</(?:text|description|variable)>)|(?<==\")", old)
    ]

    for place in chance.sample(places, 8):
        new = old[:place] + b"x" + old[place:]
        found = compare("dmn", old, new)
        assert found.changes or not found.readable, new[place - 60 : place + 60]


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_whatever_changes_in_a_form_is_told(english: None, file: Path) -> None:
    old = file.read_bytes()
    chance = random.Random(file.stem)
    places = [match.end() for match in re.finditer(rb'": "', old)]

    for place in chance.sample(places, 8):
        found = compare("form", old, old[:place] + b"x" + old[place:])
        assert found.changes or not found.readable, old[place - 60 : place + 60]


def test_a_field_that_is_no_longer_to_be_filled_in_says_so(english: None) -> None:
    form = '{"type": "default", "components": [{"type": "textfield", "key": "why", "label": "Why", "readonly": %s}]}'

    found = compare("form", (form % "false").encode(), (form % "true").encode())

    ((fact,),) = [change.facts for change in found.changes]
    assert (fact.name, fact.before, fact.after) == ("Read only", "", "yes")


def test_a_field_whose_inner_fields_are_null_is_compared_like_one_without(english: None) -> None:
    form = '{"type": "default", "components": [{"type": "textfield", "key": "why", "label": "Why"%s}]}'

    assert compare("form", (form % "").encode(), (form % ', "components": null').encode()).readable


def test_rows_in_another_order_and_settings_without_a_name_for_people_are_told(english: None) -> None:
    rules = ["<rule id='a'><inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>"]
    rules.append(rules[0].replace("'a'", "'b'").replace(">1<", ">-<"))
    table = (
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='d' namespace='n'>"
        "<decision id='price' name='Price'><decisionTable hitPolicy='FIRST'><input><inputExpression typeRef='number'>"
        "<text>size</text></inputExpression></input><output name='price' typeRef='number'/>{}</decisionTable>"
        "</decision></definitions>"
    )
    old = table.format("".join(rules))

    turned = compare("dmn", old.encode(), table.format("".join(rules[::-1])).encode())
    typed = compare("dmn", old.encode(), old.replace("typeRef='number'><", "typeRef='string'><").encode())

    assert [(one.title, one.facts[0].name) for one in turned.changes] == [("Price", "decisionTable / rows")]
    assert [(one.title, one.facts[0].after) for one in typed.changes] == [("Price", "string")]
