"""Answers of the forms of 3.3.4, as a rep gives them; a test states only what differs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.testing import Run
from tests.calls import EXPERT, TOMORROW, Customer
from tests.company import REP, START

DUE = date(2026, 9, 23)


def choose(run: Run, customer: Customer, *times: datetime, **more: object) -> None:
    answers = {
        "purpose": "discovery",
        "customer_reason": "Their line stands still too often.",
        "contacts": [customer.contact_key],
        "channel": "visit",
        "proposed_times": [{"time": time} for time in times or (TOMORROW,)],
        "duration_min": 60,
    }
    run.complete("choose_purpose", REP, **answers | more)


def set_objectives(run: Run, **more: object) -> None:
    answers = {
        "primary_objective": "A date for the trial",
        "minimum_outcome": "The name of the decision maker",
        "learn_goals": [{"goal": "How they decide"}],
    }
    run.complete("set_objectives", REP, **answers | more)


def prepare_conversation(run: Run) -> None:
    run.complete(
        "prepare_conversation",
        REP,
        questions=[{"type": "problem", "text": "How often does the line stop?"}],
        value_messages=[{"message": "Half the stops", "proof": "Case of Hengli"}],
        concerns=[{"expected": "Too dear", "response": "Pays back in a year"}],
    )


def define_agenda(run: Run, **more: object) -> None:
    answers = {"agenda": [{"topic": "Their line", "minutes": 40, "lead": REP}], "agenda_approved": "true"}
    run.complete("define_agenda", REP, **answers | more)


def prepare(run: Run) -> None:
    set_objectives(run)
    prepare_conversation(run)
    define_agenda(run)


def attend(run: Run, *present: str, **more: object) -> None:
    answers = {
        "present": [REP, *present],
        "key_person_present": "true",
        "actual_start": START,
        "continue_call": "continue",
    }
    run.complete("confirm_attendance", REP, **answers | more)


def converse(run: Run, answer: str) -> None:
    run.complete(
        "open_conversation",
        REP,
        introductions_done="true",
        purpose_stated="true",
        value_for_customer="Fewer stops",
        time_confirmed="true",
        agenda_answer=answer,
    )


def one_pass(run: Run, *, interest: int = 4, time_left: bool = True, covered: int = 1, concerns: Any = ()) -> None:
    needs = [{"need": "Fewer stops", "impact": "9 % of output", "priority": 5, "confirmed_by_customer": "true"}]
    run.complete("explore_needs", REP, needs=needs)
    run.complete("qualify_on_call", REP, decision_maker="Ms Wu")
    run.complete("present_value", REP, messages_used=[{"message": "Half the stops"}], interest=interest)
    topics = [topic["value"] for topic in run.variables.get("open_topics", [])[:covered]]
    answers = {"concerns": list(concerns), "topics_covered": topics, "time_left": time_left}
    run.complete("handle_concerns", REP, **answers)


def ask(run: Run, commitment: str) -> None:
    run.complete("summarise", REP, agreed_points=[{"point": "Stops cost 9 %"}], customer_confirms="true")
    run.complete("ask_commitment", REP, asked="A date for the trial", commitment=commitment)


def next_steps(run: Run, customer: Customer, **more: object) -> None:
    steps = [
        {"action": "Send the plan", "side": "us", "owner": EXPERT, "due": DUE},
        {"action": "Call back", "side": "us", "due": DUE},
        {"action": "Name the line", "side": "customer", "contact": customer.contact.number, "due": DUE},
    ]
    run.complete("agree_next_steps", REP, **{"next_steps": steps, "next_call_wanted": "true"} | more)


def report(run: Run, result: str = "met", **more: Any) -> None:
    answers = {"objective_result": result, "summary": "They want a trial.", "sentiment": 4, "new_opportunity": "false"}
    run.complete("complete_report", REP, **answers | more)
