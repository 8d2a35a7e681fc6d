"""A DMN file as XML: read safely, with every finding kept until the end (DMN 13)."""

from collections.abc import Iterator, Mapping
from typing import NoReturn

from lxml import etree

from engine.errors import EngineError, Finding, Sentence
from engine.feel import FeelSyntaxError
from engine.files import Bounds, Unreadable, kind_of_root, other_kind, parse_xml

BOUNDS = Bounds(size=5_000_000, elements=200_000, depth=200)
_DECISIONS = Sentence("decisions (DMN 1.2 to 1.5)")
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


def _other(root: Element) -> Unreadable:
    """What a file is that holds no decisions of a version that is run here."""
    name = etree.QName(root)
    if name.localname == "definitions" and (not name.namespace or "/DMN/" in name.namespace):
        template = "Expected decisions (DMN 1.2 to 1.5), but their namespace is %(space)s."
        message = Sentence(template, space=name.namespace or Sentence("none"))
        return Unreadable(message, Sentence("Save the file with an editor for DMN 1.3 or newer."))
    return other_kind(_DECISIONS, kind_of_root(root))


class Document:
    """The tree of one file and what was found wrong with it."""

    def __init__(self, xml: bytes, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.root = self._parse(xml)
        self.namespace = etree.QName(self.root).namespace or ""
        self.target = attribute(self.root, "namespace")

    def _parse(self, xml: bytes) -> Element:
        try:
            root = parse_xml(xml, _DECISIONS, BOUNDS, comments=False).getroot()
        except Unreadable as problem:
            self._refuse("dmn.xml", problem.message, problem.remedy, problem.line)
        name = etree.QName(root)
        if name.localname != "definitions" or name.namespace not in NAMESPACES:
            other = _other(root)
            self._refuse("dmn.version", other.message, other.remedy)
        return root

    def _refuse(self, rule: str, message: Sentence, remedy: Sentence, line: int = 0) -> NoReturn:
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
        self.find(
            element,
            "dmn.expression",
            Sentence(
                "%(where)s: '%(text)s' is not FEEL (line %(line)s, column %(column)s): %(reason)s.",
                where=where,
                text=_short(text),
                line=error.line,
                column=error.column,
                reason=Sentence.of(error.reason),
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
