"""Drafts: what they change, in words; handing in, deploying by a second person, sending back."""

import re
from pathlib import Path

import pytest

from engine import bundles, definitions, drafts, instances, worker
from tests.webapp.modeler.editing import (
    NEW_CONDITION,
    OLD_CONDITION,
    changed_drawing,
    only_draft,
    replaced,
    send,
    source,
)
from tests.webapp.steps import ADMINISTRATOR, ANALYST, REP, begin, sql, text
from tests.webapp.world import World
from webapp.modeler import assessment, reviews

COLLABORATIONS = Path(__file__).parents[2] / "engine" / "behaviour" / "collaborations"
NOTATIONS = Path(__file__).parents[2] / "engine" / "behaviour" / "notations"


def page(world: World, draft: drafts.Draft, login: str = ANALYST) -> str:
    answer = world.client(login).get(f"/editor/drafts/{draft.id}")
    assert answer.status_code == 200
    return answer.text


def handed_in(world: World, note: str = "Tenders only.") -> drafts.Draft:
    client = world.client(ANALYST)
    draft = changed_drawing(world, client)
    client.post(f"/editor/drafts/{draft.id}/submit", note=note)
    return only_draft(world)


def test_a_changed_condition_is_told_before_and_after(world: World) -> None:
    draft = changed_drawing(world, world.client(ANALYST))

    html = page(world, draft)
    seen = text(html)

    assert "changed Pursuit already decided in Lead Management? → " in seen
    assert "Condition: =fast_track = true and pursue_decision = &#34;pursue&#34; → =rfp = true" in seen
    assert html.count('<tr class="is-changed">') == 1
    assert "is-changed" in html[html.index("<svg") :]


def test_a_changed_row_of_a_table_is_told(world: World) -> None:
    content = replaced(source(world, "dmn"), b"<text>&gt;= 70</text>", b"<text>&gt;= 75</text>")
    send(world.client(ANALYST), "dmn", "save", content)

    seen = text(page(world, only_draft(world)))

    assert "Opportunity segment, row 3" in seen
    assert "Win probability, %" in seen or "Win probability" in seen
    assert "&gt;= 70 → &gt;= 75" in seen


def test_a_changed_field_of_a_form_is_told(world: World) -> None:
    content = replaced(source(world, "form"), b'"Potential revenue"', b'"Revenue to come"')
    send(world.client(ANALYST), "form", "save", content)

    assert "Label: Potential revenue → Revenue to come" in text(page(world, only_draft(world)))


def test_changes_in_every_process_of_a_collaboration_are_told(world: World) -> None:
    content = (COLLABORATIONS / "buying-and-selling.bpmn").read_bytes()
    client = world.client(ANALYST)
    client.post("/editor/new", kind="bpmn", name="seller")
    send(client, "bpmn", "save", content, name="seller")

    seen = text(page(world, only_draft(world)))

    assert "added Buyer process buyer" in seen and "added Seller process seller" in seen
    assert "added send_order element" in seen and "added pack element" in seen


def test_an_unchanged_draft_says_so(world: World) -> None:
    send(world.client(ANALYST), "bpmn", "save", source(world, "bpmn"))

    assert "Nothing: it is the same as what is deployed." in page(world, only_draft(world))


def test_a_draft_that_only_moves_shapes_says_which(world: World) -> None:
    content = replaced(source(world, "bpmn"), b'<dc:Bounds x="244"', b'<dc:Bounds x="245"')
    send(world.client(ANALYST), "bpmn", "save", content)

    html = page(world, only_draft(world))

    assert "moved Previous: 3.3.3.4.2 Assess Opportunity element start" in text(html)
    assert html.count('<tr class="is-') == 1


def test_a_draft_that_is_only_written_otherwise_says_so(world: World) -> None:
    send(world.client(ANALYST), "bpmn", "save", source(world, "bpmn") + b"<!-- the same -->")

    assert "Only how the file is written: it runs and looks as before." in page(world, only_draft(world))


