"""Truth values of XML (`1`, ` true `) as the words that everything after reading looks for: `true` and `false`."""

from __future__ import annotations

from engine.bpmn.vocabulary import BPMN, Node

_FLAGS = frozenset(
    "cancelActivity cancelRemainingInstances instantiate isClosed isCollection isExecutable isForCompensation "
    "isImmediate isInterrupting isRequired isSequential isUnlimited mustUnderstand parallelMultiple testBefore "
    "triggeredByEvent waitForCompletion".split()
)
_WORDS = {"1": "true", "0": "false"}


def spell_out_flags(root: Node) -> None:
    """Writes every truth value of the file as `true` or `false`; what is none stays for the schema to refuse."""
    for node in root.iter(f"{{{BPMN}}}*"):
        for name in _FLAGS.intersection(node.keys()):
            text = node.get(name, "").strip()
            node.set(name, _WORDS.get(text, text))
