"""Keeps `case_dues` true: whatever changes a case, its visits or its programs has it reckoned anew
in the same transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, delete, insert, inspect, select
from sqlalchemy.orm import Session

from clinic_desk.clinical import visit_plan
from clinic_desk.storage import due_queries
from clinic_desk.storage.models_due import CaseDue
from clinic_desk.storage.models_papers import Program
from clinic_desk.storage.models_patient_file import PatientMerge
from clinic_desk.storage.models_patients import Case, Patient
from clinic_desk.storage.models_visits import Visit

_AT_ONCE = 500
_CASES: BindParameter[Sequence[UUID]] = bindparam("cases", expanding=True)
_STANDING = select(CaseDue.case_id, CaseDue.due_on, CaseDue.retest_from).where(
    CaseDue.case_id.in_(_CASES)
)
_RUNNING = (
    select(Case.id)
    .join(Patient, Patient.id == Case.patient_id)
    .where(Case.id.in_(_CASES), Case.closed_on.is_(None), Patient.archived_on.is_(None))
)


class Touched:
    """The cases of a transaction that are to be reckoned anew."""

    def __init__(self) -> None:
        self._rows: list[Case | Visit | Program] = []
        self._patients: set[UUID] = set()

    def note(self, rows: Iterable[object]) -> None:
        """Rows that are about to be written; new ones have no ids yet."""
        for row in rows:
            if isinstance(row, Case | Visit | Program):
                self._rows.append(row)
            elif isinstance(row, Patient) and inspect(row).attrs.archived_on.history.has_changes():
                self._patients.add(row.id)
            elif isinstance(row, PatientMerge):
                self._patients.update((row.kept_id, row.merged_id))

    def settle(self, session: Session) -> None:
        """Reckon them, once all is written."""
        cases = {row.id if isinstance(row, Case) else row.case_id for row in self._rows}
        if self._patients:
            of_them = select(Case.id).where(Case.patient_id.in_(self._patients))
            cases.update(session.scalars(of_them))
        ordered = sorted(cases)
        for start in range(0, len(ordered), _AT_ONCE):
            reckon(session, ordered[start : start + _AT_ONCE])
        self._rows.clear()
        self._patients.clear()


def reckon(session: Session, case_ids: Sequence[UUID]) -> None:
    """Put down what holds now for some cases."""
    rows = session.execute(_STANDING, {"cases": case_ids})
    before = {case_id: (due_on, retest_from) for case_id, due_on, retest_from in rows}
    now = dict(_dates(session, case_ids))
    changed = [one for one in {*before, *now} if before.get(one) != now.get(one)]
    if changed:
        session.execute(delete(CaseDue).where(CaseDue.case_id.in_(changed)))
    new = [
        {"case_id": one, "due_on": now[one][0], "retest_from": now[one][1]}
        for one in changed
        if one in now
    ]
    if new:
        session.execute(insert(CaseDue), new)


def _dates(
    session: Session, case_ids: Sequence[UUID]
) -> Iterator[tuple[UUID, tuple[date | None, date | None]]]:
    """Of the running ones among the cases, those that have a day, with both."""
    running = session.scalars(_RUNNING, {"cases": case_ids}).all()
    if not running:
        return
    reviews = due_queries.reviews(session, running)
    retests = due_queries.retests(session, running)
    plans = {
        line.case_id: line.last_care.astimezone().date()
        for line in due_queries.plans(session, running)
        if visit_plan.due(line.planned, line.signed, line.evaluated) is not None
    }
    for one in running:
        days = [days[one] for days in (reviews, plans) if one in days]
        seen = retests[one][0].astimezone().date() if one in retests else None
        if days or seen is not None:
            yield one, (min(days, default=None), seen)
