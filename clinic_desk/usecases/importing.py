"""Taking people in from a file: what would be done (dry run), and doing it whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.exchange.incoming import Incoming
from clinic_desk.exchange.records import PERSON_FIELDS, IncomingFile, PatientRecord, Problem
from clinic_desk.i18n import _
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage import patient_queries
from clinic_desk.storage.base import new_id
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import ImportItem, Patient
from clinic_desk.storage.numbers import next_numbers
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import import_book, import_papers, patient_plain, patient_rows
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_book import Book
from clinic_desk.usecases.import_deciding import Decided, Step, decided
from clinic_desk.usecases.import_papers import Paper
from clinic_desk.usecases.import_run import (
    NEW,
    STEP,
    Progress,
    Source,
    Stopped,
    begin,
    go_on,
    runs,
)
from clinic_desk.usecases.import_views import ImportReport, RowPlan, Verdict
from clinic_desk.usecases.patient_views import PatientDetails

__all__ = ["NEW", "Progress", "Source", "Stopped", "begin", "go_on", "plan", "run", "runs"]

# What a file may say and this record has no field for; a number from elsewhere is kept by the run.
_HOMELESS = tuple(set(PERSON_FIELDS) - set(PatientDetails.__slots__) - {"number", "gp"})


def plan(
    desk: Desk,
    source: Source,
    records: Sequence[PatientRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
    contacts: Sequence[Incoming] = (),
    files: Sequence[IncomingFile] = (),
) -> ImportReport:
    """What `run` would do, row by row; nothing is written.

    `settled` has, by place, a person's word on who may be known: NEW or the id of the patient.
    Raises Stopped.
    """
    with desk.store.reading() as session:
        book = import_book.opened(session)
        of_book = import_book.planned(book, contacts)
        found = decided(desk, session, book, records, settled or {}, progress)
        of_files, _papers = _planned_files(session, files, found)
    rows = [*found.rows, *of_book, *of_files]
    return _report(source, records, rows, problems, book, of_book)


def run(
    desk: Desk,
    source: Source,
    records: Sequence[PatientRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
    contacts: Sequence[Incoming] = (),
    files: Sequence[IncomingFile] = (),
) -> ImportReport:
    """Take the rows in: one transaction, all that is not refused or nothing. Raises Stopped."""
    with desk.store.unit(desk.actor.id) as unit:
        book = import_book.opened(unit.session)
        of_book = import_book.planned(book, contacts)
        found = decided(desk, unit.session, book, records, settled or {}, _silent(progress))
        of_files, papers = _planned_files(unit.session, files, found)
        rows = [*found.rows, *of_book, *of_files]
        report = _report(source, records, rows, problems, book, of_book)
        if not (found.steps or book.fresh or papers):
            return replace(report, dry_run=False)
        run_id = begin(desk, unit, source, report)
        import_book.write(unit.session, run_id, book.fresh)
        _write(desk, unit, run_id, found, progress)
        import_papers.write(desk, unit, run_id, papers, found.known)
        if not progress(len(found.steps), len(found.steps)):
            raise Stopped
        unit.commit()
    return replace(report, dry_run=False, run=run_id)


def _planned_files(
    session: Reading, files: Sequence[IncomingFile], found: Decided
) -> tuple[list[RowPlan], list[Paper]]:
    fresh = {step.place for step in found.steps if step.who is None}
    return import_papers.planned(session, files, found.known, fresh)


def _silent(progress: Progress) -> Progress:
    """Deciding is the lesser part of a run: it can be stopped, but is not counted."""
    return lambda done, of: progress(0, of) if done else True


@dataclass(frozen=True, slots=True)
class _Done:
    """What a run did to one patient."""

    who: UUID
    act: str
    number: str
    before: Mapping[str, object]


def _write(desk: Desk, unit: UnitOfWork, run_id: UUID, found: Decided, progress: Progress) -> None:
    fresh = sum(step.who is None for step in found.steps)
    serial = next_numbers(unit.session, "patient", fresh) if fresh else 0
    for begin_at in range(0, len(found.steps), STEP):
        unit.session.flush()
        unit.session.expunge_all()
        if not progress(begin_at, len(found.steps)):
            raise Stopped
        some = found.steps[begin_at : begin_at + STEP]
        rows = kept.people(unit.session, [step.who for step in some if step.who is not None])
        done = []
        for step in some:
            if step.who is None:
                done.append(_registered(desk, unit, step, serial))
                serial += 1
            else:
                done.append(_completed(unit, step, rows[step.who]))
            found.known[step.place] = done[-1].who
        unit.session.flush()
        for step in some:
            if step.who is None:
                patient_rows.add_lists(unit.session, found.known[step.place], step.details)
        unit.session.flush()
        _note_items(unit, run_id, done)


def _registered(desk: Desk, unit: UnitOfWork, step: Step, serial: int) -> _Done:
    row = Patient(registered_at=desk.now())
    patient_rows.put(row, step.details)
    patient_rows.find_by_lists(row, step.details)
    row.id = new_id()
    patient_queries.register_as(unit.session, row, serial)
    return _Done(row.id, "added", step.number, {})


def _completed(unit: UnitOfWork, step: Step, row: Patient) -> _Done:
    plain = patient_plain.to_plain(patient_rows.details(unit.session, row))
    patient_rows.put(row, step.details)
    patient_rows.write_lists(unit.session, row, step.details)
    return _Done(row.id, "changed", step.number, {name: plain[name] for name in step.fills})


def _note_items(unit: UnitOfWork, run_id: UUID, done: Sequence[_Done]) -> None:
    """Write down what a run made and changed, with the version that each row has now."""
    patients_table = kept.table_named("patients")
    now = kept.versions(unit.session, patients_table, [one.who for one in done])
    unit.session.add_all(
        ImportItem(
            run_id=run_id,
            subject="patients",
            subject_id=one.who,
            act=one.act,
            outside=one.number,
            version=now[one.who],
            before=one.before,
        )
        for one in done
    )
    added = [one.who for one in done if one.act == "added"]
    for name, rows in kept.hanging_on(unit.session, patients_table, added).items():
        unit.session.add_all(
            ImportItem(
                run_id=run_id,
                subject=name,
                subject_id=key,
                act="added",
                version=0,
                before={},
            )
            for key in sorted(rows)
        )
    unit.session.flush()


def _report(
    source: Source,
    records: Sequence[PatientRecord],
    rows: Sequence[RowPlan],
    problems: Sequence[Problem],
    book: Book,
    of_book: Sequence[RowPlan],
) -> ImportReport:
    count = {verdict: sum(row.verdict is verdict for row in rows) for verdict in Verdict}
    apart = {one.place for one in problems} - {one.place for one in records}
    refused = [Problem(row.place, "", row.why) for row in rows if row.verdict is Verdict.REFUSED]
    notes = [
        Problem(row.place, name, _("the record says something else and was kept"))
        for row in rows
        for name in row.differs
    ]
    homeless = _("the record has no field for it; it was not taken")
    notes += [
        Problem(record.place, name, homeless)
        for record in records
        for name in _HOMELESS
        if getattr(record, name)
    ]
    brought = {row.name for row in of_book if row.verdict is Verdict.NEW}
    said = _("added to the address book: {name}")
    notes += [
        Problem(source.name, "gp", said.format(name=entry.written_name))
        for entry in book.fresh.values()
        if entry.written_name not in brought
    ]
    return ImportReport(
        source.kind,
        source.name,
        len(rows) + len(apart),
        count[Verdict.NEW],
        count[Verdict.CHANGED],
        count[Verdict.KNOWN],
        (*problems, *refused),
        tuple(notes),
        tuple(rows),
    )
