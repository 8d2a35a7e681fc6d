"""Whoever may make a record of a kind can make one from its form with nothing but what the form asks for."""

import re

import pytest

from crm.kinds import KINDS, Kind
from tests.crm.sample_records import Samples
from tests.webapp.world import ROLES, World

MAKERS = ("rep", "ops", "mkt", "adm", "mgr")
# Kinds that are refused when every field has its first answer, and the sentence that says why.
REFUSED = {
    "account_relationship": "Choose one of the options.",  # the new account has no contacts to choose from
    "contact": "Give a phone number or an e-mail address.",
    "org_unit": "a time zone such as Asia/Shanghai",
    "power_map_link": "Choose two different people.",
    "price": "there is one already",
    "sales_stage": "Expected",
    "sales_target": "Name either a person or a unit.",
}
CREATABLE = [kind for kind in KINDS.values() if kind.create and kind.key != "opportunity_document"]


@pytest.fixture
def numbers(world: World) -> dict[str, str]:
    """One record of each kind, all owned by the representative: its number by kind."""
    with world.application.database.write() as running:
        samples = Samples(running.connection, "lin.wei")
        made = {kind.key: samples.make(kind) for kind in KINDS.values()}
        made["opportunity"], made["account"] = samples.make(KINDS["opportunity"]), samples.make(KINDS["account"])
        return made


def test_a_record_of_every_kind_can_be_made(world: World, numbers: dict[str, str]) -> None:
    clients = {role: world.client(ROLES[role]) for role in MAKERS}
    answers = {}
    for kind in CREATABLE:
        client = clients[next(role for role in MAKERS if role in kind.create)]
        path = f"/records/{kind.key}/new{_parent(kind, numbers)}"
        page = client.get(path)
        assert page.status_code == 200, (kind.key, page.status_code, page.text[-300:])
        made = client.client.post(path, data={"csrf_token": client.token(), **filled(page.text, kind)})
        answers[kind.key] = (made.status_code, sentences(made.text))

    assert {key: answer for key, answer in answers.items() if answer[0] != 302 and key not in REFUSED} == {}
    for key, sentence in REFUSED.items():
        assert answers[key][0] == 422 and sentence in answers[key][1]


def _parent(kind: Kind, numbers: dict[str, str]) -> str:
    if not kind.parents or not kind.has(kind.parents[0].column):
        return ""
    return f"?parent={kind.parents[0].kind}:{numbers[kind.parents[0].kind]}"


def filled(page: str, kind: Kind) -> dict[str, str]:
    """The first answer to everything that must be answered."""
    form = page[page.index("<main") :]
    found: dict[str, str] = {}
    form = re.sub(r'<fieldset class="form-row">.*?</fieldset>', "", form, flags=re.S)  # blank rows may stay blank
    for name, inner in re.findall(r'<select[^>]* name="([^"]+)"[^>]*required[^>]*>(.*?)</select>', form, re.S):
        values = re.findall(r'value="([^"]+)"', inner)
        found[name] = (re.findall(r'value="([^"]+)" selected', inner) or values or [""])[0]
    for name in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]* required', form):
        found[name] = "Something"
    for tag in re.findall(r"<input[^>]* required[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)[1]  # type: ignore[index]
        value = re.search(r'value="([^"]+)"', tag)
        found[name] = value[1] if value else first(tag, kind, name)
    return found


def first(tag: str, kind: Kind, name: str) -> str:
    if 'type="date"' in tag:
        return "2026-04-01"
    if 'type="datetime-local"' in tag:
        return "2026-04-01T09:00"
    if 'maxlength="3"' in tag:
        return "USD"
    if "inputmode" in tag:
        return str(max(1, kind.field(name).low or 1))
    return f"New {name}" if kind.field(name).type != "code" else f"new_{name}"


def sentences(page: str) -> str:
    return " ".join(re.findall(r'(?:role="alert"|error-text)[^>]*>([^<]+)<', page))
