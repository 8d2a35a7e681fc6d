"""Finding the accounts and people that rows name: by id of the other system, then by number, e-mail or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from sqlalchemy import ColumnElement, Connection, select

from crm import accounts
from crm.imports.refusals import Unfit
from crm.tables import account, users

MOST_COMPARED = 3000
MOST_GUESSES = 200
NEAR = 0.6


@dataclass(frozen=True)
class FoundAccount:
    """An account as rows need it."""

    id: int
    name: str
    owner: str


@dataclass(frozen=True)
class FoundUser:
    """An active user as rows need it."""

    login: str
    name: str
    org_unit_id: int | None


class Guesses:
    """The nearest known name for one that is not known; gives up after many, because each costs time."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._by_start[name[:1].casefold()].append(name)
        self._asked: dict[str, str] = {}

    def near(self, name: str) -> str:
        """A known name that looks like this one, or an empty text."""
        if name not in self._asked and len(self._asked) < MOST_GUESSES:
            known = self._by_start.get(name[:1].casefold(), [])[:MOST_COMPARED]
            lowered = {one.casefold(): one for one in known}
            found = get_close_matches(name.casefold(), lowered, 1, NEAR)
            self._asked[name] = lowered[found[0]] if found else ""
        return self._asked.get(name, "")


class Accounts:
    """The accounts that the importing person may see."""

    def __init__(self, connection: Connection, source: str, visible: ColumnElement[bool]) -> None:
        at = account.c
        query = select(at.id, at.number, at.name, at.name_key, at.owner, at.source_system, at.external_id)
        self._external: dict[str, FoundAccount] = {}
        self._numbers: dict[str, FoundAccount] = {}
        self._names: dict[str, list[FoundAccount]] = defaultdict(list)
        for row in connection.execute(query.where(visible)):
            found = FoundAccount(row.id, row.name, row.owner)
            self._numbers[row.number] = found
            self._names[row.name_key].append(found)
            if row.external_id is not None and row.source_system == source:
                self._external[row.external_id] = found
        self._guesses = Guesses(one.name for found in self._names.values() for one in found)

    def by_external_id(self, external_id: str) -> FoundAccount:
        """By the other system's id, or by our own number; raises `Unfit`."""
        found = self._external.get(external_id) or self._numbers.get(external_id.upper())
        if found is None:
            raise Unfit(
                "Expected a known account, but you see none with the id %(id)s. Import accounts first; where it is a "
                "colleague's, ask operations.",
                id=external_id,
            )
        return found

    def by_name(self, name: str) -> FoundAccount:
        """By name or number; raises `Unfit`, with the nearest known name where there is one."""
        if name.upper() in self._numbers:
            return self._numbers[name.upper()]
        found = self._names.get(accounts.name_key(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            exact = [one for one in found if one.name == name]
            if len(exact) == 1:
                return exact[0]
            raise Unfit(
                "Expected one account of this name, but there are %(count)s. Give its number or id.", count=len(found)
            )
        raise unknown("account", self._guesses.near(name))


class Users:
    """The active users."""

    def __init__(self, connection: Connection, source: str) -> None:
        at = users.c
        query = select(at.login, at.name, at.name_zh, at.email, at.org_unit_id, at.source_system, at.external_id)
        self._exact: dict[str, FoundUser] = {}
        self._names: dict[str, list[FoundUser]] = defaultdict(list)
        shown = []
        for row in connection.execute(query.where(at.active)):
            found = FoundUser(row.login, row.name, row.org_unit_id)
            self._exact[row.login.casefold()] = found
            if row.email:
                self._exact[row.email.casefold()] = found
            if row.external_id is not None and row.source_system == source:
                self._exact[row.external_id.casefold()] = found
            for name in {row.name, row.name_zh}:
                self._names[_bare(name)].append(found)
            shown += [row.login, row.name, row.name_zh, *filter(None, [row.email])]
        self._guesses = Guesses(shown)

    def find(self, text: str) -> FoundUser:
        """By id of the other system, login, e-mail or name in either language; raises `Unfit`."""
        exact = self._exact.get(text.strip().casefold())
        if exact is not None:
            return exact
        found = self._names.get(_bare(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfit("Expected one person of this name, but there are %(count)s. Give the e-mail.", count=len(found))
        raise unknown("person", self._guesses.near(text.strip()))


def unknown(kind: str, near: str) -> Unfit:
    """What to say of a name that is not known; `kind` is account or person."""
    if kind == "account":
        if near:
            return Unfit("Expected a known account, but there is none of this name. Did you mean %(near)s?", near=near)
        return Unfit(
            "Expected a known account, but you see none of this name. Import accounts first; where it is a "
            "colleague's, ask operations."
        )
    if near:
        return Unfit("Expected a known person, but there is none of this name. Did you mean %(near)s?", near=near)
    return Unfit("Expected a known person (login, e-mail or name), but there is none.")


def _bare(name: str) -> str:
    """Names in either order: `Keller, Anna` is `Anna Keller`."""
    plain = name.strip().casefold()
    last, comma, first = plain.partition(",")
    whole = f"{first} {last}" if comma else plain
    return " ".join(whole.split())
