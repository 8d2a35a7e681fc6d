"""What a handler sees in these tests: real records, and the decisions as they are deployed."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

import handlers
from crm import opportunities
from engine.contract import BpmnError, Done, Fail, Outcome, Refuse, TaskContext
from engine.dmn import DecisionModel, read_model
from tests.crm.factories import NOW, an_opportunity

TABLES = Path(__file__).resolve().parents[2] / "processes" / "dmn"
BY_NAME = {one.name: one for one in handlers.ALL}


@cache
def _models() -> dict[str, DecisionModel]:
    models = [read_model(path.read_bytes(), path.name) for path in sorted(TABLES.glob("*.dmn"))]
    return {name: model for model in models for name in model.decisions}


def decide(decision: str, inputs: Mapping[str, Any]) -> Any:
    return _models()[decision].evaluate(decision, inputs, NOW).value


class Step:
    """One instance's variables; `run` performs a step and keeps what it gave, as the engine does."""

    def __init__(self, connection: Connection, business_key: str, process: str, **variables: Any) -> None:
        self.connection = connection
        self.business_key = business_key
        self.process = process
        self.variables: dict[str, Any] = variables

    def run(
        self,
        step: str,
        *,
        form: Mapping[str, Any] | None = None,
        result: Any = None,
        actor: str | None = "lin.wei",
        now: datetime = NOW,
    ) -> Outcome:
        name = step if "." in step else f"{self.process}.{step}"
        declared = BY_NAME[name].decisions

        def asked(decision: str, inputs: Mapping[str, Any]) -> Any:
            assert decision in declared, f"{name} asks {decision} without declaring it"
            return decide(decision, inputs)

        context = TaskContext(
            instance_id="instance-1",
            process=self.process,
            element=step,
            business_key=self.business_key,
            variables=dict(self.variables),
            now=now,
            key=f"instance-1:{step}:1",
            session=self.connection,
            decide=asked,
            actor=actor,
            form=form or {},
            result=result,
        )
        outcome = BY_NAME[name](context)
        if isinstance(outcome, Done):
            self.variables |= {**(form or {}), **outcome.variables}
        return outcome

    def done(self, step: str, **more: Any) -> Done:
        outcome = self.run(step, **more)
        assert isinstance(outcome, Done), outcome
        return outcome

    def refused(self, step: str, **more: Any) -> dict[str, str]:
        outcome = self.run(step, **more)
        assert isinstance(outcome, Refuse), outcome
        return {path: str(sentence) for path, sentence in outcome.errors.items()}

    def failed(self, step: str, **more: Any) -> Fail:
        outcome = self.run(step, **more)
        assert isinstance(outcome, Fail), outcome
        return outcome

    def error(self, step: str, **more: Any) -> BpmnError:
        outcome = self.run(step, **more)
        assert isinstance(outcome, BpmnError), outcome
        return outcome


RATINGS = {
    "r_revenue": 3,
    "r_credit": 5,
    "r_willingness": 4,
    "r_target_client": 2,
    "r_prior_business": 1,
    "r_relationship": 1,
}


def on(connection: Connection, **fields: Any) -> Step:
    deal = an_opportunity(connection, **fields)
    return Step(connection, deal.business_key, "prioritize_opportunity")


def record_of(step: Step) -> opportunities.Opportunity:
    return opportunities.get(step.connection, step.business_key.partition(":")[2])


def prioritized(connection: Connection, **fields: Any) -> Step:
    """A step whose opportunity is loaded, pursued and rated."""
    step = on(connection, **fields)
    step.done("load_context")
    form = {"pursue_decision": "pursue", "pursue_rationale": "fits", "capacity_ok": True}
    step.done("review_pipeline_and_plans", form={**form, "plan_alignment": "in_plan"})
    step.done("record_pursue_decision")
    step.done("classify_opportunity", result=decide("opportunity_segment", step.variables))
    step.done("suggest_priority")
    return step
