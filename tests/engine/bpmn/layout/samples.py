"""Drawings without a diagram, for the layout to place."""

from random import Random

from tests.engine.bpmn.drafts import HEAD, flow

TIMER = '<timerEventDefinition id="{0}_timer"><timeDuration>P1D</timeDuration></timerEventDefinition>'
MESSAGE = '<messageEventDefinition id="{0}_message"/>'


def node(kind: str, ident: str, name: str = "", inside: str = "", **attributes: str) -> str:
    """One element; its name is its id in words unless given."""
    rest = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{kind} id="{ident}" name="{name or ident.replace("_", " ")}"{rest}>{inside}</{kind}>'


def boundary(ident: str, host: str, definition: str = TIMER) -> str:
    """A boundary event."""
    return node("boundaryEvent", ident, inside=definition.format(ident), attachedToRef=host)


def named(source: str, target: str, name: str) -> str:
    """A flow with a label."""
    return f'<sequenceFlow id="{source}-{target}" name="{name}" sourceRef="{source}" targetRef="{target}"/>'


def chain(*ids: str) -> str:
    """Flows from each to the next."""
    return "".join(flow(source, target) for source, target in zip(ids, ids[1:], strict=False))


def whole(inside: str, lanes: dict[str, str] | None = None, pools: str = "", after: str = "") -> bytes:
    """A file with one process; `lanes` names the steps of each lane, `pools` adds participants and messages."""
    drawn = ""
    for lane, steps in (lanes or {}).items():
        references = "".join(f"<flowNodeRef>{step}</flowNodeRef>" for step in steps.split())
        drawn += f'<lane id="{lane}" name="{lane}">{references}</lane>'
    lane_set = f'<laneSet id="lanes">{drawn}</laneSet>' if lanes else ""
    pool = f'<collaboration id="c"><participant id="pool" name="The process" processRef="p"/>{pools}</collaboration>'
    process = f'<process id="p" name="Process" isExecutable="true">{lane_set}{inside}</process>'
    return f"{HEAD}{pool if lanes or pools else ''}{process}{after}</definitions>".encode()


