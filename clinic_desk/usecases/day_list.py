"""A day as it stands: appointments in the order of the clock, each with the visit that was
started for it, and the visits that nobody booked.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import day_queries as rows
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Appointment, Case, Patient, Visit
from clinic_desk.usecases import charts, lockbox, words
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class DayRow:
    """A line of the day list. A visit that was not booked has no `appointment_id`."""

    time: str  # "10:30"
    patient_id: UUID
    patient: str  # "EXAMPLE, Alex"
    birth_date: date | None
    birth_part: str
    kind: str  # of the visit once it is started, else what was booked
    case_id: UUID | None
    case_title: str
    side: Side | None
    state: str  # booked | arrived | cancelled | draft | signed
    note: str = ""
    appointment_id: UUID | None = None
    arrived_at: datetime | None = None
    visit_id: UUID | None = None
    signed_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether its visit is still to be started."""
        return self.state in ("booked", "arrived")


@dataclass(frozen=True, slots=True)
class DayList:
    day: date
    rows: tuple[DayRow, ...]


def day_list(desk: Desk, day: date) -> DayList:
    """A day as it stands."""
    with desk.store.reading() as session:
        return DayList(day, of_day(session, day))


def of_day(session: chart.Reading, day: date) -> tuple[DayRow, ...]:
    """The lines of a day in the order of the clock. Of a closed part only that there is one."""
    hidden = lock_queries.hidden_cases(session)
    begin = datetime.combine(day, time.min).astimezone()
    end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    begun = {
        visit.id: (visit, case, who) for visit, case, who in chart.day_visits(session, begin, end)
    }
    booked = rows.of_day(session, day)
    linked = rows.visits(session, [row.visit_id for row, _who, _case in booked if row.visit_id])
    open_cases = rows.open_cases(session, [who.id for _row, who, _case in booked])
    loose = {key: found for key, found in begun.items() if key not in linked}
    found = []
    for row, who, case in booked:
        visit = linked[row.visit_id][0] if row.visit_id else None
        if row.visit_id:
            case = linked[row.visit_id][1]
        elif row.cancelled_at is None and (own := _begun_for(row, who, loose.values())):
            visit, case, _who = loose.pop(own)
        if case is None:
            case = _presumed(open_cases.get(who.id, ()), hidden)
        found.append(_booked(row, who, case, visit, hidden))
    found += [of_visit(visit, case, who, hidden) for visit, case, who in loose.values()]
    return tuple(sorted(found, key=lambda one: one.time))


def _begun_for(
    row: Appointment, who: Patient, loose: Iterable[tuple[Visit, Case, Patient]]
) -> UUID | None:
    """The visit that was started on the patient's page for what is booked on this day."""
    for visit, case, of in loose:
        if of.id == who.id and row.case_id in (None, case.id):
            return visit.id
    return None


def _presumed(cases: Sequence[Case], hidden: Container[UUID]) -> Case | None:
    """The case that the visit will be of; one that is closed only where there is no other."""
    return next((one for one in cases if one.id not in hidden), next(iter(cases), None))


def _booked(
    row: Appointment, who: Patient, case: Case | None, visit: Visit | None, hidden: Container[UUID]
) -> DayRow:
    closed = case is not None and case.id in hidden
    base = DayRow(
        time=row.time,
        patient_id=who.id,
        patient=words.list_name(who.given_name, who.family_name),
        birth_date=who.birth_date,
        birth_part=who.birth_part,
        kind=row.kind,
        case_id=case.id if case else None,
        case_title="",
        side=None,
        state="cancelled" if row.cancelled_at else "arrived" if row.arrived_at else "booked",
        note="" if closed else row.note,
        appointment_id=row.id,
        arrived_at=row.arrived_at,
    )
    if case is not None:
        base = replace(base, case_title=_title(case, hidden), side=_side(case, hidden))
    if visit is not None:
        base = replace(
            base,
            kind=visit.kind,
            state=visit.status,
            visit_id=visit.id,
            signed_at=visit.signed_at,
        )
    return base


def of_visit(visit: Visit, case: Case, who: Patient, hidden: Container[UUID]) -> DayRow:
    """The line of a visit that nobody booked."""
    return DayRow(
        time=f"{words.local(visit.care_at):%H:%M}",
        patient_id=who.id,
        patient=words.list_name(who.given_name, who.family_name),
        birth_date=who.birth_date,
        birth_part=who.birth_part,
        kind=visit.kind,
        case_id=case.id,
        case_title=_title(case, hidden),
        side=_side(case, hidden),
        state=visit.status,
        visit_id=visit.id,
        signed_at=visit.signed_at,
    )


def _side(case: Case, hidden: Container[UUID]) -> Side | None:
    return None if case.id in hidden else charts.side_of(case)


def _title(case: Case, hidden: Container[UUID]) -> str:
    if case.id in hidden:
        return lockbox.CLOSED_CASE
    return words.sided(case.title, charts.side_of(case))
