"""The answers that people of the sample company give in their forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cli.sample import words
from cli.sample.stories import Story
from crm.defaults_data import WEIGHTS

Answers = dict[str, Any]
REASONS = ("no_budget", "bad_timing", "awaiting_customer")
NOT_PURSUED = ("Q01", "Q02", "Q03")


class Writer:
    """Answers one story's forms, in the owner's language; `turn` counts from 0 which time the step comes up."""

    def __init__(self, story: Story, random: Random, chinese: bool) -> None:
        self.story = story
        self.random = random
        self.chinese = chinese

    def answer(self, element: str, turn: int, values: Mapping[str, Any], now: datetime) -> Answers:
        """The answers for a step, `values` being the process's variables."""
        return {
            "review_pipeline_and_plans": self._review,
            "identify_priority": self._prioritize,
            "update_opportunity_profile": self._update,
            "defer_opportunity": self._defer,
            "ask_resume": self._resume,
            "review_priority": self._decide,
            "confirm_extension": self._confirm,
        }[element](turn, values, now)

    def _say(self, what: str) -> str:
        return words.say(self.random, what, self.chinese)

    def _review(self, turn: int, _values: Mapping[str, Any], _now: datetime) -> Answers:
        decision = _in_turn(self.story.answers, turn)
        answers = {
            "capacity_ok": "true",
            "plan_alignment": self.random.choice(("in_plan", "in_plan", "not_in_plan", "no_plan")),
            "pursue_decision": decision,
            "pursue_rationale": self._say(decision),
        }
        if decision == "no":
            answers["not_pursued_reason"] = self.random.choice(NOT_PURSUED)
        return answers

    def _prioritize(self, _turn: int, values: Mapping[str, Any], _now: datetime) -> Answers:
        suggested = str(values["suggested_priority"])
        chosen = suggested
        if suggested == "medium" and self.random.random() < 0.2:
            chosen = "high"
        answers: Answers = {name: str(values[name]) for name in WEIGHTS}
        answers["priority"] = chosen
        if chosen != suggested:
            answers["override_reason"] = self._say("override")
        return answers

    def _update(self, _turn: int, _values: Mapping[str, Any], now: datetime) -> Answers:
        story = self.story
        assert story.close is not None
        return {
            "expected_close_date": max(story.close, now.date() + timedelta(days=20)).isoformat(),
            "amount": str((amount_of(story) * Decimal(self.random.choice(("0.9", "1", "1", "1.1")))).quantize(1)),
            "win_probability": str(min(95, story.probability + self.random.choice((0, 5, 10)))),
            "next_step": self._say("next_step"),
            "next_step_date": (now.date() + timedelta(days=self.random.randint(4, 16))).isoformat(),
        }

    def _defer(self, _turn: int, _values: Mapping[str, Any], now: datetime) -> Answers:
        assert self.story.starts is not None
        planned = self.story.starts.date() + timedelta(days=self.story.resume_days)
        return {
            "defer_reason": self.random.choice(REASONS),
            "resume_date": max(planned, _tomorrow(now)).isoformat(),
            "resume_note": self._say("resume_note"),
            "keep_in_account_plan": "true",
        }

    def _resume(self, turn: int, _values: Mapping[str, Any], now: datetime) -> Answers:
        action = _in_turn(self.story.resumes, turn)
        answers = {"resume_action": action, "reason": self._say(action)}
        if action == "extend":
            answers["new_resume_date"] = (now.date() + timedelta(days=self.story.resume_days)).isoformat()
        return answers

    def _decide(self, turn: int, values: Mapping[str, Any], _now: datetime) -> Answers:
        turn -= self.story.silent
        if 0 <= turn < len(self.story.refusals):
            return {"decision": "reject", "return_to": self.story.refusals[turn], "comment": self._say("return")}
        special = [self._given(str(kind)) for kind in values.get("special_approvals") or []]
        answers: Answers = {"decision": "approve", "comment": self._say("approve")}
        return {**answers, "special_decisions": special} if special else answers

    def _given(self, kind: str) -> Answers:
        if kind == "credit":
            return {"type": kind, "decision": "conditional", "condition": self._say("condition")}
        return {"type": kind, "decision": "approve"}

    def _confirm(self, _turn: int, _values: Mapping[str, Any], _now: datetime) -> Answers:
        return {"decision": "approve", "comment": self._say("approve")}


def amount_of(story: Story) -> Decimal:
    """The amount in the opportunity's currency."""
    return story.amount if story.currency == "CNY" else (story.amount / 8).quantize(Decimal(1000))


def _in_turn(told: tuple[str, ...], turn: int) -> str:
    return told[min(turn, len(told) - 1)]


def _tomorrow(now: datetime) -> date:
    return now.date() + timedelta(days=2)
