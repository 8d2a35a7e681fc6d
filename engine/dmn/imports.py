"""Files of decisions that use one another: found by namespace, read once, never in a circle (DMN 6.3.3)."""

from collections.abc import Callable, Mapping

from engine.dmn.document import NAMESPACES, Document, Element, RejectedDecisions, attribute
from engine.dmn.model import DecisionModel, Imported
from engine.errors import Finding, Sentence

Reading = tuple[DecisionModel, list[Finding]]
Read = Callable[[Document, "Library"], Reading]
MAX_CHAIN = 20
"""Files that import one another in a row."""


def imported_files(xml: bytes, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of the files that a file imports, and what they import in turn, by name."""
    found: dict[str, bytes] = {}
    todo, targets = [xml], dict[str, str]()
    while todo:
        spaces = _imported_spaces(todo.pop())
        if spaces and not targets:
            targets = {name: target for name, content in files.items() if (target := _target(content)) is not None}
        for name, target in targets.items():
            if target in spaces and name not in found:
                found[name] = files[name]
                todo.append(files[name])
    return found


def _imported_spaces(xml: bytes) -> set[str]:
    if b"import" not in xml:
        return set()
    try:
        document = Document(xml, "")
    except RejectedDecisions:
        return set()
    return {attribute(each, "namespace") for each in document.children(document.root, "import")}


def _target(xml: bytes) -> str | None:
    try:
        return Document(xml, "").target
    except RejectedDecisions:
        return None


class Library:
    """The files beside the one that is read, by name. ``read`` turns a file into a model and its findings."""

    def __init__(self, files: Mapping[str, bytes], read: Read) -> None:
        self._files = files
        self._read = read
        self._documents: dict[str, Document] | None = None
        self._models: dict[str, DecisionModel] = {}
        self._open: list[str] = []

    def read(self, document: Document) -> Reading:
        """The model of a file; while it is read, no file that it imports may import it."""
        self._open.append(document.target)
        try:
            model, findings = self._read(document, self)
        finally:
            self._open.pop()
        self._models[document.target] = model
        return model, findings

    def imports(self, document: Document) -> dict[str, Imported]:
        """What a file imports, by namespace; what cannot be imported becomes a finding of the file."""
        found: dict[str, Imported] = {}
        for element in document.children(document.root, "import"):
            space = attribute(element, "namespace")
            if attribute(element, "importType") not in NAMESPACES:
                document.unsupported(
                    element, Sentence("An import of the kind '%(kind)s'", kind=attribute(element, "importType"))
                )
                continue
            model = self._model(document, element, space)
            if model is not None:
                found[space] = Imported(attribute(element, "name"), model)
        return found

    def _model(self, document: Document, element: Element, space: str) -> DecisionModel | None:
        if space in self._open or len(self._open) > MAX_CHAIN:
            document.find(
                element,
                "dmn.import-circle",
                Sentence("The file imports '%(space)s', which imports this file again.", space=space)
                if space in self._open
                else Sentence("More than %(limit)s files import one another in a row.", limit=MAX_CHAIN),
                Sentence("Move what both need into a third file, and import that one."),
            )
            return None
        if space not in self._models:
            other = self._document(space)
            if other is None:
                document.find(
                    element,
                    "dmn.import",
                    Sentence("The file imports '%(space)s', but no file beside it has that namespace.", space=space),
                    Sentence("Add the file with that namespace, or remove the import."),
                )
                return None
            _, findings = self.read(other)
            if findings:
                document.find(
                    element,
                    "dmn.import",
                    Sentence(
                        "The imported file %(file)s cannot be used: %(finding)s",
                        file=other.file,
                        finding=findings[0].message,
                    ),
                    Sentence("Correct that file first."),
                )
        return self._models.get(space)

    def _document(self, space: str) -> Document | None:
        if self._documents is None:
            self._documents = {}
            for name, content in self._files.items():
                try:
                    document = Document(content, name)
                except RejectedDecisions:
                    continue
                self._documents.setdefault(document.target, document)
        return self._documents.get(space)
