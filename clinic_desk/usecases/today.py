"""Today: what needs the clinician now."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Case, Patient, Visit
from clinic_desk.usecases import (
    charts,
    contact_journal,
    cosign_board,
    day_list,
    flag_state,
    habits,
    lockbox,
    loops,
    retests,
    todos,
    words,
)
from clinic_desk.usecases.cosign_board import WaitingNote
from clinic_desk.usecases.day_list import DayRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.flag_state import FlagState
from clinic_desk.usecases.loop_views import LoopRow
from clinic_desk.usecases.reckoning import protocol_of
from clinic_desk.usecases.retests import Retest
from clinic_desk.usecases.todos import TodoRow


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs the clinician."""

    # red_flag | overdue | unread | todo_late | returned | cosign | unsigned | retest | todo |
    # letter_draft | program_draft | waiting
    kind: str
    title: str  # patient
    detail: str
    patient_id: UUID | None
    case_id: UUID | None
    visit_id: UUID | None = None
    loop_id: UUID | None = None
    todo_id: UUID | None = None
    contact_id: UUID | None = None
    whose: UUID | None = None  # whose work it is; None: everybody's


@dataclass(frozen=True, slots=True)
class NextFlag:
    """What is so of the red flags of who is next."""

    text: str  # "Red flag open", "Red flag, referral sent 03 Feb"
    open: bool
    visit_id: UUID | None  # where it fired, unless that is hidden


@dataclass(frozen=True, slots=True)
class Today:
    day: date
    visits: tuple[DayRow, ...]  # of the day shown, in the order of the clock
    needs: tuple[Need, ...]  # red flags first, then what is overdue the longest
    retests: int  # how many re-evaluations are due; `needs` has the RETESTS that came due first
    next_up: DayRow | None  # who is next: here and waiting, in hand, or booked
    registered: bool  # whether anybody is, for the empty state
    now: date  # the day it is, which may not be the one shown
    next_flag: NextFlag | None = None


_DRAFTS = {
    "letter": "letter_draft",
    "program": "program_draft",
    contact_journal.DRAFT: "contact_draft",
}
_DRAFT_TEXTS = {
    "letter": "Letter not issued",
    "program": "Program not prescribed",
    contact_journal.DRAFT: "Call or message not signed",
}


RETESTS = 50
ALL = 1_000_000


def today(desk: Desk, day: date | None = None, most: int = RETESTS) -> Today:
    """The Today page in one reading; the day list of another day, if one is given. `most` is how
    many of the re-evaluations that are due are named.
    """
    now = desk.today()
    kept = habits.of(desk)
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        mine = day_list.of_day(session, now)
        unsigned = chart.unsigned_visits(session)
        asked = loops.open_rows(session, now)
        tasks = todos.open_rows(session, now, now + timedelta(days=kept.soon_days))
        next_up = _next_up(mine, unsigned, hidden)
        theirs = _cases_of_next(session, next_up)
        states = flag_state.of_cases(
            session, list(dict.fromkeys((*(case.id for _, case, _ in unsigned), *theirs)))
        )
        needs = _flag_needs(desk, states, unsigned, hidden)
        needs += [*_loop_needs(asked, "overdue", hidden), *_loop_needs(asked, "unread", hidden)]
        needs += _todo_needs(tasks, late=True)
        if desk.store.shared:
            needs += _cosign_needs(cosign_board.of_person(session, desk.actor.id, hidden))
        needs += _unsigned_needs(unsigned, hidden)
        due, due_in_all = retests.due(session, now, kept.retest_days, most)
        needs += [_retest_need(one, hidden) for one in due]
        needs += _todo_needs(tasks, late=False)
        needs += [*_draft_needs(session), *_loop_needs(asked, "waiting", hidden)]
        if desk.store.shared:
            here = cosign_board.who_is_here(session)
            needs = [one if one.whose in here else replace(one, whose=None) for one in needs]
        return Today(
            day=day or now,
            visits=mine if day in (None, now) else day_list.of_day(session, day),
            needs=tuple(needs),
            retests=due_in_all,
            next_up=next_up,
            registered=chart.anyone_registered(session),
            now=now,
            next_flag=_next_flag([(states[one], one in hidden) for one in theirs]),
        )


