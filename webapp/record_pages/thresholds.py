"""Approval thresholds: putting a new version forward, and publishing it with a second pair of eyes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import thresholds
from crm.errors import CrmError
from crm.kinds import KINDS
from crm.thresholds import Threshold
from engine import errors, forms
from webapp.answers import sent_answers
from webapp.current import now, person, reading, writing
from webapp.failures import sentence_of
from webapp.permissions import requires
from webapp.record_pages.views import blueprint

LIMITS = ("limit_standard", "limit_major", "limit_strategic")
CARRIES = {"en": "Opportunities that one representative can carry", "zh-Hans": "每名销售代表可承担的商机数"}
FIGURES: Mapping[str, Mapping[str, str]] = {"rep_capacity": CARRIES}


@blueprint.get("/thresholds/propose")
@requires("settings.change")
def propose_thresholds() -> ResponseReturnValue:
    """The form of a new version, which begins with the figures in force."""
    return _page(_in_force())


@blueprint.post("/thresholds/propose")
@requires("settings.change")
def save_thresholds() -> ResponseReturnValue:
    """Puts a new version forward."""
    current = _in_force()
    form = _form(current)
    sent = sent_answers(form)
    try:
        given = forms.validate(form, sent, {}, _no_choices, now())
        with writing() as running:
            version = thresholds.propose(
                running.connection,
                valid_from=given["valid_from"],
                limits={name: given[name] for name in LIMITS},
                weights={name: given[name] for name in current.weights},
                params={name: given[name] for name in current.params},
                by=person().login,
                at=now(),
            )
    except errors.InvalidForm as wrong:
        return _page(current, sent, wrong.errors), 422
    except CrmError as refused:
        return _page(current, sent, trouble=sentence_of(refused)), 422
    flash(_("The version waits to be published by an administrator or a head of sales."), "done")
    return redirect(url_for("record_pages.show", key="approval_threshold", number=version))


@blueprint.post("/thresholds/<int:version>/publish")
@requires("threshold.publish")
def publish_thresholds(version: int) -> ResponseReturnValue:
    """Publishes a version that somebody else proposed."""
    with writing() as running:
        thresholds.publish(running.connection, version, by=person().login, at=now())
    flash(_("The thresholds are published."), "done")
    return redirect(url_for("record_pages.show", key="approval_threshold", number=version))


@blueprint.post("/thresholds/<int:version>/withdraw")
@requires("settings.change")
def withdraw_thresholds(version: int) -> ResponseReturnValue:
    """Takes a proposed version back."""
    with writing() as running:
        thresholds.withdraw(running.connection, version, by=person().login, at=now())
    flash(_("The proposal is withdrawn."), "done")
    return redirect(url_for("record_pages.show", key="approval_threshold", number=version))


def _in_force() -> Threshold:
    with reading() as connection:
        return thresholds.in_force(connection, now())


def _no_choices(_reference: str, _known: Mapping[str, Any]) -> list[Any]:
    return []


def _form(current: Threshold) -> forms.Form:
    kind, ratings = KINDS["approval_threshold"], KINDS["opportunity"]
    limits = [_number(name, kind.field(name).labels, 0, unit="money") for name in LIMITS]
    weights = [_number(name, ratings.field(name).labels, 0, most=1) for name in current.weights]
    figures = [_number(name, FIGURES.get(name, {"en": name}), 0) for name in current.params]
    start = forms.Field(key="valid_from", type="datetime", labels=kind.field("valid_from").labels, required=True)
    titles = {"en": "Weights of the ratings (together 1)", "zh-Hans": "各项评分权重(合计为 1)"}
    return forms.Form("thresholds", (start, *limits, forms.Field("", "group", titles, fields=tuple(weights)), *figures))


def _number(name: str, labels: Mapping[str, str], least: int, unit: str = "", most: int | None = None) -> forms.Field:
    maximum = "" if most is None else str(most)
    return forms.Field(name, "number", labels, required=True, unit=unit, minimum=str(least), maximum=maximum)


def _page(
    current: Threshold,
    sent: Mapping[str, Any] | None = None,
    wrong: Mapping[str, errors.Sentence] | None = None,
    trouble: str = "",
) -> str:
    held = {**current.limits, **current.weights, **current.params, "valid_from": now()}
    fields = forms.show(_form(current), sent, held, _no_choices, now(), wrong)
    return render_template("record_pages/thresholds.html", fields=fields, wrong=wrong or {}, trouble=trouble)
