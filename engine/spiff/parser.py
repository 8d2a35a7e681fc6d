"""Our subclass of the library's Camunda parser: every element becomes one of our steps.

The library's parser walks along the sequence flows recursively (a chain of some hundred steps
exhausts the stack) and orders branches by their height in the diagram. Ours makes all steps of
a process first and then connects them, in the order of the file.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.camunda.parser.CamundaParser import CamundaParser

from engine.bpmn.extensions import properties
from engine.bpmn.vocabulary import FLOW_NODES, Node, first, identity, text_of
from engine.errors import Sentence, expected
from engine.spiff import (
    ad_hoc,
    boundary,
    calls,
    compensation,
    events,
    joins,
    loops,
    start_events,
    tasks,
    throws,
    transactions,
)
from engine.spiff.beginnings import Entry, entries
from engine.spiff.elements import CallParser, ContainerParser, ElementParser, EventParser, GatewayParser
from engine.spiff.quantities import count_tokens
from engine.spiff.reading import Reader
from engine.spiff.steps import Step, Way


class ProcessSpec(BpmnProcessSpec):
    """A process or the inside of a sub-process, compiled; never changed afterwards."""

    process = ""
    index = -1
    none_start: Any = None
    entries: tuple[Entry, ...] = ()
    event_subs: tuple[Any, ...] = ()
    steps: tuple[Step, ...] = ()
    hands_over = False
    compensator: Any = None
    """The start event of the compensation event sub-process."""
    undoing: Any = None
    """What carries the undoing of what was completed in here."""

    def __init__(self, **names: Any) -> None:
        super().__init__(**names)
        self.task_specs.clear()  # the library's own start and end, whose names an element may bear


class FlowParser(ProcessParser):
    """Parses one process or sub-process, step by step and flow by flow."""

    process = ""

    def _parse(self) -> None:
        spec = ProcessSpec(name=self.bpmn_id, description=self.get_name(), filename=self.filename)
        self.spec, spec.process = spec, self.process or self.bpmn_id
        steps = [self.parse_node(node) for node in self.flow_nodes()]
        spec.steps = tuple(steps)
        self.connect({step.element: step for step in steps})
        self.attach({step.element: step for step in steps})
        self.associate({step.element: step for step in steps})
        self.begin_with([step for step in steps if isinstance(step, start_events.StartEvent)])
        spec.event_subs = tuple(step for step in steps if isinstance(step, calls.EventSub))
        spec.steps = (*steps, *count_tokens(steps, self.nodes_by_id))
        spec.hands_over = any(self.hands_over(step) for step in steps)

    def _index_process_nodes(self) -> None:
        """What stands directly in here by its id; the library looks at all that is inside, for each level again."""
        self.nodes_by_id = {identity(node): node for node in self.node.iterchildren("*")}

    def flow_nodes(self) -> list[Node]:
        """The activities, gateways and events directly in here; what is only shown does not count."""
        wanted = {full_tag(name) for name in FLOW_NODES}
        return [node for node in self.node.iterchildren() if node.tag in wanted]

    def parse_node(self, node: Node) -> Step:
        parser_class, spec_class = self.parser._get_parser_class(node.tag)
        return parser_class(self, spec_class, node, self.nsmap, lane="").parse_node()  # type: ignore[no-any-return]

    def inside(self, node: Node) -> ProcessSpec:
        """The inside of a sub-process."""
        parser = FlowParser(self.parser, node, self.nsmap, {}, filename=self.filename)
        parser.process = self.spec.process
        return parser.get_spec()  # type: ignore[no-any-return]

    def connect(self, steps: dict[str, Any]) -> None:
        """Connects the steps along the sequence flows, in the order of the file."""
        leaving: dict[str, list[Way]] = {}
        arriving: dict[str, list[str]] = {}
        for flow in self.node.iterchildren(full_tag("sequenceFlow")):
            source, target = self.end_of(flow, "sourceRef", steps), self.end_of(flow, "targetRef", steps)
            leaving.setdefault(source.element, []).append(self.way(flow, target))
            arriving.setdefault(target.element, []).append(identity(flow))
            source.connect(target)
        for id, ways in leaving.items():
            step = steps[id]
            step.ways = tuple(ways)
            step.way_ids = tuple(way.id for way in ways)
            step.conditional = any(way.condition is not None or way.default for way in ways)
        for id, flows in arriving.items():
            steps[id].incoming = tuple(flows)

    def way(self, flow: Node, target: Step) -> Way:
        """One sequence flow, with its condition and whether its source marks it as default."""
        source = self.get_node_by_id(flow.get("sourceRef"))
        text = text_of(first(flow, "conditionExpression"))
        condition = self.parser.reader.formula(text, identity(flow))
        return Way(identity(flow), target, condition, source.get("default") == identity(flow))

    def end_of(self, node: Node, name: str, steps: dict[str, Any]) -> Any:
        """The step that a flow or a boundary event refers to."""
        found = steps.get(node.get(name, ""))
        if found is None:
            given = {"element": identity(node), "name": name, "found": node.get(name, "")}
            message = expected("'%(element)s' to name a step beside it as %(name)s", "'%(found)s' is none", **given)
            raise self.parser.reader.refuse(node, message, Sentence("Connect it again in the drawing."))
        return found

    def attach(self, steps: dict[str, Any]) -> None:
        """Attaches the boundary events to their activities."""
        for step in steps.values():
            if isinstance(step, boundary.BoundaryEvent):
                host = self.end_of(self.get_node_by_id(step.element), "attachedToRef", steps)
                host.boundaries = (*host.boundaries, step)

    def associate(self, steps: dict[str, Any]) -> None:
        """Gives each compensation event on a border the activity that its association leads to."""
        for step in steps.values():
            if isinstance(step, compensation.CompensationEvent):
                found = (steps.get(id) for id in self.parser.reader.associated.get(step.element, ()))
                step.undoer = next((one for one in found if one is not None), None)
                if step.undoer is None:
                    raise self.unjoined(step)

    def unjoined(self, event: Step) -> Exception:
        """The refusal of a compensation event that leads to nothing."""
        message = expected(
            "an association from the compensation event '%(element)s' to what undoes its activity",
            "there is none",
            element=event.element,
        )
        remedy = Sentence("Draw the association to the activity that undoes the work.")
        refusal: Exception = self.parser.reader.refuse(self.get_node_by_id(event.element), message, remedy)
        return refusal

    def begin_with(self, starts: list[Any]) -> None:
        """Notes where the process begins: at its plain start event when it is called, else in one of several ways."""
        plain = [step for step in starts if step.trigger.kind == "none"]
        self.spec.none_start = next(iter(plain or starts), None) if len(plain) < 2 else None
        drawn = {step.element: properties(self.get_node_by_id(step.element)) for step in self.spec.steps}
        self.spec.entries = entries(self.spec.steps, {id: one.get("original_id", id) for id, one in drawn.items()})

    def hands_over(self, step: Any) -> bool:
        """Whether an off-page reference is in here, also inside a sub-process."""
        if isinstance(step, loops.MultiInstance):
            step = step.body
        if isinstance(step, throws.EndEvent):
            return step.handover is not None
        inside = isinstance(step, calls.Containing) and not step.called
        return bool(inside and step.target.hands_over)


class Parser(CamundaParser):
    """The library's Camunda parser with our steps for every element that can run; any other is refused."""

    PROCESS_PARSER_CLASS = FlowParser
    OVERRIDE_PARSER_CLASSES = {
        full_tag("startEvent"): (EventParser, start_events.StartEvent),
        full_tag("endEvent"): (EventParser, throws.EndEvent),
        full_tag("intermediateCatchEvent"): (EventParser, events.CatchEvent),
        full_tag("intermediateThrowEvent"): (EventParser, throws.ThrowEvent),
        full_tag("boundaryEvent"): (EventParser, boundary.BoundaryEvent),
        full_tag("receiveTask"): (EventParser, events.ReceiveTask),
        full_tag("userTask"): (ElementParser, tasks.UserTask),
        full_tag("manualTask"): (ElementParser, tasks.ManualTask),
        full_tag("task"): (ElementParser, tasks.PlainTask),
        full_tag("serviceTask"): (CallParser, tasks.Call),
        full_tag("businessRuleTask"): (CallParser, tasks.Call),
        full_tag("scriptTask"): (CallParser, tasks.Call),
        full_tag("sendTask"): (CallParser, throws.SendCall),
        full_tag("exclusiveGateway"): (GatewayParser, tasks.ExclusiveGateway),
        full_tag("parallelGateway"): (GatewayParser, joins.ParallelGateway),
        full_tag("inclusiveGateway"): (GatewayParser, joins.InclusiveGateway),
        full_tag("complexGateway"): (GatewayParser, joins.ComplexGateway),
        full_tag("eventBasedGateway"): (GatewayParser, events.EventGateway),
        full_tag("subProcess"): (ContainerParser, calls.SubProcess),
        full_tag("transaction"): (ContainerParser, transactions.Transaction),
        full_tag("adHocSubProcess"): (ContainerParser, ad_hoc.AdHoc),
        full_tag("callActivity"): (ContainerParser, calls.CallActivity),
    }

    def __init__(self, drawing: Any) -> None:
        super().__init__()
        self.reader = Reader(drawing.tree.getroot(), drawing.file)

    def _get_parser_class(self, tag: str) -> tuple[Any, Any]:
        return self.OVERRIDE_PARSER_CLASSES[tag]


def parse(drawing: Any) -> ProcessSpec:
    """The compiled process of one normalised drawing; raises `Rejected` for what cannot run."""
    parser = Parser(drawing)
    return FlowParser(parser, drawing.process, parser.namespaces, {}, filename=drawing.file).get_spec()  # type: ignore[no-any-return]
