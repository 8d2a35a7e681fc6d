"""Event definitions that several events share, beside the process: each event gets its own."""

from __future__ import annotations

import copy

from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import shared_definition, within


def own_definitions(canvas: Canvas) -> None:
    """Puts a copy of the definition in the place of every reference to one."""
    for reference in list(within(canvas.process, "eventDefinitionRef")):
        definition, event = shared_definition(reference), reference.getparent()
        assert definition is not None and event is not None
        own = copy.deepcopy(definition)
        own.set("id", canvas.fresh(f"{definition.get('id')}_of_{event.get('id')}"))
        event.replace(reference, own)
