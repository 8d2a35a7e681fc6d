"""Says in simpler words what the standard, and other tools, say in several: done once, when a file is read.

The file keeps its bytes; only the tree in memory changes, and stays valid BPMN. Everything after reading
(lint rules, the model, what runs) knows only the simpler words.
"""

from __future__ import annotations

from engine.bpmn.notations import translate_notations
from engine.bpmn.translating.calls import bare_names, inline_global_tasks
from engine.bpmn.translating.counters import count_from_one
from engine.bpmn.translating.data import map_data
from engine.bpmn.translating.flags import spell_out_flags
from engine.bpmn.translating.initial_values import begin_with_values
from engine.bpmn.translating.message_flows import take_messages_from_flows
from engine.bpmn.translating.operations import name_operations
from engine.bpmn.translating.order import put_in_order
from engine.bpmn.translating.resources import offer_to_resources
from engine.bpmn.translating.unsaid import say_what_is_meant
from engine.bpmn.vocabulary import SHOWN, Node
from engine.errors import Finding


def translate(root: Node, file: str) -> tuple[Finding, ...]:
    """Changes the tree of a file; the answer is what its author should know. A normalised drawing stays as it is."""
    if next(root.iter(f"{{{SHOWN}}}shown"), None) is not None:
        return ()
    put_in_order(root)
    spell_out_flags(root)
    bare_names(root)
    inline_global_tasks(root)
    offer_to_resources(root)
    count_from_one(root)
    told = translate_notations(root, file)
    name_operations(root)
    told += tuple(take_messages_from_flows(root, file))
    told += tuple(say_what_is_meant(root, file))
    map_data(root)
    begin_with_values(root)
    return told
