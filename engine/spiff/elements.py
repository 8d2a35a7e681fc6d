"""Makes our steps from the elements of a drawing, through the library's parsers of single elements."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.camunda.parser.task_spec import CamundaTaskParser

from engine.bpmn.extensions import properties
from engine.bpmn.translating.data import LOCAL
from engine.bpmn.vocabulary import ACTIVITIES, FLOW_NODES, Node, children, first, identity, local, text_of
from engine.errors import Sentence, expected
from engine.spiff import ad_hoc, boundary, calls, events, joins, loops, start_events, throws, transactions
from engine.spiff.offpage import Handover
from engine.spiff.plans import plan_of
from engine.spiff.reading import CALLS, Reader, flag, has_handler, loop_of
from engine.spiff.steps import Activity, Step
from engine.spiff.triggers import NONE

DONE = ACTIVITIES | {"multiInstance"}
"""The kinds of steps that are done, rather than passed or waited for."""


def can_be_chosen(node: Node) -> bool:
    """Whether an element of an ad hoc sub-process is a matter of choice: not what undoes, nor what a pattern added."""
    return not flag(node, "isForCompensation", False) and "expanded" not in properties(node)


class ElementParser(CamundaTaskParser):
    """Makes the step of one element; connecting is the process parser's work."""

    def parse_node(self) -> Any:
        step = self.create_task()
        loop = loop_of(self.node)
        return step if loop is None else self.around(step, loop)

    @property
    def reader(self) -> Reader:
        """Reads the details of an element."""
        reader: Reader = self.process_parser.parser.reader
        return reader

    def create_task(self) -> Any:
        step: Step = self.spec_class(self.spec, self.bpmn_id, **self.constructor())
        if isinstance(step, Activity):
            step.inputs_given = self.reader.parameters(self.node, "inputParameter")
            step.outputs_given = self.reader.parameters(self.node, "outputParameter")
            step.local = bool(step.inputs_given or step.outputs_given)
            step.kept_inside = self.kept_inside()
        return self.named(step)

    def kept_inside(self) -> frozenset[str | None]:
        """The local variables that end with an element: its inputs; all (None) where only its outputs are to remain."""
        if properties(self.node).get("outputs") == "only":
            return frozenset({None})
        return frozenset(one.target for one in self.reader.parameters(self.node, "inputParameter"))

    def constructor(self) -> dict[str, Any]:
        """Arguments of the library's constructor."""
        return {"bpmn_name": self.node.get("name")}

    def named(self, step: Step) -> Step:
        """Gives a step its identity."""
        step.kind = local(self.node)
        step.element = self.bpmn_id
        step.process = self.spec.process
        return step

    def around(self, body: Any, loop: Node) -> Any:
        """Puts the multi-instance step around the step that is to run several times."""
        del self.spec.task_specs[body.name]
        outer = self.runs(loop)
        outer.plan, outer.body = plan_of(self.reader, self.node, loop), body
        body.name = f"{self.bpmn_id} [run]"
        self.spec.task_specs[body.name] = body
        body.loop = self.named(outer)
        body.loop.kind = "multiInstance"
        return body.loop

    def runs(self, loop: Node) -> Any:
        """The multi-instance step of the right kind."""
        name = self.bpmn_id
        if local(loop) == "multiInstanceLoopCharacteristics":
            if flag(loop, "isSequential", False):
                return loops.SequentialRuns(self.spec, name, task_spec="")
            return loops.ParallelRuns(self.spec, name, task_spec="")
        outer = loops.RepeatedRuns(self.spec, name, task_spec="")
        outer.maximum = int(loop.get("loopMaximum", "0")) or None
        outer.test_before = flag(loop, "testBefore", False)
        return outer


class CallParser(ElementParser):
    """Service, send, script and business rule tasks."""

    @property
    def throws(self) -> bool:
        """Whether it only throws its message: a send task that no handler performs."""
        return local(self.node) == "sendTask" and not has_handler(self.node)

    def constructor(self) -> dict[str, Any]:
        return super().constructor() | ({"event_definition": NONE} if self.throws else {})

    def create_task(self) -> Any:
        kind = local(self.node)
        if self.throws:
            self.spec_class = throws.SendTask
            thrower: Any = super().create_task()
            thrower.triggers = self.reader.triggers(self.node)
            return thrower
        step: Any = super().create_task()
        step.call = CALLS[kind]
        if kind == "sendTask":
            (step.trigger,) = self.reader.triggers(self.node)
        return step


