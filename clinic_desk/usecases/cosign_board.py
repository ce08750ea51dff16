"""What waits for a co-signature, as Today and the reports list it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import cosign_queries as queries
from clinic_desk.storage.cosign_queries import OpenNote
from clinic_desk.usecases import charts, contact_journal, lockbox, words


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """One note. kind: `returned` to the person who wrote it, or theirs to `cosign`."""

    kind: str
    patient: str
    detail: str  # "First evaluation, visit 1, by Sam Student"
    patient_id: UUID
    case_id: UUID
    visit_id: UUID | None
    contact_id: UUID | None


def of_person(
    session: chart.Reading, person: UUID, hidden: Container[UUID]
) -> Sequence[WaitingNote]:
    """What was given back to a person, then what waits for their co-signature, each the longest
    waiting first; of a closed part only that there is one.
    """
    notes = queries.open_notes(session, person)
    mine = [one for one in notes if one.returned and one.asked.clinician_id == person]
    theirs = [one for one in notes if not one.returned and one.supervisor_id == person]
    return [
        *(_row("returned", one, hidden) for one in mine),
        *(_row("cosign", one, hidden) for one in theirs),
    ]


def who_is_here(session: chart.Reading) -> frozenset[UUID]:
    """Who works here; what others left behind is everybody's."""
    return frozenset(one.id for one in chart.clinicians(session) if one.active)


def _row(kind: str, one: OpenNote, hidden: Container[UUID]) -> WaitingNote:
    detail = lockbox.CLOSED_CASE
    if one.case.id not in hidden:
        by = f"by {one.asked.by}" if kind == "cosign" else "given back with a remark"
        detail = f"{_title(one)}, {by}"
    who = one.patient
    return WaitingNote(
        kind,
        words.list_name(who.given_name, who.family_name),
        detail,
        who.id,
        one.case.id,
        one.visit.id if one.visit is not None else None,
        one.contact.id if one.contact is not None else None,
    )


def _title(one: OpenNote) -> str:
    if one.visit is not None:
        return charts.visit_title(one.visit.kind, one.visit.number)
    if one.contact is not None:
        return contact_journal.title(one.contact.kind, one.contact.with_whom)
    return ""
