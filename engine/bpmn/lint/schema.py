"""The file follows the BPMN 2.0 schema; foreign attributes and extension elements are welcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import cast

from lxml import etree

from engine.bpmn.lint.sheet import Sheet, owner
from engine.bpmn.vocabulary import ARTIFACTS, BPMN, Node, bpmn, identity, is_bpmn, line_of, local, within
from engine.errors import Finding, Sentence

RULE = "schema"
SMALL, MANY = 10_000, 1_000
_NAMESPACE = re.compile(r"((?<=Element ')|(?<=attribute ')|(?<=type ')|(?<=[ (]))\{[^{}]*\}")
_FOREIGN = re.compile(r"Element '\{([^{}]*)\}([^']*)': This element is not expected\.")
_WRONG_NAME = re.compile(r": '(.*)' is not a valid value of the atomic type 'xs:(ID|IDREF|QName)'", re.DOTALL)
# What other rules tell better: a called process that is known only later, ends of flows and borders that are left out,
# how often a loop runs, how many tokens an activity takes and makes, how a transaction is undone.
_TOLD_BY_OTHERS = re.compile(
    r"attribute '(\{[^{}]*\})?calledElement': .*'[$#]\{|\}transaction', attribute 'method'|"
    r"attribute '(loopMaximum|startQuantity|completionQuantity)': (?!The attribute)|"
    r"The attribute '(sourceRef|targetRef|attachedToRef)' is required"
)
# What no run looks at may have attributes of anybody's.
_NOTES = ARTIFACTS | {"association"}
_UNKNOWN = re.compile(r"attribute '[^']*': The attribute .* is not allowed\.")
_STEP = re.compile(r"(?:([^:\[*]+):)?([^:\[]+)(?:\[(\d+)\])?")


def check(sheet: Sheet) -> Iterator[Finding]:
    if sheet.known.schema_folder is None:
        return
    root = sheet.drawing.root
    counts = Counter(filter(None, map(identity, chain([root], within(root)))))
    doubled = counts.total() - len(counts)
    log = _schema(sheet.known.schema_folder).validate_log(sheet.drawing.tree, doubled)
    for entry in log:
        if _is_told_elsewhere(entry.message, counts):
            continue
        node = _at(root, entry.path) if entry.path else None
        if node is not None and not is_bpmn(node) and _is_extension(node):
            continue  # It has types of its own, which nobody knows here.
        yield Finding(
            sheet.drawing.file,
            owner(node),
            0 if node is None else line_of(node),
            RULE,
            Sentence("Expected BPMN 2.0 as its schema describes it, but: %(detail)s", detail=_plain(entry.message)),
            Sentence("Open the drawing in a BPMN editor, mend the element, and save it again."),
            "warning" if node is not None and local(node) in _NOTES and _UNKNOWN.search(entry.message) else "error",
        )


def _is_told_elsewhere(message: str, counts: Counter[str]) -> bool:
    """Whether another finding says the same: about the id that is there twice or none, or not what one looks like."""
    wrong, others = _WRONG_NAME.search(message), bool(_TOLD_BY_OTHERS.search(message))
    if others or wrong is None:
        return others
    name, kind = wrong.groups()
    if kind == "ID":
        return not name or counts[name] > 1
    return counts[name] > 0 or (kind == "QName" and ":" in name)


def _is_extension(node: Node) -> bool:
    return next(node.iterancestors(bpmn("extensionElements")), None) is not None


class _Schema:
    """A compiled schema; every validation gets a log of its own."""

    def __init__(self, folder: Path) -> None:
        self._schema = etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))

    def validate_log(self, tree: etree._ElementTree, doubled: int) -> list[etree._LogEntry]:
        """The faults of a tree; `doubled` ids in it are faults that another rule tells."""
        found = self._streamed(tree) if sum(1 for _ in tree.iter("*")) > SMALL else []
        if max(len(found), doubled) > MANY:
            return found
        if self._schema.validate(tree):
            return []
        return list(cast(Iterable[etree._LogEntry], self._schema.error_log))

    def _streamed(self, tree: etree._ElementTree) -> list[etree._LogEntry]:
        """The faults without their places: telling those takes time for each that grows with the file."""
        parser = etree.XMLParser(schema=self._schema, resolve_entities=False, no_network=True)
        try:
            etree.fromstring(etree.tostring(tree), parser)
        except etree.XMLSyntaxError:
            return list(cast(Iterable[etree._LogEntry], parser.error_log))
        return []


@lru_cache(maxsize=4)
def _schema(folder: Path) -> _Schema:
    return _Schema(folder)


def _at(root: Node, path: str) -> Node:
    """The element that the validator's path (`/*/bpmn:process/*[3]`) leads to."""
    node = root
    for step in path.split("/")[2:]:
        match = _STEP.fullmatch(step)
        if match is None:
            break
        prefix, name, place = match.groups()
        beside = (
            one
            for one in node.iterchildren("*")
            if name == "*" or (one.prefix == prefix and etree.QName(one).localname == name)
        )
        node = next(islice(beside, int(place or 1) - 1, None), node)
    return node


