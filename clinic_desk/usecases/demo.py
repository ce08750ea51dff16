"""The demo clinic: plausible, clearly invented patients with histories, made in a folder of
its own. It never touches the person's data.

It is made by the same use cases that a clinician's acts go through, by a clock set back.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from clinic_desk.library import Library
from clinic_desk.storage.keys import Kdf
from clinic_desk.usecases import (
    cases,
    contacts,
    demo_day,
    letters,
    papers,
    patients,
    practice,
    programs,
    visits,
    words,
)
from clinic_desk.usecases.demo_people import PEOPLE, Person, Visit
from clinic_desk.usecases.desk import Desk

PASSPHRASE = "demo clinic"  # noqa: S105 (invented data, meant to be known)
_QUICK = Kdf(memory_kib=1024, passes=1, lanes=1)  # it guards nothing but invented people


def make(
    folder: Path,
    library: Library,
    now: datetime | None = None,
    people: Sequence[Person] = PEOPLE,
) -> Desk:
    """Fill a new store in `folder` with the demo clinic and return its desk.

    `now` fixes the moment that the history leads up to; the returned desk has the real clock
    unless it is given.
    """
    moment = now or datetime.now(UTC)
    opened, _code = practice.set_up(folder, library, _PRACTICE, _CLINICIAN, PASSPHRASE, _QUICK)
    surgeon, doctor = _contacts(_at(opened, moment - timedelta(days=40)))
    for person in people:
        _person(opened, person, moment, surgeon, doctor)
    demo_day.fill(_at(opened, moment))
    clock = replace(opened, demo=True)
    return clock if now is None else _at(clock, now)


_PRACTICE = practice.PracticeDetails(
    name="Example Street Physiotherapy",
    subtitle="Physiotherapy and rehabilitation",
    address="12 Example Street, Sampletown EX1 2MP",
    phone="555-0100",
    email="desk@clinic.example",
)
_CLINICIAN = practice.ClinicianDetails("Dana Demo", "physiotherapist", "PH-EXAMPLE-01")


def _at(desk: Desk, moment: datetime) -> Desk:
    """The desk with its clock standing at a moment."""
    clock: Callable[[], datetime] = lambda: moment  # noqa: E731 (one fixed moment)
    return replace(desk, now=clock)


def _contacts(desk: Desk) -> tuple[UUID, UUID]:
    surgeon = contacts.add(
        desk,
        contacts.ContactDetails(
            "Dr Robin Sample",
            "Dr Sample",
            "orthopaedics",
            "Orthopaedic Trauma and Sports Injury Clinic",
            "Sample General Hospital\n1 Hospital Way, Sampletown EX2 3QS",
        ),
    )
    doctor = contacts.add(
        desk,
        contacts.ContactDetails(
            "Dr Pat Sample",
            "Dr Sample",
            "gp",
            "Sample Surgery",
            "9 Surgery Road\nSampletown EX1 1AA",
        ),
    )
    return surgeon, doctor


def _person(desk: Desk, person: Person, moment: datetime, surgeon: UUID, doctor: UUID) -> None:
    today = words.local(moment).date()
    first = _moment(moment, person.visits[0])
    at_first = _at(desk, first - timedelta(minutes=20))
    details = patients.PatientDetails(
        person.family,
        person.given,
        birth_date=date.fromisoformat(person.born),
        sex=person.sex,
        phone=person.phone,
        address=person.address,
        allergies=person.allergies,
        alerts=person.alerts,
        medicines=person.medicines,
        occupation=person.occupation,
        sport=person.sport,
        consent_on=at_first.today(),
    )
    onset = today - timedelta(days=person.onset_days)
    case = cases.open_case(
        at_first,
        patients.register(at_first, details),
        cases.CaseDetails(person.title, person.side, onset, person.goal, doctor),
    )
    for visit in person.visits:
        _visit(_at(desk, _moment(moment, visit)), case, visit, onset, surgeon)


def _moment(now: datetime, visit: Visit) -> datetime:
    """The visit's hour on its day, never after now."""
    day = words.local(now).replace(hour=visit.hour, minute=0, second=0, microsecond=0)
    return min(day - timedelta(days=visit.days), now)


def _visit(desk: Desk, case: UUID, visit: Visit, onset: date, surgeon: UUID) -> None:
    answers = dict(visit.answers)
    if answers["complaint"] == "sudden_injury":
        answers["injury_date"] = onset.isoformat()
    visit_id = visits.start(desk, case)
    view = visits.open_visit(desk, visit_id)
    content = visits.VisitContent(answers=answers)
    if visit.grade:
        content = _decided(desk, view, content, visit.grade)
    content = visits.write_into_note(desk, view, content)
    visits.keep(desk, visit_id, content)
    if not visit.signed:
        return
    if visit.letter:
        draft = letters.compose(desk, case, visit.letter, surgeon)
        letters.issue(desk, case, replace(draft, copies=("Dr Pat Sample (GP)",)))
        view = visits.open_visit(desk, visit_id)
        content = visits.write_into_note(desk, view, view.content)
    visits.sign(desk, visit_id, content)
    if visit.program:
        chosen = programs.from_template(desk, case, visit.program)
        review = desk.today() + timedelta(days=7)
        program = programs.prescribe(desk, case, _reasoned(replace(chosen, review_on=review)))
        if visit.handout:
            papers.issue_handout(desk, program)


def _decided(
    desk: Desk, view: visits.VisitView, content: visits.VisitContent, grade: str
) -> visits.VisitContent:
    found = visits.findings(desk, view, content).grade
    suggested = None if found is None or found.suggested is None else str(found.suggested)
    reason = "" if suggested in (None, grade) else "The examination as a whole speaks for it."
    decision = visits.Decision("grade", suggested, grade, reason, desk.actor.name, desk.now())
    return replace(content, decisions=(decision,))


def _reasoned(content: programs.ProgramContent) -> programs.ProgramContent:
    """Exercises that a gate holds back carry the clinician's reason."""
    reason = "Examined today: painless and controlled."
    return replace(
        content, lines=tuple(replace(line, override_reason=reason) for line in content.lines)
    )
