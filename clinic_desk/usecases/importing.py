"""Taking people in from a file: what would be done (dry run), and doing it whole or not at all.

A known person is never overwritten: the file fills what the record leaves empty, and what
differs is named. Who may be somebody known waits for a person's word.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange.records import PERSON_FIELDS, PatientRecord, Problem
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage import patient_queries
from clinic_desk.storage.base import new_id
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import ImportItem, ImportRun, Patient
from clinic_desk.storage.numbers import next_numbers
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import patient_checks, patient_rows, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_matching import People, Person
from clinic_desk.usecases.import_views import Alike, ImportReport, RowPlan, RunRow, Verdict
from clinic_desk.usecases.patient_views import PatientDetails

# What a file may say and this record has no field for; a number from elsewhere is kept by the run.
_HOMELESS = tuple(set(PERSON_FIELDS) - set(PatientDetails.__slots__) - {"number"})

NEW = "new"  # a person's word on a row that may be somebody known
_STEP = 500  # rows between two words on how far it is

Progress = Callable[[int, int], bool]  # done, of how many; false stops it


class Stopped(Exception):
    """The person stopped the run; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Source:
    """Which file it was."""

    kind: str  # csv | fhir | archive
    name: str
    sha256: str


def go_on(_done: int, _of: int) -> bool:
    """Nobody watches, nobody stops."""
    return True


def plan(
    desk: Desk,
    source: Source,
    records: Sequence[PatientRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
) -> ImportReport:
    """What `run` would do, row by row; nothing is written.

    `settled` has, by place, a person's word on who may be known: NEW or the id of the patient.
    Raises Stopped.
    """
    with desk.store.reading() as session:
        rows, _steps = _decided(desk, session, records, settled or {}, progress)
    return _report(source, records, rows, problems)


def run(
    desk: Desk,
    source: Source,
    records: Sequence[PatientRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
) -> ImportReport:
    """Take the rows in: one transaction, all that is not refused or nothing. Raises Stopped."""
    with desk.store.unit(desk.actor.id) as unit:
        rows, steps = _decided(desk, unit.session, records, settled or {}, _silent(progress))
        report = _report(source, records, rows, problems)
        if not steps:
            return replace(report, dry_run=False)
        run_id = begin(desk, unit, source, report)
        serial = next_numbers(unit.session, "patient", report.new) if report.new else 0
        done: list[_Done] = []
        for count, step in enumerate(steps):
            if count % _STEP == 0:
                unit.session.flush()
                unit.session.expunge_all()
                if not progress(count, len(steps)):
                    raise Stopped
            done.append(step.done(desk, unit, serial))
            serial += step.who is None
        unit.session.flush()
        _note_items(unit, run_id, done)
        if not progress(len(steps), len(steps)):
            raise Stopped
        unit.commit()
    return replace(report, dry_run=False, run=run_id)


def begin(desk: Desk, unit: UnitOfWork, source: Source, report: ImportReport) -> UUID:
    """Write down the run that a unit makes, with its entry in the trail."""
    run_id = new_id()
    unit.session.add(
        ImportRun(
            id=run_id,
            kind=source.kind,
            source=typed.line(source.name)[: typed.LINE],
            sha256=source.sha256,
            done_at=desk.now(),
            done_by=desk.actor.name,
            clinician_id=desk.actor.id,
            read=report.read,
            added=report.new,
            changed=report.changed,
            refused=len(report.refused),
        )
    )
    unit.session.flush()
    unit.audit(
        "import",
        "import_run",
        run_id,
        {
            "kind": source.kind,
            "read": report.read,
            "new": report.new,
            "changed": report.changed,
            "refused": len(report.refused),
        },
        at=desk.now(),
    )
    return run_id


def runs(desk: Desk, limit: int = 50) -> tuple[RunRow, ...]:
    """The earlier runs, the newest first."""
    with desk.store.reading() as session:
        return tuple(
            RunRow(
                row.id,
                row.kind,
                row.source,
                row.done_at,
                row.done_by,
                row.added,
                row.changed,
                row.refused,
                row.undone_at,
            )
            for row in kept.runs(session, limit)
        )


def _silent(progress: Progress) -> Progress:
    """Deciding is the lesser part of a run: it can be stopped, but is not counted."""
    return lambda done, of: progress(0, of) if done else True


def details_of(record: PatientRecord) -> PatientDetails:
    """What a record says, as it would be typed; what it leaves out keeps the usual value."""
    said = {
        name: value
        for name in PatientDetails.__slots__
        if (value := getattr(record, name, None)) not in (None, "")
    }
    return PatientDetails(**({"family_name": "", "given_name": ""} | said))


@dataclass(frozen=True, slots=True)
class _Step:
    """One row that is taken: a new person, or what a known one is given."""

    details: PatientDetails
    number: str
    who: UUID | None = None
    fills: tuple[str, ...] = ()

    def done(self, desk: Desk, unit: UnitOfWork, serial: int) -> "_Done":
        """Bring it into the session; the caller flushes many at once."""
        if self.who is None:
            row = Patient(registered_at=desk.now())
            patient_rows.write(unit.session, row, self.details)
            row.id = new_id()
            patient_queries.register_as(unit.session, row, serial)
            self._write_lists(unit, row)
            return _Done(row.id, "added", self.number, {})
        row = unit.get(Patient, self.who)
        before = {name: _json(getattr(row, name)) for name in self.fills}
        patient_rows.write(unit.session, row, self.details)
        self._write_lists(unit, row)
        return _Done(row.id, "changed", self.number, before)

    def _write_lists(self, unit: UnitOfWork, row: Patient) -> None:
        if any(getattr(self.details, name) for name in patient_rows.LINE_OF):
            unit.session.flush()
            patient_rows.write_lists(unit.session, row, self.details)


@dataclass(frozen=True, slots=True)
class _Done:
    """What a run did to one patient."""

    who: UUID
    act: str
    number: str
    before: Mapping[str, object]


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


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _decided(
    desk: Desk,
    session: Reading,
    records: Sequence[PatientRecord],
    settled: Mapping[str, str | UUID],
    progress: Progress,
) -> tuple[list[RowPlan], list[_Step]]:
    people = People(
        (
            Person(one.id, one.number, one.family, one.given, one.birth_date, one.phone)
            for one in kept.known_people(session)
        ),
        kept.outside_numbers(session),
    )
    country = chart.practice(session).country
    rows: list[RowPlan] = []
    steps: list[_Step] = []
    for begin_at in range(0, len(records), _STEP):
        if not progress(begin_at, len(records)):
            raise Stopped
        matched = [
            _matched(people, record, settled.get(record.place), desk.today(), country)
            for record in records[begin_at : begin_at + _STEP]
        ]
        known = kept.people(session, [one.same for one in matched if one.same is not None])
        for one in matched:
            row, step = _planned(session, one, known, country)
            rows.append(row)
            if step is not None:
                steps.append(step)
    return rows, steps


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
    people: People, record: PatientRecord, word: str | UUID | None, today: date, country: str
) -> _Matched:
    try:
        details = patient_checks.clean(details_of(record), country)
        patient_checks.check(details, today)
    except InvalidInput as error:
        why = "; ".join(f"{field}: {text}" for field, text in error.fields.items())
        return _Matched(record, refused=why)
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
    session: Reading, one: _Matched, known: Mapping[UUID, Patient], country: str
) -> tuple[RowPlan, _Step | None]:
    place, record = one.record.place, one.record
    name = ", ".join(part for part in (record.family_name, record.given_name) if part)
    if one.refused or one.details is None:
        return RowPlan(place, name, Verdict.REFUSED, one.refused, alike=one.alike), None
    if one.same is None:
        return RowPlan(place, name, Verdict.NEW), _Step(one.details, _number(record))
    if one.same not in known:
        gone = _("this patient is no longer in the record")
        return RowPlan(place, name, Verdict.REFUSED, gone), None
    before = patient_rows.details(session, known[one.same])
    after, fills, differs = _filled(before, one.details, record)
    after = patient_checks.clean(after, country)
    if not fills:
        return RowPlan(place, name, Verdict.KNOWN, one.why, (), differs), None
    return (
        RowPlan(place, name, Verdict.CHANGED, one.why, fills, differs),
        _Step(after, _number(record), one.same, fills),
    )


