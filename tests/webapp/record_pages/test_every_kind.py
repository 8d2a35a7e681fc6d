"""Every kind of record has pages, for exactly the roles that the permission matrix names."""

import pytest

from crm.kinds import KINDS, Kind
from tests.crm.sample_records import Samples
from tests.webapp.world import ROLES, World


@pytest.fixture
def numbers(world: World) -> dict[str, str]:
    """One record of each kind, all owned by the representative: its number by kind."""
    with world.application.database.write() as running:
        samples = Samples(running.connection, "lin.wei")
        return {kind.key: samples.make(kind) for kind in KINDS.values()}


def may(kind: Kind, what: str, role: str) -> bool:
    return role in getattr(kind, what)


@pytest.mark.parametrize("role", ROLES)
def test_lists_and_records_open_for_the_roles_that_may_read_them(
    world: World, numbers: dict[str, str], role: str
) -> None:
    client = world.client(ROLES[role])

    for kind in KINDS.values():
        answer = client.get(f"/records/{kind.key}")
        assert (kind.key, answer.status_code) == (kind.key, 200 if may(kind, "read", role) else 403)
        page = client.get(f"/records/{kind.key}/{numbers[kind.key]}")
        allowed = {200, 404} if may(kind, "read", role) else {403}
        if "all" in kind.read.get(role, ()):
            allowed = {200}
        assert page.status_code in allowed, (kind.key, page.status_code, page.text[-600:])
