"""Draws a BPMN diagram as SVG: attributes and classes only, so that it may stand inside any page."""

from engine.bpmn.svg.render import Mark, render_svg

__all__ = ["Mark", "render_svg"]
