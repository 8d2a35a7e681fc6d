"""Importing in the browser: upload, columns, trial run, import; and everything that can be wrong on the way."""

import csv
import io
import re

import pytest
from werkzeug.test import TestResponse

from crm import opportunities
from crm.imports import runs, uploads
from engine import worker
from tests.webapp.world import Client, World

GOOD = "Opportunity ID,Opportunity Name,Account Name,Amount,Close Date\nX-1,Line 3,Acme <b>Steel</b>,1200,2026-12-31\n"
BAD = GOOD + "X-2,=HYPERLINK(1),Nobody Inc,12,2026-12-31\nX-3,Line 4,Acme <b>Steel</b>,many,31/31/2026\n"


def upload(client: Client, text: str | bytes, kind: str = "opportunities", name: str = "export.csv") -> TestResponse:
    content = text if isinstance(text, bytes) else text.encode()
    return client.post("/import", kind=kind, file=(io.BytesIO(content), name))


def uploaded(client: Client, text: str, kind: str = "opportunities") -> str:
    """The address of a new import."""
    answer = upload(client, text, kind)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def chosen(client: Client, address: str) -> dict[str, str]:
    """What the form of the columns would send."""
    page = client.get(address).text
    selects = re.findall(r'<select id="([\w-]+)".*?</select>', page, re.DOTALL)
    found = {}
    for name in selects:
        body = page.split(f'<select id="{name}"')[1].split("</select>")[0]
        marked = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = marked[1] if marked else ""
    return found


def checked(world: World, client: Client, address: str, **changes: str) -> str:
    """The page after the trial run."""
    answer = client.post(f"{address}/check", **{**chosen(client, address), "source": "import", **changes})
    assert answer.status_code == 302, answer.text
    worker.run_due(world.engine)
    return client.get(address).text


def deals(world: World) -> list[str]:
    with world.application.database.read() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT name FROM opportunity ORDER BY number")]


def test_a_rep_uploads_matches_checks_and_imports(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)
    assert chosen(client, address)["column-1"] == "name"

    trial = checked(world, client, address)
    assert "Import 1 row" in trial and deals(world) == ["Rolling mill", "Spare parts"]
    client.post(f"{address}/apply")
    worker.run_due(world.engine)

    page = client.get(address).text
    assert "imported" in page
    assert deals(world)[-1] == "Line 3"
    with world.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1003").status == "assessed"  # 3.3.3.4.3 starts on it


STAGED = GOOD.splitlines()[0] + ",Stage\nX-1,Line 3,Acme <b>Steel</b>,,,%s\nX-2,Line 4,Acme <b>Steel</b>,,,Won\n"


def test_the_files_own_stages_are_listed_and_mapped(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, STAGED % "Beauty Contest")
    offered = chosen(client, address)
    assert (offered["stage-0"], offered["stage-1"]) == ("", "won")
    names = {"stage-name-0": "Beauty Contest", "stage-name-1": "Won"}

    checked(world, client, address, **names, **{"stage-0": "complex.proposal"})
    assert chosen(client, address)["stage-0"] == "complex.proposal"
    client.post(f"{address}/apply")
    worker.run_due(world.engine)

    with world.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1003").stage == "complex.proposal"


def test_errors_are_shown_by_row_and_column_and_the_good_rows_can_be_taken(world: World) -> None:
    client = world.client("olga.ops")
    address = uploaded(client, BAD)

    page = checked(world, client, address, owner="lin.wei")
    assert "Expected a known account" in page and "Expected a day that exists" in page
    assert client.post(f"{address}/apply").status_code == 409
    client.post(f"{address}/apply", good_rows="1")
    worker.run_due(world.engine)

    assert deals(world) == ["Rolling mill", "Spare parts", "Line 3"]


