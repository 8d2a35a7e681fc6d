"""Normalised and expanded drawings do, when they run, what was drawn."""

from datetime import timedelta

from engine.port import EventThrown
from engine.spiff import compile_bundle
from tests.engine.spiff.player import MORNING, Player

from .drafts import around, chain, drawing, flow, normal

LOAD = '<serviceTask id="load_context" camunda:type="external" camunda:topic="p.work"/>'
DUE = '<userTask id="step" camunda:dueDate="P1D">{}</userTask>'
LOOP = '<multiInstanceLoopCharacteristics camunda:collection="${xs}" camunda:elementVariable="x"/>'


def played(one, context=None, **variables):
    player = Player(compile_bundle(normal(one), {}))
    player.around.context |= context or {}
    return player.start(**variables)


def test_a_token_crosses_a_pair_of_links():
    inside = """<startEvent id="start"/><intermediateThrowEvent id="out"><linkEventDefinition name="L"/>
      </intermediateThrowEvent><intermediateCatchEvent id="in"><linkEventDefinition name="L"/></intermediateCatchEvent>
      <userTask id="ask"/>"""

    player = played(drawing(inside + chain("start", "out") + chain("in", "ask")))

    assert player.tasks == ["ask"]


def test_a_signal_end_really_sends_its_signal():
    inside = '<startEvent id="s"/><endEvent id="e"><signalEventDefinition signalRef="sig"/></endEvent>'

    player = played(drawing(inside + chain("s", "e"), '<signal id="sig" name="sold"/>'))

    assert [effect.name for effect in player.seen if isinstance(effect, EventThrown)] == ["sold"]
    assert player.ended is not None


def test_conditional_flows_out_of_a_task_are_chosen_between():
    others = '<userTask id="big"/><userTask id="always"/>'
    flows = flow("step", "big", "${amount &gt; 10}") + flow("step", "always")
    one = around('<userTask id="step" default="step-end"/>', extra=others + flows)

    assert played(one, amount=11).complete("step").tasks == ["always", "big"]
    assert played(one, amount=1).complete("step").tasks == ["always"]


def test_a_missing_record_is_linked_and_loading_begins_again():
    player = played(around(LOAD, ident="load_context"))

    player.throw("load_context", "RECORD_NOT_FOUND")
    assert player.tasks == ["mr_resolve_missing_record"]
    player.complete("mr_resolve_missing_record", resolution="link_existing")
    player.complete("load_context")

    assert player.ended.ends == ("end",)


def test_a_missing_record_that_is_not_resolved_ends_the_instance_after_five_days():
    player = played(around(LOAD, ident="load_context"))
    player.throw("load_context", "RECORD_NOT_FOUND")

    player.later(days=1).due("mr_remind")
    assert player.waiting == ["cx_withdrawn", "mr_give_up", "mr_notify_due", "mr_resolve_missing_record"]
    player.later(days=4).due("mr_give_up")
    player.complete("mr_notify_due")

    assert "end_cancelled" in player.ended.ends


def test_a_reminder_leaves_the_task_open():
    player = played(around(DUE.format("")), {"task": {"due_at": MORNING + timedelta(days=1)}})

    player.later(days=1).due("step_due").complete("step_notify_due")

    assert player.tasks == ["step"]


def test_each_round_of_a_repeated_task_is_reminded_of():
    player = played(around(DUE.format(LOOP)), {"task": {"due_at": MORNING + timedelta(days=1)}}, xs=["a", "b"])

    assert player.waiting.count("step_due") == 2
    player.complete("step").complete("step")

    assert player.ended.ends == ("end",)


def test_an_approval_escalates_back_to_itself():
    properties = """<extensionElements><camunda:properties><camunda:property name="approval" value="true"/>
      </camunda:properties></extensionElements>"""
    times = {"remind_at": MORNING + timedelta(hours=12), "due_at": MORNING + timedelta(hours=24)}
    player = played(around(f'<userTask id="step">{properties}</userTask>'), {"approval": times})

    player.later(hours=24).due("step_escalate")
    assert player.tasks == []
    player.complete("step_escalate_approval")

    assert player.tasks == ["step"]


def test_a_withdrawn_record_stops_everything_else():
    player = played(around('<userTask id="step"/>'))

    player.catch("cx_withdrawn")
    assert player.waiting == ["cx_cancel_open_work"]
    player.complete("cx_cancel_open_work")

    assert player.ended is not None
    assert "step" in player.withdrawn


def test_data_symbols_do_not_hold_a_process_up():
    store = '<dataStoreReference id="store"/><dataObjectReference id="d" dataObjectRef="o"/><dataObject id="o"/>'
    reads = """<ioSpecification><dataInput id="i"/><inputSet><dataInputRefs>i</dataInputRefs></inputSet><outputSet/>
      </ioSpecification><dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef></dataInputAssociation>"""

    assert played(around(f'<userTask id="step">{reads}</userTask>', extra=store)).complete("step").ended is not None


def guarded(when):
    """A repeated task with a timer for each round, which leads to a task, and a message that stops all rounds."""
    each = """<extensionElements><camunda:properties><camunda:property name="guards" value="each"/>
      </camunda:properties></extensionElements>"""
    late = f"""<boundaryEvent id="late" attachedToRef="step" cancelActivity="false">{each}<timerEventDefinition>
      {when}</timerEventDefinition></boundaryEvent>"""
    stop = '<boundaryEvent id="stop" attachedToRef="step"><messageEventDefinition messageRef="m"/></boundaryEvent>'
    ends = '<userTask id="chase"/><endEvent id="chased"/><endEvent id="stopped"/>'
    extra = late + stop + ends + chain("late", "chase", "chased") + chain("stop", "stopped")
    return around(f'<userTask id="step">{LOOP}</userTask>', extra=extra, before='<message id="m" name="m"/>')


def test_an_event_that_guards_each_round_watches_it_alone_with_what_follows():
    rounds = [{"due": MORNING + timedelta(days=1)}, {"due": MORNING + timedelta(days=2)}]

    player = played(guarded("<timeDate>${x.due}</timeDate>"), xs=rounds)
    assert player.waiting.count("late") == 2 and player.waiting.count("stop") == 1
    player.later(days=1).due("late")
    assert player.tasks == ["chase", "step", "step"]
    player.complete("step").complete("step")
    assert player.tasks == ["chase"]
    player.complete("chase")

    assert player.ended.ends == ("end",)


def test_an_event_on_all_rounds_stops_what_those_of_each_round_began():
    player = played(guarded("<timeDuration>P1D</timeDuration>"), xs=["a"]).later(days=1).due("late").catch("stop")

    assert player.ended.ends == ("stopped",)


def test_an_event_of_a_round_may_lead_back_to_the_task_of_that_round():
    each = """<extensionElements><camunda:properties><camunda:property name="guards" value="each"/>
      </camunda:properties></extensionElements>"""
    again = (
        f'<boundaryEvent id="again" attachedToRef="step">{each}<messageEventDefinition messageRef="m"/></boundaryEvent>'
    )
    one = around(
        f'<userTask id="step">{LOOP}</userTask>',
        extra=again + chain("again", "step"),
        before='<message id="m" name="m"/>',
    )

    player = played(one, xs=["a", "b"]).catch("again")
    assert player.tasks == ["step", "step"] and player.withdrawn.count("step") == 1
    player.complete("step").complete("step")

    assert player.ended.ends == ("end",)
