"""Checks a drawing before it may run: one rule per file, every finding at once."""

from engine.bpmn.lint.rules import RULES, lint
from engine.bpmn.lint.sheet import BUILT_IN_TOPICS, Known, Sheet

__all__ = ["BUILT_IN_TOPICS", "RULES", "Known", "Sheet", "lint"]
