"""What is to be deployed, read and ordered: drawings, tables and forms, and which of them use which."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from engine import forms
from engine.bpmn import Drawing, Model, forms_inside, model, read
from engine.bpmn.read import BOUNDS, EXPANDED
from engine.cache import OfLarge
from engine.dmn import DecisionModel, RejectedDecisions, imported_files, read_model, read_with_findings
from engine.dmn import check as check_decisions
from engine.errors import Finding, Rejected, Sentence
from engine.files import Bounds
from engine.registry import Registry

KINDS = {".bpmn": "bpmn", ".bpmn20.xml": "bpmn", ".dmn": "dmn", ".form": "form"}
SLA_DECISION = "approval_sla"
LONGEST_NAME = 200
"""Characters in the name of a file."""
KEPT_FILES, LARGE = 512, 500_000


@dataclass
class Package:
    """The files of one deployment and what was found in them.

    `drawings` and `models` are by public key, `tables` (and their `table_files`) and `decisions` by file stem (also
    the decisions of a file that is refused), `form_files` by form name; `doubled` holds further drawings of a process
    that is there already; `findings` is everything wrong so far. `digest` stands for all that was given.
    """

    drawings: dict[str, Drawing] = field(default_factory=dict)
    models: dict[str, Model] = field(default_factory=dict)
    tables: dict[str, bytes] = field(default_factory=dict)
    table_files: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, DecisionModel] = field(default_factory=dict)
    form_files: dict[str, bytes] = field(default_factory=dict)
    doubled: list[tuple[Drawing, Model]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    digest: str = ""

    def file_of_decision(self, decision: str) -> str | None:
        """The stem of the file that holds a decision."""
        for stem, found in self.decisions.items():
            if decision in found.decisions:
                return stem
        return None


def open_package(files: Mapping[str, bytes], prove: bool = True, beside: Mapping[str, bytes] | None = None) -> Package:
    """Reads files named like `bpmn/x.bpmn`, `dmn/d16.dmn`, `forms/x.step.form`; collects every finding.

    `beside` are other files of decisions that these may import.
    `prove` looks into forms, and for overlaps and gaps in decision tables; what is deployed already was looked at.
    """
    package = Package()
    importable = {**(beside or {}), **files}
    seen: dict[str, str] = {}
    for name, content in sorted(files.items()):
        path = PurePosixPath(name)
        kind = next((kind for ending, kind in KINDS.items() if path.name.endswith(ending)), None)
        if seen.setdefault(path.name, name) != name:
            package.findings.append(_twice(name, seen[path.name]))
        if len(name) > LONGEST_NAME:
            package.findings.append(_too_long(name))
        if kind == "bpmn":
            _add_drawings(package, name, stem_of_drawing(name), content)
        elif kind == "dmn":
            needed = imported_files(content, _decision_files(importable))
            _add_table(package, name, path.stem, content, needed)
            package.findings += check_decisions(content, name, needed) if prove and path.stem in package.tables else []
        elif kind == "form":
            package.form_files.setdefault(path.stem, content)
            package.findings += forms.check_form(content, name) if prove else []
        else:
            package.findings.append(_unknown_kind(name))
    for drawing in package.drawings.values():
        for form, content in forms_inside(drawing.root).items():
            if package.form_files.setdefault(form, content) is content and prove:
                package.findings += _unsound(form, content, drawing.file)
    return package


def _unsound(form: str, content: bytes, file: str) -> list[Finding]:
    """What keeps a form from working that was made from a drawing's fields: told of the drawing and the step."""
    found = [one for one in forms.check_form(content, file) if one.severity == "error"]
    return [replace(one, element=form.rpartition(".")[2], line=0) for one in found]


def read_drawings(content: bytes, name: str, bounds: Bounds = BOUNDS) -> tuple[tuple[Drawing, Model], ...]:
    """A file's drawings, one for each process that runs, and what they say. Raises `Rejected`."""
    if len(content) <= LARGE:
        return _kept(content, name, bounds)
    return KEPT_LARGE.get((content, name, bounds), len(content), lambda: _read_drawings(content, name, bounds))


def _read_drawings(content: bytes, name: str, bounds: Bounds) -> tuple[tuple[Drawing, Model], ...]:
    return tuple((drawing, model(drawing)) for drawing in read(content, name, bounds).parts())


# Kept, because every deployment looks at all of them; but large ones fill the memory.
_kept = lru_cache(KEPT_FILES)(_read_drawings)
KEPT_LARGE: OfLarge[tuple[tuple[Drawing, Model], ...]] = OfLarge(most=64_000_000)


def read_drawing(content: bytes, name: str, process: str) -> tuple[Drawing, Model]:
    """The drawing of one process of a file, and what it says. Raises `Rejected`, also when the process is not there."""
    for drawing, found in read_drawings(content, name, EXPANDED):
        if found.process_id == process:
            return drawing, found
    message = Sentence("Expected process %(name)s to run, but it is not executable in this file.", name=process)
    remedy = Sentence("Mark each process that is to run as executable (isExecutable) in your editor.")
    raise Rejected([Finding(name, process, 0, "readable-file", message, remedy)])


def _decision_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.endswith(".dmn")}


def read_tables(content: bytes, name: str, imported: Mapping[str, bytes]) -> DecisionModel:
    """The decisions of a file, with the files that it imports; kept like drawings. Raises `RejectedDecisions`."""
    return _read_tables(content, name, tuple(sorted(imported.items())))


