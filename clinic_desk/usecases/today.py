"""Today: what needs the clinician now."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Case, Patient, Visit
from clinic_desk.usecases import charts, flag_state, lockbox, loops, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loop_views import LoopRow
from clinic_desk.usecases.reckoning import protocol_of


@dataclass(frozen=True, slots=True)
class VisitRow:
    visit_id: UUID
    patient_id: UUID
    case_id: UUID
    care_at: datetime
    patient: str  # "EXAMPLE, Alex"
    birth_date: date | None
    kind: str
    case_title: str
    side: Side | None
    state: str  # draft | signed
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs the clinician."""

    kind: str  # red_flag | overdue | unread | unsigned | letter_draft | program_draft | waiting
    title: str  # patient
    detail: str
    patient_id: UUID
    case_id: UUID
    visit_id: UUID | None = None
    loop_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Today:
    day: date
    visits: tuple[VisitRow, ...]
    needs: tuple[Need, ...]  # red flags first, then what is overdue the longest
    next_up: VisitRow | None  # the newest unsigned visit, to continue
    patients: int  # how many are registered, for the empty state


_DRAFTS = {"letter": "letter_draft", "program": "program_draft"}
_DRAFT_TEXTS = {"letter": "Letter not issued", "program": "Program not prescribed"}


def today(desk: Desk) -> Today:
    """The Today page in one reading."""
    day = desk.today()
    begin = datetime.combine(day, time.min).astimezone()
    end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        visits = [_row(*found, hidden) for found in chart.day_visits(session, begin, end)]
        unsigned = chart.unsigned_visits(session)
        open_ones = [one for one in unsigned if one[1].id not in hidden]
        asked = loops.open_rows(session, day)
        needs = _flag_needs(desk, session, unsigned, hidden)
        needs += [*_loop_needs(asked, "overdue", hidden), *_loop_needs(asked, "unread", hidden)]
        needs += [*_unsigned_needs(unsigned, hidden), *_draft_needs(session)]
        needs += _loop_needs(asked, "waiting", hidden)
        return Today(
            day=day,
            visits=tuple(visits),
            needs=tuple(needs),
            next_up=_row(*open_ones[0], hidden) if open_ones else None,
            patients=chart.patient_count(session),
        )


def _row(visit: Visit, case: Case, who: Patient, hidden: Container[UUID]) -> VisitRow:
    side = None if case.id in hidden else charts.side_of(case)
    title = lockbox.CLOSED_CASE if case.id in hidden else words.sided(case.title, side)
    return VisitRow(
        visit_id=visit.id,
        patient_id=who.id,
        case_id=case.id,
        care_at=visit.care_at,
        patient=words.list_name(who.given_name, who.family_name),
        birth_date=who.birth_date,
        kind=visit.kind,
        case_title=title,
        side=side,
        state=visit.status,
        signed_at=visit.signed_at,
    )


def _flag_needs(
    desk: Desk,
    session: chart.Reading,
    unsigned: list[tuple[Visit, Case, Patient]],
    hidden: Container[UUID],
) -> list[Need]:
    """Open red flags, the most urgent first; of a closed part only that there is one. A signed
    visit has none that is open.
    """
    states = flag_state.of_cases(session, [case.id for _, case, _ in unsigned])
    found = []
    for visit, case, who in unsigned:
        protocol = protocol_of(desk.library, visit.protocol, visit.protocol_version)
        for flag in states[case.id].open:
            if not flag.urgency.blocks_signing:
                continue
            detail = f"{protocol.say(flag.label)} ({protocol.say(f'urgency.{flag.urgency.value}')})"
            if case.id in hidden:
                detail = f"{protocol.say(f'urgency.{flag.urgency.value}')}, in a closed part"
            name = words.list_name(who.given_name, who.family_name)
            need = Need("red_flag", name, detail, who.id, case.id, visit.id)
            found.append((flag.urgency.rank, need))
    return [need for _, need in sorted(found, key=lambda pair: -pair[0])]


def _unsigned_needs(
    unsigned: list[tuple[Visit, Case, Patient]], hidden: Container[UUID]
) -> list[Need]:
    return [
        Need(
            "unsigned",
            words.list_name(who.given_name, who.family_name),
            "A visit in a closed part, not signed"
            if case.id in hidden
            else f"{charts.visit_title(visit.kind, visit.number)}, not signed",
            who.id,
            case.id,
            visit.id,
        )
        for visit, case, who in unsigned
    ]


def _loop_needs(asked: Sequence[LoopRow], state: str, hidden: Container[UUID]) -> list[Need]:
    """Requests in one state: the longest overdue first, an unread answer by its urgency; of a
    closed part only that there is one.
    """
    mine = [one for one in asked if one.state == state]
    if state == "unread":
        mine.sort(key=lambda one: (-one.urgency.rank, one.due_on))
    return [
        Need(
            state,
            one.patient,
            lockbox.CLOSED_CASE if one.case_id in hidden else _loop_detail(one),
            one.patient_id,
            one.case_id,
            loop_id=one.id,
        )
        for one in mine
    ]


def _loop_detail(row: LoopRow) -> str:
    """ "Referral to orthopaedics, Dr Sample: due 02 Feb 2026, 3 days overdue. Chased …"."""
    what = f"{row.title}, {row.recipient}" if row.recipient else row.title
    if row.state == "unread":
        return f"{what}: answer filed, not signed off"
    late = f", {words.counted(row.overdue, 'day', 'days')} overdue" if row.overdue else ""
    chased = f". {row.chased}" if row.chased else ""
    return f"{what}: due {words.day(row.due_on)}{late}{chased}"


def _draft_needs(session: chart.Reading) -> list[Need]:
    drafts = [one for one in chart.drafts(session) if one.kind in _DRAFTS]
    hidden = lock_queries.hidden_cases(session)
    people = chart.cases_with_patients(session, [one.ref_id for one in drafts])
    found = []
    for draft in drafts:
        if draft.ref_id not in people:
            continue
        case, who = people[draft.ref_id]
        title = words.sided(case.title, charts.side_of(case))
        if case.id in hidden:
            title = lockbox.CLOSED_CASE
        name = words.list_name(who.given_name, who.family_name)
        detail = f"{_DRAFT_TEXTS[draft.kind]}: {title}"
        found.append(Need(_DRAFTS[draft.kind], name, detail, who.id, case.id))
    return found
