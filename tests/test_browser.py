"""Finding a Chromium: what is named wins, what is missing is said."""

from pathlib import Path

import pytest

from tests import browser


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_named_browser_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "chromium")
    mine = program(tmp_path, "mine")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CHROMIUM", str(mine))

    assert browser.locate() == browser.Chromium(str(mine), "named by $CHROMIUM")


def test_a_browser_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chrome = program(tmp_path, "google-chrome")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)

    assert browser.locate() == browser.Chromium(str(chrome), "found on the path")


def test_a_wrong_name_is_refused_and_nothing_is_installed_instead(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("CI", "1")
    monkeypatch.setattr(browser, "install", lambda: pytest.fail("must not install"))

    assert browser.main() == 1
    assert "'/nowhere/chromium' is none" in capsys.readouterr().err


def test_without_any_browser_the_sentence_says_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "DEBIAN", (("false",),))
    monkeypatch.setattr(browser, "PLAYWRIGHT", ("false",))

    with pytest.raises(browser.NoChromium, match="playwright install chromium.*CHROMIUM=/path"):
        browser.install()
