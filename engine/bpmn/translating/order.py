"""The order of child elements: the schema wants one, tools write another, and none of it means anything."""

from __future__ import annotations

from itertools import pairwise

from engine.bpmn.vocabulary import ARTIFACTS, EVENT_DEFINITION, Node, is_bpmn, local

_ROLES = "resourceRole performer humanPerformer potentialOwner"
_ELSE, _EVENT, _ARTIFACT = "*", "*EventDefinition", "*Artifact"


def _ranks(order: str) -> dict[str, int]:
    return {name: rank for rank, names in enumerate(order.split(",")) for name in names.split()}


_OF_A_FILE = _ranks(f"import, extension, {_ELSE}, BPMNDiagram, relationship")
_OF_A_PROCESS = _ranks(
    f"documentation, extensionElements, supportedInterfaceRef, ioSpecification, ioBinding, auditing, monitoring, "
    f"property, laneSet, {_ELSE}, {_ARTIFACT}, {_ROLES}, correlationSubscription, supports"
)
_OF_OTHERS = _ranks(
    "documentation, extensionElements, supportedInterfaceRef, auditing, monitoring, categoryValueRef, incoming, "
    "outgoing, ioSpecification, ioBinding, property, dataInput, dataOutput, sourceRef, targetRef, "
    "transformation, assignment, dataInputAssociation, dataOutputAssociation, dataInputRefs dataOutputRefs, "
    "optionalInputRefs optionalOutputRefs, whileExecutingInputRefs whileExecutingOutputRefs, "
    f"inputSetRefs outputSetRefs, inputSet, outputSet, {_EVENT}, eventDefinitionRef, {_ROLES}, "
    "standardLoopCharacteristics multiInstanceLoopCharacteristics, loopCardinality, loopDataInputRef, "
    "loopDataOutputRef, inputDataItem, outputDataItem, complexBehaviorDefinition, partitionElement, flowNodeRef, "
    "childLaneSet, laneSet, interfaceRef, endPointRef, participantMultiplicity, inMessageRef, outMessageRef, errorRef, "
    "innerParticipantRef, outerParticipantRef, resourceRef, resourceParameterBinding, from, to, condition, event, "
    "source, target, participant, messageFlow, "
    f"{_ELSE}, {_ARTIFACT}, conversation subConversation callConversation, "
    "conversationAssociation, participantAssociation, messageFlowAssociation, correlationKey, choreographyRef, "
    "conversationLink, completionCondition"
)
# Free text, and what never runs here.
_AS_WRITTEN = frozenset(
    "documentation extensionElements text script rendering choreography subChoreography callChoreography "
    "choreographyTask globalChoreographyTask conversation subConversation callConversation globalConversation".split()
)


def put_in_order(root: Node) -> None:
    """Brings the children of each element into the order of the schema; those of one kind stay as they follow."""
    for node in [node for node in root.iter("*") if len(node) > 1 and _is_mixed(node)]:
        ranks = _ranks_in(node)
        for child in sorted(node.iterchildren("*"), key=lambda child: _rank(child, ranks)):
            node.append(child)


def _is_mixed(node: Node) -> bool:
    if not is_bpmn(node) or local(node) in _AS_WRITTEN:
        return False
    ranks = _ranks_in(node)
    return any(_rank(one, ranks) > _rank(other, ranks) for one, other in pairwise(node.iterchildren("*")))


def _ranks_in(node: Node) -> dict[str, int]:
    return {"definitions": _OF_A_FILE, "process": _OF_A_PROCESS}.get(local(node), _OF_OTHERS)


def _rank(child: Node, ranks: dict[str, int]) -> int:
    name = local(child)
    if name in ARTIFACTS or name == "association":
        name = _ARTIFACT
    elif name.endswith(EVENT_DEFINITION):
        name = _EVENT
    return ranks.get(name, ranks[_ELSE])
