"""The project keeps its own rules, and each rule is seen to bite on a planted violation."""

from pathlib import Path

import pytest

from tests.architecture import violations

ROOT = Path(__file__).resolve().parent.parent


def plant(root: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return violations(root)


def test_the_project_keeps_its_rules() -> None:
    assert violations(ROOT) == []


def test_the_project_is_really_looked_at(tmp_path: Path) -> None:
    assert (ROOT / "engine" / "__init__.py").is_file()
    assert plant(tmp_path, {"engine/__init__.py": "", "engine/jobs.py": "import sqlalchemy\n"}) == []


FORBIDDEN = [
    ("engine/jobs.py", "from crm import people", "engine"),
    ("engine/jobs.py", "import SpiffWorkflow.bpmn", "sqlalchemy"),
    ("engine/jobs.py", "import flask_login", "sqlalchemy"),
    ("engine/jobs.py", "from engine import spiff", "reach engine.spiff"),
    ("engine/contract.py", "import sqlalchemy", "none of them"),
    ("engine/states.py", "from . import jobs", "engine.contract"),
    ("engine/feel/parser.py", "from engine.errors import X", "engine.feel"),
    ("engine/dmn/read.py", "from sqlalchemy import text", "lxml"),
    ("engine/bpmn/lint/ids.py", "from engine import tables", "engine.bpmn"),
    ("engine/spiff/parser.py", "from ..tables import job", "engine.spiff"),
    ("crm/people.py", "from engine import contract", "crm"),
    ("handlers/a/step.py", "from engine.jobs import x", "engine.contract"),
    ("handlers/a/step.py", "from handlers.b.step import x", "never imports another"),
    ("handlers/a/step.py", "from crm.people import _secret", "private"),
    ("bootstrap.py", "from webapp import create_app", "handlers"),
    ("webapp/inbox/views.py", "from engine.jobs import x", "bootstrap"),
    ("webapp/inbox/views.py", "from engine import tables", "public names"),
    ("webapp/inbox/views.py", "from sqlalchemy import text", "flask"),
    ("webapp/inbox/views.py", "import handlers", "bootstrap"),
    ("webapp/inbox/views.py", "from ..admin.views import x", "slice"),
    ("cli/main.py", "from webapp.inbox.views import x", "bootstrap"),
    ("migrations/env.py", "from engine.jobs import x", "engine.tables"),
    ("processes/__init__.py", "import engine", "processes"),
]


@pytest.mark.parametrize(("path", "line", "reason"), FORBIDDEN)
def test_an_import_outside_the_table_is_reported(tmp_path: Path, path: str, line: str, reason: str) -> None:
    surroundings = {
        "engine/__init__.py": '__all__ = ["transaction"]\n',
        "engine/tables.py": "",
        "engine/jobs.py": "",
        "engine/transaction.py": "",
        "engine/spiff/__init__.py": "",
        "webapp/admin/views.py": "",
    }

    found = plant(tmp_path, surroundings | {path: f"{line}\n"})

    assert len(found) == 1
    assert found[0].startswith(f"{path}:1 imports ")
    assert reason in found[0]


ALLOWED = [
    ("engine/advance.py", "from engine.spiff import stepper\nimport sqlalchemy"),
    ("engine/spiff/stepper.py", "import SpiffWorkflow\nfrom engine.port import Effects"),
    ("handlers/a/step.py", "from engine.contract import Done\nfrom crm import x"),
    ("handlers/b/step.py", "from handlers.shared import x"),
    ("handlers/__init__.py", "from handlers.a import step"),
    ("webapp/inbox/views.py", "from engine import transaction\nfrom webapp.auth import x\nimport flask"),
    ("webapp/__init__.py", "from webapp.admin import views"),
    ("webapp/tables.py", "import sqlalchemy"),
    ("cli/main.py", "from webapp import create_app\nfrom engine import transaction\nimport click"),
    ("migrations/env.py", "from engine.tables import metadata\nimport sqlalchemy"),
    ("bench/stock.py", "import SpiffWorkflow"),
]


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_an_import_inside_the_table_is_fine(tmp_path: Path, path: str, text: str) -> None:
    surroundings = {
        "engine/__init__.py": '__all__ = ["transaction"]\n',
        "engine/transaction.py": "",
        "handlers/shared/__init__.py": "",
        "handlers/a/step.py": "",
        "webapp/admin/views.py": "",
        "webapp/auth.py": "",
    }

    assert plant(tmp_path, surroundings | {path: f"{text}\n"}) == []


@pytest.mark.parametrize(
    "call", ["session.commit()", "with engine.begin(): pass", "connection.execute('commit;')"]
)
def test_a_commit_outside_transaction_is_reported(tmp_path: Path, call: str) -> None:
    files = {"crm/deals.py": f"def save(session, engine, connection):\n    {call}\n"}

    found = plant(tmp_path, files | {"engine/transaction.py": files["crm/deals.py"]})

    assert len(found) == 1
    assert found[0].startswith("crm/deals.py:2 commits")


def test_beginning_something_else_than_a_transaction_is_no_commit(tmp_path: Path) -> None:
    assert plant(tmp_path, {"crm/deals.py": "def start(token):\n    token.begin()\n"}) == []


def test_an_import_inside_a_function_is_reported(tmp_path: Path) -> None:
    found = plant(tmp_path, {"crm/deals.py": "def save():\n    import json\n    return json\n"})

    assert found == ["crm/deals.py:2 imports inside save(): imports stand at the top of a file"]


def test_loading_by_name_is_reported_except_for_the_lazy_names_of_the_engine(tmp_path: Path) -> None:
    text = "import importlib\n\n\ndef __getattr__(name):\n    return importlib.import_module(name)\n"

    found = plant(tmp_path, {"crm/deals.py": text, "engine/__init__.py": text})

    assert found == ["crm/deals.py:5 loads a module by name inside __getattr__(): import it at the top"]


def test_an_import_cycle_is_reported_once(tmp_path: Path) -> None:
    files = {
        "crm/a.py": "from crm import b\n",
        "crm/b.py": "from .c import x\n",
        "crm/c.py": "import crm.a\n",
    }

    found = plant(tmp_path, files)

    assert len(found) == 1
    assert found[0].startswith("import cycle: ")
    assert all(name in found[0] for name in ("crm.a", "crm.b", "crm.c"))


def test_an_import_for_types_only_makes_no_cycle(tmp_path: Path) -> None:
    for_types = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from crm import b\n"

    assert plant(tmp_path, {"crm/a.py": for_types, "crm/b.py": "from crm import a\n"}) == []


@pytest.mark.parametrize(
    ("path", "lines", "limit"),
    [
        ("crm/deals.py", 301, 300),
        ("webapp/inbox/templates/list.html", 301, 300),
        ("frontend/src/app.js", 301, 300),
        ("tests/crm/test_deals.py", 401, 400),
    ],
)
def test_a_file_over_its_budget_is_reported(tmp_path: Path, path: str, lines: int, limit: int) -> None:
    exactly = {f"{path.rpartition('.')[0]}_at_limit.{path.rpartition('.')[2]}": "\n" * limit}

    found = plant(tmp_path, exactly | {path: "\n" * lines})

    assert found == [f"{path} has {lines} lines; at most {limit}"]


def test_a_function_over_sixty_lines_is_reported(tmp_path: Path) -> None:
    long = "def work():\n" + "    x = 1\n" * 60
    fine = "def work():\n" + "    x = 1\n" * 59

    assert plant(tmp_path, {"crm/fine.py": fine}) == []
    assert plant(tmp_path, {"crm/deals.py": long}) == ["crm/deals.py:1 work() has 61 lines; at most 60"]


def test_migrations_built_files_and_packages_of_node_have_no_budget(tmp_path: Path) -> None:
    files = {
        "migrations/versions/0001.py": "\n" * 900,
        "webapp/static/dist/app.js": "\n" * 900,
        "frontend/node_modules/x/index.js": "\n" * 900,
    }

    assert plant(tmp_path, files) == []
