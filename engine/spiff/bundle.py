"""A compiled drawing with everything it calls: frozen, numbered, shared between threads and instances."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import SpiffWorkflow.bpmn.parser as library

from engine.bpmn import Drawing
from engine.bpmn.vocabulary import line_of, within
from engine.errors import Finding, Rejected, Sentence, expected
from engine.spiff.calls import CallActivity, Containing
from engine.spiff.catching import caught_in
from engine.spiff.conditions import conditional
from engine.spiff.joins import InclusiveGateway
from engine.spiff.loops import MultiInstance
from engine.spiff.parser import ProcessSpec, parse
from engine.spiff.reach import note_before
from engine.spiff.remembering import remember
from engine.spiff.start_times import start_time
from engine.spiff.steps import Step
from engine.spiff.timers import Due, configured
from engine.spiff.triggers import ANY

CALLED_PROCESS = "calls"


def schema_folder() -> Path:
    """The folder with the BPMN 2.0 schema files (`BPMN20.xsd`) of the installed library."""
    return Path(library.__file__).parent / "schema"


class Spec:
    """One deployed version, ready to run: the main process, the called ones, and a number for every step.

    Nothing in it changes after construction, so one object serves any number of instances and
    threads. `fingerprint` changes whenever the numbering does, and stands in every saved state.
    """

    def __init__(self, main: ProcessSpec, processes: Mapping[str, ProcessSpec]) -> None:
        remember(processes.values())
        self.main = main
        self.processes: tuple[ProcessSpec, ...] = tuple(_specs(processes.values()))
        self.steps: tuple[Step, ...] = tuple(step for spec in self.processes for step in _steps(spec))
        self.counters = _number(self.processes, self.steps)
        self.rests = any(step.rests for step in self.steps)
        self.conditional = frozenset(step.index for step in self.steps if conditional(step))
        runs = (step.body for step in self.steps if isinstance(step, MultiInstance))
        inside = [trigger for body in runs for trigger in caught_in(body, set())]
        self.watched_in_runs = frozenset(name for trigger in inside for name in trigger.names)
        self.heard_in_runs = frozenset((one.kind, one.name if one.called is None else ANY) for one in inside)
        names = ";".join(f"{step.process}/{step.name}" for step in self.steps)
        self.fingerprint = zlib.crc32(names.encode())
        note_before(step for step in self.steps if isinstance(step, InclusiveGateway))

    def start_due(
        self,
        element: str,
        part: int,
        since: datetime,
        setting: str | None,
        after: tuple[datetime, int | None] | None,
        zone: Callable[[], str],
    ) -> Due | None:
        """When a timer start event begins the process: first after `since`, or after a time with so many left.

        `part` is the timer's place among the event's definitions; a `setting` replaces it. Cron expressions go by the
        clock of `zone`.
        """
        step = next(one.step for one in self.main.entries if one.step.element == element)
        timer = configured(setting, element) if setting is not None else step.triggers[part].timer
        return start_time(timer, since, after, zone)


def _specs(tops: Any) -> Iterator[ProcessSpec]:
    """Each process with the insides of its sub-processes, outer before inner."""
    for spec in tops:
        yield spec
        yield from _specs(step.target for step in _steps(spec) if isinstance(step, Containing) and not step.called)


def _steps(spec: ProcessSpec) -> Iterator[Step]:
    """The steps of one process or inside, a multi-instance step before its body."""
    for step in spec.steps:
        yield step
        if isinstance(step, MultiInstance):
            yield step.body


def _number(processes: tuple[ProcessSpec, ...], steps: tuple[Step, ...]) -> int:
    """Numbers processes and steps in the order of the files; the answer is how many counters are needed."""
    for index, spec in enumerate(processes):
        spec.index = index
    counters = 0
    for index, step in enumerate(steps):
        step.index = index
        step.counter = counters if step.loop is None else step.loop.counter
        counters += step.loop is None
    return counters


def compile_bundle(main: Drawing, called: Mapping[str, Drawing]) -> Spec:
    """Compiles a normalised drawing and those of `called` (by process id) that it needs, directly or not.

    Raises `Rejected` when an element cannot run, an expression does not parse, or a called
    process is not among them.
    """
    top = parse(main)
    processes = {top.process: top}
    todo = [(top, main)]
    while todo:
        spec, drawing = todo.pop(0)
        for step in _calls(spec):
            if step.spec not in processes:
                if step.spec not in called:
                    raise Rejected([_missing(step, drawing)])
                processes[step.spec] = parse(called[step.spec])
                todo.append((processes[step.spec], called[step.spec]))
            step.target = processes[step.spec]
            if step.target.none_start is None:
                raise Rejected([_undecided(step, drawing)])
    return Spec(top, processes)


def _calls(spec: ProcessSpec) -> Iterator[CallActivity]:
    """The call activities of a process, also inside its sub-processes."""
    for step in _steps(spec):
        if isinstance(step, CallActivity):
            yield step
        elif isinstance(step, Containing):
            yield from _calls(step.target)


def _missing(step: CallActivity, drawing: Drawing) -> Finding:
    message = expected(
        "a deployed process for '%(element)s'", "'%(called)s' is unknown", element=step.element, called=step.spec
    )
    remedy = Sentence("Deploy '%(called)s' as well, or correct the called element.", called=step.spec)
    return _finding(step, drawing, message, remedy)


def _undecided(step: CallActivity, drawing: Drawing) -> Finding:
    message = expected(
        "one plain start event in the process that '%(element)s' calls",
        "'%(called)s' has several, or none",
        element=step.element,
        called=step.spec,
    )
    remedy = Sentence("Keep one plain start event in '%(called)s', or call a process that has one.", called=step.spec)
    return _finding(step, drawing, message, remedy)


def _finding(step: CallActivity, drawing: Drawing, message: Sentence, remedy: Sentence) -> Finding:
    line = next((line_of(node) for node in within(drawing.root) if node.get("id") == step.element), 0)
    return Finding(drawing.file, step.element, line, CALLED_PROCESS, message, remedy)
