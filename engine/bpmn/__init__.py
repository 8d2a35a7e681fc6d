"""Drawings as XML: read, check, normalise, describe, draw. Knows nothing of what executes them."""

from engine.bpmn.expressions import expression
from engine.bpmn.model import Element, Flow, Lane, Model, model
from engine.bpmn.read import Drawing, read

__all__ = ["Drawing", "Element", "Flow", "Lane", "Model", "expression", "model", "read"]
