"""What the executing library needs drawn differently is redrawn; ids stay."""

import pytest

from engine import spiff
from engine.bpmn import Known, lint, model, normalise
from engine.bpmn.vocabulary import within

from .drafts import KNOWN, around, chain, drawing, flow, normal, steps

LINKS = """<startEvent id="start"/>
  <intermediateThrowEvent id="out"><linkEventDefinition name="L"/></intermediateThrowEvent>
  <intermediateCatchEvent id="in"><linkEventDefinition name="L"/></intermediateCatchEvent><endEvent id="end"/>"""


def text(one, name):
    return [node.text for node in within(one.process, name)]


def test_a_pair_of_links_becomes_a_flow():
    found = steps(normal(drawing(LINKS + chain("start", "out") + chain("in", "end"))))

    assert found["out"] == ("intermediateThrowEvent", ("in",))
    assert found["in"] == ("intermediateThrowEvent", ("end",))


def test_a_signal_end_becomes_a_throw_and_an_end():
    inside = '<startEvent id="s"/><endEvent id="e"><signalEventDefinition signalRef="sig"/></endEvent>'

    found = steps(normal(drawing(inside + chain("s", "e"), '<signal id="sig" name="done"/>')))

    assert found["e"] == ("intermediateThrowEvent", ("e_end",))
    assert found["e_end"] == ("endEvent", ())


def test_several_flows_out_of_a_task_become_a_parallel_gateway():
    found = steps(normal(around('<task id="step"/>', extra='<endEvent id="b"/>' + flow("step", "b"))))

    assert found["step"] == ("task", ("step_split",))
    assert found["step_split"] == ("parallelGateway", ("end", "b"))


def test_conditional_and_default_flows_out_of_a_task_become_an_inclusive_gateway():
    ends = '<endEvent id="b"/><endEvent id="c"/>'
    one = around('<task id="step" default="step-end"/>', extra=ends + flow("step", "b", "${x > 1}") + flow("step", "c"))

    facts = model(normal(one))

    assert facts.elements["step_split"].kind == "inclusiveGateway"
    assert {ident: (facts.flows[ident].condition, facts.flows[ident].default) for ident in ("step-end", "step-b")} == {
        "step-end": (None, True),
        "step-b": ("x > 1", False),
    }
    assert facts.flows["step-c"].condition == "true"


def test_a_comment_within_an_expression_takes_nothing_from_it_and_adds_nothing():
    ends = '<endEvent id="b"/>'
    one = around('<task id="step"/>', extra=ends + flow("step", "b", "${x <!-- more --> > <?editor 1?> 1}"))

    facts = model(normal(normal(one)))

    assert " ".join(facts.flows["step-b"].condition.split()) == "x > 1"


def test_a_task_that_simply_stops_gets_an_end():
    one = drawing('<startEvent id="s"/><task id="last"/>' + chain("s", "last"))

    assert steps(normal(one))["last"][1] == ("last_end",)


def test_a_sub_process_gets_the_start_and_end_it_left_out():
    found = steps(normal(around('<subProcess id="step"><task id="inner"/></subProcess>')))

    assert found["step_start"] == ("startEvent", ("inner",))
    assert found["inner"] == ("task", ("inner_end",))


@pytest.mark.parametrize(
    ("kind", "written", "feel"),
    [
        ("timeDuration", "P1D", 'duration("P1D")'),
        ("timeDuration", "P2W", 'duration("P14D")'),
        ("timeDuration", "${wait}", "wait"),
        ("timeDate", "2030-01-31", 'date and time("2030-01-31T00:00:00Z")'),
        ("timeDate", "2030-01-31T09:00Z", 'date and time("2030-01-31T09:00:00Z")'),
        ("timeDate", "= resume_at", "resume_at"),
        ("timeCycle", "R3/PT10M", "R3/PT10M"),
    ],
)
def test_timer_texts_become_feel(kind, written, feel):
    event = f"<timerEventDefinition><{kind}>{written}</{kind}></timerEventDefinition>"
    one = normal(around(f'<intermediateCatchEvent id="step">{event}</intermediateCatchEvent>'))

    assert text(one, kind) == [feel]


