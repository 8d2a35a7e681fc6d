"""Importing opportunities: matched, mapped, completed with neutral defaults, and written once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from crm import evaluations, forecast, opportunities, stage_history
from crm.tables import opportunity_team_member, pipeline_snapshot
from tests.crm.factories import NOW, an_account
from tests.crm.imports.imported import REP, begin, deals, go_on, run_import, said

HEADER = "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date,Probability (%),Owner Email\n"


@pytest.fixture(autouse=True)
def customer(connection: Connection, configured: dict[str, int]) -> None:
    an_account(connection, "Hengli Machinery")
    an_account(connection, "云岭重工有限公司", owner="zhao.lei")


def row(number: int = 1, **cells: str) -> str:
    values = {
        "name": f"Line {number}",
        "account": "Hengli Machinery",
        "stage": "Qualification",
        "amount": '"1,200.50"',
        "close": "2026-12-31",
        "probability": "40",
        "owner": "lin.wei",
    } | cells
    return f"006-{number}," + ",".join(values.values()) + "\n"


def test_an_export_becomes_opportunities_ready_to_be_prioritized(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1) + row(2, owner="Zhao.Lei"))

    assert (run.state, run.created_count, run.error_count) == ("done", 2, 0)
    first, second = (opportunities.get(connection, one["number"]) for one in deals(connection))
    assert (first.number, first.name, first.amount, first.amount_base) == (
        "OPP-1001",
        "Line 1",
        Decimal("1200.50"),
        Decimal("1200.50"),
    )
    assert (first.status, first.stage) == ("assessed", "complex.assessed")
    assert (first.expected_close_date, first.win_probability) == (date(2026, 12, 31), Decimal(40))
    assert (first.source_system, first.external_id, first.created_by) == ("import", "006-1", "ops.one")
    assert (first.owner, second.owner) == ("lin.wei", "zhao.lei")


def test_what_the_file_does_not_say_gets_neutral_defaults_marked_as_imported(
    connection: Connection, tmp_path: Path
) -> None:
    run_import(connection, tmp_path, "opportunities", "Name,Account Name\nBare,Hengli Machinery\n")

    (deal,) = deals(connection)
    found = evaluations.latest(connection, deal["id"])
    assert found is not None and found.imported
    assert (found.max_discount_pct, found.delivery_risk, found.answers["imported"]) == (0, 3, True)
    assert (deal["r_revenue"], deal["r_relationship"], deal["win_probability"]) == (3, 3, Decimal(50))
    assert (deal["owner"], deal["source"], deal["currency"]) == ("lin.wei", "import", "CNY")


def test_children_are_written_with_their_opportunities(connection: Connection, tmp_path: Path) -> None:
    run_import(connection, tmp_path, "opportunities", HEADER + row(1, stage="Negotiation/Review"))

    (deal,) = deals(connection)
    assert (deal["status"], deal["stage"]) == ("active", "complex.negotiation")
    line = forecast.current(connection, deal["id"])
    assert line is not None
    assert (line.probability, line.period, line.revenue_potential) == (Decimal(80), "2026-Q4", Decimal("1200.50"))
    (member,) = connection.execute(select(opportunity_team_member)).mappings()
    assert (member["login"], member["role"], member["valid_to"]) == ("lin.wei", "owner", None)
    (move,) = stage_history.listing(connection, deal["id"])
    assert (move.to_status, move.reason) == ("active", "import")
    (kept,) = connection.execute(select(pipeline_snapshot.c.status)).scalars()
    assert kept == "active"


def test_ended_ones_keep_their_end(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1, stage="Closed Won", close="2026-03-01") + row(2, stage="输单")

    run_import(connection, tmp_path, "opportunities", text)

    won, lost = deals(connection)
    assert (won["status"], won["outcome"], won["outcome_date"], won["actual_amount"]) == (
        "won",
        "won",
        date(2026, 3, 1),
        Decimal("1200.50"),
    )
    assert (lost["status"], lost["win_probability"], lost["actual_amount"]) == ("lost", 0, None)


def test_importing_the_same_file_again_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1) + row(2, stage="Closed Won") + row(3, stage="Proposal")
    run_import(connection, tmp_path, "opportunities", text)
    before = deals(connection)

    run = run_import(connection, tmp_path, "opportunities", text)

    assert (run.state, run.unchanged_count, run.created_count + run.updated_count) == ("done", 3, 0)
    assert deals(connection) == before


def test_a_newer_export_changes_what_it_says_but_not_the_stage(connection: Connection, tmp_path: Path) -> None:
    run_import(connection, tmp_path, "opportunities", HEADER + row(1) + row(2, stage="Proposal"))

    text = HEADER + row(1, stage="Closed Won", amount="5000") + row(2, stage="Negotiation", owner="zhao.lei")
    run = run_import(connection, tmp_path, "opportunities", text)

    first, second = deals(connection)
    assert run.updated_count == 2
    assert (first["status"], first["amount_base"], first["row_version"]) == ("assessed", Decimal(5000), 2)
    assert said(connection, run) == [
        "2 Stage: It has ended in the other system but is still open here. Close it here by its own process."
    ]
    assert (second["owner"], second["stage"]) == ("zhao.lei", "complex.proposal")
    query = select(opportunity_team_member.c.login, opportunity_team_member.c.valid_to)
    members = connection.execute(query.where(opportunity_team_member.c.opportunity_id == second["id"])).all()
    assert {(login, ended is None) for login, ended in members} == {("lin.wei", False), ("zhao.lei", True)}


def test_errors_name_line_column_and_reason(connection: Connection, tmp_path: Path) -> None:
    text = (
        HEADER
        + row(1, amount="many")
        + row(2, account="Hengly Machinery")
        + row(3, owner="lin.wai")
        + row(4, close="31.02.2026", probability="140")
        + row(1)
        + row(5)
        + "006-6,short\n"
    )

    run = run_import(connection, tmp_path, "opportunities", text)

    assert (run.state, run.error_count, deals(connection)) == ("checked", 5, [])
    found = said(connection, run)
    assert found[0] == "2 Amount: Expected a number such as 1234.56, but this is not one."
    assert "3 Account Name: Expected a known account" in found[1] and "Did you mean Hengli Machinery?" in found[1]
    assert "4 Owner Email: Expected a known person" in found[2] and "Did you mean Lin.Wei?" in found[2]
    assert {line.split(":")[0] for line in found[3:5]} == {"5 Close Date", "5 Probability (%)"}
    assert found[5:] == ["8 : Expected 8 cells as in the header, but this row has 2."]


def test_the_lines_of_a_report_below_its_table_are_left_out_and_told(connection: Connection, tmp_path: Path) -> None:
    footer = '\n"Pipeline of the quarter"\n"Confidential Information"\n"Generated By:  Lin Wei"\n'

    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1) + row(2) + footer)

    assert (run.state, run.created_count, run.error_count, run.rows_total) == ("done", 2, 0, 2)
    assert said(connection, run) == ["5 : Lines 5 to 7 stand below the table and are left out."]


def test_single_cells_within_the_table_stay_errors(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1) + "\nA heading\n" + row(2) + "Another one\n"

    run = run_import(connection, tmp_path, "opportunities", text, dry_run=True)

    assert [line.split(" ")[0] for line in said(connection, run)] == ["4", "6"]


@pytest.mark.parametrize("currency", ["Chinese Yuan", "CNY - Chinese Yuan", "人民币(CNY)", "cny", "人民币元"])
def test_a_currency_is_known_by_its_name(connection: Connection, tmp_path: Path, currency: str) -> None:
    text = f"Name,Account Name,Amount,Currency\nLine,Hengli Machinery,500,{currency}\n"

    run = run_import(connection, tmp_path, "opportunities", text)

    assert said(connection, run) == [] and [deal["currency"] for deal in deals(connection)] == ["CNY"]


@pytest.mark.parametrize("currency", ["florins", "CNY/EUR", "12"])
def test_what_is_no_currency_is_an_error(connection: Connection, tmp_path: Path, currency: str) -> None:
    text = f"Name,Account Name,Amount,Currency\nLine,Hengli Machinery,500,{currency}\n"

    run = run_import(connection, tmp_path, "opportunities", text)

    assert said(connection, run) == ["2 Currency: Expected a currency such as CNY or EUR, but this is not one."]


def test_all_or_nothing_says_so_and_the_good_rows_may_be_chosen(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1, amount="many") + row(2)

    refused = run_import(connection, tmp_path, "opportunities", text)
    taken = run_import(connection, tmp_path, "opportunities", text, good_rows=True)

    assert refused.message is not None and refused.message.startswith("Nothing was imported")
    assert (taken.state, taken.created_count, taken.error_count) == ("done", 1, 1)
    assert [one["name"] for one in deals(connection)] == ["Line 2"]


def test_a_trial_run_shows_what_would_happen_and_changes_nothing(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1), dry_run=True)

    assert (run.state, run.created_count) == ("checked", 1)
    assert deals(connection) == []


def test_the_same_record_twice_in_a_file_is_an_error(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1) + row(1))

    assert said(connection, run) == ["3 Opportunity ID: Expected every record once, but line 2 is the same one."]


def test_a_chinese_export_is_understood(connection: Connection, tmp_path: Path) -> None:
    text = (
        "商机编号;商机名称;客户名称;预计成交日期;预计金额;销售阶段;负责人;赢率\n"
        "S-1;智能立体仓库;云岭重工;2026年12月31日;¥12,5万;方案报价;员工 lin.wei;0,6\n"
    )

    run = run_import(connection, tmp_path, "opportunities", text)

    assert said(connection, run) == []
    (deal,) = deals(connection)
    assert (deal["name"], deal["amount"], deal["stage"]) == ("智能立体仓库", Decimal(125000), "complex.proposal")
    assert (deal["win_probability"], deal["expected_close_date"]) == (Decimal(60), date(2026, 12, 31))


def test_a_currency_without_a_rate_is_an_error(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1, amount="$500"))

    assert said(connection, run) == [
        "2 Amount: Expected a currency with an exchange rate (CNY), but there is none for USD."
    ]


def test_the_files_own_stages_go_where_somebody_says(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1, stage="Beauty Contest") + row(2, stage="Signed!") + row(3, stage="Proposal")
    mapped = {"beauty contest": "complex.negotiation", "Signed!": "won", "Proposal": "complex.verbal_commitment"}

    run = run_import(connection, tmp_path, "opportunities", text, stages=mapped)

    assert said(connection, run) == []
    assert [(one["status"], one["stage"]) for one in deals(connection)] == [
        ("active", "complex.negotiation"),
        ("won", None),
        ("active", "complex.verbal_commitment"),
    ]


def test_a_stage_that_is_none_here_is_refused(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1), stages={"Qualification": "complex.none"})

    assert (run.state, deals(connection)) == ("failed", [])
    assert run.message is not None
    assert "for the stage Qualification of the file, but got complex.none" in run.message % run.message_values


def test_an_unknown_stage_is_taken_as_assessed_and_noted(connection: Connection, tmp_path: Path) -> None:
    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1, stage="Negotation"))

    assert (run.state, run.error_count, deals(connection)[0]["status"]) == ("done", 0, "assessed")
    assert "taken as assessed. Did you mean negotiation?" in said(connection, run)[0]


def test_a_rep_imports_only_own_records(connection: Connection, tmp_path: Path) -> None:
    text = HEADER + row(1) + row(2, owner="zhao.lei") + row(3, owner="")

    run = run_import(connection, tmp_path, "opportunities", text, by=REP, good_rows=True)

    assert (run.created_count, run.error_count) == (2, 1)
    assert "Expected yourself as the owner" in said(connection, run)[0]
    assert {one["owner"] for one in deals(connection)} == {REP}


def test_a_rep_does_not_change_what_belongs_to_somebody_else(connection: Connection, tmp_path: Path) -> None:
    run_import(connection, tmp_path, "opportunities", HEADER + row(1, owner="zhao.lei"))

    run = run_import(connection, tmp_path, "opportunities", HEADER + row(1, amount="1"), by=REP)

    assert "belongs to zhao.lei" in said(connection, run)[0]


@pytest.mark.parametrize("stop_after", [1, 2, 3, 4])
def test_an_import_cut_short_is_worked_again_without_doubling(
    connection: Connection, tmp_path: Path, stop_after: int
) -> None:
    run = begin(connection, tmp_path, "opportunities", HEADER + row(1) + row(2))
    go_on(connection, tmp_path, run, stop_after)

    run = go_on(connection, tmp_path, run)

    assert (run.state, run.created_count) == ("done", 2)
    assert [one["number"] for one in deals(connection)] == ["OPP-1001", "OPP-1002"]


def test_records_that_changed_meanwhile_are_checked_again(connection: Connection, tmp_path: Path) -> None:
    run_import(connection, tmp_path, "opportunities", HEADER + row(1))
    run = begin(connection, tmp_path, "opportunities", HEADER + row(1, amount="9") + row(2))
    go_on(connection, tmp_path, run, 3)
    (deal,) = deals(connection)
    current = opportunities.get(connection, deal["number"])
    opportunities.change(connection, current, {"next_step": "Call"}, by=REP, at=NOW)
    run_import(connection, tmp_path, "opportunities", HEADER + row(2, amount="7"))

    run = go_on(connection, tmp_path, run)

    first, second = deals(connection)
    assert (run.state, run.rechecks, run.updated_count) == ("done", 1, 2)
    assert (first["amount"], first["next_step"], second["amount"]) == (Decimal(9), "Call", Decimal("1200.50"))
