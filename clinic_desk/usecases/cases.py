"""Cases: one episode of care for one complaint."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from clinic_desk.clinical import births
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Purpose
from clinic_desk.errors import LibraryInvalid, Locked
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Contact, Patient
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class CaseDetails:
    title: str  # the complaint, without the side: "hamstring strain"
    side: Side | None = None
    onset_on: date | None = None
    goal: str = ""
    referrer_id: UUID | None = None
    protocol: str = "posterior-thigh"


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
            problems["onset_on"] = "The onset lies before the patient's birth."
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
        unit.audit("close", "case", case.id, at=desk.now())
        unit.commit()
