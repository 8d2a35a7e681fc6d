"""What writing a record of some kinds means beyond its own row: derived columns, rules across fields, further rows.

A kind without a `Writer` of its own is written by the plain one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, func, select

from crm import accounts, opportunities, records, states, users, verification
from crm.errors import CrmError, InvalidValue
from crm.kinds import Kind
from crm.tables import opportunity_contact, opportunity_team_member, sales_stage
from crm.titles import both

Values = Mapping[str, Any]
CENT = Decimal("0.01")
HUNDRED = Decimal(100)


class Writer:
    """Writes the row and nothing else."""

    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        """The columns that follow from all values of a record (`row_id` None: a new one); raises `CrmError`."""
        return {}

    def create(self, connection: Connection, kind: Kind, values: Values, *, by: str, at: datetime) -> Any:
        """Adds the record and gives what its number column holds."""
        row = dict(values)
        if kind.number == "number":
            row["number"] = records.number(connection, kind.sequence)
        row |= self.completed(connection, row, None)
        key = records.insert_keyed(connection, kind.table, row, by=by, at=at)
        return row.get(kind.number, key)

    def change(
        self, connection: Connection, kind: Kind, row: Values, changes: Values, version: int, *, by: str, at: datetime
    ) -> None:
        """Changes a record that still has `version`; `row` are its values as they are."""
        written = {**changes, **self.completed(connection, {**row, **changes}, row[kind.identity.name])}
        records.update(
            connection, kind.table, row[kind.identity.name], version, written, by=by, at=at,
            record=str(row[kind.number]), before={name: row[name] for name in written},
        )  # fmt: skip

    def move(
        self, connection: Connection, kind: Kind, row: Values, state: str, reason: str, *, by: str, at: datetime
    ) -> None:
        """Moves a record to another state by hand; raises `IllegalMove`."""
        number = str(row[kind.number])
        states.move(kind.states, number, row[kind.state], state)
        records.update(
            connection, kind.table, row[kind.identity.name], row["row_version"], {kind.state: state}, by=by, at=at,
            record=number, before=row, reason=reason,
        )  # fmt: skip


class _Account(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        return {"name_key": accounts.name_key(values["name"])}


class _Lead(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        return {"company_key": accounts.name_key(values["company"])}


class _Contact(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        if not (values.get("phone") or values.get("email")):
            raise CrmError("Give a phone number or an e-mail address.")
        return {}


class _AccountVerification(Writer):
    def change(
        self, connection: Connection, kind: Kind, row: Values, changes: Values, version: int, *, by: str, at: datetime
    ) -> None:
        wanted = {**row, **changes}
        target = wanted["merged_into_id"]
        into = accounts.by_id(connection, target) if target is not None else None
        line = replace(verification.get(connection, row["id"]), row_version=version)
        if wanted["result"] is None:
            raise CrmError("Say whether the customer is right, was corrected, or is merged into another one.")
        verification.settle(connection, line, wanted["result"], into=into, note=wanted["note"], by=by, at=at)


class _Opportunity(Writer):
    def create(self, connection: Connection, kind: Kind, values: Values, *, by: str, at: datetime) -> Any:
        return opportunities.create(connection, by=by, at=at, **values).number

    def change(
        self, connection: Connection, kind: Kind, row: Values, changes: Values, version: int, *, by: str, at: datetime
    ) -> None:
        current = opportunities.get(connection, row["number"])
        own = {name: value for name, value in changes.items() if name in opportunities.CHANGEABLE}
        own.pop("org_unit_id", None)
        if own:
            current = opportunities.change(connection, current, own, by=by, at=at, expected_version=version)
        if changes.get("owner", current.owner) != current.owner:
            opportunities.reassign(connection, current, changes["owner"], by=by, at=at)

    def move(
        self, connection: Connection, kind: Kind, row: Values, state: str, reason: str, *, by: str, at: datetime
    ) -> None:
        current = opportunities.get(connection, row["number"])
        opportunities.move(
            connection, current, state, by=by, at=at, reason=reason, outcome=None, outcome_date=None, actual_amount=None
        )


class _OpportunityProduct(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        share = 1 - Decimal(values.get("discount_pct") or 0) / HUNDRED
        amount = Decimal(values["qty"]) * Decimal(values["price"]) * share
        return {"amount": amount.quantize(CENT, ROUND_HALF_UP)}


class _OpportunityContact(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        at = opportunity_contact.c
        leads = select(at.id).where(at.opportunity_id == values["opportunity_id"], at.is_lead_decision_maker)
        if values.get("is_lead_decision_maker") and connection.execute(leads.where(at.id != (row_id or 0))).first():
            raise CrmError("Another contact decides in the end already. Change that one first.")
        return {}


class _OpportunityTeamMember(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        at = opportunity_team_member.c
        others = select(func.sum(at.share_pct)).where(
            at.opportunity_id == values["opportunity_id"], at.valid_to.is_(None), at.id != (row_id or 0)
        )
        total = Decimal(connection.execute(others).scalar() or 0) + Decimal(values.get("share_pct") or 0)
        if total > HUNDRED:
            raise CrmError("The shares of the team would add up to %(total)s %%; expected at most 100 %%.", total=total)
        return {}


class _PowerMapLink(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        if values["from_contact_id"] == values["to_contact_id"]:
            raise CrmError("Choose two different people.")
        return {}


class _SalesStage(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        at = sales_stage.c
        mode = values["mode"]
        if not values["key"].startswith(f"{mode}."):
            raise InvalidValue(
                expected=both(f"a key that begins with {mode}.", f"以 {mode}. 开头的键"),
                field="key",
                record=values["name"],
                value=values["key"],
            )
        entries = select(at.key).where(at.mode == mode, at.pipeline_entry, at.key != (row_id or ""))
        if values.get("pipeline_entry") and connection.execute(entries).first():
            raise CrmError("Another stage of this sales mode is the first pipeline stage. Change that one first.")
        return {}


class _User(Writer):
    def create(self, connection: Connection, kind: Kind, values: Values, *, by: str, at: datetime) -> Any:
        return users.create(connection, roles=(), by=by, at=at, **values).login

    def change(
        self, connection: Connection, kind: Kind, row: Values, changes: Values, version: int, *, by: str, at: datetime
    ) -> None:
        if row["login"] == by and changes.get("active") is False:
            raise CrmError("Nobody shuts themselves out. Ask another administrator.")
        users.change(connection, row["login"], version, changes, by=by, at=at)


class _SalesTarget(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        if (values.get("owner") is None) == (values.get("org_unit_id") is None):
            raise CrmError("Name either a person or a unit.")
        return {}


class _OrgUnit(Writer):
    def completed(self, connection: Connection, values: Values, row_id: Any) -> Values:
        if values["time_zone"] not in available_timezones():
            expected, zone = both("a time zone such as Asia/Shanghai", "时区，如 Asia/Shanghai"), values["time_zone"]
            raise InvalidValue(expected=expected, field="time_zone", record=values["code"], value=zone)
        return {}


WRITERS: Mapping[str, Writer] = {
    "account": _Account(),
    "contact": _Contact(),
    "account_verification": _AccountVerification(),
    "lead": _Lead(),
    "opportunity": _Opportunity(),
    "opportunity_product": _OpportunityProduct(),
    "opportunity_contact": _OpportunityContact(),
    "opportunity_team_member": _OpportunityTeamMember(),
    "power_map_link": _PowerMapLink(),
    "sales_stage": _SalesStage(),
    "sales_target": _SalesTarget(),
    "org_unit": _OrgUnit(),
    "user": _User(),
}


def writer_of(kind: Kind) -> Writer:
    """The writer of a kind."""
    return WRITERS.get(kind.key, PLAIN)


PLAIN = Writer()


def unit_of(connection: Connection, owner: str) -> int | None:
    """The org unit of an owner, which a record keeps; raises `RecordNotFound`."""
    return users.get(connection, owner).org_unit_id