def test_the_list_of_errors_is_safe_to_open_in_a_spreadsheet(world: World) -> None:
    client = world.client("olga.ops")
    address = uploaded(client, "Name,Account Name,Owner\nA,=cmd|calc,lin.wei\nB,-1+1,lin.wei\n")
    checked(world, client, address)

    answer = client.get(f"{address}/findings.csv")

    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [line[2] for line in lines[1:]] == ["'=cmd|calc", "'-1+1"]
    assert all(not cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_what_the_file_holds_is_never_taken_for_html(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, "Name,<i>X</i>,Account\n<script>alert(1)</script>,1,<b>Nobody</b>\n")

    page = checked(world, client, address)

    assert "<script>alert" not in page and "<i>X" not in page and "<b>Nobody" not in page


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04workbook", "is an Excel workbook or a zip archive"),
        (b"", "is empty"),
        (b"Name,Account\n", "Expected rows below the header"),
        (b"Name,Name\nA,B\n", "come twice: Name"),
        (b"\x00\x01\x02\x03" * 20, "is a binary one"),
    ],
)
def test_a_file_that_is_no_csv_gets_one_sentence_and_is_not_kept(world: World, content: bytes, why: str) -> None:
    answer = upload(world.client("lin.wei"), content)

    assert answer.status_code == 422
    assert why in answer.text
    folder = world.application.settings.uploads
    assert not folder.exists() or not list(folder.iterdir())


def test_a_file_that_is_too_long_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LONGEST", 100)

    answer = upload(world.client("lin.wei"), GOOD * 3)

    assert (answer.status_code, "is longer" in answer.text) == (422, True)


@pytest.mark.parametrize("fields", [{}, {"kind": "opportunities"}, {"kind": "spaceships"}])
def test_an_upload_without_kind_or_file_is_refused(world: World, fields: dict[str, str]) -> None:
    answer = world.client("lin.wei").post("/import", **fields)

    assert (answer.status_code, "Choose what to import" in answer.text) == (422, True)


def test_columns_that_cannot_work_are_refused_on_the_page(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)
    wanted = chosen(client, address)

    without = client.post(f"{address}/check", **{**wanted, "column-1": ""})
    unknown = client.post(f"{address}/check", **{**wanted, "column-1": "colour"})
    mode = client.post(f"{address}/check", **{**wanted, "mode": "sideways"})

    assert [one.status_code for one in (without, unknown, mode)] == [422, 422, 422]
    assert "Expected a column for Name" in without.text


def test_nobody_sees_the_import_of_somebody_else_but_operations(world: World) -> None:
    address = uploaded(world.client("lin.wei"), GOOD)

    stranger, operations = world.client("zhao.min"), world.client("olga.ops")

    calls = [stranger.get(address), stranger.get(f"{address}/findings.csv"), stranger.post(f"{address}/cancel")]
    assert [answer.status_code for answer in calls] == [404, 404, 404]
    assert operations.get(address).status_code == 200
    assert "export.csv" not in stranger.get("/import").text


def test_a_rep_cannot_choose_another_owner(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)

    checked(world, client, address, owner="zhao.min")
    client.post(f"{address}/apply")
    worker.run_due(world.engine)

    with world.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1003").owner == "lin.wei"


def test_progress_is_asked_for_until_something_changes(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)
    client.post(f"{address}/check", **chosen(client, address))
    waiting = client.get(f"{address}/progress")

    same = client.get(f"{address}/progress", If_None_Match=waiting.headers["ETag"])
    worker.run_due(world.engine)
    over = client.get(f"{address}/progress", If_None_Match=waiting.headers["ETag"])

    assert "<progress" in waiting.text
    assert (same.status_code, over.status_code) == (304, 200)
    assert "Import 1 row" in over.text


def test_a_discarded_import_forgets_its_file(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)

    client.post(f"{address}/cancel")

    assert list(world.application.settings.uploads.iterdir()) == []
    again = client.post(f"{address}/check", **{"column-1": "name", "column-2": "account"})
    assert again.status_code == 409


def test_an_import_stopped_while_it_is_checked_writes_nothing(world: World) -> None:
    client = world.client("lin.wei")
    address = uploaded(client, GOOD)
    client.post(f"{address}/check", **chosen(client, address))

    client.post(f"{address}/cancel")
    worker.run_due(world.engine)

    with world.application.database.read() as connection:
        (run,) = runs.listing(connection)
        left = connection.exec_driver_sql("SELECT count(*) FROM import_opportunity").scalar_one()
    assert (run.state, left, len(deals(world))) == ("cancelled", 0, 2)


def test_the_pages_speak_chinese(world: World) -> None:
    client = world.client("lin.wei")
    client.post("/language", language="zh-Hans", next="/inbox")
    address = uploaded(client, BAD)

    page = checked(world, client, address)

    assert "导入" in page and "商机" in page
    assert "您可见的客户中没有这个名称的" in page
