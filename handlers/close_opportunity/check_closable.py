"""Check open items: quotes, actions, calls, what other processes still work on, and the quote that a win needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm import open_items
from crm.open_items import OpenItem
from engine.contract import Done, Outcome, RunningFigure, TaskContext, handler
from handlers.shared import other_processes, sales_module, subject
from handlers.shared.outcomes import automatic


@handler("close_opportunity.check_closable")
@automatic
def check_closable(context: TaskContext[Any]) -> Outcome:
    """Sets open_items; an empty list lets the closing go on."""
    deal, quoting = subject.opportunity_of(context), sales_module.is_on(context)
    found = open_items.of(context.session, deal, context.variables["outcome"], quoting=quoting)
    ending = context.variables.get("to_end") or ()
    others = [one for one in other_processes.about(context, deal.business_key) if one.instance_id not in ending]
    found = [*found, *(item for one in others for item in _of_process(one))]
    rows = [{"what": item.key, "kind": item.kind, "subject": item.subject} for item in found]
    return Done({"open_items": rows, "sales_module_enabled": quoting})


def _of_process(one: RunningFigure) -> list[OpenItem]:
    """The approvals that wait in a process; without any, the process itself with what is open in it."""
    if one.approvals:
        kind = open_items.APPROVAL
        return [OpenItem(f"{kind}:{one.instance_id}", kind, _both(names)) for names in one.approvals]
    tasks = "; ".join(_both(names) for names in one.tasks)
    name = f"{_both(one.names)}: {tasks}" if tasks else _both(one.names)
    return [OpenItem(f"{open_items.PROCESS}:{one.instance_id}", open_items.PROCESS, name)]


def _both(names: Mapping[str, str]) -> str:
    return " / ".join(names.values())
