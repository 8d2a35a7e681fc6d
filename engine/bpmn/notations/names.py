"""Names of messages, signals, errors and escalations: written, and only those of the first two worked out as well."""

from __future__ import annotations

import re

from engine.bpmn.expressions import expression
from engine.bpmn.notations.expressions import pieces
from engine.bpmn.notations.reasons import COMPUTED
from engine.bpmn.notations.translation import Translation
from engine.bpmn.vocabulary import children, local

_DECLARED = ("message", "signal", "error", "escalation")
_WORKED_OUT = ("message", "signal")


def constant(text: str) -> str | None:
    """The name that a text gives: itself, or what a FEEL text literal says; None when it is worked out."""
    inner = expression(text)
    if inner is None:
        return None if any(is_expression for is_expression, _ in pieces(text)) else text
    return inner[1:-1] if re.fullmatch(r'"[^"\\]*"', inner) else None


def translate_names(work: Translation) -> None:
    """Writes a name given as a FEEL text without its quotation marks, and refuses one that cannot be worked out."""
    for declared in children(work.root, *_DECLARED):
        for name in ("name", f"{local(declared)}Code"):
            text = declared.get(name, "")
            given = constant(text)
            if given is None and local(declared) in _WORKED_OUT and expression(text) is not None:
                continue
            if given is None:
                work.refuse(declared, f'{name}="{text}"', COMPUTED)
            elif given != text:
                declared.set(name, given)
                work.read_as(declared, f'{name}="{text}"', f'{name}="{given}"')
