"""Complex gateways are refused: their rule for going on is not run."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet
from engine.errors import Finding

RULE = "complex-gateway"


def check(sheet: Sheet) -> Iterator[Finding]:
    for node in sheet.nodes("complexGateway"):
        yield sheet.error(
            RULE,
            node,
            "Expected an exclusive, inclusive, parallel or event gateway, but this is a complex gateway.",
            "Use an inclusive gateway; for n of m, use a multi-instance task with a completion condition.",
        )
