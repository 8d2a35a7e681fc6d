"""Gives a drawing its diagram: lane-aware, left to right, flows at right angles, labels placed."""

from engine.bpmn.layout.whole import layout, to_be_seen, with_diagram

__all__ = ["layout", "to_be_seen", "with_diagram"]
