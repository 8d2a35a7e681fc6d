"""Which attributes and child elements of BPMN 2.0 name another element, and what they may name."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from engine.bpmn.vocabulary import ACTIVITIES, BPMN, BPMNDI, EVENTS, FLOW_NODES, Node, is_bpmn, local, text_of
from engine.errors import Sentence


@dataclass(frozen=True)
class Kinds:
    """What a reference may name: the elements of these kinds (none: of every kind), and what people call them."""

    called: str | Sentence
    names: Set[str] = frozenset()

    @classmethod
    def of(cls, *names: str) -> Kinds:
        """Elements of a few kinds, called by those."""
        return cls(", ".join(names), frozenset(names))

    def hold(self, kind: str) -> bool:
        """Whether an element of this kind may be named."""
        return not self.names or kind in self.names


@dataclass(frozen=True)
class Reference:
    """One name of another element: where it stands, as what, and what it has to be the name of."""

    node: Node
    holder: str
    attribute: str
    name: str
    foreign: bool
    """Whether the name belongs to a namespace other than the file's: it stands in another file."""
    kinds: Kinds


_ANY = Kinds(Sentence("element"))
_DATA = Kinds(
    Sentence("data element"),
    frozenset(
        "dataObject dataObjectReference dataStoreReference dataStore property dataInput dataOutput "
        "inputDataItem outputDataItem".split()
    ),
)
_FLOW = Kinds.of("sequenceFlow")
_STEP = Kinds(Sentence("step"), FLOW_NODES)
_ACTIVITY = Kinds(Sentence("activity"), ACTIVITIES)
_PARTICIPANT = Kinds.of("participant")
_MESSAGE = Kinds.of("message")
_MESSAGE_FLOW = Kinds.of("messageFlow")
_OPERATION = Kinds.of("operation")
_ITEM = Kinds.of("itemDefinition")
_EVENT = Kinds(
    Sentence("event definition"),
    frozenset(
        f"{kind}EventDefinition"
        for kind in "message timer signal error escalation cancel compensate conditional link terminate".split()
    ),
)
_TALKING = Kinds(Sentence("pool, activity or event"), ACTIVITIES | EVENTS | {"participant"})
_CONVERSATION = Kinds.of("conversation", "subConversation", "callConversation")
_CHOREOGRAPHY = Kinds.of("choreography", "globalChoreographyTask")
_COLLABORATION = Kinds.of("collaboration", "choreography", "globalConversation")
_INPUTS, _OUTPUTS = Kinds.of("inputSet"), Kinds.of("outputSet")
_LINK = Kinds(
    Sentence("link event"), frozenset({"linkEventDefinition", "intermediateCatchEvent", "intermediateThrowEvent"})
)