def test_a_draft_that_cannot_be_read_shows_why(world: World) -> None:
    send(world.client(ANALYST), "bpmn", "save", b"<broken")

    html = page(world, only_draft(world))

    assert "its changes cannot be told" in html
    assert "must be mended" in html


def test_what_was_understood_from_another_tool_is_told_without_alarm(world: World) -> None:
    client = world.client(ANALYST)
    client.post("/editor/new", kind="bpmn", name="c7-conditions")
    send(client, "bpmn", "save", (NOTATIONS / "c7-conditions.bpmn").read_bytes(), name="c7-conditions")

    html = page(world, only_draft(world))

    assert "understood" in html and "must be mended" not in html
    assert "as ${amount &gt; 1000 and vip != true}." in html


def test_handing_in_tells_the_administrators_and_keeps_the_note(world: World) -> None:
    draft = handed_in(world)

    assert draft.state == "submitted"
    assert "Tenders only." in page(world, draft)
    assert "A change of prioritize-opportunity waits for you" in world.client(ADMINISTRATOR).get("/notices/").text


def test_a_draft_that_cannot_run_is_not_handed_in(world: World) -> None:
    client = world.client(ANALYST)
    send(client, "bpmn", "save", b"<broken")

    client.post(f"/editor/drafts/{only_draft(world).id}/submit", note="x")

    assert only_draft(world).state == "draft"


def test_a_second_person_deploys_and_running_processes_stay_on_their_version(world: World) -> None:
    before = begin(world)
    draft = handed_in(world)
    administrator = world.client(ADMINISTRATOR)

    administrator.post(f"/editor/drafts/{draft.id}/deploy")

    after = begin(world, "OPP-1002")
    assert only_draft(world).state == "deployed"
    assert NEW_CONDITION in source(world, "bpmn")
    with world.application.database.read() as connection:
        versions = [instances.get(connection, one).version for one in (before, after)]
    assert versions == [1, 2]
    seen = text(page(world, only_draft(world), ADMINISTRATOR))
    assert "against version 1" in seen
    assert "Condition: =fast_track" in seen


def test_the_new_rule_holds_for_new_processes_and_the_old_one_for_old(world: World) -> None:
    sql(world, "UPDATE opportunity SET fast_track = 1, rfp = 0, pursue_decision = 'pursue'")
    begin(world)
    assert world.task("identify_priority")
    draft = handed_in(world)
    world.client(ADMINISTRATOR).post(f"/editor/drafts/{draft.id}/deploy")

    begin(world, "OPP-1002")

    assert world.task("review_pipeline_and_plans")
    worker.run_due(world.engine)


def test_nobody_deploys_an_own_change(world: World) -> None:
    sql(world, "INSERT INTO user_role (login, role) VALUES ('ana.lyst', 'adm')")
    draft = handed_in(world)
    client = world.client(ANALYST)
    html = client.get(f"/editor/drafts/{draft.id}").text
    assert "Somebody else than the author has to deploy a change (four eyes)." in html
    assert f'action="/editor/drafts/{draft.id}/deploy"' not in html

    client.post(f"/editor/drafts/{draft.id}/deploy")

    assert only_draft(world).state == "submitted"
    assert OLD_CONDITION in source(world, "bpmn")
    assert "four eyes" in client.get("/editor/").text


def test_a_change_is_sent_back_with_a_reason_and_can_be_handed_in_again(world: World) -> None:
    draft = handed_in(world)
    administrator = world.client(ADMINISTRATOR)
    administrator.post(f"/editor/drafts/{draft.id}/reject", reason=" ")
    assert only_draft(world).state == "submitted"

    administrator.post(f"/editor/drafts/{draft.id}/reject", reason="Ask legal first")

    assert only_draft(world).state == "rejected"
    html = page(world, draft)
    assert "Ask legal first" in html
    assert "Go on editing" in html
    client = world.client(ANALYST)
    send(client, "bpmn", "save", only_draft(world).content, version=only_draft(world).row_version)
    client.post(f"/editor/drafts/{draft.id}/submit", note="Asked.")
    assert only_draft(world).state == "submitted"


