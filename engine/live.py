"""One process instance while a command works on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.bpmn import Drawing, Element, Model
from engine.company import Directory
from engine.core import Engine
from engine.dmn import DecisionModel, DecisionResult
from engine.errors import NotFound, Sentence
from engine.history import Journal
from engine.kept_sentences import kept
from engine.port import Execution, Place, record_of
from engine.states import InstanceState
from engine.transaction import Transaction


@dataclass(frozen=True)
class Bundle:
    """A definition version: its own and its called drawings as they run, and everything pinned with them.

    `content_hash` stands for all of it but `id` and `version`.
    `drawings`, `models` and `keys` are by BPMN process id, `decisions` by decision id, `forms` by name.
    """

    id: str
    key: str
    version: int
    content_hash: str
    process: str
    drawings: Mapping[str, Drawing]
    models: Mapping[str, Model]
    keys: Mapping[str, str]
    decisions: Mapping[str, DecisionModel]
    forms: Mapping[str, bytes]

    def element(self, process: str, element: str) -> Element:
        """The element of a drawing in this bundle."""
        return self.models[process].elements[element]


@dataclass
class Live:
    """What the parts of the engine share while one command changes one instance."""

    engine: Engine
    transaction: Transaction
    instance_id: str
    business_key: str
    bundle: Bundle
    execution: Execution
    journal: Journal
    now: datetime
    row_version: int
    configured: bool
    started_by: str | None
    actor: str | None = None
    directory: Directory = field(init=False)
    settings: dict[str, str | None] = field(default_factory=dict)
    opened_tasks: list[str] = field(default_factory=list)
    withdrawn_approvals: list[str] = field(default_factory=list)
    state: InstanceState = InstanceState.RUNNING
    outcome: str | None = None
    plans: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.directory = self.engine.directory(self.transaction.connection)

    def end(self, state: InstanceState, outcome: str) -> None:
        """Notes how the instance ended; written when it is saved."""
        self.state, self.outcome = state, outcome[:200]

    def element(self, place: Place) -> Element:
        """The drawing's element where a token is."""
        return self.bundle.element(place.process, place.element)

    def about(self, variables: Mapping[str, Any]) -> str:
        """The business key of what a step with these variables is about: the instance's, unless they name another.

        A call may be about another record than its caller, and a missing record may have been replaced.
        """
        return record_of(variables) or self.business_key

    def key_of(self, process: str) -> str:
        """The public key of a process in this instance's bundle."""
        return self.bundle.keys[process]

    def decide(self, decision: str, inputs: Mapping[str, Any], place: Place) -> Any:
        """The value of a pinned decision."""
        return self.evaluate(decision, inputs, place).value

    def evaluate(self, decision: str, inputs: Mapping[str, Any], place: Place) -> DecisionResult:
        """Evaluates a pinned decision and logs which rows fired with which inputs."""
        model = self.bundle.decisions.get(decision)
        if model is None:
            raise NotFound(
                "Expected decision %(decision)s to be deployed with %(key)s, but it is not pinned there.",
                decision=decision,
                key=self.bundle.key,
            )
        result = model.evaluate(decision, inputs, self.now)
        fired = [
            {"decision": row.decision, "row": row.row_number, "inputs": row.inputs, "outputs": row.outputs}
            for row in result.fired
        ]
        self.journal.record(
            "decision.evaluated",
            place.process,
            place.element,
            decision=decision,
            result=result.value,
            rows=fired,
            steps=[{"decision": step.decision, "value": step.value} for step in result.trace],
            problems=[kept(Sentence.of(one)) for one in result.problems],
        )
        return result
