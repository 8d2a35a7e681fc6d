"""Child elements may stand in any order; only those of one kind follow each other (BPMN 2.0, 15.3 has the schema's)."""

import random
from pathlib import Path

import pytest
from lxml import etree

from engine import spiff
from engine.bpmn import Known, lint, model, read
from engine.bpmn.translating.order import put_in_order
from engine.bpmn.vocabulary import local

from .drafts import around

ROOT = Path(__file__).resolve().parents[3]
FREE = ("documentation", "extensionElements", "text", "script")
SCHEMA = etree.XMLSchema(etree.parse(str(spiff.schema_folder() / "BPMN20.xsd")))
DRAWINGS = [
    *sorted((ROOT / "processes" / "bpmn").glob("*.bpmn"))[::2],
    *sorted((ROOT / "tests" / "engine" / "behaviour").rglob("*.bpmn"))[::2],
    Path(__file__).parent / "every_reference.bpmn",
]


def is_free(node):
    return local(node) not in FREE and "horeography" not in local(node) and "onversation" not in local(node)


def mixed(root, chance):
    """Puts the kinds of children of every element into any order."""
    for node in list(root.iter("{http://www.omg.org/spec/BPMN/20100524/MODEL}*")):
        if is_free(node):
            children = list(node.iterchildren("*"))
            places = {tag: chance.random() for tag in sorted({str(child.tag) for child in children})}
            for child in sorted(children, key=lambda child: places[str(child.tag)]):
                node.append(child)


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.stem)
def test_whatever_order_a_tool_writes_it_is_read_as_the_schema_has_it(file):
    root = etree.parse(str(file)).getroot()
    sound = SCHEMA.validate(root)
    before = etree.tostring(root)
    put_in_order(root)
    if sound:
        assert etree.tostring(root) == before

    mixed(root, random.Random(file.stem))
    put_in_order(root)

    assert SCHEMA.validate(root) == sound, SCHEMA.error_log


def test_a_note_that_stands_before_the_steps_is_no_fault():
    note = '<textAnnotation id="note"><text>now</text></textAnnotation>'
    before = f'{note}<association id="a" sourceRef="note" targetRef="step"/>'
    sound = around('<task id="step"><outgoing>step-end</outgoing><incoming>start-step</incoming></task>')
    text = sound.xml.decode().replace("<startEvent", f"{before}<startEvent", 1)
    one = read(text.encode(), sound.file)

    assert lint(one, Known(schema_folder=spiff.schema_folder())) == []
    assert model(one).elements["step"].annotations == ({"en": "now"},)


def test_steps_stay_in_their_order():
    root = read(around('<task id="step"/>', extra='<task id="a"/><task id="b"/>').xml, "draft.bpmn").root
    (process,) = root.iterchildren("{*}process")
    names = [child.get("id") for child in process]
    etree.SubElement(process, process[0].tag, id="late")

    put_in_order(root)

    assert [child.get("id") for child in process] == [*names, "late"]