def test_a_draft_is_not_deployed_twice(world: World) -> None:
    draft = handed_in(world)
    administrator = world.client(ADMINISTRATOR)
    for _ in range(2):
        administrator.post(f"/editor/drafts/{draft.id}/deploy")

    with world.application.database.read() as connection:
        assert len(bundles.versions(connection, "prioritize-opportunity")) == 2


@pytest.mark.parametrize("verb", ["deploy", "reject", "submit"])
def test_a_rep_can_do_nothing_to_drafts(world: World, verb: str) -> None:
    draft = handed_in(world)

    assert world.client(REP).post(f"/editor/drafts/{draft.id}/{verb}", reason="x").status_code == 403
    assert world.client(REP).get(f"/editor/drafts/{draft.id}").status_code == 403
    assert only_draft(world).state == "submitted"


OTHER_LABEL = (b'name="Pursue Opportunity?"', b'name="Pursue this opportunity?"')


def deploy_meanwhile(world: World) -> None:
    """Another change of the drawing goes into force."""
    content = replaced(source(world, "bpmn"), *OTHER_LABEL)
    definitions.deploy(world.engine, {"bpmn/prioritize-opportunity.bpmn": content}, "wang.tao")


def test_of_many_changes_deployed_meanwhile_the_first_are_told_and_how_many_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (assessment, reviews):
        monkeypatch.setattr(module, "MOST", 1)
    draft = changed_drawing(world, world.client(ANALYST))
    other = source(world, "bpmn")
    for old in (b'name="Pursue Opportunity?"', b'name="Identify Opportunity Priority"'):
        other = replaced(other, old, b'name="Another"')
    definitions.deploy(world.engine, {"bpmn/prioritize-opportunity.bpmn": other}, "wang.tao")

    meanwhile = page(world, draft).partition("Deployed meanwhile")[2]

    assert re.search(r"And [1-9]\d* more\.", meanwhile)


def test_what_was_deployed_meanwhile_is_told_and_stands_in_the_way_until_it_is_taken_over(world: World) -> None:
    client = world.client(ANALYST)
    draft = changed_drawing(world, client)
    deploy_meanwhile(world)

    saved = send(client, "bpmn", "save", draft.content, draft.row_version)
    client.post(f"/editor/drafts/{draft.id}/submit", note="Tenders only.")
    html = page(world, draft)

    assert "Somebody deployed a newer prioritize-opportunity meanwhile" in saved.json["message"]
    assert "Deployed meanwhile" in html and "Pursue Opportunity? → Pursue this opportunity?" in text(html)
    assert only_draft(world).state == "draft"

    (base,) = re.findall(r'name="base" value="(\w+)"', html)
    client.post(f"/editor/drafts/{draft.id}/rebase", base=base)
    client.post(f"/editor/drafts/{draft.id}/submit", note="Tenders only.")

    assert "Deployed meanwhile" not in page(world, draft)
    assert only_draft(world).state == "submitted"


def test_an_editor_opened_before_a_deployment_says_from_what_it_began(world: World) -> None:
    client = world.client(ANALYST)
    (base,) = re.findall(r'data-base="(\w+)"', client.get("/editor/bpmn/prioritize-opportunity").text)
    changed = replaced(source(world, "bpmn"), OLD_CONDITION, NEW_CONDITION)
    deploy_meanwhile(world)

    answer = send(client, "bpmn", "save", changed, 0, base=base)

    assert answer.status_code == 200
    assert "Deployed meanwhile" in page(world, only_draft(world))
    assert "Deployed meanwhile" in page(world, only_draft(world), ADMINISTRATOR)
