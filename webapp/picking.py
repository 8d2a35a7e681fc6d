"""Finding one of many: the choices of a long list that somebody searches in, with or without JavaScript.

The button beside the list sends the whole form with `_search` (the reference and the field) and, in `_find.<field>`,
the text; the page comes back with what was typed and the choices found, and nothing else happens.
"""

from __future__ import annotations

from typing import Any

from flask import request

from engine import Sought

LONGEST_TEXT = 100


def is_search() -> bool:
    """Whether the request only looks for choices."""
    return "_search" in request.form


def sought(reference: str, *known: Any) -> Sought:
    """What the request looks for in the list of a reference; what it sent, and what is `known`, stays a choice."""
    wanted, _, path = request.form.get("_search", "").partition(" ")
    text = request.form.get(f"_find.{path}", "").strip()[:LONGEST_TEXT] if wanted == reference else ""
    return Sought.among(request.form.to_dict(flat=False), *known, text=text)
