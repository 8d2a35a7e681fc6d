"""Codes become words on pages: what a decision gave, in the words of the forms."""

import pytest

from engine import bundles
from tests.webapp.world import World
from webapp.names import Names


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Depth of the plan: standard, Required sections: Power map, Success factors"),
        ("zh-Hans", "计划深度：标准；必备章节：权力地图、成功因素"),
    ],
)
def test_a_result_of_codes_is_told_in_the_words_of_the_forms(world: World, language: str, told: str) -> None:
    result = {"plan_depth": "standard", "required_sections": ["power_map", "csf"]}

    with (
        world.app.test_request_context(headers={"Accept-Language": language}),
        world.engine.database.read() as connection,
    ):
        row = bundles.latest(connection, "develop-update-opportunity-plan")
        assert row is not None
        assert Names(connection).result(row.id, "opportunity_plan_scope", result) == told


def test_a_code_that_no_form_offers_is_told_as_words(world: World) -> None:
    result = {"required_sections": ["csf", "site_visit"]}

    with world.app.test_request_context(), world.engine.database.read() as connection:
        row = bundles.latest(connection, "develop-update-opportunity-plan")
        assert row is not None
        told = Names(connection).result(row.id, "opportunity_plan_scope", result)

    assert told == "Required sections: Success factors, site visit"


def test_a_number_is_not_told_as_a_yes_or_no(world: World) -> None:
    result = {"approval_required": True, "approval_level": 1, "special_approvals": []}

    with world.app.test_request_context(), world.engine.database.read() as connection:
        row = bundles.latest(connection, "prioritize-opportunity")
        assert row is not None
        told = Names(connection).result(row.id, "approval_rule", result)

    assert "Approval required: Yes, Approval level: 1" in told
