"""What was suggested and decided is kept over changes of mind and over visits, and printed."""

from dataclasses import replace
from uuid import UUID

from clinic_desk.storage.models import SupersededDecision
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Decision, Note, VisitContent
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN


def changed_once(desk: Desk) -> VisitContent:
    first = Decision("grade", "2", "1", "walks well", "Dana Demo", desk.now())
    return VisitContent(
        note=Note(subjective="Pain."),
        answers=STRAIN,
        decisions=(Decision("grade", "2", "2", "", "Dana Demo", desk.now()),),
        superseded=(replace(first, superseded_at=desk.now()),),
    )


def test_a_decision_that_was_changed_is_kept_and_signed_with_the_visit(
    desk: Desk, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    content = changed_once(desk)
    visits.keep(desk, visit, content)
    assert visits.open_visit(desk, visit).content.superseded == content.superseded
    visits.sign(desk, visit, content)
    assert visits.open_visit(desk, visit).content.superseded == content.superseded
    with desk.store.reading() as session:
        assert session.query(SupersededDecision).count() == 1


def test_a_later_visit_knows_and_writes_what_was_decided_before(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    visit = visits.start(desk, strain)
    visits.sign(desk, visit, changed_once(desk))
    clock.move(days=7)
    later = visits.open_visit(desk, visits.start(desk, strain))
    assert [one.decided for one in later.past] == ["2", "1"]
    written = visits.write_into_note(desk, later, VisitContent(answers=STRAIN))
    assert (
        "Earlier on strain grade: 03 Feb 2026: 2 (moderate) decided, as suggested, "
        "Dana Demo. 03 Feb 2026: 2 (moderate) suggested, 1 (mild) decided, Dana Demo; "
        "reason: walks well; changed later in the same visit."
    ) in written.note.assessment


def test_the_first_visit_knows_nothing_earlier(desk: Desk, strain: UUID) -> None:
    view = visits.open_visit(desk, visits.start(desk, strain))
    assert view.past == ()
    assert "Earlier" not in visits.write_into_note(desk, view, VisitContent()).note.assessment
