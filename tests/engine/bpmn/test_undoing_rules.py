"""Compensation and transactions: what has to hold in a drawing, so that nothing is undone that was not meant."""

import pytest

from engine.bpmn import lint

from .drafts import KNOWN, around, chain, drawing, flow

UNDONE = '<boundaryEvent id="undone" attachedToRef="step"><compensateEventDefinition/></boundaryEvent>'
UNDO = '<task id="undo" isForCompensation="true"/>'
JOINED = '<association id="by" associationDirection="One" sourceRef="undone" targetRef="undo"/>'
OTHER = '<association id="by_other" associationDirection="One" sourceRef="undone" targetRef="other"/>'


def found(one, rule):
    """Severity and element of what a rule finds."""
    return [(finding.severity, finding.element) for finding in lint(one, KNOWN) if finding.rule == rule]


def undone(extra="", joined=JOINED):
    return around('<task id="step"/>' + UNDONE + UNDO, extra=extra + joined)


def throwing(ref, inside='<task id="step"/>', extra=UNDONE + UNDO + JOINED):
    thrown = f'<endEvent id="thrown"><compensateEventDefinition activityRef="{ref}"/></endEvent>'
    return drawing(f'<startEvent id="start"/>{inside}{thrown}{chain("start", "step", "thrown")}{extra}')


def test_an_activity_an_event_on_its_border_and_what_undoes_it_are_accepted():
    assert lint(undone(), KNOWN) == []


@pytest.mark.parametrize("mark", ["1", "true"])
def test_an_association_may_point_either_way_and_the_mark_may_be_a_number(mark):
    turned = '<association id="by" sourceRef="undo" targetRef="undone"/>'
    one = around(f'<task id="step"/>{UNDONE}<task id="undo" isForCompensation="{mark}"/>', extra=turned)

    assert found(one, "compensation") == []


@pytest.mark.parametrize(
    ("one", "elements"),
    [
        (undone(joined=""), ["undone", "undo"]),
        (undone(extra='<task id="other" isForCompensation="true"/>', joined=JOINED + OTHER), ["undone"]),
        (undone(extra='<task id="other"/>', joined=OTHER), ["undone", "undo"]),
        (undone(extra=flow("undo", "end")), ["undo"]),
        (undone(extra=flow("undone", "end")), ["undone"]),
        (
            undone(extra=UNDONE.replace('"undone"', '"twice"'), joined=JOINED + JOINED.replace("undone", "twice")),
            ["twice", "undo"],
        ),
    ],
    ids=["unjoined", "two-undo", "unmarked", "flow-from-undo", "flow-from-event", "two-events"],
)
def test_what_does_not_say_clearly_how_an_activity_is_undone_is_refused(one, elements):
    refused = [element for severity, element in found(one, "compensation") if severity == "error"]

    assert sorted(set(refused)) == sorted(elements)


def test_what_undoes_is_not_undone_itself():
    extra = UNDONE.replace('"undone"', '"again"').replace('"step"', '"undo"')
    one = undone(extra=extra + '<task id="redo" isForCompensation="true"/>', joined=JOINED + JOINED.replace("by", "b2"))

    assert ("error", "again") in found(one, "compensation")


def test_what_an_event_on_an_undoer_leads_to_stays_apart_from_the_flow():
    late = UNDONE.replace('"undone"', '"late"').replace('"step"', '"undo"')
    late = late.replace("<compensateEventDefinition/>", "<errorEventDefinition/>")
    apart, joined = '<endEvent id="own_end"/>' + flow("late", "own_end"), flow("late", "end")

    assert found(undone(extra=late + apart), "compensation") == []
    assert found(undone(extra=late + joined), "compensation") == [("error", "end")]


OWN = """<subProcess id="own" triggeredByEvent="true"><startEvent id="in"><compensateEventDefinition/></startEvent>
  <endEvent id="out"/><sequenceFlow id="in-out" sourceRef="in" targetRef="out"/></subProcess>"""
STEP = f'<subProcess id="step"><startEvent id="s"/><task id="work"/>{{}}{chain("s", "work")}</subProcess>'


def test_a_sub_process_has_one_way_to_be_undone():
    assert found(around(STEP.format(OWN)), "compensation") == []
    assert found(around(STEP.format(OWN) + UNDONE + UNDO, extra=JOINED), "compensation") == [("error", "undone")]
    twice = OWN + OWN.replace('="in', '="in2').replace('="out', '="out2').replace('"own"', '"own2"')
    assert found(around(STEP.format(twice)), "compensation") == [("error", "in2")]


