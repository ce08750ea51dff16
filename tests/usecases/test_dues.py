"""What is kept of the cases that come due says the same as their visits and programs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from clinic_desk.storage import dues
from clinic_desk.storage.models import Case, CaseDue
from clinic_desk.usecases import cases, mergers, patient_states, patients, programs, today, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.support.desk import Clock


def kept(desk: Desk) -> list[tuple[object, ...]]:
    with desk.store.reading() as session:
        rows = session.execute(select(CaseDue.case_id, CaseDue.due_on, CaseDue.retest_from))
        return sorted((*map(str, row),) for row in rows)


def reckoned(desk: Desk) -> list[tuple[object, ...]]:
    """The same from nothing, and the former put back."""
    with desk.store.unit(desk.actor.id) as unit:
        every = unit.session.scalars(select(Case.id)).all()
        unit.session.execute(delete(CaseDue))
        dues.reckon(unit.session, every)
        rows = unit.session.execute(select(CaseDue.case_id, CaseDue.due_on, CaseDue.retest_from))
        return sorted((*map(str, row),) for row in rows)


def signed(desk: Desk, case: UUID, kind: str, *retest: str) -> None:
    visits.sign(desk, visits.start(desk, case, kind), VisitContent(Note("Seen."), retest=retest))


def test_every_act_leaves_what_is_due_true(
    desk: Desk, alex: UUID, strain: UUID, clock: Clock
) -> None:
    def corrected(**changes: object) -> None:
        held = cases.view(desk, strain)
        cases.correct(desk, strain, held.version, replace(held.record, **changes))

    def prescribed() -> None:
        content = programs.from_template(desk, strain, "acute_g2_late")
        review = desk.today() + timedelta(days=1)
        programs.prescribe(desk, strain, replace(content, review_on=review))

    def merged() -> None:
        patient_states.archive(desk, alex)
        other = patients.register(desk, PatientDetails("Example", "Alexa"))
        undo.append(mergers.merge(desk, other, alex))

    undo: list[UUID] = []
    draft: list[UUID] = []
    acts: tuple[tuple[Callable[[], object], int], ...] = (
        (lambda: signed(desk, strain, "first_evaluation", "gait"), 1),
        (lambda: corrected(planned_visits=2), 1),
        (lambda: draft.append(visits.start(desk, strain, "re_evaluation")), 0),
        (lambda: visits.discard(desk, draft[0]), 1),
        (lambda: cases.hold(desk, strain, "Away"), 1),
        (lambda: cases.resume(desk, strain), 1),
        (lambda: signed(desk, strain, "re_evaluation"), 0),
        (prescribed, 1),
        (lambda: patient_states.archive(desk, alex), 0),
        (lambda: patient_states.restore(desk, alex), 1),
        (merged, 1),
        (lambda: mergers.take_apart(desk, undo[0]), 0),
        (lambda: patient_states.restore(desk, alex), 1),
        (lambda: cases.close_case(desk, strain, "done"), 0),
    )
    for number, (act, waits) in enumerate(acts):
        clock.move(hours=1)
        act()
        assert (len(kept(desk)), number) == (waits, number)
        assert kept(desk) == reckoned(desk)


def test_a_plan_that_is_due_is_not_hidden_by_a_review_to_come(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    content = programs.from_template(desk, strain, "acute_g2_late")
    review = desk.today() + timedelta(days=20)
    programs.prescribe(desk, strain, replace(content, review_on=review))
    clock.move(hours=1)
    signed(desk, strain, "follow_up")
    assert today.today(desk).retests == 0
    held = cases.view(desk, strain)
    cases.correct(desk, strain, held.version, replace(held.record, planned_visits=2))
    (need,) = [one for one in today.today(desk).needs if one.kind == "retest"]
    assert need.detail.endswith("re-evaluation at visit 2 of 2 planned")
