"""Runs processes; knows nothing of sales, of Flask, or of what a handler does inside.

The public names are modules used as namespaces (`engine.instances.start`) and a few classes.
They are loaded when first asked for, so that `engine.feel` can be used alone.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine import (
        approvals,
        bpmn,
        bundles,
        contract,
        definitions,
        dmn,
        drafts,
        errors,
        feel,
        forms,
        handovers,
        history,
        inbox,
        incidents,
        installing,
        instances,
        jobs,
        kept_sentences,
        mail,
        mentions,
        messages,
        notices,
        operations,
        plain,
        repairs,
        schedules,
        states,
        tables,
        testing,
        timers,
        transaction,
        user_tasks,
        verify,
        watchdog,
        work,
        worker,
    )
    from engine.clock import Clock, SimulatedClock, SystemClock
    from engine.core import Engine, Limits, Option, References, Sought
    from engine.registry import Registry
    from engine.transaction import Database

_CLASSES = {
    "Clock": "clock",
    "Database": "transaction",
    "Engine": "core",
    "Limits": "core",
    "Option": "core",
    "References": "core",
    "Registry": "registry",
    "SimulatedClock": "clock",
    "Sought": "core",
    "SystemClock": "clock",
}

__all__ = [
    "Clock",
    "Database",
    "Engine",
    "Limits",
    "Option",
    "References",
    "Registry",
    "SimulatedClock",
    "Sought",
    "SystemClock",
    "approvals",
    "bpmn",
    "bundles",
    "contract",
    "definitions",
    "dmn",
    "drafts",
    "errors",
    "feel",
    "forms",
    "handovers",
    "history",
    "inbox",
    "incidents",
    "installing",
    "instances",
    "jobs",
    "kept_sentences",
    "mail",
    "mentions",
    "messages",
    "notices",
    "operations",
    "plain",
    "repairs",
    "schedules",
    "signals",
    "states",
    "tables",
    "testing",
    "timers",
    "transaction",
    "user_tasks",
    "verify",
    "watchdog",
    "work",
    "worker",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    if name in _CLASSES:
        return getattr(importlib.import_module(f"engine.{_CLASSES[name]}"), name)
    return importlib.import_module(f"engine.{name}")
