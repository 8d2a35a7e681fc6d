"""The list of lint rules, and running them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from engine.bpmn.lint import (
    ad_hoc,
    approvals,
    calls,
    catchers,
    compensation,
    complex_gateway,
    conditional_event,
    conditions,
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
        catchers,
        correlation,
        data,
        links,
        timers,
        expressions,
        conditions,
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


OF_THE_FILE = frozenset(module.RULE for module in (schema, unique_ids, must_understand, notations))
"""Rules that look at the whole file, whichever of its processes is meant."""
MOST_OF_A_RULE = 500
"""How many findings of one rule are listed."""


def _bounded(sheet: Sheet, name: str, check: Check) -> Iterator[Finding]:
    listed = Counter[str]()
    for finding in check(sheet):
        listed[finding.severity] += 1
        if listed[finding.severity] <= MOST_OF_A_RULE:
            yield finding
        elif finding.severity == "error":
            break
    if listed and max(listed.values()) > MOST_OF_A_RULE:
        more = sheet.error if listed["error"] > MOST_OF_A_RULE else sheet.warning
        yield more(
            name,
            None,
            "Expected at most %(limit)s findings of one rule, but there are more, which are not listed.",
            "Mend the listed ones first.",
            limit=MOST_OF_A_RULE,
        )


def _once(found: list[Finding]) -> Iterator[Finding]:
    """A name that leads nowhere is told of once: by the rule that knows what is missing there, if there is one."""
    lost = (references.NOWHERE.template, references.ELSEWHERE.template)
    told = {
        (one.element, value, one.severity)
        for one in found
        if one.message.template not in lost
        for value in one.message.values.values()
        if isinstance(value, str)
    }
    for one in found:
        name = one.message.values.get("name")
        if one.message.template not in lost or told.isdisjoint(
            (one.element, name, each) for each in ("error", one.severity)
        ):
            yield one


def lint(drawing: Drawing, known: Known) -> list[Finding]:
    """Everything wrong with a drawing, in the order of the file; empty when it may be deployed as it is."""
    sheet = Sheet(drawing, model(drawing), known)
    wanted = {name: check for name, check in RULES.items() if not (drawing.further and name in OF_THE_FILE)}
    found = [finding for name, check in wanted.items() for finding in _bounded(sheet, name, check)]
    return sorted(_once(found), key=lambda finding: (finding.line, finding.element, finding.rule))
