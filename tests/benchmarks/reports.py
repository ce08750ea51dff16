"""How long each report takes in a practice of many visits: `python -m tests.benchmarks.reports
[visits]`. The same two signed evaluations are copied row by row, so that text and findings are
as long as real ones.
"""

import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update

from clinic_desk.clinical.measures import Side
from clinic_desk.library import Library
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import Case, DecisionRow, Evaluation, Patient, Visit
from clinic_desk.usecases import cases, patients, practice, reports, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import VisitContent
from tests.support.desk import Clock
from tests.support.records import PASSPHRASE, QUICK
from tests.usecases.answers import STRAIN

VISITS, EACH, REPEATS, BATCH = 10_000, 2, 3, 1000


def main(count: int) -> None:
    """Print the milliseconds of each report, the median of some."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _practice(Path(folder) / "practice")
        _fill(desk, count)
        period = reports.period(desk, "all")
        print(f"{count} visits, {period.said}")
        for kind, title in reports.KINDS.items():
            took = []
            for _repeat in range(REPEATS):
                start = time.perf_counter()
                found = reports.make(desk, kind, period)
                took.append((time.perf_counter() - start) * 1000)
            cells = sum(len(table.rows) for table in found.tables)
            print(f"{title:16} {sorted(took)[REPEATS // 2]:8.0f} ms, {cells} rows")
        behind = reports.make(desk, "notes", period).tables[0].rows[0][1].behind
        if behind is not None:
            start = time.perf_counter()
            reports.listed(desk, behind)
            print(f"{'a list':16} {(time.perf_counter() - start) * 1000:8.0f} ms")
        desk.store.close()


def _practice(folder: Path) -> Desk:
    clock = Clock()
    opened, _code = practice.set_up(
        folder,
        Library(),
        practice.PracticeDetails(name="Example Street Physiotherapy"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        kdf=QUICK,
    )
    desk = Desk(opened.store, opened.library, opened.actor, now=clock)
    who = patients.register(desk, patients.PatientDetails("Example", "Alex"))
    case = cases.open_case(desk, who, cases.CaseDetails("hamstring strain", Side.LEFT))
    for pain in (7, 4):
        visit = visits.start(desk, case)
        view = visits.open_visit(desk, visit)
        answers = STRAIN | {"pain_now": pain}
        content = visits.write_into_note(desk, view, VisitContent(answers=answers))
        visits.sign(desk, visit, content)
        clock.move(days=7)
    return desk


def _fill(desk: Desk, count: int) -> None:
    """Copies of the two visits, each pair a patient of its own, over two years."""
    with desk.store.reading() as session:
        patient = _values(session.scalars(select(Patient)).one())
        case = _values(session.scalars(select(Case)).one())
        pairs = [
            (_values(visit), _values(held))
            for visit, held in session.execute(
                select(Visit, Evaluation)
                .join(Evaluation, Evaluation.visit_id == Visit.id)
                .order_by(Visit.number)
            )
        ]
    for start in range(0, count // EACH, BATCH):
        numbers = range(start, min(start + BATCH, count // EACH))
        people = {number: (new_id(), new_id()) for number in numbers}
        backs = {number: timedelta(days=number % 730) for number in numbers}
        with desk.store.unit(desk.actor.id) as unit:
            unit.session.execute(
                insert(Patient),
                [
                    patient | {"id": who, "serial": n + 2, "number": f"X-{n:06}"}
                    for n, (who, _case) in people.items()
                ],
            )
            unit.session.execute(
                insert(Case),
                [
                    case | {"id": key, "patient_id": who, "opened_on": case["opened_on"] - backs[n]}
                    for n, (who, key) in people.items()
                ],
            )
            for visit, held in pairs:
                made = [
                    visit
                    | {"id": new_id(), "case_id": key, "care_at": visit["care_at"] - backs[n]}
                    | {"status": "draft", "signed_at": None, "signed_by_id": None}
                    for n, (_who, key) in people.items()
                ]
                unit.session.execute(insert(Visit), made)
                unit.session.execute(
                    insert(Evaluation),
                    [held | {"id": new_id(), "visit_id": one["id"]} for one in made],
                )
                unit.session.execute(
                    insert(DecisionRow),
                    [_decided(one, n) for n, one in zip(people, made, strict=True)],
                )
                unit.session.execute(
                    update(Visit)
                    .where(Visit.status == "draft")
                    .values(status="signed", signed_at=Visit.care_at, signed_by_id=desk.actor.id)
                )
            unit.audit("generate", "practice")
            unit.commit()


def _decided(visit: dict[str, Any], number: int) -> dict[str, Any]:
    grade = str(number % 4)
    return {
        "id": new_id(),
        "visit_id": visit["id"],
        "subject": "grade",
        "suggested": grade,
        "decided": grade,
        "by": "Dana Demo",
        "at": visit["care_at"],
    }


def _values(row: object) -> dict[str, Any]:
    columns = type(row).__table__.columns  # type: ignore[attr-defined]
    return {column.key: getattr(row, column.key) for column in columns}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else VISITS)
