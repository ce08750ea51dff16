"""Taking a day list in from a file: each line booked for a patient who is known, or refused.

Nobody is registered by it. A line that is on the list already is left as it is, but for the mark
that the patient has arrived.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import day_words
from clinic_desk.exchange.records import DayRecord, Problem
from clinic_desk.i18n import _
from clinic_desk.storage import day_queries
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.base import new_id
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import Appointment, ImportItem
from clinic_desk.usecases import appointments, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_deciding import everyone
from clinic_desk.usecases.import_matching import Match, People, Person
from clinic_desk.usecases.import_run import STEP, Progress, Source, Stopped, begin, go_on
from clinic_desk.usecases.import_views import Alike, ImportReport, RowPlan, Verdict
from clinic_desk.usecases.patient_details import PatientDetails

_BOOKED = tuple[date, str, UUID]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is taken: a new appointment, or the arrival of one that is booked."""

    day: date
    time: str
    patient_id: UUID
    kind: str
    note: str
    arrived_at: datetime | None
    appointment_id: UUID | None = None


@dataclass(slots=True)
class _Found:
    rows: list[RowPlan]
    lines: list[_Line]
    notes: list[Problem]


def plan(
    desk: Desk,
    source: Source,
    records: Sequence[DayRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
    day: date | None = None,
) -> ImportReport:
    """What `run` would do. `day`: of the lines that name none. Raises Stopped."""
    with desk.store.reading() as session:
        found = _decided(desk, session, records, settled or {}, progress, day)
    return _report(source, found, problems)


def run(
    desk: Desk,
    source: Source,
    records: Sequence[DayRecord],
    problems: Sequence[Problem] = (),
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
    day: date | None = None,
) -> ImportReport:
    """Book the lines: all that are not refused, or nothing. Raises Stopped."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        found = _decided(desk, unit.session, records, settled or {}, progress, day)
        report = replace(_report(source, found, problems), dry_run=False)
        if not found.lines:
            return report
        run_id = begin(desk, unit, source, report)
        done: list[tuple[Appointment, str]] = []
        for line in found.lines:
            if line.appointment_id is not None:
                row = unit.get(Appointment, line.appointment_id)
                row.arrived_at = line.arrived_at
                done.append((row, "changed"))
                continue
            row = Appointment(
                id=new_id(),
                day=line.day,
                time=line.time,
                patient_id=line.patient_id,
                kind=line.kind,
                note=line.note,
                made_at=now,
                made_by=desk.actor.name,
                clinician_id=desk.actor.id,
                arrived_at=line.arrived_at,
            )
            unit.session.add(row)
            done.append((row, "added"))
        unit.session.flush()
        unit.session.add_all(
            ImportItem(
                run_id=run_id,
                subject="appointments",
                subject_id=row.id,
                act=act,
                version=row.version,
                before={},
            )
            for row, act in done
        )
        if not progress(len(records), len(records)):
            raise Stopped
        unit.commit()
    return replace(report, run=run_id)


def _decided(
    desk: Desk,
    session: Reading,
    records: Sequence[DayRecord],
    settled: Mapping[str, str | UUID],
    progress: Progress,
    day: date | None,
) -> _Found:
    people = everyone(session)
    merged = kept.merged(session)
    found = _Found([], [], [])
    booked: dict[_BOOKED, Appointment | None] = {}
    looked_at: set[date] = set()
    for count, record in enumerate(records):
        if count % STEP == 0 and not progress(count, len(records)):
            raise Stopped
        row, line = _looked_at(desk, people, merged, record, settled.get(record.place), day)
        if line is not None:
            if line.day not in looked_at:
                looked_at.add(line.day)
                for one in day_queries.booked(session, line.day):
                    booked[one.day, one.time, one.patient_id] = one
            row, line = _against(booked, record, row, line)
        found.rows.append(row)
        if line is not None:
            found.lines.append(line)
            booked.setdefault((line.day, line.time, line.patient_id), None)
            if record.visit_kind and not day_words.kind(record.visit_kind):
                said = _("“{word}” is no kind here: booked as a follow-up, the word is in the note")
                said = said.format(word=record.visit_kind[:40])
                found.notes.append(Problem(record.place, "visit_kind", said))
    return found


def _against(
    booked: Mapping[_BOOKED, Appointment | None], record: DayRecord, row: RowPlan, line: _Line
) -> tuple[RowPlan, _Line | None]:
    """The same line where it is on the list already, or further up in the file."""
    key = (line.day, line.time, line.patient_id)
    if key not in booked:
        return row, line
    there = booked[key]
    if there is None:
        twice = _("the same line stands further up")
        return RowPlan(record.place, row.name, Verdict.KNOWN, twice), None
    if line.arrived_at is not None and there.arrived_at is None and there.visit_id is None:
        changed = RowPlan(
            record.place, row.name, Verdict.CHANGED, _("on the list already"), ("arrived",)
        )
        return changed, replace(line, appointment_id=there.id)
    return RowPlan(record.place, row.name, Verdict.KNOWN, _("on the list already")), None


def _looked_at(
    desk: Desk,
    people: People,
    merged: Mapping[UUID, str],
    record: DayRecord,
    word: str | UUID | None,
    usual_day: date | None,
) -> tuple[RowPlan, _Line | None]:
    name = ", ".join(part for part in (record.family_name, record.given_name) if part)
    name = name or record.number

    def refused(why: str, alike: Sequence[Person] = ()) -> tuple[RowPlan, None]:
        shown = tuple(Alike(one.id, one.shown) for one in alike[:5])
        return RowPlan(record.place, name, Verdict.REFUSED, why, alike=shown), None

    clock, said_day = day_words.clock(record.time)
    when, rest = appointments.read(clock)
    day = record.day or said_day or usual_day
    if not when or rest:
        return refused(_("“{text}” is no time, such as 10:30").format(text=record.time[:40]))
    if day is None:
        return refused(_("the list says no day; say which day it is of"))
    note, kind = typed.line(record.note), day_words.kind(record.visit_kind)
    if record.visit_kind and not kind:
        note = "; ".join(part for part in (typed.line(record.visit_kind), note) if part)
    if over := typed.over_limit({"note": note}, {}):
        return refused(over["note"])
    try:
        arrived_at = _arrived(record.arrived, day, when, desk.now())
    except InvalidInput as error:
        return refused(next(iter(error.fields.values())))
    who: UUID | None
    if isinstance(word, UUID):
        who = word
    else:
        match = _who(people, record)
        if match.same is None:
            alike = match.perhaps
            if not alike:
                return refused(match.why)
            said = _("may be {who}: {why}").format(
                who=", ".join(one.shown for one in alike[:5]), why=match.why
            )
            return refused(said, alike)
        who = match.same.id
    if who is None or who in merged:
        said = _("this registration is merged into {number}; that one is in use")
        return refused(said.format(number=merged[who] if who else ""))
    line = _Line(day, when, who, kind or "follow_up", note, arrived_at)
    return RowPlan(record.place, name, Verdict.NEW, f"{day.isoformat()} {when}"), line


def _who(people: People, record: DayRecord) -> Match:
    """Whose line it is: by number alone, or by number, name and birth date together."""
    details = PatientDetails(record.family_name, record.given_name, record.birth_date)
    number = typed.line(record.number)
    if number and not record.family_name:
        holder = people.numbered(number)
        if holder is None:
            return Match(why=_("nobody here has the number {number}").format(number=number[:40]))
        if record.birth_date not in (None, holder.birth_date):
            return Match(perhaps=(holder,), why=_("the same number, but another birth date"))
        return Match(same=holder)
    if not record.family_name:
        return Match(why=_("neither a number nor a name says who it is"))
    match = people.match(details, number)
    if match.same is None and not match.perhaps:
        return Match(why=_("nobody of this name is registered; register them first"))
    return match


def _arrived(text: str, day: date, when: str, now: datetime) -> datetime | None:
    """The moment at which somebody came; on a day to come nobody has. Raises InvalidInput."""
    said = day_words.came(text)
    if said is None:
        why = _("“{text}” does not say whether they are here").format(text=text[:40])
        raise InvalidInput({"arrived": why})
    here, at = said
    if not here:
        return None
    today = now.astimezone().date()
    if day > today:
        raise InvalidInput({"arrived": _("nobody has arrived on a day that is still to come")})
    clock, rest = appointments.read(at) if at else (when, "")
    if not clock or rest:
        raise InvalidInput({"arrived": _("“{text}” is no time").format(text=text[:40])})
    return min(datetime.combine(day, time.fromisoformat(clock)).astimezone(), now)


def _report(source: Source, found: _Found, problems: Sequence[Problem]) -> ImportReport:
    count = {verdict: sum(row.verdict is verdict for row in found.rows) for verdict in Verdict}
    refused = [
        Problem(row.place, "", row.why) for row in found.rows if row.verdict is Verdict.REFUSED
    ]
    return ImportReport(
        source.kind,
        source.name,
        len(found.rows) + len({one.place for one in problems}),
        count[Verdict.NEW],
        count[Verdict.CHANGED],
        count[Verdict.KNOWN],
        (*problems, *refused),
        tuple(found.notes),
        tuple(found.rows),
    )
