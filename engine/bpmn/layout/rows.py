"""In which row each step stands: the main way straight, side ways beside it, every lane with rows of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.bpmn.layout.grid import Places
from engine.bpmn.layout.layers import upright_flows
from engine.bpmn.layout.plan import Flow, Plan


@dataclass(eq=False)
class Run:
    """Steps that follow each other in one row of one lane; `start` is the column its way in comes from."""

    steps: list[str]
    lane: int
    start: int
    end: int
    row: float = 0


@dataclass
class Rows:
    """The runs of a plan. Rows count from 0 in each lane, negative above."""

    columns: Mapping[str, int]
    lanes: int
    runs: list[Run] = field(default_factory=list)

    def free(self, lane: int, row: float, start: int, end: int, but: Run | None = None) -> bool:
        """Whether nothing stands in those columns of a row."""
        return not any(
            run is not but and run.lane == lane and run.row == row and run.start <= end and start <= run.end
            for run in self.runs
        )

    def rows_of(self, lane: int) -> list[float]:
        """The rows in use, from top to bottom; an empty lane has one."""
        return sorted({run.row for run in self.runs if run.lane == lane}) or [0]

    def mirrored(self) -> Rows:
        """The same with what is above below."""
        return Rows(self.columns, self.lanes, [replace(run, row=-run.row) for run in self.runs])

    def places(self) -> Places:
        """The cells: rows numbered through all lanes."""
        numbers: dict[tuple[int, float], int] = {}
        lanes: list[int] = []
        for lane in range(self.lanes):
            for row in self.rows_of(lane):
                numbers[lane, row] = len(lanes)
                lanes.append(lane)
        rows = {step: numbers[run.lane, run.row] for run in self.runs for step in run.steps}
        return Places(self.columns, rows, lanes)


def first_rows(plan: Plan, columns: Mapping[str, int]) -> Rows:
    """A first arrangement, before it is tried out."""
    rows = Rows(columns, plan.lanes)
    for chain in _chains(plan):
        before: Run | None = None
        for run in _runs(plan, columns, chain):
            run.row = _near(rows, run, *_wish(plan, rows, run, before))
            rows.runs.append(run)
            before = run
    return rows


def _chains(plan: Plan) -> Iterator[list[str]]:
    """The main way first, then the side ways as they branch off."""
    leaving: dict[str, list[Flow]] = defaultdict(list)
    for flow in plan.flows:
        if not flow.back:
            leaving[flow.source].append(flow)
    tails: dict[str, int] = {}
    entered = {flow.target for flow in plan.flows if not flow.back}
    placed: set[str] = set()
    todo = [name for name in plan.steps if name not in entered]
    upright = upright_flows(plan)
    while todo:
        chain = []
        step: str | None = todo.pop(0)
        while step is not None and step not in placed:
            placed.add(step)
            chain.append(step)
            onward = [flow for flow in leaving[step] if flow.target not in placed and flow.id not in upright]
            onward = [flow for flow in onward if not flow.event] or []
            step = max(onward, key=lambda flow: _tail(flow.target, leaving, tails)).target if onward else None
        if chain:
            yield chain
            todo = [flow.target for name in chain for flow in leaving[name] if flow.target not in placed] + todo


def _tail(step: str, leaving: Mapping[str, list[Flow]], known: dict[str, int]) -> int:
    """How many steps may still follow."""
    stack = [step]
    while stack:
        name = stack[-1]
        missing = [flow.target for flow in leaving.get(name, []) if flow.target not in known]
        if name in known or not missing:
            stack.pop()
            known[name] = max((known[flow.target] + 1 for flow in leaving.get(name, [])), default=0)
        else:
            stack.extend(missing)
    return known[step]


def _runs(plan: Plan, columns: Mapping[str, int], chain: list[str]) -> Iterator[Run]:
    run: list[str] = []
    for step in [*chain, None]:
        if run and (step is None or plan.steps[step].lane != plan.steps[run[0]].lane):
            start = _start(plan, columns, run[0])
            yield Run(run, plan.steps[run[0]].lane, start, columns[run[-1]])
            run = []
        if step is not None:
            run.append(step)


def _start(plan: Plan, columns: Mapping[str, int], step: str) -> int:
    """Where the way into a step turns into its row: at a gateway in another row, it does so in the gateway's column."""
    sources = [flow.source for flow in plan.flows if flow.target == step and not flow.back]
    return min([columns[step], *(columns[source] + 1 for source in sources)])


def _wish(plan: Plan, rows: Rows, run: Run, before: Run | None) -> tuple[float, int]:
    """The row a run would like, and the side (1 below, -1 above, 0 either) where it must stay of it."""
    entering = [flow for flow in plan.flows if flow.target == run.steps[0] and not flow.back]
    for flow in entering:
        source = next((one for one in rows.runs if flow.source in one.steps), None)
        if source is not None and source.lane == run.lane:
            return source.row, 1 if flow.event else 0
    return 0, 0


def _near(rows: Rows, run: Run, wish: float, side: int) -> float:
    first = 1 if side else 0
    for distance in range(first, len(rows.runs) + 2):
        for row in (wish + distance, wish - distance)[: 1 if side else 2]:
            if rows.free(run.lane, row, run.start, run.end):
                return row
    raise AssertionError("a row beyond all others is free")
