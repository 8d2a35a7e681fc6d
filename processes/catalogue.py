"""The registry: which processes the documents name, how they nest, and what each uses and makes.

Source: docs/process-catalogue.md, sections 1.2 (registry) and 1.3 (anomalies).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from processes.folder import HERE

LANGUAGES = ("en", "zh-Hans")
LEVELS = (3, 4, 5)
ORIGINS = ("content", "title", "heading", "name", "designed")
KINDS = ("heading", "title", "alias", "contents", "off_page", "pre_defined", "note", "control_point")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, twenty times faster, where libyaml is there

Text = Mapping[str, str]


class CatalogueError(ValueError):
    """The registry of processes cannot be used."""


@dataclass(frozen=True)
class Documented:
    """One way a process is printed: `number` is text and not unique, `occurrence` (from 1) tells its uses apart.

    `kind` says where the title stands when not as the plain heading: one of KINDS.
    """

    title: str
    number: str | None = None
    occurrence: int | None = None
    kind: str | None = None
    title_variant: str | None = None


@dataclass(frozen=True)
class Process:
    """One process of the registry; texts are by language (`en`, `zh-Hans`).

    `level` is 3 (area), 4 (stage), 5 (flow) or None where the documents give none; `parent` is the key of
    the area or stage it lies in; `file` names the drawing as in `files()`, None while it is not drawn.
    """

    key: str
    catalog_no: str
    titles: Text
    level: int | None
    origin: str
    parent: str | None
    file: str | None
    documented: tuple[Documented, ...]
    inputs: tuple[Text, ...]
    outputs: tuple[Text, ...]

    @property
    def process_id(self) -> str:
        """The id of the process in its drawing."""
        return self.key.replace("-", "_")

    @property
    def numbers(self) -> tuple[str, ...]:
        """The documented numbers, in order."""
        return tuple(each.number for each in self.documented if each.number)


@dataclass(frozen=True)
class Anomaly:
    """An oddity of the documents (`finding`), what was made of it (`handling`), and the keys it concerns."""

    id: str
    finding: Text
    handling: Text
    processes: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All processes, in the order of the registry, and the anomalies."""

    processes: tuple[Process, ...]
    anomalies: tuple[Anomaly, ...]

    @cached_property
    def by_key(self) -> Mapping[str, Process]:
        """The processes by key."""
        return {each.key: each for each in self.processes}

    def children(self, key: str | None) -> tuple[Process, ...]:
        """The processes directly below one; of None, those that lie in no other."""
        return tuple(each for each in self.processes if each.parent == key)

    def inputs(self, key: str) -> tuple[Text, ...]:
        """What a process uses; of a stage or area, what the flows below it use, each once."""
        return self._union(key, lambda process: process.inputs)

    def outputs(self, key: str) -> tuple[Text, ...]:
        """What a process makes; of a stage or area, what the flows below it make, each once."""
        return self._union(key, lambda process: process.outputs)

    def _union(self, key: str, own: Callable[[Process], tuple[Text, ...]]) -> tuple[Text, ...]:
        found = {text["en"]: text for process in self._below(key) for text in own(process)}
        return tuple(found.values())

    def _below(self, key: str) -> Iterator[Process]:
        yield self.by_key[key]
        for child in self.children(key):
            yield from self._below(child.key)


def load(path: Path = HERE / "catalogue.yaml") -> Catalogue:
    """Reads and checks the registry.

    Raises CatalogueError with a sentence naming file, entry and field when something in it is wrong.
    """
    try:
        return _read(path.name, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path.name} cannot be read as YAML: {error}.") from error


@lru_cache(maxsize=1)
def _read(file: str, text: str) -> Catalogue:
    top = _Entry(file, "the file", yaml.load(text, _LOADER))
    processes = tuple(_process(entry) for entry in top.entries("processes", "key"))
    anomalies = tuple(_anomaly(entry) for entry in top.entries("anomalies", "id"))
    _check_references(file, processes, anomalies)
    return Catalogue(processes, anomalies)


