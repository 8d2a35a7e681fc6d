"""A file of another tool while it is translated: what was understood, what is refused, and the tree that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from engine.bpmn.expressions import shortened
from engine.bpmn.notations.reasons import Refusal
from engine.bpmn.processes import executable
from engine.bpmn.vocabulary import Node, camunda, children, first, identity, is_bpmn, line_of, within
from engine.errors import Finding, Sentence

RULE = "notations"
NO_VALUE = "${null}"
"""What stands in place of an expression that was refused."""
_DONE = Sentence("Nothing needs to be done.")
_DECLARED = ("message", "signal", "error", "escalation")


@dataclass(frozen=True)
class Word:
    """An attribute (`@name`) or extension element of another tool, and what becomes of it.

    `run`: means here what it means there; `translated`: becomes what `means` says; `kept`: decorates, or says
    how the other engine stores and schedules, and stays in the file; `refused`: cannot run.
    """

    status: Literal["run", "translated", "kept", "refused"]
    means: str = ""
    refusal: Refusal | None = None


Words = Mapping[str, Word]


def run(*names: str, means: str = "the same") -> dict[str, Word]:
    """Words that mean the same here."""
    return dict.fromkeys(names, Word("run", means))


def translated(means: str, *names: str) -> dict[str, Word]:
    """Words that become something of ours."""
    return dict.fromkeys(names, Word("translated", means))


def kept(*names: str, means: str = "stays in the file") -> dict[str, Word]:
    """Words that change no run."""
    return dict.fromkeys(names, Word("kept", means))


def refused(refusal: Refusal, *names: str) -> dict[str, Word]:
    """Words that cannot run."""
    return dict.fromkeys(names, Word("refused", str(refusal.reason), refusal))


@dataclass
class Translation:
    """One file: its tree, the prefix that its words have in messages, and what was found."""

    file: str
    root: Node
    prefix: str = "camunda"
    findings: list[Finding] = field(default_factory=list)

    def nodes(self, *kinds: str) -> Iterator[Node]:
        """The processes that run and the BPMN elements in them, of these kinds when some are named."""
        for process in executable(self.root):
            if not kinds or "process" in kinds:
                yield process
            yield from list(within(process, *kinds))

    def tops(self) -> Iterator[Node]:
        """The elements under which everything stands that says something about the run."""
        yield from children(self.root, *_DECLARED)
        yield from executable(self.root)

    def read_as(self, node: Node, found: str | Sentence, becomes: str | Sentence) -> None:
        """Notes that something was understood as something of ours."""
        message = Sentence(
            "Read %(found)s at %(id)s as %(becomes)s.",
            found=_quoted(found),
            id=self._place(node),
            becomes=_quoted(becomes),
        )
        self._note(node, message, _DONE, "info")

    def warn(self, node: Node, found: str, meaning: Sentence, remedy: Sentence) -> None:
        """Notes something that a person should look at."""
        message = Sentence(
            "Expected %(found)s at %(id)s to be looked at: %(meaning)s.",
            found=_quoted(found),
            id=self._place(node),
            meaning=meaning,
        )
        self._note(node, message, remedy, "warning")

    def refuse(self, node: Node, found: str, why: Refusal) -> None:
        """Notes something that cannot run."""
        message = Sentence(
            "Expected what can run here, but %(id)s has %(found)s: %(reason)s.",
            id=self._place(node),
            found=_quoted(found),
            reason=why.reason,
        )
        self._note(node, message, why.remedy, "error")

    def _place(self, node: Node) -> str:
        return shortened(owner(node)) or self.file

    def _note(self, node: Node, message: Sentence, remedy: Sentence, severity: str) -> None:
        self.findings.append(Finding(self.file, shortened(owner(node)), _line(node), RULE, message, remedy, severity))


def _quoted(found: str | Sentence) -> str | Sentence:
    return shortened(found) if isinstance(found, str) else found


def owner(node: Node) -> str:
    """The id of a BPMN element, or of the nearest one around it that has an id."""
    found = (one for one in (node, *node.iterancestors()) if is_bpmn(one) and identity(one))
    return next(map(identity, found), "")


def _line(node: Node) -> int:
    """The line of an element, or of what it was added to."""
    return next((line for one in (node, *node.iterancestors()) if (line := line_of(one))), 0)


def elements(node: Node, space: str, name: str) -> Iterator[Node]:
    """The extension elements of that name directly under an element's extensionElements, safe to remove."""
    holder = first(node, "extensionElements")
    if holder is not None:
        yield from list(holder.iterchildren(f"{{{space}}}{name}"))


def take(node: Node, space: str, name: str) -> Node | None:
    """The first extension element of that name, taken out of the tree."""
    for found in elements(node, space, name):
        drop(found)
        return found
    return None


def drop(node: Node) -> None:
    """Takes an element out of the tree; what stands behind it stays."""
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def add(parent: Node, tag: str, text: str = "", **attributes: str) -> Node:
    """A new element at the end of another."""
    made = etree.SubElement(parent, tag, attributes)
    if text:
        made.text = text
    return made


def attribute(node: Node, name: str) -> str:
    """A Camunda attribute, empty when it is not there."""
    return str(node.get(camunda(name), ""))
