"""Finds a Chromium for the browser tests, installs one where that is possible, and says what it did.

`python -m tests.browser` is run once by `make test`, before the tests; the tests themselves only `locate()`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEBIAN = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"),
)
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install", "chromium")


@dataclass(frozen=True)
class Chromium:
    """A browser that can be started: where it is, and how it was come by (half a sentence)."""

    path: str
    how: str


class NoChromium(Exception):
    """No browser was found; the text says what was tried and what to do."""


def locate() -> Chromium:
    """The Chromium to use: $CHROMIUM, else one on the path, else Playwright's own.

    Raises NoChromium.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        if not shutil.which(named):
            raise NoChromium(f"Expected $CHROMIUM to name a program, but '{named}' is none.")
        return Chromium(named, "named by $CHROMIUM")
    for name in NAMES:
        if found := shutil.which(name):
            return Chromium(found, "found on the path")
    return _playwrights()


def _playwrights() -> Chromium:
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error as error:
        raise NoChromium(f"Playwright cannot say where its Chromium is: {error.message}") from error
    if not Path(path).is_file():
        raise NoChromium(
            f"No Chromium: $CHROMIUM is not set, none of {', '.join(NAMES)} is on the path, "
            "and Playwright has not installed one."
        )
    return Chromium(path, "installed by Playwright")


def install() -> str:
    """Install a Chromium and return in words how: Debian's as root, else Playwright's.

    Raises NoChromium with what was tried.
    """
    tried = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        if _succeeds(DEBIAN):
            return "installed Debian's chromium and fonts-noto-cjk with apt-get"
        tried.append("apt-get install chromium")
    if _succeeds([PLAYWRIGHT]):
        return "installed Playwright's Chromium"
    tried.append("playwright install chromium")
    raise NoChromium(
        f"Could not install a Chromium (tried: {'; '.join(tried)}). "
        "Install one, or name it: CHROMIUM=/path/to/chromium make test."
    )


def _succeeds(commands: Sequence[Sequence[str]]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return all(
        subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=False).returncode == 0
        for command in commands
    )


def flags() -> list[str]:
    """Command line switches: no traffic of its own; no sandbox where root would not get one."""
    return [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]


def main() -> int:
    """Make sure there is a browser and say so in one line; 1 where $CI is set and there is none."""
    try:
        try:
            chromium = locate()
        except NoChromium as missing:
            if os.environ.get("CHROMIUM"):
                raise
            print(f"Browser tests: {missing} Installing one ...", flush=True)
            print(f"Browser tests: {install()}.")
            chromium = locate()
    except NoChromium as error:
        print(f"Browser tests cannot run and will be left out. {error}", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    print(f"Browser tests: using {chromium.path}, {chromium.how}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
