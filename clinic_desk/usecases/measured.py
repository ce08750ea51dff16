"""The newest evaluation of a case: its open visit's if anything is answered there, else the
newest signed one, with the latest day of every value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Visit
from clinic_desk.usecases import (
    advisability,
    carrying,
    charts,
    decision_history,
    home_kept,
    visit_content,
)
from clinic_desk.usecases.advisability import Measured
from clinic_desk.usecases.answer_words import is_given
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.reckoning import reckoning
from clinic_desk.usecases.visit_views import Carried, Decision, FlagAction


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One visit with its answers and what was decided in it."""

    visit: Visit
    answers: Mapping[str, object]
    decisions: tuple[Decision, ...]
    flag_actions: tuple[FlagAction, ...]
    facts: Mapping[str, object] = field(default_factory=dict)  # carried, not said on that day
    withdrawn: frozenset[str] = frozenset()  # said to be no longer known
    superseded: tuple[Decision, ...] = ()

    @property
    def standing(self) -> Mapping[str, object]:
        """What counted at that visit: what was said, and the facts that were carried."""
        return {**self.facts, **self.answers}

    @property
    def care_at(self) -> datetime:
        return self.visit.care_at

    @property
    def signed(self) -> bool:
        return self.visit.status == "signed"


def evaluated(session: chart.Reading, case_id: UUID) -> tuple[Evaluated, ...]:
    """The visits of a case in which anything was answered, the newest first."""
    found = []
    open_visit = chart.open_visit(session, case_id)
    draft = chart.draft(session, "visit", open_visit.id) if open_visit else None
    if open_visit is not None and draft is not None:
        held = visit_content.content(draft.payload)
        found.append(
            Evaluated(
                open_visit,
                _given(held.answers),
                held.decisions,
                held.flag_actions,
                _values(carrying.facts(held)),
                _withdrawn(held.answers),
                held.superseded,
            )
        )
    signed = chart.evaluations(session, [case_id])
    ids = [visit.id for visit, _ in signed]
    decisions, actions = chart.decisions(session, ids), chart.flag_actions(session, ids)
    for visit, evaluation in signed:
        found.append(
            Evaluated(
                visit,
                _given(evaluation.answers),
                tuple(decision_history.view(one) for one in decisions if one.visit_id == visit.id),
                tuple(
                    FlagAction(one.flag, one.kind, one.text, one.by, one.at)
                    for one in actions
                    if one.visit_id == visit.id
                ),
                _values(carrying.stored(evaluation.carried)),
                _withdrawn(evaluation.answers),
                decision_history.superseded(session, [visit.id]),
            )
        )
    return tuple(one for one in found if one.answers)


def _given(answers: Mapping[str, object]) -> dict[str, object]:
    return {item: value for item, value in answers.items() if is_given(value)}


def _withdrawn(answers: Mapping[str, object]) -> frozenset[str]:
    return frozenset(item for item, value in answers.items() if value == carrying.WITHDRAWN)


def _values(carried: Mapping[str, Carried]) -> dict[str, object]:
    return {item: one.value for item, one in carried.items()}


def measured_of(
    desk: Desk, session: chart.Reading, case: Case, visits: Sequence[Evaluated] | None = None
) -> Measured | None:
    """What gates and criteria read: the latest value of every item, with its day. The decided
    grade is that of the newest visit in which one was decided; flags are the newest visit's own.
    Who has read the visits already gives them.
    """
    visits = evaluated(session, case.id) if visits is None else visits
    if not visits:
        return None
    newest = visits[0]
    who = charts.patient(session, case.patient_id)
    reckoned = reckoning(desk.library, who, case, newest.visit, session)
    answers: dict[str, object] = {}
    for one in reversed(visits):
        answers = {item: held for item, held in answers.items() if item not in one.withdrawn}
        answers.update(one.answers)
    dates = advisability.latest([(one.care_at, one.answers) for one in visits])
    for item, sheet in home_kept.answered(session, case.id, reckoned.protocol).items():
        if item not in dates or dates[item] <= sheet.on:  # a later answer in person counts more
            answers[item], dates[item] = sheet.value, sheet.on
    decisions = newest.decisions
    if not any(one.subject == "grade" for one in decisions):
        earlier = (one for visit in visits for one in visit.decisions if one.subject == "grade")
        decisions += tuple(islice(earlier, 1))
    return Measured(
        reckoned=reckoned,
        answers=answers,
        decided={one.subject: one.decided for one in decisions},
        found=reckoned.judged(newest.standing, decisions, newest.flag_actions),
        dates=dates,
    )
