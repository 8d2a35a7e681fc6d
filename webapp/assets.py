"""Where the built scripts and styles of a page are, by the manifest that the front-end build writes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for

MANIFEST = Path(__file__).parent / "static" / "dist" / "manifest.json"
_MANIFEST = "salesflow-assets"


@dataclass(frozen=True)
class Asset:
    """Addresses of one page's bundle; empty where nothing was built, and the page works without."""

    js: str = ""
    css: str = ""


def install(app: Flask) -> None:
    """Gives templates `asset(page)`; the manifest is read once, in debug at every page."""
    app.extensions[_MANIFEST] = read(MANIFEST)
    app.jinja_env.globals["asset"] = asset


def asset(page: str) -> Asset:
    """The addresses of a page's bundle."""
    entry = _entry(page)
    return Asset(**{kind: _address(entry.get(kind)) for kind in ("js", "css")})


def policy(page: str, nonce: str) -> dict[str, str]:
    """What a page's bundle needs of the content security policy beyond the base, as its build says."""
    needs = _entry(page).get("csp", {})
    relaxed = {}
    if needs.get("style_nonce"):
        relaxed["style-src"] = f"'self' 'nonce-{nonce}'"
    if needs.get("style_attribute_hashes"):
        hashes = " ".join(f"'{digest}'" for digest in needs["style_attribute_hashes"])
        relaxed["style-src-attr"] = f"'unsafe-hashes' {hashes}"
    if needs.get("data_images"):
        relaxed["img-src"] = "'self' data:"
    return relaxed


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The manifest `{page: {js, css, csp}}`, or nothing when the front end was not built."""
    if not path.is_file():
        return {}
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _entry(page: str) -> dict[str, Any]:
    manifest = read(MANIFEST) if current_app.debug else current_app.extensions[_MANIFEST]
    entry: dict[str, Any] = manifest.get(page, {})
    return entry


def _address(name: str | None) -> str:
    return url_for("static", filename=f"dist/{name}") if name else ""
