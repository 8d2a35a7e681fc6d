"""What is drawn for readers only: data objects, data stores, their associations, and other processes."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.extensions import extension_holder
from engine.bpmn.normalising.canvas import Canvas
from engine.bpmn.vocabulary import SHOWN, Node, children, first, identity, local, text_of, within
from engine.bpmn.vocabulary import shown as shown_tag

_DATA = ("dataObject", "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation")
_DROPPED = ("ioSpecification", "property")


def set_data_aside(canvas: Canvas) -> None:
    """Moves data symbols where they are still drawn but never executed, and drops other processes of the file.

    The executing library would read values through them and stop when one is missing.
    """
    holder = etree.SubElement(extension_holder(canvas.process), f"{{{SHOWN}}}shown")
    for node in list(within(canvas.process, *_DATA, *_DROPPED)):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
            if local(node) in _DATA:
                holder.append(_shown(node, parent))
    for other in list(children(canvas.root, "process")):
        if other is not canvas.process:
            canvas.root.remove(other)
    for store in list(children(canvas.root, "dataStore")):
        canvas.root.remove(store)


def _shown(node: Node, parent: Node) -> Node:
    shown = etree.Element(shown_tag(local(node)), {"id": identity(node)})
    for name in ("name", "dataObjectRef"):
        if node.get(name):
            shown.set(name, node.get(name, ""))
    if local(node).endswith("Association"):
        source, target = text_of(first(node, "sourceRef")), text_of(first(node, "targetRef"))
        ends = (source, identity(parent)) if local(node) == "dataInputAssociation" else (identity(parent), target)
        shown.set("sourceRef", ends[0])
        shown.set("targetRef", ends[1])
    extensions = first(node, "extensionElements")
    if extensions is not None:
        shown.append(extensions)
    return shown
