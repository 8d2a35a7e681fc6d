"""Which processes of a file run: those marked executable, each as a definition of its own."""

from __future__ import annotations

from pathlib import PurePath

from engine.bpmn.vocabulary import Node, children, first, flow_nodes, identity, line_of, local
from engine.errors import Finding, Rejected, Sentence

RULE = "readable-file"
MOST = 25
"""How many processes of one file may run; each is looked at by itself."""
_OTHER_MODELS = ("choreography", "globalChoreographyTask", "globalConversation", "collaboration")
_MARK = Sentence("Mark each process that is to run as executable (isExecutable) in your editor.")
_DRAW = Sentence("Draw a process with at least a start event and an end event.")


def executable(root: Node) -> list[Node]:
    """The processes marked executable; where older editors leave the mark out, the only one that has steps."""
    processes = list(children(root, "process"))
    marked = [one for one in processes if one.get("isExecutable", "").strip().lower() in ("true", "1")]
    if marked or any("isExecutable" in one.attrib for one in processes):
        return marked
    drawn = processes if len(processes) == 1 else [one for one in processes if _has_steps(one)]
    return drawn if len(drawn) == 1 else []


def _has_steps(process: Node) -> bool:
    return next(flow_nodes(process), None) is not None


def chosen(root: Node, file: str, process_id: str) -> Node:
    """The process of that id; without one the process that the file is named after, else the first that runs."""
    found = executable(root)
    stem = PurePath(file).stem
    for one in found:
        if identity(one) == process_id or (not process_id and identity(one).replace("_", "-") == stem):
            return one
    return found[0]


def refuse_unrunnable(root: Node, file: str) -> None:
    """Raises `Rejected` for a file without any process that can run, and for one that has no id or no steps."""
    found = executable(root)
    if not found:
        message, remedy = _none(root)
        raise Rejected([Finding(file, "", 0, RULE, message, remedy)])
    if len(found) > MOST:
        message = Sentence(
            "Expected at most %(limit)s executable processes in a file, but there are %(count)s.",
            limit=MOST,
            count=len(found),
        )
        raise Rejected([Finding(file, "", 0, RULE, message, Sentence("Put them into several files."))])
    findings = [finding for process in found for finding in _unrunnable(process, file)]
    if findings:
        raise Rejected(findings)


def _unrunnable(process: Node, file: str) -> list[Finding]:
    name = identity(process)
    if not name:
        message = Sentence("Expected the process to have an id, but it has none.")
        return [Finding(file, "", line_of(process), RULE, message, Sentence("Give the process an id in your editor."))]
    if not _has_steps(process):
        message = Sentence("Expected a process with steps, but process %(name)s is empty.", name=name)
        remedy = Sentence("Draw at least a start event and an end event.")
        return [Finding(file, name, line_of(process), RULE, message, remedy)]
    return []


def _none(root: Node) -> tuple[Sentence, Sentence]:
    processes = list(children(root, "process"))
    if len(processes) > 1:
        names = ", ".join(identity(one) for one in processes)
        return Sentence("Expected an executable process, but none of %(names)s is marked so.", names=names), _MARK
    if processes:
        name = identity(processes[0])
        return Sentence("Expected an executable process, but %(name)s is marked as not executable.", name=name), _MARK
    model = first(root, *_OTHER_MODELS)
    if model is None:
        return Sentence("Expected a process, but the file has none."), _DRAW
    return Sentence("Expected a process, but the file only has a %(kind)s.", kind=local(model)), _DRAW
