"""What a patient wants back, goal by goal, and the one text that letters and lists say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.storage import case_queries
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import CaseGoal as GoalRow
from clinic_desk.usecases import typed, words

MOST = 12  # goals of one case


@dataclass(frozen=True, slots=True)
class Goal:
    text: str  # "Run 5 km without pain"
    target: str = ""  # what is measured: "LEFS 70 of 80"
    due_on: date | None = None
    met_on: date | None = None


def said(goals: Sequence[Goal]) -> str:
    """All goals in one text, those that are met last."""
    return "; ".join(_one(goal) for goal in sorted(goals, key=lambda one: one.met_on is not None))


def _one(goal: Goal) -> str:
    more = [goal.target] if goal.target else []
    if goal.met_on is not None:
        more.append(f"met {words.day(goal.met_on)}")
    elif goal.due_on is not None:
        more.append(f"by {words.day(goal.due_on)}")
    return f"{goal.text} ({', '.join(more)})" if more else goal.text


def cleaned(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals in their normal form, those without words left out."""
    found = (
        Goal(typed.block(one.text), typed.line(one.target), one.due_on, one.met_on) for one in goals
    )
    return tuple(one for one in found if one.text or one.target)


def wrong(goals: Sequence[Goal], today: date) -> str:
    """What cannot be taken, with its line; empty when all is well."""
    if len(goals) > MOST:
        return f"A case has at most {MOST} goals."
    for number, one in enumerate(goals, 1):
        if not one.text:
            return f"Line {number}: say what is wanted back."
        if len(one.text) > typed.BLOCK or len(one.target) > typed.LINE:
            return f"Line {number}: this text is too long."
        if one.met_on is not None and one.met_on > today:
            return f"Line {number}: the day it was met lies in the future."
    return ""


def of_case(session: Reading, case_id: UUID) -> tuple[Goal, ...]:
    """The goals of a case in their order."""
    return tuple(
        Goal(row.text, row.target, row.due_on, row.met_on)
        for row in case_queries.goals(session, case_id)
    )


def put(session: Reading, case_id: UUID, goals: Sequence[Goal]) -> None:
    """These goals in place of those that are there."""
    for row in case_queries.goals(session, case_id):
        session.delete(row)
    session.flush()
    session.add_all(
        GoalRow(
            case_id=case_id,
            place=place,
            text=one.text,
            target=one.target,
            due_on=one.due_on,
            met_on=one.met_on,
        )
        for place, one in enumerate(goals, 1)
    )
