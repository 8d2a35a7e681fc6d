"""Gives a drawing its diagram: lane-aware, left to right, flows at right angles, labels placed."""

from engine.bpmn.layout.whole import layout, with_diagram

__all__ = ["layout", "with_diagram"]