class EventParser(ElementParser):
    """Every event, and receive tasks."""

    def constructor(self) -> dict[str, Any]:
        arguments = super().constructor() | {"event_definition": NONE}
        if local(self.node) == "boundaryEvent":
            arguments["cancel_activity"] = flag(self.node, "cancelActivity", True)
        return arguments

    def create_task(self) -> Any:
        triggers = self.reader.triggers(self.node)
        for one in triggers:
            undoing = transactions.EVENTS.get((local(self.node), one.kind))
            if undoing is not None:
                self.spec_class = undoing
        step: Any = super().create_task()
        step.triggers = triggers
        step.outputs_given = self.reader.parameters(self.node, "outputParameter")
        step.kept_inside = self.kept_inside()
        step.rests = any(one.keys for one in triggers)
        step.every = flag(self.node, "parallelMultiple", False) and len(step.triggers) > 1
        if step.kind == "startEvent":
            step.interrupting = flag(self.node, "isInterrupting", True)
        elif step.kind == "endEvent":
            self.hand_over(step)
        elif step.kind == "receiveTask":
            self.receive(step)
        return step

    def receive(self, step: Any) -> None:
        """A receive task waits for a message, and may begin the process with it."""
        if step.trigger.kind != "message":
            message = expected("a message for the receive task '%(element)s'", "it names none", element=self.bpmn_id)
            raise self.reader.refuse(self.node, message, Sentence("Choose the message it waits for."))
        step.begins = flag(self.node, "instantiate", False)

    def hand_over(self, step: Any) -> None:
        """An end event with the property `handover` is an off-page reference."""
        given = properties(self.node)
        if "handover" in given:
            said = ("payload", "handover.business_key", "handover.each")
            formulas = (self.reader.formula(given.get(name), self.bpmn_id) for name in said)
            step.handover = Handover(self.bpmn_id, given["handover"], *formulas)


class GatewayParser(ElementParser):
    """Gateways; the event-based one is an event for the library."""

    def constructor(self) -> dict[str, Any]:
        if local(self.node) == "eventBasedGateway":
            return super().constructor() | {"event_definition": NONE}
        return super().constructor()

    def create_task(self) -> Any:
        step: Any = super().create_task()
        if isinstance(step, events.EventGateway):
            step.begins = flag(self.node, "instantiate", False)
            step.parallel = self.node.get("eventGatewayType") == "Parallel"
        if isinstance(step, joins.ComplexGateway):
            step.activation = self.reader.formula(text_of(first(self.node, "activationCondition")), self.bpmn_id)
        return step


class ContainerParser(ElementParser):
    """Sub-processes, event sub-processes and call activities."""

    def constructor(self) -> dict[str, Any]:
        inside = self.node.get("calledElement") or self.bpmn_id
        return super().constructor() | {"subworkflow_spec": inside}

    def create_task(self) -> Any:
        if local(self.node) == "callActivity":
            return self.called(super().create_task())
        if flag(self.node, "triggeredByEvent", False):
            self.spec_class = calls.EventSub
        step: Any = super().create_task()
        step.declared = tuple(name.strip() for name in properties(self.node).get(LOCAL, "").split(",") if name.strip())
        step.target = self.process_parser.inside(self.node)
        if isinstance(step, ad_hoc.AdHoc):
            return self.without_order(step)
        if step.target.none_start is None and not isinstance(step, calls.EventSub):
            message = expected("a start event in '%(element)s'", "it has none", element=self.bpmn_id)
            raise self.reader.refuse(self.node, message, Sentence("Draw a start event inside."))
        if isinstance(step, calls.EventSub):
            self.own_start(step)
        return step

    def without_order(self, step: ad_hoc.AdHoc) -> ad_hoc.AdHoc:
        """What an ad hoc sub-process says, and what is in it."""
        step.condition = self.reader.formula(text_of(first(self.node, "completionCondition")), self.bpmn_id)
        step.chosen = self.reader.formula(properties(self.node).get("activities"), self.bpmn_id)
        step.cancels = flag(self.node, "cancelRemainingInstances", True)
        step.sequential = self.node.get("ordering") == "Sequential"
        nodes = {identity(one): properties(one) for one in children(self.node, *FLOW_NODES) if can_be_chosen(one)}
        inside = [one for one in step.target.steps if one.element in nodes]
        beside = (boundary.BoundaryEvent, calls.EventSub)
        begin = (one for one in inside if not one.incoming and not isinstance(one, beside))
        heads = {nodes[one.element].get("original_id", one.element): one for one in begin}
        step.take_in(heads, (one for one in inside if one.kind in DONE and not isinstance(one, calls.EventSub)))
        return step

    def called(self, step: Any) -> Any:
        """The variable mappings of a call activity, and when it is skipped."""
        step.inputs_mapped = self.reader.mappings(self.node, "in")
        step.outputs_mapped = self.reader.mappings(self.node, "out")
        given = {one.target for one in step.outputs_mapped if one.local}
        step.local, step.kept_inside = step.local or bool(given), step.kept_inside | given
        step.skip_when = self.reader.formula(properties(self.node).get("skip_when"), self.bpmn_id)
        return step

    def own_start(self, step: Any) -> None:
        """The start events of an event sub-process belong to what is around it."""
        step.starts = tuple(one for one in step.target.steps if isinstance(one, start_events.StartEvent))
        if any(start.trigger.kind == "none" for start in step.starts):
            message = expected("start events with a cause in '%(element)s'", "one has none", element=self.bpmn_id)
            remedy = Sentence("Let them begin with a message, timer, signal, condition, error or escalation.")
            raise self.reader.refuse(self.node, message, remedy)
        for start in step.starts:
            start.owner = step
        step.replaces = step.starts[0].interrupting
