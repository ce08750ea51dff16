"""Undo where several people use one record: what a colleague wrote since is never overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import EditConflict, Locked
from clinic_desk.storage.models import Audit
from clinic_desk.usecases import (
    address_book,
    appointments,
    cases,
    patients,
    people,
    practice,
    taking_back,
    todos,
)
from clinic_desk.usecases.appointments import Booking
from clinic_desk.usecases.desk import Actor, Desk
from clinic_desk.usecases.people import PersonDetails
from clinic_desk.usecases.taking_back import Undo
from clinic_desk.usecases.todos import TodoDetails
from tests.support.records import PASSPHRASE


@pytest.fixture
def sam(desk: Desk) -> Desk:
    """The desk of a colleague on the same record."""
    who = people.add(desk, PersonDetails("Sam Roe"), PASSPHRASE, "another passphrase")
    return replace(desk, actor=Actor(who, "Sam Roe"))


def done(desk: Desk, act: Callable[[], object]) -> Undo:
    _made, undo = taking_back.doing(desk, act)
    assert undo is not None
    return undo


def letterhead(desk: Desk, **fields: str) -> None:
    seen = practice.view(desk)
    practice.correct(desk, seen.version, replace(seen.practice, **fields), seen.clinician)


def patient(desk: Desk, who: UUID, **fields: object) -> None:
    seen = patients.open_file(desk, who)
    patients.correct(desk, who, seen.version, replace(seen.details, **fields))  # type: ignore[arg-type]


def case(desk: Desk, which: UUID, **fields: object) -> None:
    seen = cases.view(desk, which)
    cases.correct(desk, which, seen.version, replace(seen.record, **fields))  # type: ignore[arg-type]


def contact(desk: Desk, which: UUID, **fields: str) -> None:
    row = address_book.open_entry(desk, which)
    address_book.save(desk, replace(row.entry, **fields), which, row.version)


def test_a_colleagues_change_of_another_field_stays(
    desk: Desk, sam: Desk, alex: UUID, strain: UUID, surgeon: UUID
) -> None:
    undos = [
        done(desk, partial(letterhead, desk, phone="555-0111")),
        done(desk, partial(patient, desk, alex, given_name="Alexa")),
        done(desk, partial(case, desk, strain, title="calf strain")),
        done(desk, partial(contact, desk, surgeon, name="Robin Other")),
    ]
    letterhead(sam, subtitle="At the river")
    patient(sam, alex, occupation="Cook")
    case(sam, strain, planned_visits=6)
    contact(sam, surgeon, email="robin@sample.example")
    for undo in undos:
        undo()
    head = practice.view(desk).practice
    assert (head.phone, head.subtitle) == ("555-0100", "At the river")
    who = patients.open_file(desk, alex).details
    assert (who.given_name, who.occupation) == ("Alex", "Cook")
    record = cases.view(desk, strain).record
    assert (record.title, record.planned_visits) == ("hamstring strain", 6)
    entry = address_book.open_entry(desk, surgeon).entry
    assert (entry.name, entry.email) == ("Dr Robin Sample", "robin@sample.example")


def test_what_a_colleague_changed_since_is_named_and_not_overwritten(
    desk: Desk, sam: Desk, alex: UUID, strain: UUID
) -> None:
    changes: list[tuple[Callable[[Desk, str], None], Callable[[], str], str]] = [
        (
            lambda at, text: letterhead(at, phone=text),
            lambda: practice.view(desk).practice.phone,
            "Phone",
        ),
        (
            lambda at, text: patient(at, alex, given_name=text),
            lambda: patients.open_file(desk, alex).details.given_name,
            "Given name",
        ),
        (
            lambda at, text: case(at, strain, title=text),
            lambda: cases.view(desk, strain).record.title,
            "Title",
        ),
    ]
    for change, now, name in changes:
        undo = done(desk, partial(change, desk, "mine"))
        change(sam, "theirs")
        with pytest.raises(EditConflict) as refused:
            undo()
        assert str(refused.value).startswith(f"{name} changed since then by Sam Roe.")
        assert now() == "theirs"


def test_nothing_is_taken_back_by_halves(desk: Desk, sam: Desk) -> None:
    undo = done(desk, partial(letterhead, desk, phone="555-0111", email="a@b.example"))
    letterhead(sam, email="c@d.example")
    with pytest.raises(EditConflict):
        undo()
    head = practice.view(desk).practice
    assert (head.phone, head.email) == ("555-0111", "c@d.example")


def test_what_was_added_and_is_in_use_by_now_is_not_ended(
    desk: Desk, sam: Desk, alex: UUID, strain: UUID
) -> None:
    made: list[UUID] = []
    booking = Booking(desk.today(), "10:30", alex)
    undo = done(desk, lambda: made.append(appointments.book(desk, booking)))
    appointments.arrive(sam, made[0])
    with pytest.raises(EditConflict):
        undo()
    task = todos.add(desk, TodoDetails("Ask", desk.today(), every=1, unit="week"))
    undo = done(desk, lambda: made.append(todos.done(desk, task) or task))
    todos.done(sam, made[1])
    with pytest.raises(EditConflict, match="next task"):
        undo()


def test_a_patient_is_found_by_the_former_name_again(desk: Desk, alex: UUID) -> None:
    undo = done(desk, partial(patient, desk, alex, family_name="Otherwise"))
    undo()
    assert [one.id for one in patients.find(desk, "Example")] == [alex]
    assert patients.find(desk, "Otherwise") == ()


def test_the_trail_says_what_was_taken_back_and_stays_whole(desk: Desk, alex: UUID) -> None:
    done(desk, partial(patient, desk, alex, sex=Sex.MALE, birth_date=date(1990, 1, 1)))()
    with desk.store.reading() as session:
        last = session.query(Audit).order_by(Audit.sequence.desc()).first()
        assert last is not None
        assert (last.act, last.subject, last.subject_id) == ("take_back", "patient", alex)
        assert last.details == {"act": "correct"}
    assert desk.store.verify_audit() is None


def test_an_act_that_wrote_nothing_has_no_undo(desk: Desk) -> None:
    _seen, undo = taking_back.doing(desk, lambda: practice.view(desk))
    assert undo is None


def test_what_failed_has_nothing_to_take_back(desk: Desk, strain: UUID) -> None:
    cases.hold(desk, strain, "Waits")
    with pytest.raises(Locked):
        taking_back.doing(desk, lambda: cases.hold(desk, strain, "Waits"))
