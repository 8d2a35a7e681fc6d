"""How the inputs are written down: small drawings around what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
SPACES = (
    f'xmlns="{BPMN}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
)
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'


@dataclass(frozen=True)
class Input:
    """One file: what it is called in the report, its bytes (or what makes them), and what is expected of it.

    `rule` is the rule that has to refuse it, empty when it is rightly fine; `says` is in the sentence.
    """

    name: str
    content: bytes | Callable[[], bytes]
    rule: str = ""
    says: str = ""
    file: str = "bpmn/bad.bpmn"

    @property
    def bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow."""
    inside = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>' if condition else ""
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def chain(*ids: str) -> str:
    """Flows from each to the next."""
    return "".join(flow(source, target) for source, target in zip(ids, ids[1:], strict=False))


def process(inside: str, attributes: str = 'id="bad" isExecutable="true"') -> str:
    """A process."""
    return f"<process {attributes}>{inside}</process>"


def definitions(inside: str, spaces: str = SPACES) -> str:
    """The root element, without an XML declaration."""
    return f'<definitions {spaces} id="defs" targetNamespace="urn:bad">{inside}</definitions>'


def text(inside: str, before: str = "", after: str = "") -> str:
    """A drawing whose one process holds `inside`."""
    return XML + definitions(before + process(inside) + after)


def steps(step: str, before: str = "", ident: str = "step") -> bytes:
    """A drawing start > step > end."""
    return text(START + step + END + chain("start", ident, "end"), before).encode()


GOOD = text(START + '<userTask id="step"/>' + END + chain("start", "step", "end"))