def _number(record: PatientRecord) -> str:
    return typed.line(record.number)[: typed.LINE]


def _filled(
    before: PatientDetails, details: PatientDetails, record: PatientRecord
) -> tuple[PatientDetails, tuple[str, ...], tuple[str, ...]]:
    """The known person's details with their gaps filled; which fields, and which ones differ."""
    fills: dict[str, object] = {}
    differs = []
    for name in PatientDetails.__slots__:
        if getattr(record, name, None) in (None, ""):
            continue
        old, new = getattr(before, name), getattr(details, name)
        empty = old in ("", None, Sex.UNKNOWN) and not _said_otherwise(before, name)
        if empty and new not in ("", None, Sex.UNKNOWN):
            fills[name] = new
        elif old != new:
            differs.append(name)
    return replace(before, **fills), tuple(fills), tuple(differs)  # type: ignore[arg-type]


def _said_otherwise(before: PatientDetails, name: str) -> bool:
    """Whether the record says in another field what this one leaves empty."""
    if name == "allergies":
        return before.no_allergies
    return name == "birth_date" and bool(before.birth_part)


def _report(
    source: Source,
    records: Sequence[PatientRecord],
    rows: Sequence[RowPlan],
    problems: Sequence[Problem],
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
    return ImportReport(
        source.kind,
        source.name,
        len(records) + len(apart),
        count[Verdict.NEW],
        count[Verdict.CHANGED],
        count[Verdict.KNOWN],
        (*problems, *refused),
        tuple(notes),
        tuple(rows),
    )