@lru_cache(KEPT_FILES)
def _read_tables(content: bytes, name: str, imported: tuple[tuple[str, bytes], ...]) -> DecisionModel:
    return read_model(content, name, dict(imported))


def stem_of_drawing(name: str) -> str:
    """What a drawing's file is called without its folders and its ending, `.bpmn` or `.bpmn20.xml`."""
    return PurePosixPath(name.removesuffix("20.xml")).stem


def _unknown_kind(name: str) -> Finding:
    message = Sentence("Expected a .bpmn, .dmn or .form file, but got %(name)s.", name=name)
    return Finding(name, "", 0, "known-kind", message, Sentence("Rename the file or leave it out."))


def _too_long(name: str) -> Finding:
    text = "Expected a file name of at most %(limit)s characters, but it has %(count)s."
    message = Sentence(text, limit=LONGEST_NAME, count=len(name))
    return Finding(name, "", 0, "file-name", message, Sentence("Give the file a shorter name."))


def _twice(name: str, first: str) -> Finding:
    message = Sentence("Expected one file of each name, but %(name)s comes beside %(first)s.", name=name, first=first)
    return Finding(name, "", 0, "file-name", message, Sentence("Leave one of them out, or rename it."))


def _add_drawings(package: Package, name: str, key: str, content: bytes) -> None:
    try:
        drawings = read_drawings(content, name)
    except Rejected as refused:
        package.findings += refused.findings
        return
    if len(drawings) == 1 and drawings[0][1].key != key:
        message = Sentence(
            "Expected the process id %(wanted)s in a file named %(name)s, but found %(found)s.",
            wanted=key.replace("-", "_"),
            name=name,
            found=drawings[0][1].process_id,
        )
        remedy = Sentence("Rename the file or change the id of the process.")
        package.findings.append(Finding(name, drawings[0][1].process_id, 0, "file-name", message, remedy))
    for drawing, found in drawings:
        _add_drawing(package, drawing, found)


def _add_drawing(package: Package, drawing: Drawing, found: Model) -> None:
    if found.key in package.drawings:
        package.doubled.append((drawing, found))
        package.findings.append(same_process(drawing.file, found.process_id, package.drawings[found.key].file))
        return
    package.drawings[found.key] = drawing
    package.models[found.key] = found


def same_process(name: str, process: str, first: str) -> Finding:
    """That a process is in two files; `first` is the other one."""
    text = "Expected process %(name)s in one file, but it is in %(other)s as well."
    message = Sentence(text, name=process, other=first)
    return Finding(name, process, 0, "file-name", message, Sentence("Change the id of one of the two processes."))


def _add_table(package: Package, name: str, stem: str, content: bytes, imported: Mapping[str, bytes]) -> None:
    try:
        decisions = read_tables(content, name, imported)
        if stem not in package.tables:
            package.decisions[stem], package.tables[stem], package.table_files[stem] = decisions, content, name
    except RejectedDecisions as refused:
        package.findings += refused.findings
        with suppress(RejectedDecisions):  # Who uses its decisions is not to blame.
            decisions, _ = read_with_findings(content, name, imported)
            package.decisions.setdefault(stem, decisions)
            package.table_files.setdefault(stem, name)


def doubled_decisions(package: Package) -> list[Finding]:
    """A finding for each decision that two files hold: nobody could tell which of them is meant."""
    first: dict[str, str] = {}
    found: list[Finding] = []
    for stem, tables in package.decisions.items():
        for decision in tables.decisions:
            other = first.setdefault(decision, stem)
            if other != stem:
                message = Sentence(
                    "Expected decision %(name)s in one file, but it is in %(other)s as well.",
                    name=decision,
                    other=package.table_files[other],
                )
                remedy = Sentence("Change the table in that file, or give this one another id.")
                found.append(Finding(package.table_files[stem], decision, 0, "one-decision", message, remedy))
    return found


def used_decisions(found: Model, registry: Registry) -> frozenset[str]:
    """The decisions a drawing needs: its business rules, its handlers' questions, and its approvals' deadlines."""
    asked = set(found.decisions)
    for name in found.handlers | {f"{found.process_id}.{element}" for element in found.elements}:
        entry = registry.find(name)
        if entry is not None:
            asked |= set(entry.decisions)
    for element in found.elements.values():
        if element.approval:
            asked.add(element.properties.get("approval.sla", SLA_DECISION))
    return frozenset(asked)


def in_call_order(models: Mapping[str, Model]) -> list[str]:
    """Keys of drawings, called ones before their callers. Raises `Rejected` naming a cycle of calls among several."""
    key_of = {found.process_id: key for key, found in models.items()}
    graph = {key: {key_of[name] for name in found.called if name in key_of} - {key} for key, found in models.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as cycle:
        names = " → ".join(cycle.args[1])
        message = Sentence("Expected processes not to call each other in a ring, but found %(names)s.", names=names)
        remedy = Sentence("Replace one of the calls by an off-page reference.")
        raise Rejected([Finding("", names, 0, "calls", message, remedy)]) from cycle


def digest(*parts: bytes) -> str:
    """The content hash of a file, or of several parts together."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def missing_decisions(file: str, wanted: Iterable[str], known: Iterable[str]) -> list[Finding]:
    """A finding for each needed decision that is nowhere deployed."""
    absent = sorted(set(wanted) - set(known))
    return [
        Finding(
            file,
            name,
            0,
            "decisions",
            Sentence("Expected a decision named %(name)s, which this process needs, but there is none.", name=name),
            Sentence("Deploy the decision table together with the drawing."),
        )
        for name in absent
    ]