NAMED: dict[str, Kinds] = {
    "activityRef": _ACTIVITY,
    "attachedToRef": _ACTIVITY,
    "calledChoreographyRef": _CHOREOGRAPHY,
    "calledCollaborationRef": _COLLABORATION,
    "categoryValueRef": Kinds.of("categoryValue"),
    "choreographyRef": _CHOREOGRAPHY,
    "correlationKeyRef": Kinds.of("correlationKey"),
    "correlationPropertyRef": Kinds.of("correlationProperty"),
    "dataInputRefs": Kinds.of("dataInput"),
    "dataObjectRef": Kinds.of("dataObject"),
    "dataOutputRefs": Kinds.of("dataOutput"),
    "dataStoreRef": Kinds.of("dataStore"),
    "default": _FLOW,
    "definitionalCollaborationRef": _COLLABORATION,
    "endPointRef": Kinds.of("endPoint"),
    "errorRef": Kinds.of("error"),
    "escalationRef": Kinds.of("escalation"),
    "eventDefinitionRef": _EVENT,
    "flowNodeRef": _STEP,
    "inMessageRef": _MESSAGE,
    "incoming": _FLOW,
    "initiatingParticipantRef": _PARTICIPANT,
    "innerConversationNodeRef": _CONVERSATION,
    "innerMessageFlowRef": _MESSAGE_FLOW,
    "innerParticipantRef": _PARTICIPANT,
    "inputDataRef": Kinds.of("inputSet", "dataInput"),
    "inputSetRefs": _INPUTS,
    "interfaceRef": Kinds.of("interface"),
    "itemRef": _ITEM,
    "itemSubjectRef": _ITEM,
    "messageFlowRef": _MESSAGE_FLOW,
    "messageRef": _MESSAGE,
    "noneBehaviorEventRef": _EVENT,
    "oneBehaviorEventRef": _EVENT,
    "operationRef": _OPERATION,
    "optionalInputRefs": Kinds.of("dataInput"),
    "optionalOutputRefs": Kinds.of("dataOutput"),
    "outMessageRef": _MESSAGE,
    "outerConversationNodeRef": _CONVERSATION,
    "outerMessageFlowRef": _MESSAGE_FLOW,
    "outerParticipantRef": _PARTICIPANT,
    "outgoing": _FLOW,
    "outputDataRef": Kinds.of("outputSet", "dataOutput"),
    "outputSetRefs": _OUTPUTS,
    "parameterRef": Kinds.of("resourceParameter"),
    "participantRef": _PARTICIPANT,
    "partitionElementRef": _ANY,
    "processRef": Kinds.of("process"),
    "resourceRef": Kinds.of("resource"),
    "signalRef": Kinds.of("signal"),
    "supportedInterfaceRef": Kinds.of("interface"),
    "supports": Kinds.of("process"),
    "whileExecutingInputRefs": Kinds.of("dataInput"),
    "whileExecutingOutputRefs": Kinds.of("dataOutput"),
    "association sourceRef": _ANY,
    "association targetRef": _ANY,
    "conversationLink sourceRef": Kinds(_TALKING.called, _TALKING.names | _CONVERSATION.names),
    "conversationLink targetRef": Kinds(_TALKING.called, _TALKING.names | _CONVERSATION.names),
    "dataInputAssociation sourceRef": _DATA,
    "dataInputAssociation targetRef": _DATA,
    "dataOutputAssociation sourceRef": _DATA,
    "dataOutputAssociation targetRef": _DATA,
    "error structureRef": _ITEM,
    "escalation structureRef": _ITEM,
    "linkEventDefinition source": _LINK,
    "linkEventDefinition target": _LINK,
    "messageFlow sourceRef": _TALKING,
    "messageFlow targetRef": _TALKING,
    "relationship source": _ANY,
    "relationship target": _ANY,
    "sequenceFlow sourceRef": _STEP,
    "sequenceFlow targetRef": _STEP,
    "signal structureRef": _ITEM,
    "BPMNEdge bpmnElement": _ANY,
    "BPMNEdge sourceElement": Kinds.of("BPMNShape", "BPMNEdge"),
    "BPMNEdge targetElement": Kinds.of("BPMNShape", "BPMNEdge"),
    "BPMNLabel labelStyle": Kinds.of("BPMNLabelStyle"),
    "BPMNPlane bpmnElement": _ANY,
    "BPMNShape bpmnElement": _ANY,
    "BPMNShape choreographyActivityShape": Kinds.of("BPMNShape"),
}
"""What each reference may name: `name` wherever it stands, or `element name`."""


NOT_OF_THE_FILE = frozenset(
    {
        "correlationProperty type",
        "definitions expressionLanguage",
        "definitions targetNamespace",
        "definitions typeLanguage",
        "extension definition",
        "formalExpression evaluatesToTypeRef",
        "formalExpression language",
        "globalScriptTask scriptLanguage",
        "import importType",
        "import namespace",
        "interface implementationRef",
        "itemDefinition structureRef",
        "operation implementationRef",
        "resourceParameter type",
    }
)
"""What the schema types alike, but names data types, languages and services, which stand elsewhere."""
OR_A_VARIABLE = frozenset({"callActivity calledElement", "loopDataInputRef", "loopDataOutputRef"})
"""What may also name a variable or a process of another file: the rules about those look at it."""


def references(root: Node) -> Iterator[Reference]:
    """Every name of another element that stands in a file, those of the model before those of the diagram."""
    home = root.get("targetNamespace")
    for node in (*root.iter(f"{{{BPMN}}}*"), *root.iter(f"{{{BPMNDI}}}*")):
        kind, parent = local(node), node.getparent()
        for attribute, value in node.attrib.items():
            yield from _reference(node, kind, str(attribute), str(value), home)
        if parent is not None and not len(node) and is_bpmn(node):
            yield from _reference(node, local(parent), kind, text_of(node), home)


def _reference(node: Node, holder: str, attribute: str, value: str, home: str | None) -> Iterator[Reference]:
    kinds = NAMED.get(f"{holder} {attribute}") or NAMED.get(attribute)
    if kinds is not None and value.strip():
        prefix, _, name = value.strip().rpartition(":")
        space = node.nsmap.get(prefix) if prefix else None
        yield Reference(node, holder, attribute, name, space not in (None, home), kinds)
