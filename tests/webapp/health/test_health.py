"""What watches the server gets an answer, and browsers can report broken content policy."""

import json
import logging

import pytest

from tests.webapp.steps import sql
from tests.webapp.world import World


def test_a_living_server_says_so_to_anybody(world: World) -> None:
    assert world.visitor().get("/live").json == {"status": "live"}


def test_a_server_with_the_tables_of_this_version_is_ready(world: World) -> None:
    answer = world.visitor().get("/ready")

    assert (answer.status_code, answer.json) == (200, {"status": "ready"})


def test_a_server_with_other_tables_is_not_ready_and_says_why(world: World) -> None:
    sql(world, "UPDATE alembic_version SET version_num = 'older'")

    answer = world.visitor().get("/ready")

    assert answer.status_code == 503
    assert "another version" in answer.json["reason"]


def test_a_server_whose_disk_failed_is_not_ready_and_says_why(world: World) -> None:
    writers = world.engine.database._writers
    assert writers is not None
    writers.fail(OSError("Input/output error"))

    answer = world.visitor().get("/ready")

    assert answer.status_code == 503
    assert "the disk failed (Input/output error)" in answer.json["reason"]


def test_a_report_of_a_browser_is_logged_without_a_token(world: World, caplog: pytest.LogCaptureFixture) -> None:
    report = {"csp-report": {"document-uri": "http://x/", "blocked-uri": "inline", "secret": "kept out"}}

    with caplog.at_level(logging.WARNING, "salesflow.csp"):
        answer = world.app.test_client().post("/csp", data=json.dumps(report), content_type="application/csp-report")

    assert answer.status_code == 204
    assert "inline" in caplog.text
    assert "kept out" not in caplog.text


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[" * 10_000, 400), (b"[]", 204), (b"x" * 20_000, 413)])
def test_what_is_no_report_is_dropped(world: World, body: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    answer = world.app.test_client().post("/csp", data=body)

    assert answer.status_code == status
    assert "content policy" not in caplog.text


def test_every_page_tells_browsers_where_to_report(world: World) -> None:
    assert "report-uri /csp" in world.visitor().get("/login").headers["Content-Security-Policy"]
