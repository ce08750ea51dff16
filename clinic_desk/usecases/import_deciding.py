"""What becomes of each row of a file: new, known, completed or refused; nothing is written.

A known person is never overwritten: the file fills what the record leaves empty, and what
differs is named. Who may be somebody known waits for a person's word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange.records import PatientRecord
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.usecases import habits, patient_checks, patient_rows, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_book import Book
from clinic_desk.usecases.import_filling import details_of, filled
from clinic_desk.usecases.import_matching import People, Person
from clinic_desk.usecases.import_run import NEW, STEP, Progress, Stopped
from clinic_desk.usecases.import_views import Alike, RowPlan, Verdict
from clinic_desk.usecases.patient_details import CareContact, PatientDetails


@dataclass(frozen=True, slots=True)
class Step:
    """One row that is taken: a new person, or what a known one is given."""

    place: str
    details: PatientDetails
    number: str
    who: UUID | None = None
    fills: tuple[str, ...] = ()


@dataclass(slots=True)
class Decided:
    """The verdict on each row, the steps of those that are taken, and who is known by now."""

    rows: list[RowPlan]
    steps: list[Step]
    known: dict[str, UUID]  # by place, of people who are in the record


def everyone(session: Reading) -> People:
    """Everyone who is registered, to be looked up."""
    return People(
        (
            Person(one.id, one.number, one.family, one.given, one.birth_date, one.phone)
            for one in kept.known_people(session)
        ),
        kept.outside_numbers(session),
    )


def decided(
    desk: Desk,
    session: Reading,
    book: Book,
    records: Sequence[PatientRecord],
    settled: Mapping[str, str | UUID],
    progress: Progress,
) -> Decided:
    """Look at every row, many at once. Raises Stopped."""
    people = everyone(session)
    country, language = chart.practice(session).country, habits.new_language(desk)
    found = Decided([], [], {})
    for begin_at in range(0, len(records), STEP):
        if not progress(begin_at, len(records)):
            raise Stopped
        matched = [
            _matched(people, book, record, settled.get(record.place), desk.today(), country)
            for record in records[begin_at : begin_at + STEP]
        ]
        rows = kept.people(session, [one.same for one in matched if one.same is not None])
        known = patient_rows.details_of_many(session, rows.values())
        for one in matched:
            row, step = _planned(one, known, country, language)
            found.rows.append(row)
            if step is not None:
                found.steps.append(step)
            if one.same is not None and row.verdict is not Verdict.REFUSED:
                found.known[row.place] = one.same
        session.expunge_all()
    return found


@dataclass(frozen=True, slots=True)
class _Matched:
    """A record, checked and looked up; `refused` says why it cannot be taken."""

    record: PatientRecord
    details: PatientDetails | None = None
    same: UUID | None = None
    why: str = ""
    refused: str = ""
    alike: tuple[Alike, ...] = ()


def _matched(
    people: People,
    book: Book,
    record: PatientRecord,
    word: str | UUID | None,
    today: date,
    country: str,
) -> _Matched:
    try:
        details = patient_checks.clean(details_of(record), country)
        patient_checks.check(details, today)
    except InvalidInput as error:
        return _Matched(record, refused=_why(error))
    found = _looked_up(people, record, details, word)
    if found.refused or not record.gp:
        return found
    try:
        gp = CareContact(book.named(record.gp))
    except InvalidInput as error:
        return _Matched(record, refused=f"gp: {_why(error)}")
    details = patient_checks.clean(details_of(record, gp), country)
    return _Matched(record, details, found.same, found.why)


def _why(error: InvalidInput) -> str:
    return "; ".join(f"{field}: {text}" for field, text in error.fields.items())


def _looked_up(
    people: People, record: PatientRecord, details: PatientDetails, word: str | UUID | None
) -> _Matched:
    if isinstance(word, UUID):
        return _Matched(record, details, word, _("as you said"))
    match = people.match(details, _number(record))
    if match.perhaps and word != NEW:
        alike = tuple(Alike(one.id, one.shown) for one in match.perhaps[:5])
        said = _("may be {who}: {why}")
        why = said.format(who=", ".join(one.shown for one in alike), why=match.why)
        return _Matched(record, details, refused=why, alike=alike)
    if match.same is None:
        people.add(details, _number(record), record.place)
        return _Matched(record, details)
    if match.same.id is None:
        said = _("the same person as {place}: {why}")
        return _Matched(record, details, refused=said.format(place=match.same.shown, why=match.why))
    return _Matched(record, details, match.same.id, match.why)


def _planned(
    one: _Matched, known: Mapping[UUID, PatientDetails], country: str, language: str
) -> tuple[RowPlan, Step | None]:
    place, record = one.record.place, one.record
    name = ", ".join(part for part in (record.family_name, record.given_name) if part)
    if one.refused or one.details is None:
        return RowPlan(place, name, Verdict.REFUSED, one.refused, alike=one.alike), None
    if one.same is None:
        spoken = one.details if record.language else replace(one.details, language=language)
        return RowPlan(place, name, Verdict.NEW), Step(place, spoken, _number(record))
    if one.same not in known:
        gone = _("this patient is no longer in the record")
        return RowPlan(place, name, Verdict.REFUSED, gone), None
    after, fills, differs = filled(known[one.same], one.details, record)
    if not fills:
        return RowPlan(place, name, Verdict.KNOWN, one.why, (), differs), None
    after = patient_checks.clean(after, country)
    return (
        RowPlan(place, name, Verdict.CHANGED, one.why, fills, differs),
        Step(place, after, _number(record), one.same, fills),
    )


def _number(record: PatientRecord) -> str:
    return typed.line(record.number)[: typed.LINE]
