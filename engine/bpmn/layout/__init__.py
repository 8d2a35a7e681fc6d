"""Gives a drawing its diagram: lane-aware, left to right, flows at right angles, labels placed."""

from engine.bpmn.layout.whole import layout

__all__ = ["layout"]
