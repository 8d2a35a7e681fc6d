"""The list of lint rules, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.bpmn.lint import (
    ad_hoc,
    approvals,
    calls,
    compensation,
    complex_gateway,
    conditional_event,
    connected,
    correlation,
    data,
    decisions,
    elements,
    event_definitions,
    event_gateway,
    event_sub_process,
    expressions,
    forms,
    gateways,
    handlers,
    handovers,
    joins,
    lanes,
    languages,
    links,
    listeners,
    loops,
    messages,
    must_understand,
    notations,
    performers,
    quantities,
    references,
    reserved_names,
    retries,
    schema,
    scripts,
    start_events,
    timers,
    transactions,
    unique_ids,
    variables,
)
from engine.bpmn.lint.sheet import Known, Sheet
from engine.bpmn.model import model
from engine.bpmn.read import Drawing
from engine.errors import Finding

Check = Callable[[Sheet], Iterable[Finding]]

RULES: dict[str, Check] = {
    module.RULE: module.check
    for module in (
        schema,
        unique_ids,
        references,
        elements,
        must_understand,
        notations,
        connected,
        start_events,
        gateways,
        event_gateway,
        joins,
        event_definitions,
        messages,
        correlation,
        data,
        links,
        timers,
        expressions,
        languages,
        variables,
        reserved_names,
        scripts,
        handlers,
        decisions,
        forms,
        calls,
        handovers,
        approvals,
        loops,
        quantities,
        retries,
        listeners,
        performers,
        lanes,
        event_sub_process,
        transactions,
        ad_hoc,
        compensation,
        complex_gateway,
        conditional_event,
    )
}
"""Every rule by name, explained in docs/rules/."""


def lint(drawing: Drawing, known: Known) -> list[Finding]:
    """Everything wrong with a drawing, in the order of the file; empty when it may be deployed as it is."""
    sheet = Sheet(drawing, model(drawing), known)
    found = [finding for check in RULES.values() for finding in check(sheet)]
    return sorted(found, key=lambda finding: (finding.line, finding.element, finding.rule))
