"""Gateways in random graphs, against the standard's rules played by hand (BPMN 2.0, 13.3.1 to 13.3.3).

The drawings have no structure: flows lead anywhere, also back. Tokens lie on flows here, as the
standard tells it, not in elements as in the engine. One gateway of each drawing is an inclusive
join: with two that may go on at once, the standard leaves open which is the first.
"""

from collections import Counter
from functools import partial
from random import Random

import pytest

from engine.bpmn import Known, normalise, read
from engine.errors import Stuck
from engine.spiff import compile_bundle
from tests.engine.bpmn.drafts import HEAD
from tests.engine.spiff.player import Player

INCLUSIVE = "inclusiveGateway"
GATEWAYS = ("exclusiveGateway", "exclusiveGateway", "parallelGateway")
STEPS = 25


class Graph:
    """A random process: the kind of each element, its flows in order (the first is the default), which hold."""

    def __init__(self, random):
        tasks = [f"t{number}" for number in range(random.randint(4, 6))]
        gateways = {f"g{number}": random.choice(GATEWAYS) for number in range(random.randint(2, 4))}
        self.kinds = dict.fromkeys(tasks, "userTask") | gateways | {"split": "parallelGateway", "join": INCLUSIVE}
        self.flows = {"start": [("start", "split")], "split": [("split", task) for task in random.sample(tasks, 3)]}
        for name in tasks:
            self.flows[name] = [(name, random.choice([*gateways, "join", "join"]))]
        for name in [*gateways, "join"]:
            targets = random.sample([*tasks, *tasks, "join", "end"], random.choice((1, 2, 2, 3)))
            self.flows[name] = [(name, target) for target in dict.fromkeys(targets)]
        every = [flow for flows in self.flows.values() for flow in flows]
        self.holds = {flow: random.random() < 0.5 for flow in every}
        self.into = {name: [flow for flow in every if flow[1] == name] for name in [*self.kinds, "end"]}

    def drawing(self):
        choosing = ("exclusiveGateway", INCLUSIVE)
        parts = ['<startEvent id="start"/><endEvent id="end"/>']
        for name, kind in self.kinds.items():
            first, *others = self.flows[name]
            default = f' default="{first[0]}_{first[1]}"' if kind in choosing and others else ""
            parts.append(f'<{kind} id="{name}"{default}/>')
        for name, flows in self.flows.items():
            for number, flow in enumerate(flows):
                condition = f"<conditionExpression>{str(self.holds[flow]).lower()}</conditionExpression>"
                inside = condition if number and self.kinds.get(name) in choosing else ""
                parts.append(f'<sequenceFlow id="{flow[0]}_{flow[1]}" sourceRef="{flow[0]}" targetRef="{flow[1]}">')
                parts.append(f"{inside}</sequenceFlow>")
        process = f'<process id="p" isExecutable="true">{"".join(parts)}</process>'
        return read(f"{HEAD}{process}</definitions>".encode(), "random.bpmn")


class ByHand:
    """The token game: tokens on flows, and tasks that are being done."""

    def __init__(self, graph):
        self.graph, self.tasks, self.tokens = graph, Counter(), Counter(graph.flows["start"])

    def complete(self, task):
        self.tasks[task] -= 1
        self.tokens.update(self.graph.flows[task])

    def go_on(self):
        """Moves tokens until none can; the name of the trouble when that never ends, or leads nowhere."""
        for _ in range(2000):
            if not (self.step() or self.join()):
                stands = any(self.tokens.values()) and not any(self.tasks.values())
                return "STANDSTILL" if stands else None
        return "ENDLESS_LOOP"

    def step(self):
        """Moves a token that can move by itself."""
        for flow in [flow for flow, count in self.tokens.items() if count]:
            kind, target = self.graph.kinds.get(flow[1], "endEvent"), flow[1]
            if kind == "parallelGateway":
                if all(self.tokens[other] for other in self.graph.into[target]):
                    self.move(self.graph.into[target], self.graph.flows[target])
                    return True
            elif kind != INCLUSIVE or len(self.graph.into[target]) == 1:
                self.move([flow], [] if kind == "endEvent" else self.ways(kind, target))
                return True
        return False

    def move(self, consumed, produced):
        self.tokens.subtract(consumed)
        self.tokens.update(produced)

    def ways(self, kind, name):
        if kind == "userTask":
            self.tasks[name] += 1
            return []
        default, *others = self.graph.flows[name]
        held = [flow for flow in others if self.graph.holds[flow]]
        return (held if kind == INCLUSIVE else held[:1]) or [default]

    def join(self):
        """13.3.3: one token at least, and none elsewhere that can come to an empty flow, and to no filled one."""
        into = self.graph.into["join"]
        filled = {flow for flow in into if self.tokens[flow]}
        if len(into) < 2 or not filled:
            return False
        on = [flow for flow, count in self.tokens.items() if count and flow not in filled]
        on += [flow for task, count in self.tasks.items() if count for flow in self.graph.flows[task]]
        for flow in on:
            found = self.reached(flow)
            if found - filled and not found & filled:
                return False
        self.move(filled, self.ways(INCLUSIVE, "join"))
        return True

    def reached(self, flow):
        """The flows into the join to which a path from this flow leads that does not visit the join."""
        waiting, seen = [flow], set()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting += self.graph.flows.get(one[1], []) if one[1] != "join" else []
        return {one for one in seen if one[1] == "join"}


def compare(random):
    """Plays one random drawing; whether it went as by hand at every step, and how it ended."""
    graph = Graph(random)
    player = Player(compile_bundle(normalise(graph.drawing(), Known()), {}))
    game, act = ByHand(graph), player.start
    for _ in range(STEPS):
        said, by_hand = outcome(act), game.go_on()
        assert said == by_hand
        if said:
            return said
        open_tasks = sorted(game.tasks.elements())
        assert player.tasks == open_tasks
        if not open_tasks:
            assert player.ended
            return "ENDED"
        task = random.choice(open_tasks)
        game.complete(task)
        act = partial(player.complete, task)
    return "STOPPED"


def outcome(act):
    """The code of the trouble that stops an instance, if one does."""
    try:
        act()
    except Stuck as stuck:
        return stuck.trouble.code
    return None


@pytest.mark.parametrize("seed", range(20))
def test_random_graphs_run_as_the_standard_says(seed):
    random = Random(f"gateways {seed}")
    assert {compare(random) for _ in range(15)} <= {"ENDED", "STOPPED", "STANDSTILL", "ENDLESS_LOOP"}
