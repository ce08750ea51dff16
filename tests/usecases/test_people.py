"""Several people in one practice, each with a passphrase of their own."""

from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.errors import AccessDenied, InvalidInput, Locked
from clinic_desk.library import Library
from clinic_desk.usecases import people, practice, unlock_people, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.people import PersonDetails
from tests.support.records import PASSPHRASE

STUDENTS_OWN = "the student's own words"


def _student(desk: Desk, name: str = "Sam Student") -> UUID:
    details = PersonDetails(name, "physiotherapy student", "", "student", desk.actor.id)
    return people.add(desk, details, PASSPHRASE, STUDENTS_OWN)


def _folder(desk: Desk) -> Path:
    assert desk.store.folder is not None
    return desk.store.folder


def _by_name(desk: Desk) -> dict[str, people.Person]:
    return {one.details.name: one for one in people.people(desk)}


def test_a_single_person_is_not_asked_for_and_not_named_in_the_clear(desk: Desk) -> None:
    assert unlock_people.offered(_folder(desk)) == ()
    assert b"Dana" not in (_folder(desk) / "clinic.keys").read_bytes()


def test_an_added_person_opens_the_records_and_acts_under_their_own_name(
    desk: Desk, library: Library
) -> None:
    student = _student(desk)
    assert unlock_people.offered(_folder(desk)) == (
        (str(desk.actor.id), "Dana Demo"),
        (str(student), "Sam Student"),
    )
    other = practice.unlock(_folder(desk), library, STUDENTS_OWN, student)
    assert (other.actor.id, other.actor.name, other.actor.role) == (
        student,
        "Sam Student",
        "student",
    )
    assert practice.view(other).clinician.name == "Sam Student"
    other.store.close()


def test_a_passphrase_opens_only_for_its_own_person(desk: Desk, library: Library) -> None:
    student = _student(desk)
    said = set()
    for person, words in (
        (desk.actor.id, STUDENTS_OWN),
        (student, PASSPHRASE),
        (UUID(int=7), PASSPHRASE),
    ):
        with pytest.raises(AccessDenied) as denied:
            practice.unlock(_folder(desk), library, words, person)
        said.add(str(denied.value))
    assert len(said) == 1


def test_without_a_choice_the_passphrase_says_who_acts_unless_two_share_it(
    desk: Desk, library: Library
) -> None:
    student = _student(desk)
    alone = practice.unlock(_folder(desk), library, STUDENTS_OWN)
    assert alone.actor.id == student
    alone.store.close()
    people.let_in(desk, student, PASSPHRASE, PASSPHRASE)
    with pytest.raises(AccessDenied, match="More than one person"):
        practice.unlock(_folder(desk), library, PASSPHRASE)


def test_nobody_is_added_without_the_passphrase_of_who_is_at_the_desk(desk: Desk) -> None:
    before = (_folder(desk) / "clinic.keys").read_bytes()
    with pytest.raises(AccessDenied):
        people.add(desk, PersonDetails("Robin Example"), "a wrong one", STUDENTS_OWN)
    assert [one.details.name for one in people.people(desk)] == ["Dana Demo"]
    assert (_folder(desk) / "clinic.keys").read_bytes() == before


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (PersonDetails(" "), "name"),
        (PersonDetails("dana demo"), "name"),
        (PersonDetails("Robin Example", role="director"), "role"),
        (PersonDetails("Robin Example", role="student"), "supervisor_id"),
        (
            PersonDetails("Robin Example", role="student", supervisor_id=UUID(int=9)),
            "supervisor_id",
        ),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_by_the_field(
    desk: Desk, details: PersonDetails, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        people.add(desk, details, PASSPHRASE, STUDENTS_OWN)
    assert list(refused.value.fields) == [field]


def test_who_left_opens_nothing_and_stays_the_author_of_what_they_wrote(
    desk: Desk, library: Library, strain: UUID
) -> None:
    student = _student(desk)
    at_desk = practice.unlock(_folder(desk), library, STUDENTS_OWN, student)
    visit = visits.start(at_desk, strain)
    at_desk.store.close()
    people.deactivate(desk, student)
    assert unlock_people.offered(_folder(desk)) == ()
    with pytest.raises(AccessDenied):
        practice.unlock(_folder(desk), library, STUDENTS_OWN, student)
    left = _by_name(desk)["Sam Student"]
    assert (left.active, left.opens) == (False, False)
    assert visits.open_visit(desk, visit).id == visit
    people.let_in(desk, student, PASSPHRASE, "another one of theirs")
    practice.unlock(_folder(desk), library, "another one of theirs", student).store.close()


def test_a_supervisor_does_not_leave_those_who_are_supervised(desk: Desk, library: Library) -> None:
    robin = people.add(desk, PersonDetails("Robin Example"), PASSPHRASE, "robin's own words")
    student = people.add(
        desk, PersonDetails("Sam Student", role="student", supervisor_id=robin), PASSPHRASE,
        STUDENTS_OWN,
    )  # fmt: skip
    with pytest.raises(Locked, match="Sam Student"):
        people.deactivate(desk, robin)
    with pytest.raises(InvalidInput) as refused:
        version = _by_name(desk)["Robin Example"].version
        details = PersonDetails("Robin Example", role="assistant", supervisor_id=desk.actor.id)
        people.correct(desk, robin, version, details)
    assert list(refused.value.fields) == ["role"]
    people.deactivate(desk, student)
    people.deactivate(desk, robin)
    assert [one.details.name for one in people.people(desk) if one.active] == ["Dana Demo"]


def test_a_student_changes_nobody_and_nobody_puts_themselves_out(
    desk: Desk, library: Library
) -> None:
    student = _student(desk)
    at_desk = practice.unlock(_folder(desk), library, STUDENTS_OWN, student)
    me = _by_name(at_desk)["Sam Student"]
    with pytest.raises(AccessDenied):
        people.correct(at_desk, student, me.version, PersonDetails("Sam Student"))
    with pytest.raises(AccessDenied):
        people.deactivate(at_desk, desk.actor.id)
    at_desk.store.close()
    with pytest.raises(Locked):
        people.deactivate(desk, desk.actor.id)


def test_everyone_changes_their_own_passphrase_and_the_sheet_stays_valid(
    tmp_path: Path, library: Library
) -> None:
    from tests.support.records import QUICK

    desk, code = practice.set_up(
        tmp_path / "p",
        library,
        practice.PracticeDetails("Example Street Physiotherapy"),
        practice.ClinicianDetails("Dana Demo"),
        PASSPHRASE,
        QUICK,
    )
    student = _student(desk)
    desk.store.close()
    at_desk = practice.unlock(tmp_path / "p", library, STUDENTS_OWN, student)
    practice.change_passphrase(at_desk, tmp_path / "p", STUDENTS_OWN, "newer words of theirs")
    at_desk.store.close()
    practice.unlock(tmp_path / "p", library, PASSPHRASE, desk.actor.id).store.close()
    saved = practice.unlock_with_recovery(tmp_path / "p", library, code, "found again", student)
    assert saved.actor.name == "Sam Student"
    assert [name for _, name in unlock_people.offered(tmp_path / "p")] == [
        "Dana Demo",
        "Sam Student",
    ]
    saved.store.close()


def test_a_new_name_is_the_one_to_choose_at_the_next_start(desk: Desk) -> None:
    _student(desk)
    seen = practice.view(desk)
    practice.correct(
        desk, seen.version, seen.practice, practice.ClinicianDetails("Dana Demo-Example")
    )
    assert dict(unlock_people.offered(_folder(desk)))[str(desk.actor.id)] == "Dana Demo-Example"