def test_an_event_sub_process_that_compensation_begins_may_be_marked_for_compensation_others_not():
    marked = OWN.replace(" triggered", ' isForCompensation="true" triggered')
    error = marked.replace("<compensateEventDefinition/>", "<errorEventDefinition/>")

    assert found(around(STEP.format(marked)), "compensation") == []
    assert found(around(STEP.format(error)), "compensation") == [("error", "own")]


def test_a_thrower_names_an_activity_that_it_can_see():
    assert found(throwing("step"), "compensation") == []
    assert found(throwing("nowhere"), "compensation") == [("error", "thrown")]
    assert found(throwing("work", STEP.format(OWN), ""), "compensation") == [("error", "thrown")]
    assert found(throwing("p"), "compensation") == []
    assert found(throwing("own", extra=OWN), "compensation") == [("error", "thrown")]


def test_a_thrower_for_what_nothing_undoes_is_warned_about():
    assert found(throwing("step", extra=""), "compensation") == [("warning", "thrown")]


def test_compensation_in_the_flow_is_refused():
    waiting = '<intermediateCatchEvent id="step"><compensateEventDefinition/></intermediateCatchEvent>'

    refused = found(around(waiting), "compensation")

    assert refused == [("error", "step")]


FAILED = '<error id="f" errorCode="F"/>'
FAILS = '<boundaryEvent id="failed" attachedToRef="step"><errorEventDefinition errorRef="f"/></boundaryEvent>'
CAUGHT = """<subProcess id="caught" triggeredByEvent="true">
  <startEvent id="in"><errorEventDefinition errorRef="f"/></startEvent>
  <endEvent id="out"><compensateEventDefinition/></endEvent><sequenceFlow id="in-out" sourceRef="in" targetRef="out"/>
  </subProcess>"""


@pytest.mark.parametrize(("caught", "warned"), [("", [("warning", "failed")]), (CAUGHT, [])])
def test_an_error_that_leaves_a_sub_process_with_work_to_undo_is_pointed_out(caught, warned):
    undoable = '<boundaryEvent id="u" attachedToRef="work"><compensateEventDefinition/></boundaryEvent>' + UNDO
    inside = undoable + caught + '<association id="a" sourceRef="u" targetRef="undo"/>'
    late = '<endEvent id="late"/>' + flow("failed", "late")

    assert found(around(STEP.format(inside) + FAILS + late, before=FAILED), "compensation") == warned


CANCEL = "<cancelEventDefinition/>"
INSIDE = f'<startEvent id="s"/><endEvent id="e">{CANCEL}</endEvent>{chain("s", "e")}'
LATE = '<endEvent id="late"/>'


TWICE = f'<boundaryEvent id="two" attachedToRef="step">{CANCEL}</boundaryEvent>{flow("two", "late")}'


def cancelled(kind="transaction", border='attachedToRef="step"', extra=""):
    events = f'<boundaryEvent id="gone" {border}>{CANCEL}</boundaryEvent>{LATE}' if border else ""
    return around(f'<{kind} id="step">{INSIDE}</{kind}>' + events, extra=extra + flow("gone", "late") if border else "")


@pytest.mark.parametrize(
    ("method", "refused"), [("##Compensate", []), ("##Store", ["step"]), ("urn:x:two-phase", ["step"])]
)
def test_a_transaction_that_is_to_be_undone_in_another_way_is_refused(method, refused):
    one = around(f'<transaction id="step" method="{method}"><startEvent id="s"/></transaction>')

    assert [element for _, element in found(one, "transactions")] == refused


def test_a_transaction_with_an_end_that_cancels_it_and_an_event_on_its_border_is_accepted():
    assert lint(cancelled(), KNOWN) == []


@pytest.mark.parametrize(
    ("one", "elements"),
    [
        (cancelled(border=""), ["e"]),
        (cancelled(kind="subProcess"), ["e", "gone"]),
        (cancelled(border='attachedToRef="step" cancelActivity="false"'), ["gone"]),
        (cancelled(extra=TWICE), ["two"]),
        (around(f'<intermediateThrowEvent id="step">{CANCEL}</intermediateThrowEvent>'), ["step"]),
    ],
    ids=["no-border", "no-transaction", "not-interrupting", "two-borders", "elsewhere"],
)
def test_a_cancel_event_that_belongs_to_no_transaction_is_refused(one, elements):
    assert [element for _, element in found(one, "transactions")] == elements
