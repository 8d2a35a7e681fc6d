"""What a draft of a drawing changes: every difference that can change a run or what a reader sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from engine import bpmn
from webapp.languages import named
from webapp.modeler import drawing_words as words
from webapp.modeler.changes import Change, Fact

Parts = Mapping[str, bpmn.Part]


def drawing_changes(old: bytes | None, new: bytes) -> Iterator[Change]:
    """The differences of two drawings (`old` None: everything is new), what only moved last; raises Rejected."""
    before = bpmn.parts(old, "drawing") if old is not None else {}
    after = bpmn.parts(new, "drawing")
    titles = _titles({**before, **after})
    moved: list[Change] = []
    for key in [*before, *(key for key in after if key not in before)]:
        change = _change(key, before.get(key), after.get(key), titles)
        if change is not None and change.kind == "moved":
            moved.append(change)
        elif change is not None:
            yield change
    yield from moved


def _titles(parts: Parts) -> dict[str, str]:
    """The title of each part; with its id where several are called alike."""
    called = {key: named(part.names) or key for key, part in parts.items()}
    alike = Counter(called.values())
    return {key: f"{name} ({key})" if alike[name] > 1 else name for key, name in called.items()}


def _change(key: str, old: bpmn.Part | None, new: bpmn.Part | None, titles: words.Titles) -> Change | None:
    part = new or old
    if part is None:
        return None
    kind = "added" if old is None else "removed" if new is None else "changed"
    facts = tuple(_facts(old, new, titles)) if new is not None else ()
    if kind == "changed" and not facts:
        if old is None or new is None or old.place == new.place:
            return None
        kind = "moved"
    return Change(kind, words.what(part), key, words.title(part, key, titles), facts)


def _facts(old: bpmn.Part | None, new: bpmn.Part, titles: words.Titles) -> Iterator[Fact]:
    before, after = words.facts_of(old) if old is not None else {}, words.facts_of(new)
    for where in [*before, *(where for where in after if where not in before)]:
        one, other = before.get(where, ""), after.get(where, "")
        if one != other and (old is not None or where[0].partition(" ")[0] != "drawn"):
            yield Fact(words.label(where), words.value(where, one, titles), words.value(where, other, titles))
