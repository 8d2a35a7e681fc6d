"""Every kind of activity can be undone, and can undo (BPMN 2.0, 10.6.1)."""

import pytest

from engine.bpmn import lint, normalise
from engine.port import EventAwaited
from engine.spiff import compile_bundle
from tests.engine.bpmn.drafts import KNOWN, chain, drawing
from tests.engine.spiff.player import Player

MESSAGE = '<message id="m" name="m"/>'
HANDLER = 'camunda:type="external" camunda:topic="p.work"'
INSIDE = f'<startEvent id="{{0}}_in"/><userTask id="{{0}}_work"/>{chain("{0}_in", "{0}_work")}'
FREE = '<userTask id="{0}_work"/>'
KINDS = {
    "task": ("task", "", ""),
    "userTask": ("userTask", "", ""),
    "manualTask": ("manualTask", "", ""),
    "serviceTask": ("serviceTask", HANDLER, ""),
    "businessRuleTask": ("businessRuleTask", 'camunda:decisionRef="amount_band" camunda:resultVariable="band"', ""),
    "scriptTask": ("scriptTask", 'scriptFormat="feel"', "<script>{{x: 1}}</script>"),
    "sendTask that throws": ("sendTask", 'messageRef="m"', ""),
    "sendTask with a handler": ("sendTask", f'messageRef="m" {HANDLER}', ""),
    "receiveTask": ("receiveTask", 'messageRef="m"', ""),
    "subProcess": ("subProcess", "", INSIDE),
    "transaction": ("transaction", "", INSIDE),
    "adHocSubProcess": ("adHocSubProcess", "", FREE),
    "callActivity": ("callActivity", 'calledElement="other"', ""),
}
OTHER = drawing(f'<startEvent id="s"/><userTask id="other_work"/>{chain("s", "other_work")}', name="other")


def element(kind, ident, marks=""):
    name, attributes, inside = KINDS[kind]
    return f'<{name} id="{ident}" {attributes} {marks}>{inside.format(ident)}</{name}>'


def started(done, undoing):
    event = '<boundaryEvent id="undone" attachedToRef="done"><compensateEventDefinition/></boundaryEvent>'
    throw = '<intermediateThrowEvent id="throw"><compensateEventDefinition/></intermediateThrowEvent><task id="after"/>'
    ends = '<startEvent id="start"/><endEvent id="end"/>' + chain("start", "done", "throw", "after", "end")
    joined = '<association id="by" sourceRef="undone" targetRef="undo"/>'
    inside = (
        element(done, "done") + event + element(undoing, "undo", 'isForCompensation="true"') + throw + ends + joined
    )
    one = drawing(inside, before=MESSAGE)
    assert [str(finding.message) for finding in lint(one, KNOWN) if finding.severity == "error"] == []
    return Player(compile_bundle(normalise(one, KNOWN), {"other": normalise(OTHER, KNOWN)})).start()


def passed(player, name):
    """Does what waits for an element, or inside it."""
    (one,) = (one for one in player.execution.waiting() if one.place.element in (name, f"{name}_work", "other_work"))
    does = player.catch if isinstance(one, EventAwaited) else player.complete
    does(one.place.element)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_activity_can_be_undone(kind):
    player = started(kind, "userTask")
    if kind != "sendTask that throws":
        passed(player, "done")

    assert player.tasks == ["undo"]
    assert player.complete("undo").tasks == ["after"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_activity_can_undo(kind):
    player = started("userTask", kind).complete("done")
    if kind != "sendTask that throws":
        passed(player, "undo")

    assert player.tasks == ["after"]
    assert player.passed.index("undone") < player.passed.index("undo") < player.passed.index("throw")
