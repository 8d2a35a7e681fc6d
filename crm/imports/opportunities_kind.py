"""Rows that become opportunities, ready to be prioritized: what the row lacks gets neutral, visible defaults."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select

from crm import exchange, periods
from crm.defaults_data import BASE_CURRENCY
from crm.errors import NoRate
from crm.imports.account_of import account_of
from crm.imports.kinds import Kind, Reading, Values, owner_of
from crm.imports.refusals import Finding
from crm.imports.stage_names import Place, StageNames
from crm.imports.staged import Draft, Setting
from crm.states import OPEN_OPPORTUNITY
from crm.tables import import_opportunity, opportunity
from crm.tables.imports import OPPORTUNITY_FIELDS
from crm.tables.opportunities import RATINGS

TAKEN = ("expected_close_date", "win_probability", "source", "need", "rfp", "next_step", "next_step_date", "notes")
NEUTRAL_RATING = 3
EVEN_CHANCE = Decimal(50)
USUAL_SOURCE = "import"
TERMINAL = ("won", "lost", "cancelled")
# What an update leaves alone: an opportunity that is here moves by its own processes.
KEPT = frozenset(("status", "stage", "sales_mode", "forecast_category", "outcome", "outcome_date", "actual_amount"))


class OpportunitiesKind(Kind):
    """Opportunities: without an id of the other system told apart by account and name."""

    key = "opportunities"
    target = opportunity
    waiting = import_opportunity
    fields = (*OPPORTUNITY_FIELDS, "account_id")
    adopts = False

    def __init__(self, connection: Connection, stages: StageNames, setting: Setting) -> None:
        self._stages = stages
        self._rates: dict[str, Decimal | None] = {}
        for currency in exchange.currencies(connection):
            try:
                self._rates[currency] = exchange.rate(connection, currency, setting.now.date())
            except NoRate:
                self._rates[currency] = None

    def given(self, draft: Draft, setting: Setting) -> Values:
        reading = Reading(draft)
        values = {key: draft.values[key] for key in TAKEN if key in draft.values}
        values["name"] = reading.text("name")
        if not values["name"]:
            reading.wrong("name", "Expected a name, but the cell is empty.")
        found = account_of(reading, setting)
        if found is not None:
            values["account_id"] = found.id
        owner = owner_of(reading, setting, otherwise=found.owner if found and not setting.own_only else "")
        if owner is not None:
            values["owner"], values["org_unit_id"] = owner
        self._money(reading, draft, values)
        values["place"] = self._stages.find(reading.text("stage")) or self._stages.usual
        reading.raise_if_wrong()
        return values

    def _money(self, reading: Reading, draft: Draft, values: Values) -> None:
        number = draft.values.get("amount")
        currency = draft.values.get("currency") or (number.currency if number else None)
        if number is not None:
            values["amount"] = number.value
        if currency is None:
            return
        values["currency"] = currency
        if self._rates.get(currency) is None:
            known = ", ".join(sorted(name for name, one in self._rates.items() if one is not None))
            template = "Expected a currency with an exchange rate (%(known)s), but there is none for %(currency)s."
            key = "currency" if "currency" in draft.values else "amount"
            reading.wrong(key, template, known=known, currency=currency)

    def _in_base(self, values: Values) -> Values:
        rate, amount = self._rates.get(values["currency"]), values["amount"]
        if amount is None or rate is not None:
            values["amount_base"] = None if amount is None or rate is None else exchange.rounded(amount * rate)
        return values

    def natural(self, values: Mapping[str, Any]) -> Hashable:
        return values["account_id"], str(values["name"]).casefold()

    def alike(self, given: Sequence[Values]) -> Select[Any]:
        return self.existing().where(opportunity.c.account_id.in_({one["account_id"] for one in given}))

    def created(self, given: Values, setting: Setting) -> Values:
        place: Place = given["place"]
        stage = self._stages.stage(place.stage)
        neutral: Values = {
            "source": USUAL_SOURCE,
            "sales_mode": stage.mode if stage else setting.options.mode,
            "currency": BASE_CURRENCY,
            "rfp": False,
            "stage": place.stage,
            "status": place.status,
            "win_probability": stage.probability if stage and place.status == "active" else EVEN_CHANCE,
            **dict.fromkeys(RATINGS, NEUTRAL_RATING),
        }
        values = self._in_base({**dict.fromkeys(self.fields), **neutral, **given})
        values |= self._ended(values, place, setting) if place.status in TERMINAL else {}
        if place.status == "active" and stage is not None:
            values |= {
                "forecast_category": stage.forecast_default,
                "stage_probability": stage.probability,
                "pipeline_entry_at": setting.now,
            }
        return self._dated(values)

    def _ended(self, values: Values, place: Place, setting: Setting) -> Values:
        won = place.status == "won"
        closed = values["expected_close_date"]
        today = setting.now.date()
        return {
            "outcome": place.status,
            "outcome_date": min(closed, today) if closed else today,
            "actual_amount": values["amount_base"] if won else None,
            "win_probability": Decimal(100 if won else 0),
        }

    def _dated(self, values: Values) -> Values:
        closes = values["expected_close_date"]
        values["period"] = periods.quarter(closes) if closes else None
        values.pop("place", None)
        return values

    def updated(self, row: Mapping[str, Any], given: Values, setting: Setting) -> Values:
        ended = row["status"] not in OPEN_OPPORTUNITY
        kept = KEPT | {"win_probability"} if ended else KEPT
        taken = {name: value for name, value in given.items() if name not in kept}
        values = super().updated(row, taken, setting)
        if "amount" in given or "currency" in given:
            values = self._in_base(values)
        if values["owner"] != row["owner"]:
            values["old_owner"] = row["owner"]
        return self._dated(values)

    def notes(self, row: Mapping[str, Any] | None, draft: Draft, given: Values) -> list[Finding]:
        """A stage that is not known, and an end that only the process here can make."""
        name = str(draft.values.get("stage", ""))
        if not name:
            return []
        column = draft.columns["stage"]
        place = self._stages.find(name)
        if place is None and row is None:
            near = self._stages.near(name)
            if near:
                template = "This stage is not known and was taken as assessed. Did you mean %(near)s?"
                return [Finding(draft.line, column, name[:200], template, {"near": near}, "note")]
            template = "This stage is not known and was taken as assessed."
            return [Finding(draft.line, column, name[:200], template, severity="note")]
        if place is not None and row is not None and place.status in TERMINAL and row["status"] in OPEN_OPPORTUNITY:
            template = "It has ended in the other system but is still open here. Close it here by its own process."
            return [Finding(draft.line, column, name[:200], template, severity="note")]
        return []