def _process(entry: "_Entry") -> Process:
    return Process(
        key=entry.text("key"),
        catalog_no=entry.text("catalog_no"),
        titles=entry.names("title"),
        level=entry.choice("level", LEVELS),
        origin=entry.choice("origin", ORIGINS, needed=True),
        parent=entry.optional("parent"),
        file=entry.optional("file"),
        documented=tuple(_documented(each) for each in entry.entries("documented", "title")),
        inputs=entry.many_names("inputs"),
        outputs=entry.many_names("outputs"),
    )


def _documented(entry: "_Entry") -> Documented:
    occurrence = entry.values.get("occurrence")
    if occurrence is not None and not isinstance(occurrence, int):
        raise entry.wrong("occurrence", "a whole number")
    return Documented(
        title=entry.text("title"),
        number=entry.optional("number"),
        occurrence=occurrence,
        kind=entry.choice("kind", KINDS),
        title_variant=entry.optional("title_variant"),
    )


def _anomaly(entry: "_Entry") -> Anomaly:
    keys = entry.values.get("processes", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise entry.wrong("processes", "a list of keys")
    return Anomaly(entry.text("id"), entry.names("finding"), entry.names("handling"), tuple(keys))


def _check_references(file: str, processes: tuple[Process, ...], anomalies: tuple[Anomaly, ...]) -> None:
    for name in ("key", "catalog_no"):
        seen: set[str] = set()
        for each in processes:
            value = getattr(each, name)
            if value in seen:
                raise CatalogueError(f"{file}: the {name} {value} stands there twice; give each process its own.")
            seen.add(value)
    levels = {each.key: each.level for each in processes}
    for each in processes:
        above = levels.get(each.parent or "")
        if each.parent and (above is None or each.level is None or above >= each.level):
            raise CatalogueError(f"{file}: {each.key}: expected parent {each.parent} to be of a higher level.")
    for oddity in anomalies:
        for key in oddity.processes:
            if key not in levels:
                raise CatalogueError(f"{file}: {oddity.id}: expected {key} to be the key of a process.")


class _Entry:
    """One mapping of the file, with its name for messages."""

    def __init__(self, file: str, name: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise CatalogueError(f"{file}: {name}: expected fields with values, but found {values!r}.")
        self.file, self.name, self.values = file, name, values

    def wrong(self, field: str, expected: str) -> CatalogueError:
        found = self.values.get(field)
        return CatalogueError(f"{self.file}: {self.name}: expected {field} to be {expected}, but found {found!r}.")

    def text(self, field: str) -> str:
        value = self.values.get(field)
        if not isinstance(value, str) or not value:
            raise self.wrong(field, "a text")
        return value

    def optional(self, field: str) -> str | None:
        return self.text(field) if field in self.values else None

    def choice(self, field: str, allowed: tuple[Any, ...], *, needed: bool = False) -> Any:
        value = self.values.get(field)
        if value not in allowed and (needed or value is not None):
            raise self.wrong(field, f"one of {', '.join(map(str, allowed))}")
        return value

    def names(self, field: str) -> Text:
        value = self.values.get(field)
        if not isinstance(value, dict) or any(not isinstance(value.get(each), str) for each in LANGUAGES):
            raise self.wrong(field, f"a text in each of {', '.join(LANGUAGES)}")
        return {language: value[language] for language in LANGUAGES}

    def many_names(self, field: str) -> tuple[Text, ...]:
        listed = self.values.get(field, [])
        if not isinstance(listed, list):
            raise self.wrong(field, "a list")
        return tuple(_Entry(self.file, self.name, {field: each}).names(field) for each in listed)

    def entries(self, field: str, label: str) -> Iterator["_Entry"]:
        listed = self.values.get(field, [])
        if not isinstance(listed, list):
            raise self.wrong(field, "a list")
        for number, each in enumerate(listed, 1):
            named = each.get(label) if isinstance(each, dict) else None
            yield _Entry(self.file, f"{self.name}, {named or f'{field} {number}'}", each)
