"""What a process is made of besides its events, gateways and data; and all that BPMN lets a drawing say beside it.

Sections 7 to 10 of BPMN 2.0 (formal/2011-01-03).
"""

import pytest

from engine.bpmn import model, read
from tests.engine.behaviour.play import drawing, play, refusals
from tests.engine.bpmn.drafts import around, findings, flow
from tests.engine.bpmn.drafts import drawing as drawn

FLOW_ELEMENTS = (
    "activity catchEvent choreographyActivity event flowElement flowNode gateway throwEvent "
    "callChoreography choreographyTask implicitThrowEvent subChoreography"
)
NO_ELEMENTS = (
    "baseElement baseElementWithMixedContent rootElement callableElement artifact conversationNode dataAssociation "
    "eventDefinition loopCharacteristics expression"
)
WITHDRAWAL = "cx_withdrawn"
ANNA = "<resourceAssignmentExpression><formalExpression>anna</formalExpression></resourceAssignmentExpression>"


def way(name, **answers):
    """The steps of one run of a drawing, in which the first question is answered so and the second with no."""
    player = play(__file__, name).start()
    player.complete("ask", **answers)
    while player.tasks:
        player.complete(player.tasks[0], again=False)
    assert player.ended
    return player.passed


@pytest.mark.parametrize("again", [True, False])
def test_what_only_describes_changes_no_run(again):
    assert way("kept", again=again) == way("plain", again=again)


def test_every_kind_of_step_is_done_in_the_order_of_its_flows():
    """Sections 10.2.3, 10.2.5 and 13.2: a token goes through the activities one after another."""
    player = play(__file__, "tasks", handlers=["desk.take"], decisions=["discount"]).start(price=21)

    while not player.ended:
        (step,) = [one for one in player.waiting if one != WITHDRAWAL]
        player.catch(step) if step == "receive" else player.complete(step)

    assert player.passed == [
        *("start", "plain", "user", "manual", "service", "script", "rule", "send", "receive"),
        *("inStart", "inside", "inEnd", "box", "end"),
    ]


def test_a_lane_says_whose_the_steps_in_it_are():
    """Section 10.7: lanes organise activities; here by the group that does them."""
    described = model(drawing(__file__, "kept"))

    assert [(lane.id, lane.name, lane.group) for lane in described.lanes][0] == ("lane_sales", "Sales", "sales")
    assert described.elements["ask"].group == "sales"
    assert described.elements["more"].group is None


def test_what_is_written_about_a_step_is_shown_with_it():
    """Sections 8.2.2 and 8.3.1: documentation and text annotations."""
    described = model(drawing(__file__, "kept"))

    assert described.documentation["en"] == "What all this is for."
    assert [note["en"] for note in described.elements["ask"].annotations] == ["Nobody executes a note."]


def test_an_extension_that_must_be_understood_is_refused():
    """Section 8.2.3: whoever reads the drawing has to understand it, or not process it."""
    assert findings(around('<task id="step"/>', before='<extension definition="x"/>')) == []
    assert findings(around('<task id="step"/>', before='<extension definition="x" mustUnderstand="1"/>')) == [
        ("must-understand", "definitions")
    ]


@pytest.mark.parametrize("name", FLOW_ELEMENTS.split())
def test_what_is_no_step_of_a_process_is_refused(name):
    """Section 10.2: the schema lets any flow element stand in a process, also kinds of elements as such."""
    assert findings(around('<task id="step"/>', extra=f'<{name} id="other"/>')) == [("elements", "other")]


@pytest.mark.parametrize("name", NO_ELEMENTS.split())
def test_a_kind_of_elements_is_no_element(name):
    """The schema declares what several elements have in common; none of these stands in a file by itself."""
    retyped = around('<task id="step"/>', before=f'<{name} id="other" xsi:type="tSignal" name="x"/>')

    assert findings(retyped) == [("elements", "other")]


def test_people_named_by_a_plain_resource_role_are_refused():
    """Sections 10.2.1 and 10.2.4: who performs an activity."""
    named = around(f'<userTask id="step"><resourceRole id="who">{ANNA}</resourceRole></userTask>')

    assert findings(named) == [("performers", "step")]


def test_an_ordinary_start_interrupts_nothing():
    """Section 10.4.2: isInterrupting has a meaning at the start of an event sub-process only."""
    assert refusals(__file__, "kept") == []
    assert way("kept")[:2] == ["start", "ask"]


