"""How a refusal of the records becomes an outcome: a failed step, or a sentence on the form."""

from __future__ import annotations

from functools import wraps
from typing import Any

from crm.errors import CrmError, RecordNotFound, VersionConflict
from engine.contract import BpmnError, Fail, Function, Outcome, Refuse, Sentence, TaskContext

RECORD_NOT_FOUND = "RECORD_NOT_FOUND"
WHOLE_FORM = ""


class Undecided(Exception):
    """A decision gave no answer where a step needs one; the sentence names decision and inputs."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


def sentence(error: CrmError) -> Sentence:
    """The records' refusal as a sentence that can be shown in the reader's language."""
    return Sentence(error.template, **error.values)


def automatic(function: Function) -> Function:
    """For steps without a person: what the records refuse becomes a failed step.

    Only a conflict is worth another try by itself; the rest waits for somebody to mend it.
    """

    @wraps(function)
    def guarded(context: TaskContext[Any]) -> Outcome:
        try:
            return function(context)
        except CrmError as error:
            return Fail(sentence(error), retry=isinstance(error, VersionConflict))
        except Undecided as error:
            return Fail(error.sentence, retry=False)

    return guarded


def loading(function: Function) -> Function:
    """For the first step of a process: a record that is missing is the BPMN error RECORD_NOT_FOUND."""

    @wraps(function)
    def guarded(context: TaskContext[Any]) -> Outcome:
        try:
            return function(context)
        except RecordNotFound as error:
            return BpmnError(RECORD_NOT_FOUND, sentence(error))

    return automatic(guarded)


def completion(function: Function) -> Function:
    """For the completion of a task: what the records refuse is said on the form, by field where known."""

    @wraps(function)
    def guarded(context: TaskContext[Any]) -> Outcome:
        try:
            return function(context)
        except CrmError as error:
            field = str(error.values.get("field", WHOLE_FORM))
            return Refuse({field if field in context.form else WHOLE_FORM: sentence(error)})
        except Undecided as error:
            return Refuse({WHOLE_FORM: error.sentence})

    return guarded
