"""The list of rules, and the page of each."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from engine import errors
from webapp.languages import language
from webapp.permissions import requires
from webapp.rules import pages

blueprint = Blueprint("rules", __name__, url_prefix="/rules", template_folder="templates")


@blueprint.get("/")
@requires("definition.draft", "definition.deploy")
def index() -> ResponseReturnValue:
    """Everything that is looked at before a file is deployed."""
    found = [pages.rule_page(rule, language(), _address) for rule in pages.rules()]
    return render_template("rules/index.html", pages=found)


@blueprint.get("/<rule>")
@requires("definition.draft", "definition.deploy")
def page(rule: str) -> ResponseReturnValue:
    """What one rule asks, why, and how to mend what it tells."""
    found = pages.rule_page(rule, language(), _address)
    if found is None:
        raise errors.NotFound("Expected a rule, but there is no %(name)s.", name=rule)
    return render_template("rules/page.html", page=found)


def _address(rule: str) -> str:
    return url_for("rules.page", rule=rule)
