"""Cases: one episode of care for one complaint."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clinic_desk.clinical import births
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Purpose
from clinic_desk.clinical.visit_plan import Due
from clinic_desk.errors import LibraryInvalid, Locked
from clinic_desk.storage import case_queries
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Contact, Patient
from clinic_desk.usecases import case_goals, case_plan, charts, typed
from clinic_desk.usecases.case_goals import Goal
from clinic_desk.usecases.desk import Desk

_UNBORN = "The onset lies before the patient's birth."


@dataclass(frozen=True, slots=True)
class CaseDetails:
    title: str  # the complaint, without the side: "hamstring strain"
    side: Side | None = None
    onset_on: date | None = None
    goal: str = ""
    referrer_id: UUID | None = None
    protocol: str = "posterior-thigh"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """What of a case can be corrected."""

    title: str
    side: Side | None = None
    onset_on: date | None = None
    goals: tuple[Goal, ...] = ()
    planned_visits: int | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    id: UUID
    version: int
    record: CaseRecord
    status: str  # open | on_hold | closed
    since: date  # when it came to be so
    why: str  # of a hold, or how it ended
    opened_on: date
    visits: int  # signed ones
    due: Due | None  # the re-evaluation that is due


def regions(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The protocols that a case can be evaluated by: id and title. A questionnaire is none.

    A faulty file is not offered, and keeps nobody from opening a case of another region; it is
    named by `protocol check`, and where a case of it is evaluated.
    """
    found = []
    for name, _versions in desk.library.protocols():
        with suppress(LibraryInvalid):
            found.append(desk.library.protocol(name))
    return tuple((one.id, one.say(one.title)) for one in found if one.purpose is Purpose.EVALUATION)


def open_case(desk: Desk, patient_id: UUID, details: CaseDetails) -> UUID:
    """Open a case. Raises InvalidInput (no title, onset in the future or before birth)."""
    details = replace(details, title=typed.line(details.title), goal=typed.block(details.goal))
    today = desk.today()
    with desk.store.unit(desk.actor.id) as unit:
        patient = unit.get(Patient, patient_id)
        problems = typed.over_limit(
            {"title": details.title, "goal": details.goal}, {"goal": typed.BLOCK}
        )
        if not details.title:
            problems["title"] = "A case needs its complaint, in a few words."
        problems["onset_on"] = typed.past_day(details.onset_on, today, "The onset")
        born = births.between(patient.birth_date, patient.birth_part)
        if details.onset_on and born and details.onset_on < born[0]:
            problems["onset_on"] = _UNBORN
        if details.protocol not in dict(regions(desk)):
            problems["protocol"] = "There is no such protocol."
        typed.refuse(problems)
        if details.referrer_id is not None:
            unit.get(Contact, details.referrer_id)
        case = Case(
            patient_id=patient.id,
            title=details.title,
            side=details.side.value if details.side else None,
            onset_on=details.onset_on,
            goal=details.goal,
            referrer_id=details.referrer_id,
            protocol=details.protocol,
            opened_on=today,
        )
        unit.session.add(case)
        unit.session.flush()
        if details.goal:
            case_goals.put(unit.session, case.id, (Goal(details.goal),))
        unit.audit("open", "case", case.id, at=desk.now())
        unit.commit()
        return case.id


def close_case(desk: Desk, case_id: UUID, reason: str) -> None:
    """Close a case with an outcome in words. Raises NotFound, Locked (a draft visit is open)."""
    reason = typed.block(reason)
    problems = typed.over_limit({"reason": reason}, {"reason": typed.BLOCK})
    if not reason:
        problems["reason"] = "Say in a few words how it ended."
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        case = unit.get(Case, case_id)
        if chart.open_visit(unit.session, case_id) is not None:
            raise Locked("This case has an unsigned visit.", "Sign it or discard it first.")
        if case.closed_on is not None:
            raise Locked("This case is closed already.")
        case.closed_on = desk.today()
        case.outcome = reason
        case.hold_since, case.hold_reason = None, ""
        unit.audit("close", "case", case.id, at=desk.now())
        unit.commit()


