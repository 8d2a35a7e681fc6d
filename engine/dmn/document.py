"""A DMN file as XML: read safely, with every finding kept until the end (DMN 13)."""

from collections.abc import Iterator, Mapping

from lxml import etree

from engine.errors import EngineError, Finding, Sentence
from engine.feel import FeelSyntaxError

MAX_BYTES = 5_000_000
NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
"""DMN 1.2, 1.3, 1.4 and 1.5."""
TRANSLATION = "{http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0}translation"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Element = etree._Element


class RejectedDecisions(EngineError):
    """A file of decisions cannot be used; ``findings`` holds everything that is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Expected decisions that can be used, but found %(count)s problems.", count=len(findings))

    def __str__(self) -> str:
        return "\n".join([str(self.sentence), *map(str, self.findings)])


class Document:
    """The tree of one file and what was found wrong with it."""

    def __init__(self, xml: bytes, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.root = self._parse(xml)
        self.namespace = etree.QName(self.root).namespace or ""
        self.target = attribute(self.root, "namespace")

    def _parse(self, xml: bytes) -> Element:
        if len(xml) > MAX_BYTES:
            self._refuse(
                "dmn.size",
                Sentence("The file has more than %(limit)s bytes.", limit=MAX_BYTES),
                Sentence("Split the decisions over several files."),
            )
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(xml, parser)
        except etree.XMLSyntaxError as error:
            self._refuse(
                "dmn.xml",
                Sentence("The file is not well-formed XML: %(problem)s", problem=error.msg),
                Sentence("Open the file in a DMN editor and save it again."),
                error.lineno or 0,
            )
        if root.getroottree().docinfo.internalDTD is not None:
            self._refuse(
                "dmn.xml",
                Sentence("The file declares a document type, which decisions never need."),
                Sentence("Remove the line that begins with <!DOCTYPE."),
            )
        name = etree.QName(root)
        if name.localname != "definitions" or name.namespace not in NAMESPACES:
            self._refuse(
                "dmn.version",
                Sentence("Expected DMN 1.2 to 1.5, but the file begins with %(name)s.", name=str(root.tag)),
                Sentence("Save the file with an editor for DMN 1.3 or newer."),
            )
        return root

    def _refuse(self, rule: str, message: Sentence, remedy: Sentence, line: int = 0) -> None:
        self.findings.append(Finding(self.file, "", line, rule, message, remedy))
        raise RejectedDecisions(self.findings)

    def find(self, element: Element, rule: str, message: Sentence, remedy: Sentence) -> None:
        """Note something wrong with an element."""
        owner: Element | None = element
        while owner is not None and not owner.get("id"):
            owner = owner.getparent()
        key = "" if owner is None else attribute(owner, "id")
        self.findings.append(Finding(self.file, key, _line(element), rule, message, remedy))

    def syntax(self, element: Element, where: Sentence, text: str, error: FeelSyntaxError) -> None:
        """Note an expression that does not parse."""
        reason = Sentence(error.reason.template, **error.reason.params)
        self.find(
            element,
            "dmn.expression",
            Sentence(
                "%(where)s: '%(text)s' is not FEEL (line %(line)s, column %(column)s): %(reason)s",
                where=where,
                text=_short(text),
                line=error.line,
                column=error.column,
                reason=reason,
            ),
            Sentence("Correct the expression; texts stand in double quotes, ranges look like [1..5]."),
        )

    def unsupported(self, element: Element, what: Sentence) -> None:
        """Note a construct of the standard, or around it, that is not run here."""
        self.find(
            element,
            "dmn.unsupported",
            Sentence("%(what)s cannot be run here.", what=what),
            Sentence("Express it with FEEL in this file."),
        )

    def children(self, element: Element, *names: str) -> Iterator[Element]:
        """The children of the model's own namespace with one of these names (all of them without names)."""
        for child in element:
            name = etree.QName(child)
            if name.namespace == self.namespace and (not names or name.localname in names):
                yield child

    def child(self, element: Element, *names: str) -> Element | None:
        """The first such child."""
        return next(self.children(element, *names), None)

    def reference(self, element: Element) -> str:
        """What an ``href`` points to: an id of this file, or ``namespace#id`` of another one."""
        space, _, identity = attribute(element, "href").rpartition("#")
        return identity if space in ("", self.target) else f"{space}#{identity}"

    def text(self, element: Element | None) -> str:
        """The contents of the element's ``text`` child, or ""."""
        found = None if element is None else self.child(element, "text")
        return "" if found is None else "".join(str(part) for part in found.itertext()).strip()

    def names(self, element: Element) -> Mapping[str, str]:
        """The element's label or name by language; what the file writes without translation counts as English."""
        written = attribute(element, "label") or attribute(element, "name")
        return {"en": written, **self._translations(element, ("", "@name", "@label"))}

    def descriptions(self, element: Element) -> Mapping[str, str]:
        """The element's description by language; no entry for a language without one."""
        found = self.child(element, "description")
        written = "" if found is None else " ".join((found.text or "").split())
        return {**({"en": written} if written else {}), **self._translations(element, ("description",))}

    def _translations(self, element: Element, targets: tuple[str, ...]) -> dict[str, str]:
        extensions = self.child(element, "extensionElements")
        return {
            attribute(each, _LANGUAGE): each.text.strip()
            for each in (() if extensions is None else extensions.iter(TRANSLATION))
            if each.text and attribute(each, _LANGUAGE) and attribute(each, "target") in targets
        }


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


def _line(element: Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def attribute(element: Element, name: str, default: str = "") -> str:
    """The attribute's text, or the default."""
    return element.get(name) or default


def identity(element: Element) -> str:
    """The element's id; the name of an element without one."""
    return attribute(element, "id") or attribute(element, "name")


def local(element: Element) -> str:
    """The element's name without its namespace."""
    return str(etree.QName(element).localname)