@pytest.mark.parametrize("written", ["true", "1", " true "])
def test_a_truth_value_may_be_written_as_xml_allows(written):
    """XML Schema, xsd:boolean: an event sub-process is one however that is written."""
    one = around(f'<subProcess id="step" triggeredByEvent="{written}"><task id="inside"/></subProcess>')

    assert "event-sub-process" in [rule for rule, _ in findings(one)]


@pytest.mark.parametrize("language", ["http://www.java.com/java", "http://www.mvel.org/2.0"])
@pytest.mark.parametrize("place", ["expression", "file"])
def test_an_expression_in_another_language_is_refused(place, language):
    """Sections 8.1.1 and 8.3.6: the language of an expression, else that of the file."""
    one = choice(f'language="{language}"' if place == "expression" else "")
    if place == "file":
        one = read(one.xml.replace(b' id="definitions"', f' expressionLanguage="{language}"'.encode()), one.file)

    assert findings(one) == [("expression-language", "more")]
    assert findings(choice('language="https://www.omg.org/spec/DMN/20191111/FEEL/"')) == []


def choice(said):
    condition = f'<conditionExpression xsi:type="tFormalExpression" {said}>size = 5</conditionExpression>'
    flows = flow("step", "way") + flow("way", "end")
    more = f'<sequenceFlow id="more" sourceRef="way" targetRef="end">{condition}</sequenceFlow>'
    parts = (
        '<startEvent id="start"/><task id="step"/><exclusiveGateway id="way" default="way-end"/><endEvent id="end"/>'
    )
    return drawn(parts + flow("start", "step") + flows + more)


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        (flow("step", "start"), "step-start"),
        (flow("end", "other") + '<task id="other"/>', "end-other"),
    ],
)
def test_flows_into_a_start_or_out_of_an_end_are_refused(extra, found):
    """Sections 10.4.2 and 10.4.3: nothing leads to a start event, and nothing on from an end event."""
    assert findings(around('<task id="step"/>', extra=extra)) == [("references", found)]


def test_lanes_of_a_sub_process_say_whose_its_steps_are():
    """Section 10.7: lanes organise what is in a process; a sub-process has its own (10.2.5)."""
    lanes = '<laneSet id="own"><lane id="lane_ops"><flowNodeRef>inside</flowNodeRef></lane></laneSet>'
    one = around(f'<subProcess id="step">{lanes}<userTask id="inside"/><userTask id="beside"/></subProcess>')

    assert [model(one).elements[name].group for name in ("inside", "beside")] == ["ops", None]


def test_sets_of_data_that_a_step_would_have_to_wait_for_are_told():
    """Section 10.3.2: the first set of inputs that is available is taken, and waited for; here a step does not wait."""
    data = '<dataInput id="in"/><inputSet><dataInputRefs>in</dataInputRefs></inputSet>{}<outputSet/>'
    step = '<task id="step"><ioSpecification>{}</ioSpecification></task>'

    assert findings(around(step.format(data.format("")))) == []
    assert findings(around(step.format(data.format("<inputSet/>")))) == [("data", "step")]


LINKS = (
    '<intermediateThrowEvent id="leave"><linkEventDefinition name="p2"/></intermediateThrowEvent>'
    '<intermediateCatchEvent id="arrive"><linkEventDefinition name="p2"/></intermediateCatchEvent>'
)


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        (LINKS + flow("step", "leave") + flow("leave", "end") + flow("arrive", "end"), "leave"),
        (LINKS + flow("step", "leave") + flow("step", "arrive") + flow("arrive", "end"), "arrive"),
        ('<endEvent id="last"><linkEventDefinition name="p2"/></endEvent>' + flow("step", "last"), "last"),
    ],
)
def test_a_link_that_is_more_than_half_a_flow_is_refused(extra, found):
    """Section 10.4.4: a link is no end, and has a flow on one side only."""
    assert findings(around('<task id="step"/>', extra=extra)) == [("links", found)]


BORDER = '<boundaryEvent id="{0}" attachedToRef="step"><{1}EventDefinition {1}Ref="it"/></boundaryEvent>'


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ('<error id="it" errorCode="E"/>', [("one-catcher", "two")]),
        ('<message id="it" name="M"/>', [("one-catcher", "two")]),
        ('<signal id="it" name="S"/>', []),
    ],
)
def test_what_is_taken_once_has_one_catcher_at_a_place(declared, found):
    """Sections 10.4.6 and 13.4.4: of two events at one place the order of the file would choose; signals go to all."""
    kind = declared.split(" ")[0].strip("<")
    both = "".join(BORDER.format(name, kind) + flow(name, "end") for name in ("one", "two"))

    assert findings(around('<task id="step"/>', extra=both, before=declared)) == found