BRANCHING = whole(
    node("startEvent", "start", "Something happened")
    + node("exclusiveGateway", "gw", "Which of the four ways is it?", default="gw-d")
    + "".join(node("userTask", step, f"Work on {step}") for step in "abcd")
    + node("exclusiveGateway", "join")
    + node("endEvent", "end", "Everything is done")
    + flow("start", "gw")
    + "".join(named("gw", step, f"It is {step}") + flow(step, "join") for step in "abcd")
    + flow("join", "end")
)
LOOPS = whole(
    node("startEvent", "start")
    + "".join(node("userTask", step) for step in ("write", "check", "print"))
    + node("exclusiveGateway", "good", "Is it good?", default="good-print")
    + node("exclusiveGateway", "again", "Another one?", default="again-end")
    + node("endEvent", "end")
    + chain("start", "write", "check", "good")
    + named("good", "write", "No, write it again")
    + named("good", "print", "Yes")
    + flow("print", "again")
    + named("again", "write", "Yes")
    + named("again", "end", "No")
)
BACK_AND_FORTH = whole(
    node("startEvent", "start")
    + "".join(node("userTask", f"step_{number}") for number in range(1, 9))
    + node("exclusiveGateway", "gw", "Approved?", default="gw-step_8")
    + node("endEvent", "end")
    + node("endEvent", "refused")
    + chain("start", *(f"step_{number}" for number in range(1, 8)), "gw", "step_8", "end")
    + named("gw", "refused", "No")
    + named("gw", "step_2", "Not yet"),
    lanes={
        "manager": "step_3 step_5 gw",
        "expert": "step_2 step_6",
        "rep": "start step_1 step_4 step_7 step_8 end refused",
    },
)
BOUNDARIES = whole(
    node("startEvent", "start")
    + node("userTask", "work", "Do the work that takes long")
    + boundary("late", "work")
    + boundary("again", "work", MESSAGE)
    + boundary("told", "work")
    + node("serviceTask", "remind")
    + node("endEvent", "reminded")
    + node("serviceTask", "reset", "Begin again from the start")
    + node("userTask", "manage", "Look after it")
    + node("endEvent", "managed")
    + node("endEvent", "end")
    + chain("start", "work", "end")
    + chain("late", "remind", "reminded")
    + chain("again", "reset", "work")
    + chain("told", "manage", "managed"),
    lanes={"manager": "manage managed", "rep": "start work late again told remind reminded reset end"},
)
WAITING = whole(
    node("startEvent", "start")
    + node("eventBasedGateway", "wait", "What comes first?")
    + node("intermediateCatchEvent", "time", "The time is up", TIMER.format("time"))
    + node("intermediateCatchEvent", "answer", "The customer answers", MESSAGE.format("answer"))
    + node("intermediateCatchEvent", "cancel", "It is cancelled", MESSAGE.format("cancel"))
    + node("userTask", "go_on")
    + node("endEvent", "end")
    + node("endEvent", "cancelled")
    + flow("start", "wait")
    + "".join(flow("wait", event) for event in ("time", "answer", "cancel"))
    + flow("time", "go_on")
    + flow("answer", "go_on")
    + chain("go_on", "end")
    + flow("cancel", "cancelled")
)
PARALLEL_INSIDE = whole(
    node("startEvent", "start")
    + node(
        "subProcess",
        "iterate",
        "All that is done in one round",
        node("startEvent", "begin")
        + node("parallelGateway", "open")
        + "".join(node("userTask", f"part_{number}", f"Work out part number {number}") for number in range(1, 8))
        + node("parallelGateway", "close")
        + node("endEvent", "done")
        + chain("begin", "open")
        + "".join(chain("open", f"part_{number}", "close") for number in range(1, 8))
        + chain("close", "done"),
    )
    + boundary("stopped", "iterate", MESSAGE)
    + node("exclusiveGateway", "gw", "Once more?", default="gw-end")
    + node("endEvent", "end")
    + node("endEvent", "given_up")
    + node(
        "subProcess",
        "withdrawn",
        "Withdrawn",
        node("startEvent", "message_in", inside=MESSAGE.format("message_in"))
        + node("endEvent", "closed")
        + chain("message_in", "closed"),
        triggeredByEvent="true",
    )
    + chain("start", "iterate", "gw")
    + named("gw", "end", "No")
    + named("gw", "iterate", "Yes")
    + flow("stopped", "given_up"),
    lanes={"rep": "start iterate stopped gw end given_up withdrawn"},
)
NOTE = "It is important to know what the customer wants before anything else is done, and to write it down."


def data(ident: str, kind: str = "dataObjectReference") -> str:
    """A data object and its symbol."""
    return f'<dataObject id="{ident}_object"/>' + node(kind, ident, f"The {ident}", dataObjectRef=f"{ident}_object")


def uses(item: str, step: str) -> str:
    """The association of what a step uses."""
    return (
        f'<property id="{step}_{item}" name="x"/><dataInputAssociation id="uses-{item}-{step}">'
        f"<sourceRef>{item}</sourceRef><targetRef>{step}_{item}</targetRef></dataInputAssociation>"
    )


def makes(step: str, item: str) -> str:
    """The association of what a step makes."""
    return f'<dataOutputAssociation id="makes-{step}-{item}"><targetRef>{item}</targetRef></dataOutputAssociation>'


def note(ident: str, about: str) -> str:
    """An annotation and what ties it to something."""
    return (
        f'<textAnnotation id="{ident}"><text>{NOTE}</text></textAnnotation>'
        f'<association id="{ident}-{about}" sourceRef="{about}" targetRef="{ident}"/>'
    )