def _plain(message: str) -> Sentence:
    """What the validator says, in plain words."""
    foreign = _FOREIGN.match(message)
    if foreign and foreign[1] != BPMN:
        template = "<%(element)s> of the namespace %(space)s must not stand there."
        return Sentence(template, element=foreign[2], space=foreign[1])
    text = _NAMESPACE.sub("", message)
    for pattern, told in _TOLD:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match:
            return Sentence(told.template, **match.groupdict())
    return Sentence("the schema does not allow what stands there.")


_TOLD = (
    (
        r"Element '(?P<element>.*?)', attribute '(?P<name>.*?)': The attribute .* is not allowed\.",
        Sentence("<%(element)s> has an attribute %(name)s, which BPMN does not know."),
    ),
    (
        r"Element '(?P<element>.*?)': The attribute '(?P<name>.*?)' is required but missing\.",
        Sentence("<%(element)s> lacks its attribute %(name)s."),
    ),
    (
        r"Element '(?P<element>.*?)', attribute '(?P<name>.*?)': .*'(?P<value>.*)' is not .* 'xs:ID'\.",
        Sentence("%(value)s is no id: it has to be made of letters, digits, _ - and . and begin with a letter or _."),
    ),
    (
        r"Element '(?P<element>.*?)', attribute '(?P<name>.*?)': The QName value '(?P<prefix>.*?):.*' has no .*",
        Sentence("the prefix %(prefix)s of the attribute %(name)s is not declared with xmlns:%(prefix)s."),
    ),
    (
        r"Element '(?P<element>.*?)', attribute '(?P<name>.*?)': (\[.*?\] )?(The value )?'' .*",
        Sentence("the attribute %(name)s of <%(element)s> cannot be empty."),
    ),
    (
        r"Element '(?P<element>.*?)', attribute '(?P<name>.*?)': (\[.*?\] )?(The value )?'(?P<value>.*?)' .*",
        Sentence("the attribute %(name)s of <%(element)s> cannot be %(value)s."),
    ),
    (
        r"Element '(?P<element>.*?)': This element is not expected\.(?P<rest>.*)",
        Sentence("<%(element)s> must not stand there."),
    ),
    (
        r"Element '(?P<element>.*?)': Missing child element.*?Expected is (one of )?\( (?P<wanted>.*) \)\.",
        Sentence("<%(element)s> lacks one of: %(wanted)s."),
    ),
    (
        r"Element '(?P<element>.*?)': (Character content|Element content|The content).*",
        Sentence("<%(element)s> holds text where only elements may stand, or the reverse."),
    ),
    (
        r"Element '(?P<element>.*?)': (\[.*?\] )?(The value )?'(?P<value>.*?)' .*",
        Sentence("<%(element)s> cannot hold %(value)s."),
    ),
    (
        r"Element '(?P<element>.*?)': No matching global (element )?declaration available.*",
        Sentence("<%(element)s> is no element that BPMN knows."),
    ),
)
