"""Why something of another tool is not run here, and what to do instead: each pair said in one place."""

from __future__ import annotations

from typing import NamedTuple

from engine.bpmn.notations import juel_text
from engine.errors import Sentence
from engine.feel.tokens import MAX_LENGTH


class Refusal(NamedTuple):
    """Why something is refused, and the remedy."""

    reason: Sentence
    remedy: Sentence


_READ_A_VARIABLE = Sentence("Let a handler or a form put the value into a variable, and read that.")
_TO_HANDLER = Sentence("Write a handler for it, and name that as topic of an external service task.")

PROGRAM = Refusal(juel_text.PROGRAM, _TO_HANDLER)
SCRIPT = Refusal(
    Sentence("programs do not live in drawings"),
    Sentence("Write it as FEEL, or make it a service task with a handler."),
)
LISTENER = Refusal(
    Sentence("nothing is run beside a step, only a handler when a person completes a user task"),
    Sentence("Draw a service task for it, or use taskListener event complete with delegateExpression."),
)
PAGE = Refusal(
    Sentence("its page is made by another program"),
    Sentence("Draw the form in the form editor and name it with camunda:formRef."),
)
MAPPING = Refusal(
    Sentence("a program chooses the variables"), Sentence("Name the variables with camunda:in and camunda:out.")
)
ELSEWHERE = Refusal(Sentence("its text lies in another file"), Sentence("Write the text into the drawing."))
CASE = Refusal(Sentence("cases (CMMN) are not run"), Sentence("Call a process instead, or draw the case as one."))
COMPUTED = Refusal(
    Sentence("it would be known only while the process runs"), Sentence("Write the name itself, without an expression.")
)
TENANT = Refusal(Sentence("there is one company, without tenants"), Sentence("Remove the tenant."))
VERSION = Refusal(
    Sentence("what is deployed together belongs together, whatever its number"),
    Sentence("Remove the version, and deploy what is meant together with the drawing."),
)
PLACE = Refusal(
    Sentence("only activities have variables of their own"),
    Sentence("Put the mapping on the activity before or behind, or read the variable by the name it has."),
)
NESTED = Refusal(
    Sentence("a mapping sets one whole variable"), Sentence("Give the variable a name of its own, without a dot.")
)
FIELD = Refusal(
    Sentence("forms have no field of this type"), Sentence("Draw the form in the form editor with a field of ours.")
)
FOREIGN = Refusal(
    Sentence("only the tool that wrote it runs it"),
    Sentence("Draw what it does with BPMN elements, or write a handler for it, and remove it."),
)
UNKNOWN = Refusal(
    Sentence("it is not known here, and nobody can say what it changes"),
    Sentence("Remove it if it only decorates; otherwise draw what it does."),
)
ALL = Refusal(Sentence("an event carries named values"), Sentence("Name each variable with source and target."))
NAME_AS_DRAWN = Refusal(
    Sentence("people see it as it is written, because the expression in it cannot be read"),
    Sentence("Write a name without an expression, or one that reads variables only."),
)
"""Not refused, but told: where the name of a task would have been worked out."""
TOO_LONG = Refusal(
    Sentence("it is longer than %(limit)s characters", limit=MAX_LENGTH),
    Sentence("Let a handler put the value together."),
)
IN_PIECES = Refusal(
    Sentence("a condition in several pieces gives a text, and neither true nor false"),
    Sentence("Write the whole condition into one ${...}."),
)
RECORD_OF_THROWER = Refusal(
    Sentence("what a signal begins is about the record of whoever throws it"),
    Sentence("Remove the business key, or send a message about the other record."),
)
ANY_CHANGE = Refusal(
    Sentence("its condition is looked at whenever any variable changes"),
    Sentence("See that the condition itself says which change is meant."),
)
"""Not refused, but told: where only certain changes were to be looked at."""
TEXT_ONLY = Refusal(
    Sentence("it is a text, and no comparison of a text with a number or a truth value holds"),
    Sentence("Write it as an expression, such as ${5} or ${true}, if a number or a truth value is meant."),
)
"""Not refused, but told: where a condition may have meant what the text says."""
WITHOUT_BRACES = Refusal(
    Sentence("it is FEEL here, where other engines take what stands without braces for a text"),
    Sentence('Write it in braces, such as ${amount} for a variable or ${"north"} for a text.'),
)
"""Not refused, but told: where a text may have been meant."""
CALLED_ALONE = Refusal(
    Sentence("a called process is taken back with its call, where that engine lets it go on by itself"),
    Sentence("Throw a message that begins the other process, if it is to go on when the call is interrupted."),
)
"""Not refused, but told: where a called process was to outlive its call."""
PLAIN_RESULT = Refusal(
    Sentence(
        "its variable holds what the decision gives, a value or values by name, where that editor's engine has rows"
    ),
    Sentence("Set mapDecisionResult to singleEntry for one value, and see how the variable is read."),
)
"""Not refused, but told of files that Camunda's editor wrote."""


def unsayable(reason: Sentence) -> Refusal:
    """The refusal of an expression of which a part cannot be said in FEEL."""
    return PROGRAM if reason is juel_text.PROGRAM else Refusal(reason, _READ_A_VARIABLE)
