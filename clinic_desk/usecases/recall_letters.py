"""Letters that call patients back: what a recall says in a letter, and whether it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from clinic_desk.library.letter_fields import Value
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import day_queries, lock_queries, recall_queries
from clinic_desk.storage.models import Case, Patient, Todo
from clinic_desk.usecases import addressee, lockbox, words
from clinic_desk.usecases.desk import Desk

REMINDERS = "reminders"  # the consent to being written to


@dataclass(frozen=True, slots=True)
class Welcome:
    """Whether a patient wants to be written to, as far as the record knows."""

    asked: bool
    withdrawn_on: date | None = None
    archived_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A recall that a letter is to be written about, with the case to keep the letter in."""

    recall_ids: tuple[UUID, ...]  # several of one case go in one letter
    patient_id: UUID
    patient: str
    case_id: UUID | None  # none: there is no case that can be seen
    about: str
    due_on: date
    written_at: datetime | None  # a letter of the kind that went since the recall was noted
    why: str = ""  # there is no case


def values(session: chart.Reading, case: Case, today: date) -> dict[str, Value]:
    """The fields of the recall that is due first."""
    first = next(iter(recall_queries.of_case(session, case)), None)
    return {
        "recall_on": first.due_on if first else None,
        "recall_late": first is not None and first.due_on < today,
        "recall_for": words.sentence(first.what) if first else "",
    }


def welcome(session: chart.Reading, who: Patient) -> Welcome:
    """What the patient said to being reminded; a consent that was withdrawn and given again
    stands.
    """
    who = addressee.registered(session, who)
    said = recall_queries.consents(session, who.id, REMINDERS)
    newest = said[-1] if said else None
    withdrawn = newest.withdrawn_on if newest else None
    return Welcome(newest is not None, withdrawn, who.archived_on)


def due(desk: Desk, until: date, kind: str) -> tuple[Due, ...]:
    """The recalls that are due by a day, one a case, in the order of their days.

    A recall that names no case goes to the patient's case: an open one, the one seen last.
    """
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        asked = [
            (todo, who, case)
            for todo, who, case in day_queries.open_todos(session, until)
            if todo.recall and who is not None
        ]
        homeless = [who.id for _todo, who, case in asked if case is None]
        cases = recall_queries.cases_of(session, homeless)
        found: dict[UUID, Due] = {}
        for todo, who, named in asked:
            seen = (one for one in cases.get(who.id, ()) if one.id not in hidden)
            case = named or next(seen, None)
            one = _due(todo, who, case, closed=case is not None and case.id in hidden)
            key = one.case_id or todo.id
            found[key] = _with(found[key], one) if key in found else one
        kept_in = [one.case_id for one in found.values() if one.case_id is not None]
        written = recall_queries.written(session, kept_in, kind)
        noted = {todo.id: todo.made_at for todo, _who, _case in asked}
        return tuple(_told(one, written, noted) for one in found.values())


def _due(todo: Todo, who: Patient, case: Case | None, closed: bool) -> Due:
    why = ""
    if case is None:
        why = "This patient has no case that the letter could be kept in."
    elif closed:
        why = "This part of the file is closed at the patient's wish; open it first."
    return Due(
        recall_ids=(todo.id,),
        patient_id=who.id,
        patient=words.list_name(who.given_name, who.family_name),
        case_id=case.id if case is not None and not closed else None,
        about=lockbox.CLOSED_CASE if closed else todo.what,
        due_on=todo.due_on,
        written_at=None,
        why=why,
    )


def _with(one: Due, other: Due) -> Due:
    return replace(
        one,
        recall_ids=(*one.recall_ids, *other.recall_ids),
        about=f"{one.about}; {other.about}",
        due_on=min(one.due_on, other.due_on),
    )


def _told(one: Due, written: Mapping[UUID, datetime], noted: Mapping[UUID, datetime]) -> Due:
    """With the letter that went since the newest of its recalls was noted."""
    at = written.get(one.case_id) if one.case_id is not None else None
    if at is None or at < max(noted[recall] for recall in one.recall_ids):
        return one
    return replace(one, written_at=at)
