"""`salesflow import` on a real database: the samples that come with the project, and refusals in one sentence."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import bootstrap
import crm.tables
from cli import main
from crm import exchange, opportunities
from crm.tables import account, opportunity
from tests import templates
from tests.crm import factories

SAMPLES = Path(__file__).parent.parent.parent / "docs" / "samples"


class Shell:
    """A data folder with a company, and the command in it."""

    def __init__(self, folder: Path) -> None:
        self.environment = {"SALESFLOW_DATA": str(folder)}
        settings = bootstrap.Settings.from_environment(self.environment)
        self.application = bootstrap.build(settings)

    def found(self) -> None:
        """Installs everything, and hires the people."""
        bootstrap.install(self.application)
        with self.application.database.write() as transaction:
            factories.make_company(transaction.connection)

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["import", *arguments], env=self.environment)

    def count(self, table: object) -> int:
        with self.application.database.read() as connection:
            return len(connection.execute(table.select()).all())  # type: ignore[attr-defined]


def _found(folder: Path) -> None:
    made = Shell(folder)
    made.found()
    made.application.database.dispose()


@pytest.fixture
def shell(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Iterator[Shell]:
    templates.copy(templates.once(tmp_path_factory, "shell", _found), tmp_path)
    made = Shell(tmp_path)
    yield made
    made.application.database.dispose()


def a_file(folder: Path, text: str) -> str:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_accounts_then_opportunities_are_imported_and_can_be_prioritized(shell: Shell, tmp_path: Path) -> None:
    customers = a_file(tmp_path, "Name;Owner\nHengli;lin.wei\n")
    first = shell.run("accounts", customers)
    deals = a_file(tmp_path, "Opportunity ID;Name;Account;Amount\nX-1;Line 3;Hengli;1.200,50\n")

    second = shell.run("opportunities", deals, "--source", "old-crm")

    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert "Amount -> amount" in second.output and "Imported: 1 new" in second.output
    with shell.application.database.read() as connection:
        deal = opportunities.get(connection, "OPP-1001")
    assert deal.status == "assessed"  # 3.3.3.4.3 starts on it
    assert (deal.source_system, str(deal.amount)) == ("old-crm", "1200.50")


def test_own_stages_are_mapped_on_the_command_line(shell: Shell, tmp_path: Path) -> None:
    shell.run("accounts", a_file(tmp_path, "Name;Owner\nHengli;lin.wei\n"))
    deals = a_file(tmp_path, "Opportunity ID;Name;Account;Stage\nX-1;Line 3;Hengli;Beauty = Contest\n")

    wrong = shell.run("opportunities", deals, "--stage", "complex.proposal")
    done = shell.run("opportunities", deals, "--stage", "Beauty = Contest=complex.proposal")

    assert wrong.exit_code == 1 and "Expected --stage NAME=STAGE" in wrong.output
    assert done.exit_code == 0, done.output
    with shell.application.database.read() as connection:
        assert opportunities.get(connection, "OPP-1001").stage == "complex.proposal"


def test_a_dry_run_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    answer = shell.run("accounts", a_file(tmp_path, "Name,Owner\nHengli,lin.wei\n"), "--dry-run")

    assert "Would import: 1 new" in answer.output
    assert (answer.exit_code, shell.count(account)) == (0, 0)


def test_rows_with_errors_are_named_and_stop_everything_unless_wanted(shell: Shell, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Name,Owner\nHengli,lin.wei\nNordic,nobody\n")

    refused = shell.run("accounts", path)
    assert (refused.exit_code, shell.count(account)) == (1, 0)
    taken = shell.run("accounts", path, "--good-rows")

    assert "line 3, Owner (nobody): Expected a known person" in refused.output
    assert "Nothing was imported, because 1 rows have errors." in refused.output
    assert (taken.exit_code, shell.count(account)) == (0, 1)


def test_columns_are_mapped_by_hand(shell: Shell, tmp_path: Path) -> None:
    path = a_file(tmp_path, "Bezeichnung,Name,Owner\nHengli,ignored,lin.wei\n")

    answer = shell.run("accounts", path, "--map", "Bezeichnung=name")

    assert answer.exit_code == 0, answer.output
    assert "Name -> (left out)" in answer.output
    with shell.application.database.read() as connection:
        assert connection.execute(account.select()).mappings().one()["name"] == "Hengli"


@pytest.mark.parametrize(
    ("text", "arguments", "why"),
    [
        ("Name,Owner\nA,lin.wei\n", ("--as", "mkt.bo"), "mkt.bo may not"),
        ("Name,Owner\nA,lin.wei\n", ("--as", "nobody.here"), "nobody.here may not"),
        ("Name,Owner\nA,lin.wei\n", ("--map", "Colour=name"), "Expected a column Colour in the file"),
        ("Name,Owner\nA,lin.wei\n", ("--map", "nonsense"), "Expected --map COLUMN=FIELD"),
        ("Farbe,Owner\nA,lin.wei\n", (), "Expected a column for Name"),
        ("Name,Owner\n", (), "Expected rows below the header"),
        ("Name,Name\nA,B\n", (), "come twice: Name"),
        ("", (), "is empty"),
    ],
)
def test_what_cannot_be_imported_gets_one_sentence(
    shell: Shell, tmp_path: Path, text: str, arguments: tuple[str, ...], why: str
) -> None:
    answer = shell.run("accounts", a_file(tmp_path, text), *arguments)

    assert answer.exit_code == 1
    assert why in answer.output and "Traceback" not in answer.output
    assert shell.count(account) == 0


def test_a_file_that_is_imported_is_not_kept(shell: Shell, tmp_path: Path) -> None:
    shell.run("accounts", a_file(tmp_path, "Name,Owner\nHengli,lin.wei\n"))

    assert list(shell.application.settings.uploads.iterdir()) == []


def test_the_samples_of_the_project_are_good(shell: Shell) -> None:
    owners = {"anna.keller": "Anna Keller", "zhao.lei": "赵磊", "he.ting": "何婷", "lin.wei": "林薇"}
    with shell.application.database.write() as transaction:
        people = crm.tables.users
        for login, name in owners.items():
            values = {"name": name, "name_zh": name, "email": f"{login}@example.com"}
            done = transaction.execute(people.update().where(people.c.login == login).values(values))
            if done.rowcount == 0:
                factories.a_user(transaction.connection, login, **values)
        exchange.set_rate(
            transaction.connection, "EUR", factories.NOW.date(), Decimal("7.85"), by="test", at=factories.NOW
        )
    files = [("accounts", "accounts"), ("contacts", "contacts")]
    files += [("opportunities", "opportunities"), ("opportunities", "opportunities-gb18030")]

    answers = [shell.run(kind, str(SAMPLES / f"{name}.csv")) for kind, name in files]

    assert [answer.exit_code for answer in answers] == [0, 0, 0, 0], "\n".join(answer.output for answer in answers)
    assert shell.count(opportunity) == 12