def view(desk: Desk, case_id: UUID) -> CaseView:
    """A case with its goals and its plan. Raises NotFound, AccessDenied (a closed part)."""
    with desk.store.reading() as session:
        row = charts.case(session, case_id)
        visits = case_queries.visit_lines(session, case_id)
        running = row.closed_on is None and row.hold_since is None
        status, since, why = "open", row.opened_on, ""
        if row.closed_on is not None:
            status, since, why = "closed", row.closed_on, row.outcome
        elif row.hold_since is not None:
            status, since, why = "on_hold", row.hold_since, row.hold_reason
        return CaseView(
            id=row.id,
            version=row.version,
            record=CaseRecord(
                row.title,
                charts.side_of(row),
                row.onset_on,
                case_goals.of_case(session, case_id),
                row.planned_visits,
            ),
            status=status,
            since=since,
            why=why,
            opened_on=row.opened_on,
            visits=sum(one.status == "signed" for one in visits),
            due=case_plan.due_after(row.planned_visits, visits) if running else None,
        )


def correct(desk: Desk, case_id: UUID, version: int, record: CaseRecord) -> int:
    """Save a corrected case; returns the new version.

    Raises InvalidInput, EditConflict. The side stays once a visit of the case is signed: what was
    measured on one leg must not read as the other's.
    """
    goals = case_goals.cleaned(record.goals)
    title = typed.line(record.title)
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        case = unit.get(Case, case_id, version)
        patient = unit.get(Patient, case.patient_id)
        problems = typed.over_limit({"title": title}, {})
        if not title:
            problems["title"] = "A case needs its complaint, in a few words."
        problems["onset_on"] = typed.past_day(record.onset_on, desk.today(), "The onset")
        born = births.between(patient.birth_date, patient.birth_part)
        if record.onset_on and born and record.onset_on < born[0]:
            problems["onset_on"] = _UNBORN
        problems["goals"] = case_goals.wrong(goals, desk.today())
        planned = record.planned_visits
        if planned is not None and not 1 <= planned <= case_plan.MOST:
            problems["planned_visits"] = f"Plan 1 to {case_plan.MOST} visits, or none."
        if record.side != charts.side_of(case) and any(
            one.status == "signed" for one in case_queries.visit_lines(unit.session, case_id)
        ):
            problems["side"] = "A visit is signed with this side; open a case for the other one."
        typed.refuse(problems)
        case.title = title
        case.side = record.side.value if record.side else None
        case.onset_on = record.onset_on
        case.planned_visits = planned
        case.goal = case_goals.said(goals)
        if goals != case_goals.of_case(unit.session, case_id):
            case_goals.put(unit.session, case_id, goals)
        unit.audit("correct", "case", case.id, at=desk.now())
        unit.commit()
        return case.version


def hold(desk: Desk, case_id: UUID, reason: str) -> None:
    """Let treatment rest. Raises InvalidInput, Locked (a draft visit is open, or not running)."""
    reason = typed.block(reason)
    problems = typed.over_limit({"reason": reason}, {"reason": typed.BLOCK})
    if not reason:
        problems["reason"] = "Say in a few words what it waits for."
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        case = charts.case(unit.session, case_id)
        if case.closed_on is not None or case.hold_since is not None:
            raise Locked("This case is not running.", "Look at its state again.")
        if chart.open_visit(unit.session, case_id) is not None:
            raise Locked("This case has an unsigned visit.", "Sign it or discard it first.")
        case.hold_since, case.hold_reason = desk.today(), reason
        unit.audit("hold", "case", case.id, at=desk.now())
        unit.commit()


def resume(desk: Desk, case_id: UUID) -> None:
    """Go on with a case that was on hold or closed. Raises Locked (it runs already)."""
    with desk.store.unit(desk.actor.id) as unit:
        case = charts.case(unit.session, case_id)
        if case.closed_on is None and case.hold_since is None:
            raise Locked("This case is running already.")
        case.closed_on = case.hold_since = None
        case.hold_reason = case.outcome = ""
        unit.audit("resume", "case", case.id, at=desk.now())
        unit.commit()