DATA = whole(
    node("startEvent", "start")
    + node("userTask", "read_up", inside=uses("profile", "read_up") + uses("pipeline", "read_up"))
    + node("exclusiveGateway", "gw", "Worth it?", default="gw-end")
    + node("userTask", "plan", inside=uses("profile", "plan") + makes("plan", "plan_text") + makes("plan", "budget"))
    + node("serviceTask", "store", inside=uses("plan_text", "store"))
    + node("endEvent", "end", inside=uses("pipeline", "end"))
    + node("endEvent", "stored")
    + "".join(data(item) for item in ("profile", "pipeline", "plan_text", "budget"))
    + chain("start", "read_up", "gw")
    + named("gw", "plan", "Yes")
    + named("gw", "end", "No")
    + chain("plan", "store", "stored")
    + note("on_task", "plan")
    + note("on_gateway", "gw")
    + note("on_flow", "gw-plan")
    + '<textAnnotation id="alone"><text>Inputs:</text></textAnnotation>',
    lanes={"rep": "start read_up gw plan store end stored"},
)
POOLS = whole(
    node("startEvent", "start", inside=MESSAGE.format("start"))
    + node("serviceTask", "ask")
    + node("userTask", "hear")
    + node("endEvent", "end")
    + chain("start", "ask", "hear", "end"),
    pools='<participant id="customer" name="Customer"/>'
    '<messageFlow id="question" name="The question" sourceRef="ask" targetRef="customer"/>'
    '<messageFlow id="answer" name="The answer" sourceRef="customer" targetRef="hear"/>',
)
TO_ITSELF = whole(
    node("startEvent", "start")
    + node("userTask", "work")
    + node("exclusiveGateway", "gw", "Which?", default="one")
    + node("endEvent", "end")
    + chain("start", "work", "gw")
    + flow("work", "work")
    + '<sequenceFlow id="one" name="One way" sourceRef="gw" targetRef="end"/>'
    + '<sequenceFlow id="other" name="The other way" sourceRef="gw" targetRef="end"/>'
)
SAMPLES = {
    "branching": BRANCHING,
    "loops": LOOPS,
    "back and forth": BACK_AND_FORTH,
    "boundary events": BOUNDARIES,
    "event gateway": WAITING,
    "parallel, in a sub-process": PARALLEL_INSIDE,
    "data and notes": DATA,
    "pools": POOLS,
    "a step to itself, and two flows between the same steps": TO_ITSELF,
}


class Blocks:
    """A random process of blocks in blocks: sequences, choices, parallel branches, loops, boundary events."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance, self.left, self.number = Random(seed), size, 0
        self.nodes: list[str] = []
        self.flows: list[str] = []
        self.lanes: dict[str, list[str]] = {"upper": [], "middle": [], "lower": []}

    def xml(self) -> bytes:
        """The file."""
        end = self._node("startEvent")
        while self.left > 0:
            end = self._block(end, 0)
        last = self._node("endEvent")
        self.flows.append(flow(end, last))
        steps = {lane: " ".join(found) for lane, found in self.lanes.items()}
        return whole("".join(self.nodes + self.flows), lanes=steps)

    def _node(self, kind: str, **attributes: str) -> str:
        self.number += 1
        self.left -= 1
        ident = f"{kind}_{self.number}"
        self.nodes.append(node(kind, ident, f"Do {self.number}", **attributes))
        lane = self.chance.choices(list(self.lanes), weights=(1, 2, 6))[0]
        self.lanes[lane].append(ident)
        return ident

    def _block(self, before: str, depth: int) -> str:
        kinds = [self._task] * 4 + ([self._fork, self._loop, self._guarded] if depth < 3 else [])
        return self.chance.choice(kinds)(before, depth)

    def _task(self, before: str, depth: int) -> str:
        task = self._node("userTask")
        self.flows.append(flow(before, task))
        return task

    def _fork(self, before: str, depth: int) -> str:
        kind = self.chance.choice(("exclusiveGateway", "parallelGateway"))
        split = self._node(kind)
        self.flows.append(flow(before, split))
        ends = [self._block(split, depth + 1) for _ in range(self.chance.randint(2, 3))]
        join = self._node(kind)
        self.flows += [flow(end, join) for end in ends]
        return join

    def _loop(self, before: str, depth: int) -> str:
        body = self._task(before, depth)
        end = self._block(body, depth + 1)
        gateway = self._node("exclusiveGateway")
        self.flows += [flow(end, gateway), named(gateway, body, "Again")]
        return gateway

    def _guarded(self, before: str, depth: int) -> str:
        task = self._task(before, depth)
        event = f"late_{task}"
        self.nodes.append(boundary(event, task))
        for steps in self.lanes.values():
            if task in steps:
                steps.append(event)
        end = self._node("endEvent")
        self.flows.append(flow(event, end))
        return task
