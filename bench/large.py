"""Large drawings of several shapes: reading, checking, normalising and compiling must take time linear in their size.

python -m bench.large              1,000 and 10,000 of each shape
python -m bench.large 100000 due   so many of the shapes named
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from engine.bpmn import Known, lint, normalise, read
from engine.spiff import compile_bundle, schema_folder

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="definitions" targetNamespace="urn:large">'
)
ENDS = '<startEvent id="start"/><endEvent id="end"/>'


def flow(source: str, target: str, condition: str = "") -> str:
    """A sequence flow."""
    formal = f'<conditionExpression xsi:type="tFormalExpression">={condition}</conditionExpression>'
    inside = formal if condition else ""
    return f'<sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'


def chain(*ids: str) -> str:
    """Flows from each to the next."""
    return "".join(flow(source, target) for source, target in zip(ids, ids[1:], strict=False))


def row(count: int, attributes: str = "", inside: str = "") -> str:
    """Tasks one after the other."""
    ids = [f"t{number}" for number in range(count)]
    return (
        ENDS
        + "".join(f'<userTask id="{one}" {attributes}>{inside}</userTask>' for one in ids)
        + chain("start", *ids, "end")
    )


def due(count: int) -> str:
    """Tasks that each get a reminder."""
    return row(count, 'camunda:dueDate="P1D"')


def repeated(count: int) -> str:
    """Repeated tasks that each get a reminder, and so a sub-process around them."""
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    return row(count, 'camunda:dueDate="P1D"', loop)


def choices(count: int, kind: str = "exclusiveGateway") -> str:
    """Two ways that part and meet, again and again."""
    found, before = [ENDS], "start"
    for at in range(count):
        split, join, one, other = f"s{at}", f"j{at}", f"a{at}", f"b{at}"
        found.append(f'<{kind} id="{split}" default="{split}__{one}"/><{kind} id="{join}"/>')
        found.append(f'<userTask id="{one}"/><userTask id="{other}"/>' + chain(before, split, one, join))
        found.append(flow(split, other, f"x{at % 50} > 1") + chain(other, join))
        before = join
    return "".join(found) + chain(before, "end")


def links(count: int) -> str:
    """Pairs of link events."""
    found, before = [ENDS], "start"
    for at in range(count):
        link = f'<linkEventDefinition name="L{at}"/>'
        found.append(f'<intermediateThrowEvent id="l{at}">{link}</intermediateThrowEvent>' + chain(before, f"l{at}"))
        found.append(f'<intermediateCatchEvent id="c{at}">{link}</intermediateCatchEvent>')
        before = f"c{at}"
    return "".join(found) + chain(before, "end")


def subs(count: int) -> str:
    """Sub-processes one after the other."""
    inner = '<subProcess id="p{0}"><startEvent id="s{0}"/><userTask id="u{0}"/><endEvent id="e{0}"/>{1}</subProcess>'
    ids = range(count)
    found = "".join(inner.format(at, chain(f"s{at}", f"u{at}", f"e{at}")) for at in ids)
    return ENDS + found + chain("start", *(f"p{at}" for at in ids), "end")


def side_by_side(count: int) -> str:
    """Tasks that a join waits for."""
    ways = "".join(f'<userTask id="t{at}"/>' + chain("split", f"t{at}", "join") for at in range(count))
    return (
        ENDS
        + '<parallelGateway id="split"/><parallelGateway id="join"/>'
        + chain("start", "split")
        + ways
        + chain("join", "end")
    )


SHAPES: Mapping[str, Callable[[int], str]] = {
    "row": row,
    "due": due,
    "repeated": repeated,
    "choices": choices,
    "inclusive": lambda count: choices(count, "inclusiveGateway"),
    "links": links,
    "subs": subs,
    "side_by_side": side_by_side,
}


def drawing(shape: str, count: int) -> bytes:
    """A drawing of a shape with so many parts."""
    return f'{HEAD}<process id="large" isExecutable="true">{SHAPES[shape](count)}</process></definitions>'.encode()


def prepare(xml: bytes) -> None:
    """Everything that deploying does with one drawing."""
    known = Known(decisions=frozenset({"approval_sla"}), schema_folder=schema_folder())
    found = read(xml, "large.bpmn")
    errors = [finding for finding in lint(found, known) if finding.severity == "error"]
    if errors:
        raise ValueError("\n".join(map(str, errors)))
    compile_bundle(normalise(found, known), {})


def main(counts: list[int], shapes: list[str]) -> None:
    """Prints processor seconds by shape and size, and how they grow for ten times the size."""
    for shape in shapes:
        seconds = []
        for count in counts:
            xml, begun = drawing(shape, count), time.process_time()
            prepare(xml)
            seconds.append(time.process_time() - begun)
        growth = f"{seconds[-1] / seconds[0]:.1f} x for {counts[-1] // counts[0]} x" if len(counts) > 1 else ""
        print(f"{shape:14}", *(f"{each:9.2f}" for each in seconds), growth, flush=True)


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    main(given or [1_000, 10_000], [each for each in sys.argv[1:] if not each.isdecimal()] or list(SHAPES))
