"""Stock SpiffWorkflow with its own parser, script engine and serializer, as its documentation shows."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.orders import ACTOR, ANSWERS, KEY, STOCK, drawing, priced
from bench.rows import Event, Rows


class Stock:
    """Instances in rows: specs and state in one text, read, run and written by every completion."""

    def __init__(self, file: Path, synchronous: str) -> None:
        self._rows = Rows(file, synchronous)
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(drawing(STOCK)), "order.bpmn")
        self._spec = parser.get_spec(KEY)
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self._scripts = PythonScriptEngine(environment=TaskDataEnvironment({"book": self._book}))
        self._events: list[Event] = []

    def _book(self, record: str, stage: str, amount: int) -> int:
        total = priced(amount)
        self._rows.book(record, stage, total)
        return total

    def _passed(self, task: Any) -> None:
        spec = task.task_spec
        if spec.bpmn_id is None:
            return
        if spec.__class__.__name__ == "ScriptTask":
            self._events.append(("step.done", spec.bpmn_id, {"variables": {"total": task.data["total"]}}))
        flows = [f"{spec.bpmn_id}__{child.task_spec.bpmn_id}" for child in task.children]
        self._events.append(("element.left", spec.bpmn_id, {"kind": spec.__class__.__name__, "flows": flows}))

    def start(self) -> str:
        """Starts an instance; gives the id of its first task."""
        with self._rows.transaction():
            instance = self._rows.add_instance()
            workflow = BpmnWorkflow(self._spec, script_engine=self._scripts)
            workflow.task_tree.set_data(record=instance, owner=ACTOR)
            self._events = [("instance.started", "", {"record": instance})]
            task = self._run_on(workflow, instance, 1, 0, None)
        assert task is not None
        return task

    def complete(self, task_id: str, element: str) -> str | None:
        """Completes a task; gives the id of the next one, or None at the end."""
        rows = self._rows
        with rows.transaction():
            instance, _assignee, task_version, token, _state = rows.task(task_id)
            blob, version, seq, _state = rows.instance(instance)
            workflow = self._serializer.deserialize_json(blob)
            workflow.script_engine = self._scripts
            task = workflow.get_task_from_id(UUID(token))
            task.data.update(ANSWERS[element])
            rows.close_task(task_id, task_version)
            self._events = [("task.completed", element, {"task": task_id, "values": ANSWERS[element]})]
            task.run()
            self._passed(task)
            return self._run_on(workflow, instance, version, seq, element)

    def _run_on(self, workflow: Any, instance: str, version: int, seq: int, before: str | None) -> str | None:
        rows, following = self._rows, None
        workflow.do_engine_steps(did_complete_task=self._passed)
        if before == "sign":
            rows.disarm(instance)
        for task in workflow.get_tasks(state=TaskState.READY | TaskState.WAITING):
            spec = task.task_spec
            if spec.manual:
                assignee = None if spec.bpmn_id == "check_large" else task.data["owner"]
                following = rows.open_task(instance, spec.bpmn_id, assignee, str(task.id))
                self._events.append(("task.opened", spec.bpmn_id, {"task": following, "assignee": assignee}))
            elif spec.bpmn_id == "late":
                due = datetime.fromisoformat(task.internal_data["event_value"])
                rows.arm(instance, "late", "sign", due)
                self._events.append(("timer.armed", "late", {"due": due.isoformat(), "guards": "sign"}))
        if workflow.is_completed():
            rows.end(instance, "end")
            self._events.append(("instance.ended", "", {"ends": ["end"]}))
        rows.save(instance, self._serializer.serialize_json(workflow), version, seq, self._events)
        return following

    def dispose(self) -> None:
        """Closes the database."""
        self._rows.dispose()
