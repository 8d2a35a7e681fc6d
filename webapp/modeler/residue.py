"""What differs between two tables or forms beyond what has a name for people: told by the words of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from typing import Any

from flask_babel import gettext as _

from engine import dmn
from webapp.modeler.changes import Change, Fact

_LISTS = ("rows", "components")
Written = Mapping[str, Mapping[str, str]]


def further_changes(
    kind: str, old: bytes | None, new: bytes, told: Set[str], titles: Mapping[str, tuple[str, str]]
) -> Iterator[Change]:
    """The changes of what nothing was `told` of; `titles` has the kind and title of what has one, by its key."""
    before, after = ({} if content is None else _written(kind, content) for content in (old, new))
    for about in [*before, *(about for about in after if about not in before)]:
        facts = tuple(_facts(before.get(about, {}), after.get(about, {})))
        if about in told or old is None or not facts:
            continue
        what, title = titles.get(about, (_("element"), about) if about else (_("file"), _("file")))
        if about == "DMNDI":
            yield Change("moved", _("diagram"), about, _("diagram"), ())
        else:
            kind = "added" if about not in before else "changed" if about in after else "removed"
            yield Change(kind, what, about, title, facts if about in after else ())


def _facts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Fact]:
    for way in [*before, *(way for way in after if way not in before)]:
        one, other = before.get(way, ""), after.get(way, "")
        if one != other and not (way.endswith(_LISTS) and _in_one_order(one.split(), other.split())):
            yield Fact(way, one, other)


def _in_one_order(one: list[str], other: list[str]) -> bool:
    """Whether two lists differ only in what one of them has not; that is told by itself."""
    both = set(one) & set(other)
    return [name for name in one if name in both] == [name for name in other if name in both]


def _written(kind: str, content: bytes) -> Written:
    if kind == "dmn":
        return dmn.written(content, "table")
    found: dict[str, dict[str, str]] = {}
    _take(json.loads(content), "", "", found)
    return found


def _take(part: Any, about: str, prefix: str, found: dict[str, dict[str, str]]) -> None:
    """Takes what a form or a component says; the components in it are taken by themselves, by the paths of fields."""
    inner = part.get("components") or []
    facts = found.setdefault(about, {})
    facts.update({name: json.dumps(value, ensure_ascii=False) for name, value in part.items() if name != "components"})
    paths = [f"{prefix}{_name(one, number)}" for number, one in enumerate(inner, 1)]
    facts["components"] = " ".join(paths)
    for path, one in zip(paths, inner, strict=True):
        _take(one, path, f"{path}.", found)


def _name(component: Any, number: int) -> str:
    return str(component.get("key") or component.get("path") or f"{component.get('type')} {number}")