def test_conditions_loops_and_scripts_are_unwrapped():
    loop = (
        '<multiInstanceLoopCharacteristics camunda:collection="${xs}"><completionCondition>${ok}</completionCondition>'
    )
    task = f'<task id="step">{loop}</multiInstanceLoopCharacteristics></task>'

    one = normal(around(task))

    assert text(one, "completionCondition") == ["ok"]
    assert 'camunda:collection="xs"' in one.xml.decode()


def test_attributes_that_may_be_literals_stay_as_written():
    one = normal(around('<userTask id="step" camunda:assignee="${owner}" camunda:candidateGroups="ops"/>'))

    assert model(one).elements["step"].attributes == {"assignee": "${owner}", "candidateGroups": "ops"}


def test_data_symbols_are_set_aside_but_still_shown():
    store = '<dataStoreReference id="store" name="CRM"/><dataObjectReference id="data" dataObjectRef="o"/>'
    association = "<dataOutputAssociation id='writes'><targetRef>store</targetRef></dataOutputAssociation>"

    one = normal(around(f'<task id="step">{association}</task>', extra=f'{store}<dataObject id="o"/>'))

    tags = {node.tag for node in one.process.iterdescendants("*")}
    assert not any(tag.endswith(("dataStoreReference", "dataObjectReference", "Association")) for tag in tags)
    assert [node.get("name") for node in within(one.process, "dataStoreReference")] == ["CRM"]
    (shown,) = within(one.process, "dataOutputAssociation")
    assert (shown.get("sourceRef"), shown.get("targetRef")) == ("step", "store")


@pytest.mark.parametrize("ident", ["Start", "End", "Root", "other"])
def test_ids_that_would_collide_are_renamed_and_remembered(ident):
    call = '<callActivity id="call" calledElement="other"/>' + chain(ident, "call", "end")
    lane = f'<laneSet id="l"><lane id="lane_rep"><flowNodeRef>{ident}</flowNodeRef></lane></laneSet>'
    inside = f'{lane}<startEvent id="start"/><task id="{ident}"/><endEvent id="end"/>{chain("start", ident)}{call}'

    facts = model(normal(drawing(inside)))

    assert ident not in facts.elements
    assert facts.elements[f"{ident}_1"].properties["original_id"] == ident
    assert facts.elements[f"{ident}_1"].group == "rep"
    assert facts.targets("start") == (f"{ident}_1",)
    assert facts.called == {"other"}


def test_flows_without_an_id_are_given_one():
    one = drawing('<startEvent id="s"/><endEvent id="e"/><sequenceFlow sourceRef="s" targetRef="e"/>')

    assert list(model(normal(one)).flows)[:1] == ["flow_s_e"]


def test_processes_that_do_not_run_are_left_out():
    other = '<process id="theirs" isExecutable="false"><task id="t"/></process>'

    assert "theirs" not in normal(drawing('<startEvent id="s"/>', other)).xml.decode()


def test_the_original_is_never_touched():
    one = around('<task id="step"/>', extra='<endEvent id="b"/>' + flow("step", "b"))
    before = one.xml, len(list(one.root.iter()))

    normalise(one, KNOWN)

    assert (one.xml, len(list(one.root.iter()))) == before


def test_a_normalised_drawing_follows_the_schema_and_compiles():
    links = drawing(LINKS + chain("start", "out") + chain("in", "end"))
    split = around('<task id="step"/>', extra='<endEvent id="b"/>' + flow("step", "b"))

    for one in (links, split):
        result = normal(one)
        assert [one for one in lint(result, Known(schema_folder=spiff.schema_folder())) if one.rule == "schema"] == []
        assert spiff.compile_bundle(result, {}) is not None
