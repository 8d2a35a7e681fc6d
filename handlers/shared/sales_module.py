"""Quotes and orders need the sales module: a step that finds it off says so."""

from __future__ import annotations

from typing import Any

from crm import flags
from engine.contract import BpmnError, Sentence, TaskContext

FLAG, SALES_MODULE_DISABLED = "sales_module_enabled", "SALES_MODULE_DISABLED"


def is_on(context: TaskContext[Any]) -> bool:
    """Whether the sales module is on."""
    return flags.enabled(context.session, FLAG)


def refusal() -> BpmnError:
    """The error of a step that cannot go on without the module; operations get it as an incident."""
    text = "Expected the sales module to be on, but it is off. Switch on %(flag)s in the settings and try again."
    return BpmnError(SALES_MODULE_DISABLED, Sentence(text, flag=FLAG))
