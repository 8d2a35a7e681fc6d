"""The benchmarks work and compare like with like; how fast anything is, no test asks."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy

from bench import __main__ as bench
from bench import completions, decisions, growth, report
from bench.orders import ANSWERS

TABLES = ("history_event", "job", "task_candidate", "user_task")


def rows(file: Path) -> dict[str, object]:
    """What a variant left behind: rows by table, finished instances, events by kind and element, records."""
    engine = sqlalchemy.create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:

        def found(query: str) -> list[tuple[object, ...]]:
            return sorted(map(tuple, connection.execute(sqlalchemy.text(query))))

        counts = {name: found(f"SELECT count(*) FROM {name}") for name in TABLES}
        states = found("SELECT state, count(*), count(blob) FROM process_instance GROUP BY state")
        events = found("SELECT kind, element, count(*) FROM history_event GROUP BY kind, element")
        tasks = found("SELECT element, state, assignee, completed_by, count(*) FROM user_task GROUP BY 1, 2, 3, 4")
        deals = found("SELECT stage, total, count(*) FROM deal GROUP BY stage, total")
    engine.dispose()
    return {**counts, "states": states, "events": events, "tasks": tasks, "deals": deals}


def played(folder: Path, name: str, people: int = 1) -> dict[str, object]:
    file = folder / f"{name}.db"
    variant = completions.VARIANTS[name](file, "NORMAL")
    with ThreadPoolExecutor(people) as threads:
        completions.play(variant, 2, people, threads)
    variant.dispose()
    return rows(file)


def test_every_variant_leaves_the_same_rows(tmp_path):
    ours = played(tmp_path, "ours")
    assert ours["states"] == [("completed", 2, 2)]
    assert [row[0] for row in ours["tasks"]] == sorted(ANSWERS)
    assert ours["deals"] == [("close", 1320, 2)]
    for name in ("stock", "core", "floor"):
        assert played(tmp_path, name) == ours, name


@pytest.mark.parametrize("name", completions.VARIANTS)
def test_two_people_at_once_leave_the_same_rows(tmp_path, name):
    alone, together = tmp_path / "alone", tmp_path / "together"
    alone.mkdir()
    together.mkdir()
    assert played(together, name, people=2) == played(alone, name)


def test_costs_compare_each_round_with_itself():
    fast, slow = completions.Cost(0.001, 0.002), completions.Cost(0.004, 0.010)
    costs = completions.Costs("FULL", 1, {"ours": [fast, fast, slow], "stock": [slow, slow, slow]})
    assert costs.ratio() == 4
    assert costs.processor_ratio() == 5
    assert round(costs.per_second("ours")) == 1000
    assert round(costs.best("stock")) == 250
    assert round(costs.microseconds("stock")) == 10_000


def test_a_loop_is_measured_in_both_rounds(tmp_path):
    found = growth.loop(tmp_path / "loop.db", (2, 5), samples=2)
    assert set(found.microseconds) == set(found.state_bytes) == {2, 5}


def test_every_width_is_measured(tmp_path):
    found = growth.multi_instance(tmp_path / "wide.db", (3, 6), samples=4)
    assert set(found.microseconds) == {3, 6}
    assert found.state_bytes[6] > found.state_bytes[3]


def test_the_condition_is_the_one_that_is_held():
    flat = growth.Growth({1: 1, 2: 1}, {1: 1, 2: 1})
    assert growth.CONDITION in report.growth(flat, flat, 1, {1: 1, 2: 2})
    assert growth.condition(10, 2) > 0


def test_drawings_of_every_size_are_deployed(tmp_path):
    assert set(growth.deploying(tmp_path / "deploy.db", (3, 6), rounds=2)) == {3, 6}


def test_tables_of_every_length_give_the_same_to_everybody_who_looks_them_up():
    found = decisions.measure((20, 40), calls=20, repeats=1)

    assert set(found.microseconds) == {"indexed", "scanned", "stock"}
    assert all(set(times) == {20, 40} for times in found.microseconds.values())
    assert "40 rows" in report.decisions(found)


def test_the_whole_run_goes_into_the_page(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{report.BEGIN}\nold\n{report.END}\nAfter.\n")
    assert bench.main(["--quick", "--write", str(page)]) == 0
    text = page.read_text()
    assert text.startswith("Before.") and text.rstrip().endswith("After.")
    assert "old" not in text
    assert capsys.readouterr().out.strip() in text
    for name in report.NAMES.values():
        assert text.count(f"| {name} |") == 4


def test_a_page_without_marks_is_refused(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("nothing")
    with pytest.raises(ValueError, match="measured: begin"):
        report.write(page, "text")


def test_a_miss_is_said_plainly():
    cost = completions.Cost(1, 1)
    slow = completions.Costs("FULL", 1, {"ours": [cost], "stock": [cost], "floor": [cost]})
    assert "FULL, one person after the other: 1.00 x stock; 3 x is NOT held" in report.verdict([slow])
