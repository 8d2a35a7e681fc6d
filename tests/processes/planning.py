"""Working an opportunity plan in tests: each section with answers that fit, so that a test names only what matters."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from crm import contacts, opportunity_plans, plan_answers, pursue, records
from crm.opportunities import Opportunity
from crm.tables import competitor
from engine.testing import Run
from tests.company import MANAGER, OPERATIONS, REP, START, Company

KEY = "develop-update-opportunity-plan"
EXPERT = "exp.ann"
STEPS = {
    "stakeholders": "identify_stakeholders",
    "power_map": "develop_power_map",
    "issues": "prioritize_issues",
    "timeline": "update_buying_timeline",
    "competition": "identify_competitors",
    "partners": "identify_partners",
    "value": "define_business_value",
    "solution": "develop_solution_strategy",
    "csf": "define_success_factors",
    "resources": "determine_resources",
    "actions": "develop_action_plan",
}


def deal_to_plan(company: Company, **fields: Any) -> Opportunity:
    """An active opportunity that was decided to be pursued, with two contacts at the customer."""
    given = {"status": "active", "stage": "complex.prioritised", "complexity": "complex", **fields}
    deal = company.opportunity(**given)
    with company.database.write() as transaction:
        connection = transaction.connection
        add_contacts(connection, deal.account_id)
        pursue.record(connection, deal, "pursue", basis="pipeline", rationale="Fits.", by=REP, at=START)
    return company.now(deal)


def add_contacts(connection: Connection, account_id: int) -> None:
    """Two people at the customer."""
    for name in ("Zhou Min", "Qian Hao"):
        contacts.create(connection, account_id, name, by=REP, at=START, phone="021 5555 0101")


def a_competitor(connection: Connection) -> str:
    """A new competitor, by business key."""
    count = connection.execute(select(func.count()).select_from(competitor)).scalar_one()
    values = {"number": f"CMP-{count:04}", "name": f"Rapid Lines {count}", "strengths": "Price"}
    records.insert(connection, competitor, values, by=REP, at=START)
    return f"competitor:{values['number']}"


@dataclass
class Planning:
    """One run of 3.3.3.4.4 about a deal; `contacts` are business keys, `amount` is what the plan makes it."""

    company: Company
    deal: Opportunity
    run: Run
    contacts: list[str]
    competitor: str
    amount: str = "65000"

    @classmethod
    def begin(cls, company: Company, deal: Opportunity, **variables: Any) -> Planning:
        """Starts the process as the owner."""
        return cls.of(company, deal, company.start(KEY, deal.business_key, actor=REP, **variables))

    @classmethod
    def of(cls, company: Company, deal: Opportunity, run: Run) -> Planning:
        """The planning within a run; the deal's customer has contacts already."""
        with company.database.write() as transaction:
            connection = transaction.connection
            people = [f"contact:{one.number}" for one in contacts.listing(connection, deal.account_id)]
            rival = a_competitor(connection)
        return cls(company, deal, run, sorted(people), rival)

    def study(self) -> None:
        """The customer and what is not known yet."""
        needs = [{"need": "Speed", "evidence": "Visit", "importance": "5"}]
        self.run.complete("review_customer_data", REP, potential_needs=needs, challenges="Old machines")
        gap = {"question": "Who signs?", "section": "stakeholders", "owner": REP, "due": "2026-09-30"}
        self.run.complete("identify_information_gaps", REP, gaps=[gap])

    def prepare(self) -> None:
        """Up to the first iteration: the expert gets every section."""
        self.study()
        with self.company.database.read() as connection:
            required = opportunity_plans.of(connection, self.deal).required_sections
        rows = [{"section": name, "assignee": EXPERT, "expertise": "Lines", "due": "2026-09-25"} for name in required]
        self.run.complete("assign_plan_sections", REP, sections=rows, lead_rep=REP, new_members=[EXPERT])

    def step(self, section: str) -> str:
        """The task that works a section."""
        return STEPS[section]

    def fill(self, **changed: dict[str, Any]) -> None:
        """Works every open task of the iteration, `changed` in some sections."""
        sections = {step: section for section, step in STEPS.items()}
        while open_now := [name for name in self.run.open_tasks() if name != "ensure_plan_complete"]:
            name = open_now[0]
            if name == "obtain_resources":
                given = [{"status": "assigned", "assigned": EXPERT, "fit_confirmed": "true"}]
                self.run.complete(name, OPERATIONS, resource_requests=given)
            elif name == "provide_input":
                self.run.complete(name, **self.answers("input"))
            else:
                section = sections[name]
                self.run.complete(name, REP, **{**self.answers(section), **changed.get(section, {})})

    def agree(self) -> None:
        """From the review to the first tracking: accepted, profile and forecast brought up to date."""
        self.run.complete("review_plan", REP, review_outcome="accept", review_notes="Good.")
        self.run.complete(
            "update_opportunity_profile",
            REP,
            need_summary="A faster line",
            decision_process="Board in December",
            expected_close_date="2026-12-20",
            amount=self.amount,
            next_step="Send the offer",
        )
        self.run.complete(
            "update_opportunity_forecast",
            REP,
            win_probability="60",
            expected_close_date="2026-12-20",
            revenue_potential=self.amount,
        )

    def agree_all(self) -> None:
        """A whole plan, of any depth, up to the first tracking."""
        self.prepare()
        self.fill()
        self.run.complete("ensure_plan_complete", OPERATIONS, plan_complete="true")
        self.agree()

    def track(self, customer_decision: str = "none", status: str = "open", **more: str) -> None:
        """Notes how every open action stands."""
        with self.company.database.read() as connection:
            plan = opportunity_plans.of(connection, self.deal)
            unfinished = plan_answers.action_lists(connection, plan, START.date())["open_actions"]
        updates = [{"status": status, "comment": "Seen."} for _ in unfinished]
        answers = {"status_rag": "green", "customer_decision": customer_decision, "action_updates": updates}
        self.run.complete("track_actions", REP, **{**answers, **more})

    def answers(self, section: str) -> dict[str, Any]:
        """Answers that fit, for the task of a section; `input` is what an expert writes."""
        return {**self._about_people(), **self._about_the_offer()}[section]

    def _about_people(self) -> dict[str, dict[str, Any]]:
        one, other = self.contacts[:2]
        return {
            "input": {"input": "We know this plant.", "confidence": "4", "open_questions": [{"question": "Space?"}]},
            "stakeholders": {
                "stakeholders": [
                    {"contact": one, "buying_role": "economic", "influence": "5", "stance": "supporter"},
                    {"contact": other, "buying_role": "user", "influence": "3"},
                ],
                "lead_decision_maker": one,
            },
            "power_map": {
                "links": [{"from_contact": other, "to_contact": one, "type": "reports_to", "strength": "4"}],
                "relationship_strategy": [{"contact": one, "goal": "Trust", "our_owner": MANAGER}],
            },
            "issues": {
                "issues": [{"issue": "Scrap", "root_cause": "Wear", "rank": "1", "owner_contact": other}],
                "decision_factors": [
                    {"factor": "Price", "weight_pct": "60", "our_position": "3"},
                    {"factor": "Uptime", "weight_pct": "40", "our_position": "5"},
                ],
            },
        }

    def _about_the_offer(self) -> dict[str, dict[str, Any]]:
        return {
            "timeline": {
                "milestones": [
                    {"kind": "evaluation", "date": "2026-10-10", "our_activity": "Trial"},
                    {"kind": "approval", "date": "2026-11-10"},
                    {"kind": "purchasing", "date": "2026-12-10"},
                ]
            },
            "competition": {
                "competitors": [{"competitor": self.competitor, "alignment": "3", "price": "58000"}],
                "competitive_strategy": "flanking",
                "counter_moves": "Show the uptime.",
            },
            "partners": {"partners": [{"partner": "Weld Co", "role": "Fitting", "status": "talking"}]},
            "value": {
                "business_case": [{"benefit": "Less scrap", "annual_value": "30000"}],
                "cost": "20000",
                "customer_agreed": "true",
            },
            "solution": {
                "options": [
                    {"name": "New line", "rationale": "Fits", "price": str(Decimal("65000")), "recommended": "true"},
                    {"name": "Refit", "rationale": "Cheaper", "fit": "2"},
                ]
            },
            "csf": {"csf": [{"factor": "Trial works", "measure": "Uptime", "owner": REP}]},
            "resources": {"resource_needs": [{"role": "Safety engineer", "days": "2.5", "purpose": "Trial"}]},
            "actions": {
                "tactics": [
                    {
                        "tactic": "Show the reference line",
                        "objective": "Proof",
                        "owner": REP,
                        "due": "2026-10-05",
                        "linked_section": "value",
                    }
                ]
            },
        }
