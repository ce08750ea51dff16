"""What a student signs waits for a co-signature, everywhere it is read."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.documents import raster
from clinic_desk.errors import AccessDenied, InvalidInput, Locked
from clinic_desk.storage.models import CosignAct, Patient
from clinic_desk.usecases import (
    contact_entries,
    cosign,
    letters,
    patients,
    people,
    practice,
    record_words,
    visits,
)
from clinic_desk.usecases.contact_entries import EntryContent
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.people import PersonDetails
from clinic_desk.usecases.visit_views import Note, VisitContent
from tests.support.desk import Clock
from tests.support.records import PASSPHRASE

OWN = "the student's own words"


@pytest.fixture
def student(desk: Desk) -> Desk:
    """The same practice with a student at the desk, whom Dana Demo supervises."""
    details = PersonDetails("Sam Student", "physiotherapy student", "", "student", desk.actor.id)
    people.add(desk, details, PASSPHRASE, OWN)
    return at_desk(desk, OWN)


def at_desk(desk: Desk, passphrase: str) -> Desk:
    assert desk.store.folder is not None
    opened = practice.unlock(desk.store.folder, desk.library, passphrase)
    who = opened.actor
    opened.store.close()  # one store is enough: what counts is who acts
    return replace(desk, actor=who)


@pytest.fixture
def note(student: Desk, strain: UUID, clock: Clock) -> UUID:
    """A visit that the student signed."""
    visit = visits.start(student, strain)
    visits.sign(student, visit, VisitContent(Note(subjective="Runs again without pain.")))
    clock.move(minutes=5)
    return visit


def _state(desk: Desk, visit: UUID) -> str:
    cosigning = visits.open_visit(desk, visit).cosigning
    return cosigning.state if cosigning else ""


def test_a_physiotherapists_note_waits_for_nobody(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    visits.sign(desk, visit, VisitContent(Note(subjective="Better.")))
    assert visits.open_visit(desk, visit).cosigning is None


def test_a_students_note_waits_until_it_is_co_signed(desk: Desk, note: UUID) -> None:
    assert _state(desk, note) == "waiting"
    cosign.co_sign(desk, NoteRef(note))
    view = visits.open_visit(desk, note)
    assert view.cosigning is not None
    assert (view.signed_by, view.cosigning.state, view.cosigning.last.by) == (
        "Sam Student",
        "cosigned",
        "Dana Demo",
    )
    with pytest.raises(Locked):
        cosign.co_sign(desk, NoteRef(note))
    assert desk.store.verify_audit() is None


def test_a_note_given_back_waits_again_after_its_addendum_and_keeps_the_remark(
    desk: Desk, student: Desk, note: UUID, clock: Clock
) -> None:
    with pytest.raises(InvalidInput):
        cosign.give_back(desk, NoteRef(note), "  ")
    cosign.give_back(desk, NoteRef(note), "Say which tests were done.")
    assert _state(student, note) == "returned"
    clock.move(hours=1)
    visits.add_addendum(student, note, "Knee flexion against resistance, 30 degrees.")
    assert _state(desk, note) == "waiting"
    cosign.co_sign(desk, NoteRef(note))
    view = visits.open_visit(desk, note)
    assert view.cosigning is not None
    assert [(one.act, one.remark) for one in view.cosigning.acts] == [
        ("asked", ""),
        ("returned", "Say which tests were done."),
        ("asked", ""),
        ("cosigned", ""),
    ]


def test_what_a_student_adds_to_a_co_signed_note_waits_again(
    desk: Desk, student: Desk, note: UUID
) -> None:
    cosign.co_sign(desk, NoteRef(note))
    visits.add_addendum(desk, note, "Seen together.")
    assert _state(desk, note) == "cosigned"
    visits.add_addendum(student, note, "One thing more.")
    assert _state(desk, note) == "waiting"


def test_nobody_under_supervision_co_signs_and_nobody_their_own(
    desk: Desk, student: Desk, note: UUID
) -> None:
    with pytest.raises(AccessDenied):
        cosign.co_sign(student, NoteRef(note))
    me = next(one for one in people.people(desk) if one.id == student.actor.id)
    people.correct(desk, me.id, me.version, PersonDetails("Sam Student"))
    qualified = at_desk(desk, OWN)
    assert not qualified.actor.supervised
    with pytest.raises(AccessDenied):
        cosign.co_sign(qualified, NoteRef(note))
    cosign.co_sign(desk, NoteRef(note))


def test_a_call_that_a_student_signs_waits_too(
    desk: Desk, student: Desk, strain: UUID, clock: Clock
) -> None:
    content = EntryContent("phone", "the patient", clock(), "Asked about sitting; advised.")
    entry = contact_entries.sign(student, strain, content)
    seen = contact_entries.open_entry(desk, entry).cosigning
    assert seen is not None
    assert seen.state == "waiting"
    cosign.co_sign(desk, NoteRef(contact_id=entry))
    seen = contact_entries.open_entry(desk, entry).cosigning
    assert seen is not None
    assert seen.state == "cosigned"


def test_the_journal_and_the_printed_record_say_that_it_waits(
    desk: Desk, note: UUID, alex: UUID
) -> None:
    (entry,) = [one for one in patients.open_file(desk, alex).journal if one.kind == "visit"]
    assert entry.state == "waiting"
    assert entry.summary.startswith("Awaiting co-signature.")
    with desk.store.reading() as session:
        who = session.get_one(Patient, alex)
        said = [
            text
            for section in record_words.whole(session, desk.library, who)
            for _lead, text in section.paragraphs
        ]
    assert "Signed under supervision, awaiting co-signature" in said


def test_a_letter_on_a_note_that_waits_warns_a_physiotherapist_and_stops_a_student(
    desk: Desk, student: Desk, note: UUID, strain: UUID, surgeon: UUID
) -> None:
    draft = letters.compose(desk, strain, "letter-free", surgeon)
    draft = replace(
        draft,
        parts=tuple(
            replace(one, text=one.text or "How is the tendon?", included=True)
            for one in draft.parts
        ),
    )
    (mine,) = [
        one for one in letters.preview(desk, strain, draft).problems if one.check == "cosign"
    ]
    assert not mine.blocking
    (theirs,) = [
        one for one in letters.preview(student, strain, draft).problems if one.check == "cosign"
    ]
    assert (theirs.blocking, theirs.waivable) == (True, False)
    with pytest.raises(Locked, match="not co-signed"):
        letters.issue(student, strain, draft)
    cosign.co_sign(desk, NoteRef(note))
    assert letters.issue(student, strain, draft).issued_by == "Sam Student"


PRINTED = {
    "en": ("still await a co-signature", "co-signed by Dana Demo"),
    "de": ("Gegenzeichnung steht noch aus", "gegengezeichnet von Dana Demo"),
    "fr": ("attendent encore une contresignature", "contresignées par Dana Demo"),
    "es": ("todavía falta la contrafirma", "contrafirmadas por Dana Demo"),
    "pt": ("aguardam ainda a contra-assinatura", "contra-assinadas por Dana Demo"),
    "ar": ("بانتظار توقيع المشرف", "Dana Demo"),
}


def _printed(pdf: bytes) -> str:
    return " ".join(" ".join(raster.texts(pdf)).split())


@pytest.mark.parametrize("language", PRINTED)
def test_a_letter_prints_that_its_note_waits_and_then_who_co_signed_it(
    desk: Desk, note: UUID, strain: UUID, surgeon: UUID, language: str
) -> None:
    kind = "progress-report" if language == "en" else f"progress-report@{language}"
    draft = letters.compose(desk, strain, kind, surgeon)
    waits, done = PRINTED[language]
    before = _printed(letters.preview(desk, strain, draft).pdf)
    cosign.co_sign(desk, NoteRef(note))
    after = _printed(letters.preview(desk, strain, draft).pdf)
    if language == "ar":  # read back by its words: their order on a page is held elsewhere
        assert all(word in before for word in waits.split())
        assert "بانتظار" not in after
        assert after.count("Dana") > before.count("Dana")
        return
    assert waits in before
    assert waits not in after
    assert done in after


@pytest.mark.parametrize("kind", ["recall", "cover-sheet"])
def test_a_letter_that_tells_of_no_note_says_nothing_of_its_signature(
    desk: Desk, note: UUID, strain: UUID, kind: str
) -> None:
    pdf = letters.preview(desk, strain, letters.compose(desk, strain, kind)).pdf
    assert "co-sign" not in _printed(pdf)


def test_the_database_refuses_to_change_what_was_said(desk: Desk, note: UUID) -> None:
    cosign.co_sign(desk, NoteRef(note))
    for change in ("update", "delete"):
        with pytest.raises(Locked), desk.store.unit(desk.actor.id) as unit:
            row = unit.session.query(CosignAct).filter_by(act="cosigned").one()
            if change == "update":
                row.by = "Somebody Else"
            else:
                unit.session.delete(row)
            unit.audit("tamper", "visit", note)
            unit.commit()
