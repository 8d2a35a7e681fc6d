"""Lists and pages of opportunities and accounts, the pipeline, and starting a process on a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from crm import access, accounts, opportunities, opportunity_search, org_units, reports, stages, users
from engine import errors, messages
from webapp.current import engine, person, reader, reading
from webapp.languages import language
from webapp.layout import number as shown_number
from webapp.permissions import requires
from webapp.records import customer, deal, starts, words
from webapp.records.chart import Bars, bars
from webapp.records.filters import PAGE, STATUSES, DealFilter, PipelineFilter, last_page, page_number
from webapp.scopes import seen
from webapp.starting import begin

blueprint = Blueprint("records", __name__, template_folder="templates")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"words": words}


@blueprint.get("/opportunities")
@requires("opportunity.read")
def index() -> ResponseReturnValue:
    """The opportunities that the reader may see, filtered, in pages."""
    wanted = DealFilter.of(request.args)
    with reading() as connection:
        visible = access.visible_opportunities(reader(connection))
        found = opportunity_search.search(
            connection, visible, wanted.wanted(), limit=PAGE, offset=(wanted.page - 1) * PAGE
        )
        counts = opportunity_search.count_by_status(connection, visible)
        owners = users.listing(connection)
        ladder = [stage for stage in stages.listing(connection) if not stage.retired]
    return render_template(
        "records/opportunities.html",
        found=found,
        wanted=wanted,
        counts=counts,
        statuses=STATUSES,
        owners=owners,
        stages=ladder,
        last=last_page(found.total),
    )


@blueprint.get("/opportunities/<number>")
@requires("opportunity.read")
def opportunity(number: str) -> ResponseReturnValue:
    """One opportunity with everything about it."""
    with reading() as connection:
        return render_template("records/opportunity.html", page=deal.load(connection, number))


@blueprint.post("/opportunities/<number>/start")
@requires("process.start")
def start(number: str) -> ResponseReturnValue:
    """Starts a process on an opportunity, and goes on to the reader's task in it, if there is one."""
    key = request.form.get("key", "")
    with reading() as connection:
        record = seen(connection, f"opportunity:{number}")
        offered = starts.offered(connection, opportunities.get(connection, number))
    if key not in {one.key for one in offered}:
        raise errors.Conflict(
            "Expected a process that may start on %(number)s now, but this one may not.", number=number
        )
    return begin(key, record.business_key)


@blueprint.post("/opportunities/<number>/tell")
@requires("opportunity.change")
def tell(number: str) -> ResponseReturnValue:
    """Sends a message to the processes about an opportunity."""
    name = request.form.get("message", "")
    with reading() as connection:
        record = seen(connection, f"opportunity:{number}")
        offered = starts.messages(connection, opportunities.get(connection, number))
    if name not in {one.name for one in offered}:
        raise errors.Conflict("Nothing waits for this about %(number)s now. Look at the record again.", number=number)
    reached = messages.correlate(engine(), name, record.business_key, {}, actor=person().login)
    if reached.instances:
        flash(_("The process was told."), "done")
    return redirect(url_for("records.opportunity", number=number))


@blueprint.get("/accounts")
@requires("account.read")
def account_list() -> ResponseReturnValue:
    """The accounts that the reader may see, in pages."""
    text, page = request.args.get("text", "").strip()[:100], page_number(request.args)
    owner = request.args.get("owner", "")[:80]
    with reading() as connection:
        visible = access.visible_accounts(reader(connection))
        found = accounts.search(
            connection, visible, text=text, owner=owner or None, limit=PAGE, offset=(page - 1) * PAGE
        )
        owners = users.listing(connection)
    return render_template(
        "records/accounts.html",
        found=found,
        text=text,
        owner=owner,
        page=page,
        last=last_page(found.total),
        owners=owners,
        names={user.login: user.display_name(language()) for user in owners},
    )


@blueprint.get("/accounts/<number>")
@requires("account.read")
def account(number: str) -> ResponseReturnValue:
    """One account with its contacts, opportunities and plan."""
    with reading() as connection:
        return render_template("records/account.html", page=customer.load(connection, number))


@blueprint.get("/pipeline")
@requires("opportunity.read")
def pipeline() -> ResponseReturnValue:
    """RP-01: the pipeline by stage, of one owner, of a unit, or of everything visible."""
    wanted = PipelineFilter.of(request.args)
    with reading() as connection:
        visible = access.visible_opportunities(reader(connection))
        within = opportunity_search.narrowed(visible, owner=wanted.owner or None, unit=wanted.unit)
        report = reports.pipeline_by_stage(connection, within, engine().clock.now())
        modes = {mode.key: mode for mode in stages.modes(connection)}
        owners, units = users.listing(connection, only_active=True), org_units.listing(connection)
    chart = bars(_bars(report.stages), _("Pipeline by stage"))
    return render_template(
        "records/pipeline.html", report=report, modes=modes, wanted=wanted, owners=owners, units=units, chart=chart
    )


def _bars(figures: Sequence[reports.StageFigures]) -> list[Bars]:
    chinese = language().startswith("zh")
    return [
        Bars(
            label=one.name_zh if chinese else one.name,
            amount=one.amount,
            weighted=one.weighted,
            figure=f"{shown_number(one.amount)} · {one.count}",
        )
        for one in figures
    ]
