"""Every kind of record has pages, for exactly the roles that its description names; the owner sees and changes it."""

import re

import pytest

from crm.kinds import KINDS, Kind
from tests.crm.sample_records import Samples
from tests.webapp.world import ROLES, World

OWNER, OPERATIONS = "lin.wei", "olga.ops"
DIFFERENT = ("rep", "mkt", "adm")  # the others are held to the permission matrix in tests/crm
READABLE = [kind for kind in KINDS.values() if "rep" in kind.read]


@pytest.fixture
def numbers(world: World) -> dict[str, str]:
    """One record of each kind, all owned by the representative: its number by kind."""
    with world.application.database.write() as running:
        samples = Samples(running.connection, OWNER)
        return {kind.key: samples.make(kind) for kind in KINDS.values()}


def test_a_list_opens_for_exactly_the_roles_that_may_read_its_records(world: World, numbers: dict[str, str]) -> None:
    opened = {
        role: {kind.key for kind in KINDS.values() if client.get(f"/records/{kind.key}").status_code == 200}
        for role, client in ((role, world.client(ROLES[role])) for role in DIFFERENT)
    }

    assert numbers
    assert opened == {role: {kind.key for kind in KINDS.values() if role in kind.read} for role in DIFFERENT}


def test_the_owner_sees_every_record_with_its_history_and_operations_see_what_is_theirs(
    world: World, numbers: dict[str, str]
) -> None:
    owner, operations = world.client(OWNER), world.client(OPERATIONS)

    for kind in READABLE:
        page = owner.get(f"/records/{kind.key}/{numbers[kind.key]}")
        assert page.status_code == 200, (kind.key, page.text[-400:])
        assert kind.append_only or "made this record" in page.text, kind.key
    for kind in (one for one in KINDS.values() if "all" in one.read.get("ops", ())):
        assert operations.get(f"/records/{kind.key}/{numbers[kind.key]}").status_code == 200, kind.key


def test_a_form_asks_exactly_what_the_reader_may_change(world: World, numbers: dict[str, str]) -> None:
    owner = world.client(OWNER)

    for kind in (one for one in READABLE if "rep" in one.change):
        page = owner.get(f"/records/{kind.key}/{numbers[kind.key]}/edit")
        limited = kind.only.get("rep")
        expected = {
            field.name
            for field in kind.fields
            if not (field.fixed or field.once or field.type in ("data", "rows"))
            and (not field.changers or "rep" in field.changers)
            and (limited is None or field.name in limited)
        }
        assert page.status_code == 200, (kind.key, page.text[-300:])
        assert asked(page.text) - rows_of(kind) == expected, kind.key


def test_sending_a_form_unchanged_changes_nothing(world: World, numbers: dict[str, str]) -> None:
    operations = world.client(OPERATIONS)
    latest = "SELECT kind, changed_by, before, after FROM record_change ORDER BY id DESC LIMIT 1"
    with world.application.database.read() as connection:
        before = connection.exec_driver_sql(latest).one()

    for kind in (one for one in KINDS.values() if "all" in one.change.get("ops", ())):
        path = f"/records/{kind.key}/{numbers[kind.key]}/edit"
        page = operations.get(path)
        if page.status_code == 200:
            token = {"csrf_token": operations.token()}
            answer = operations.client.post(path, data=sent(page.text) | token)
            assert answer.status_code in (302, 422), (kind.key, answer.status_code)

    with world.application.database.read() as connection:
        assert connection.exec_driver_sql(latest).one() == before


def asked(page: str) -> set[str]:
    """The fields of a form, without what every form carries."""
    form = page[page.index("<main") :]
    names = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', form)
    return {name.partition(".")[0] for name in names} - {"csrf_token", "_version"}


def rows_of(kind: Kind) -> set[str]:
    return {field.name for field in kind.fields if field.type == "rows"}


def sent(page: str) -> dict[str, object]:
    """What a browser sends for the form as it stands."""
    form = page[page.index("<main") :]
    values: dict[str, object] = {}
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        values[name] = text
    for name, inner in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', inner)
        values[name] = chosen[1] if chosen else ""
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in ("csrf_token",) and ("checkbox" not in tag or "checked" in tag):
            values[name[1]] = value[1] if value else ""
    return values