def _cases_of_next(session: chart.Reading, row: DayRow | None) -> list[UUID]:
    """The open cases of who is next, that of the booking first: a flag is the patient's, whichever
    complaint it was found with.
    """
    if row is None:
        return []
    found = [one.id for one in chart.cases(session, row.patient_id) if one.closed_on is None]
    return sorted(found, key=lambda one: one != row.case_id)


def _next_flag(states: Sequence[tuple[FlagState, bool]]) -> NextFlag | None:
    """The state of the first case with an open flag, else of the first with one acted on. Of a
    case that is hidden only that a flag is open.
    """
    for state, hidden in states:
        if state.state == "open" and hidden:
            return NextFlag(f"{state.text}, in a closed part", True, None)
        if state.state == "open":
            return NextFlag(state.text, True, state.visit_id)
    for state, hidden in states:
        if state.state and not hidden:
            return NextFlag(state.text, False, state.visit_id)
    return None


def _next_up(
    mine: Sequence[DayRow],
    unsigned: Sequence[tuple[Visit, Case, Patient]],
    hidden: Container[UUID],
) -> DayRow | None:
    """Who is here and waits comes before what is in hand, that before who is booked; an older
    unsigned visit is next only when nobody is left on the day.
    """
    for state in ("arrived", "draft", "booked"):
        for row in mine:
            if row.state == state and row.case_id not in hidden:
                return row
    older = (one for one in unsigned if one[1].id not in hidden)
    return next((day_list.of_visit(*one, hidden) for one in older), None)


def _flag_needs(
    desk: Desk,
    states: Mapping[UUID, FlagState],
    unsigned: list[tuple[Visit, Case, Patient]],
    hidden: Container[UUID],
) -> list[Need]:
    """Open red flags, the most urgent first; of a closed part only that there is one. A signed
    visit has none that is open.
    """
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
            whose=visit.clinician_id,
        )
        for visit, case, who in unsigned
    ]


def _cosign_needs(notes: Sequence[WaitingNote]) -> list[Need]:
    """What was given back to the person at the desk, then what they are to co-sign."""
    return [
        Need(
            one.kind,
            one.patient,
            one.detail,
            one.patient_id,
            one.case_id,
            one.visit_id,
            contact_id=one.contact_id,
        )
        for one in notes
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


def _todo_needs(tasks: Sequence[TodoRow], *, late: bool) -> list[Need]:
    """Tasks and recalls that are overdue, or due today and soon; the longest overdue first."""
    return [
        Need(
            "todo_late" if late else "todo",
            one.patient or one.what,
            _todo_detail(one),
            one.patient_id,
            one.case_id,
            todo_id=one.id,
            whose=one.owner_id,
        )
        for one in tasks
        if bool(one.overdue) == late
    ]


def _todo_detail(row: TodoRow) -> str:
    """ "Recall: check the tendon. By 05 Feb 2026, 2 days overdue, put off from 29 Jan 2026"."""
    what = f"Recall: {row.what}" if row.recall else row.what
    what = f"{words.sentence(what)} " if row.patient else ""
    late = f", {words.counted(row.overdue, 'day', 'days')} overdue" if row.overdue else ""
    put_off = f", put off from {words.day(row.first_due_on)}" if row.put_off else ""
    return f"{what}By {words.day(row.due_on)}{late}{put_off}"


def _retest_need(one: Retest, hidden: Container[UUID]) -> Need:
    case = one.case
    title = words.sided(case.title, Side(case.side) if case.side else None)
    name = words.list_name(case.given_name, case.family_name)
    detail = lockbox.CLOSED_CASE if case.case_id in hidden else f"{title}: {one.why}"
    return Need("retest", name, detail, case.patient_id, case.case_id)


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
        kind, whose = _DRAFTS[draft.kind], draft.clinician_id
        found.append(Need(kind, name, detail, who.id, case.id, whose=whose))
    return found
