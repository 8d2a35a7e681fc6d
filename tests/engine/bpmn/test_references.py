"""Every name of another element leads somewhere (BPMN 2.0, 8.4): the schema says which names there are."""

import copy
import re
from pathlib import Path

import pytest
from lxml import etree

from engine import spiff
from engine.bpmn import Known, lint, read
from engine.bpmn.references import NAMED, NOT_OF_THE_FILE, OR_A_VARIABLE, references
from tests.engine.behaviour.schema_parts import DIAGRAM, MODEL, XSD

from .drafts import KNOWN

FILE = Path(__file__).parent / "every_reference.bpmn"
ROOT = etree.fromstring(FILE.read_bytes())
HEIRS = {"tDataAssociation": ("dataInputAssociation", "dataOutputAssociation")}
NAMES = ("QName", "IDREF", "anyURI")


def of_the_schema():
    """The holder and the name of each attribute and child element that the schema types as a name of something."""
    roots = [etree.parse(str(spiff.schema_folder() / file)).getroot() for file in (*MODEL, *DIAGRAM)]
    for kind in (one for root in roots for one in root.findall(f"{XSD}complexType")):
        holder = kind.get("name")
        for part in kind.iter(f"{XSD}attribute", f"{XSD}element"):
            if part.get("name") and part.get("type", "").rpartition(":")[2] in NAMES:
                for name in HEIRS.get(holder, (holder[1].lower() + holder[2:] if holder[0] == "t" else holder,)):
                    yield name, part.get("name")


def broken(place, name):
    """What is found in the file when its reference at that place names something else."""
    root = copy.deepcopy(ROOT)
    one = list(references(root))[place]
    if one.attribute in one.node.attrib:
        one.node.set(one.attribute, name)
    else:
        one.node.text = name
    known = Known(KNOWN.handlers, schema_folder=spiff.schema_folder())
    return [found for found in lint(read(etree.tostring(root), FILE.name), known) if name in str(found.message)]


def test_every_reference_of_the_schema_is_looked_at_or_names_nothing_in_the_file():
    listed = {*NAMED, *NOT_OF_THE_FILE, *OR_A_VARIABLE}
    schema = set(of_the_schema())

    assert [one for one in schema if not {one[1], " ".join(one)} & listed] == []
    in_schema = {name for _, name in schema} | {" ".join(one) for one in schema}
    assert listed - in_schema == set()


def test_the_file_has_every_reference_and_each_leads_somewhere():
    known = Known(KNOWN.handlers, schema_folder=spiff.schema_folder())

    there = {one.attribute for one in references(ROOT)} | {f"{one.holder} {one.attribute}" for one in references(ROOT)}

    assert set(NAMED) - there == set()
    assert [str(one.message) for one in lint(read(FILE.read_bytes(), FILE.name), known)] == []


PLACES = {f"{one.holder}-{one.attribute}": place for place, one in reversed(list(enumerate(references(ROOT))))}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_reference_that_leads_nowhere_or_to_something_else_is_told_at_its_element(place):
    one = list(references(ROOT))[place]

    for name in ("nowhere", "category") if one.kinds.names else ("nowhere",):
        found = broken(place, name)
        assert [str(each.message) for each in found[1:]] == []
        assert found[0].element and found[0].line


@pytest.mark.parametrize(
    ("old", "severity"),
    [
        ('targetRef="start" messageRef="asked"', "error"),
        ('sourceRef="undone" targetRef="undoing"', "error"),
        ('sourceRef="remark" targetRef="work"', "warning"),
        ("<flowNodeRef>start</flowNodeRef>", "error"),
        ('dataObjectRef="order"', "error"),
        ('dataStoreRef="archive"', "warning"),
        ('processRef="every_reference"', "warning"),
        ('bpmnElement="work"', "warning"),
    ],
)
def test_what_changes_a_run_is_an_error_and_what_decorates_a_warning(old, severity):
    name = re.findall(r"\w+", old)[-1 if "</" not in old else 1]
    text = FILE.read_text("utf-8").replace(old, old.replace(name, "nowhere"))

    (found,) = [one for one in lint(read(text.encode(), FILE.name), KNOWN) if "nowhere" in str(one.message)]

    assert found.severity == severity


def test_an_event_without_what_undoes_is_refused_also_beside_a_note_that_leads_nowhere():
    text = FILE.read_text("utf-8").replace('"remark" targetRef="work"', '"remark" targetRef="nowhere"')
    text = text.replace(
        '<association id="undone_undoing" associationDirection="One" sourceRef="undone" targetRef="undoing"/>', ""
    )

    found = lint(read(text.encode(), FILE.name), KNOWN)

    assert {(one.rule, one.element, one.severity) for one in found} == {
        ("references", "around_work", "warning"),
        ("compensation", "undone", "error"),
        ("compensation", "undoing", "error"),
    }


def test_what_stands_in_a_file_that_is_imported_is_not_missed():
    text = FILE.read_text("utf-8").replace('itemRef="item"', 'xmlns:far="urn:far" itemRef="far:thing"')

    assert lint(read(text.encode(), FILE.name), KNOWN) == []
