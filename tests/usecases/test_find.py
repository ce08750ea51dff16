"""Words in notes and letters, contacts and mistyped names are found; closed parts never."""

from dataclasses import replace
from uuid import UUID

import pytest

from clinic_desk.usecases import cases, contacts, find, letters, lockbox, patients, visits
from clinic_desk.usecases.contacts import ContactDetails
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.papers import DocumentView
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.visits import Note, VisitContent
from tests.usecases.conftest import Clock

NOTE = "Felt a sudden pull while sprinting.\nŁukasz's brother drove him; 头痛 since Naïve café run."
HOSTILE = (
    '"',
    '" OR "',
    "*",
    "a* NEAR(b c, 3)",
    "words:pull",
    "^pull",
    "-pull",
    "pull AND",
    "(pull",
    "%",
    "_",
    "\\",
    "' OR 1=1 --",
    "'; DROP TABLE visits; --",
    "\0pull\0",
    "\ud800",
    ":* & !",
    "🙂",
    "x" * 10_000,
    "word " * 2_000,
    " ".join(f"w{n}x" for n in range(2_000)),
    "",
    "   ",
)


@pytest.fixture
def signed(desk: Desk, strain: UUID) -> UUID:
    visit = visits.start(desk, strain, "follow_up")
    visits.sign(desk, visit, VisitContent(note=Note(subjective=NOTE, plan="Nordic hamstring")))
    return visit


def opened(desk: Desk, words: str) -> list[UUID]:
    return [one.opens_id for one in find.everything(desk, words).notes]


@pytest.mark.parametrize(
    "words",
    [
        "pull",
        "PULL sprint",
        "sprint pull",
        "nordic",
        "lukasz",
        "łukasz",
        "naive cafe",
        "CAFÉ",
        "头痛",
        "头",
    ],
)
def test_a_signed_note_is_found_by_the_beginnings_of_its_words(
    desk: Desk, signed: UUID, words: str
) -> None:
    assert opened(desk, words) == [signed]


def test_a_draft_is_not_found_and_an_addendum_leads_to_its_visit(
    desk: Desk, strain: UUID, signed: UUID
) -> None:
    draft = visits.start(desk, strain, "follow_up")
    visits.keep(desk, draft, VisitContent(note=Note(subjective="only jotted down")))
    assert opened(desk, "jotted") == []
    visits.add_addendum(desk, signed, "The ultrasound was unremarkable.")
    (hit,) = find.everything(desk, "unremark").notes
    assert (hit.kind, hit.opens_id) == ("addendum", signed)


def test_the_words_found_stand_in_their_surroundings_and_are_marked(
    desk: Desk, signed: UUID
) -> None:
    (hit,) = find.everything(desk, "sprin").notes
    assert "sudden pull while sprinting." in hit.snippet
    assert [hit.snippet[begin:end] for begin, end in hit.marks] == ["sprinting"]
    assert (hit.family_name, hit.number, hit.title) == ("Example", 1, "follow_up")


def test_marks_lie_inside_a_long_text_that_is_cut_on_both_sides() -> None:
    text = "before " * 50 + "the needle " + "after " * 50 + "needle"
    snippet, marks = find.excerpt(text, ["need"])
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert [snippet[begin:end] for begin, end in marks] == ["needle"]
    assert len(snippet) < find.BEFORE + find.AFTER + 10


def issued(desk: Desk, case: UUID, surgeon: UUID) -> DocumentView:
    draft = letters.compose(desk, case, "letter-free", surgeon)
    written = tuple(
        replace(one, text="A thunderclap of a letter.") if one.required else one
        for one in draft.parts
    )
    return letters.issue(desk, case, replace(draft, parts=written))


def test_the_place_is_shown_where_most_of_the_words_stand_together() -> None:
    text = "A sprint. " + "Nothing here. " * 20 + "Sprint with a pull at the end."
    snippet, marks = find.excerpt(text, ["sprint", "pull"])
    assert [snippet[begin:end] for begin, end in marks] == ["Sprint", "pull"]


def test_a_letter_is_found_by_its_words_and_by_its_reference(
    desk: Desk, strain: UUID, surgeon: UUID
) -> None:
    letter = issued(desk, strain, surgeon)
    for words in (letter.reference, letter.reference.lower(), "thunderclap", "letter thunder"):
        hit = find.everything(desk, words).notes[0]
        assert (hit.kind, hit.opens_id) == ("letter", letter.id)


def test_notes_of_a_closed_case_are_found_only_while_it_is_open(
    desk: Desk, alex: UUID, strain: UUID, signed: UUID, surgeon: UUID
) -> None:
    letter = issued(desk, strain, surgeon)
    lock = lockbox.close_part(desk, alex, lockbox.CASE, strain)
    assert opened(desk, "pull") == []
    assert opened(desk, letter.reference) == opened(desk, "thunderclap") == []
    assert "pull" not in repr(find.everything(desk, "example"))
    lockbox.open_part(desk, lock, "Asked by the patient")
    assert opened(desk, "pull") == [signed]
    assert letter.id in opened(desk, letter.reference)


def test_hidden_notes_do_not_use_up_the_places_of_those_that_may_be_seen(
    desk: Desk, alex: UUID, strain: UUID, signed: UUID, clock: Clock
) -> None:
    secret = cases.open_case(desk, alex, cases.CaseDetails("other complaint"))
    for _ in range(3):
        clock.move(days=1)
        visit = visits.start(desk, secret, "follow_up")
        visits.sign(desk, visit, VisitContent(note=Note(subjective="pull")))
    lockbox.close_part(desk, alex, lockbox.CASE, secret)
    assert [one.opens_id for one in find.everything(desk, "pull", 2).notes] == [signed]


def test_nothing_typed_is_read_as_the_language_of_the_index(desk: Desk, signed: UUID) -> None:
    for words in HOSTILE:
        found = find.everything(desk, words)
        assert {one.opens_id for one in found.notes} <= {signed}
        assert len(find.patients(desk, words).rows) <= 1


@pytest.mark.parametrize(
    ("words", "family"),
    [
        ("lukasiewcz", "Łukasiewicz"),  # left out
        ("lukasieiwcz", "Łukasiewicz"),  # swapped and left out
        ("jukasiewicz zaneta", "Łukasiewicz"),
        ("likasiewicz", "Łukasiewicz"),
        ("zanata lukasiewicz", "Łukasiewicz"),
        ("exmaple", "Example"),
        ("ezample", "Example"),
        ("سهرزاد", "شهرزاد"),
        ("Ivanv", "Иванов"),
    ],
)
def test_a_mistyped_name_is_found_by_its_spelling(
    desk: Desk, alex: UUID, words: str, family: str
) -> None:
    for name, given in (("Łukasiewicz", "Żaneta"), ("شهرزاد", ""), ("Иванов", "Пётр")):
        patients.register(desk, PatientDetails(name, given))
    found = find.patients(desk, words)
    assert family in [row.family_name for row in found.near]
    assert family not in [row.family_name for row in found.rows]


def test_what_is_found_as_typed_comes_first_and_enough_of_it_stands_alone(
    desk: Desk, alex: UUID
) -> None:
    for given in ("Ann", "Bo", "Cy"):
        patients.register(desk, PatientDetails("Smith", given))
    patients.register(desk, PatientDetails("Smyth", "Di"))
    assert find.patients(desk, "smith").near == ()
    found = find.patients(desk, "smyth")
    assert [row.family_name for row in found.rows] == ["Smyth"]
    assert {row.family_name for row in found.near} == {"Smith"}


def test_the_exact_number_stands_before_a_phone_that_holds_it(desk: Desk, alex: UUID) -> None:
    other = patients.register(desk, PatientDetails("Aaron", "Bo", phone="0000100002"))
    second = patients.find(desk, "aaron")[0]
    assert second.number == "CD-00002"
    patients.register(desk, PatientDetails("Aardvark", "Cy", phone="555 2 00002 3"))
    for words in ("00002", "cd-00002", "CD 2", "2"):
        assert find.patients(desk, words).rows[0].id == other


def test_contacts_are_found_by_name_and_place(desk: Desk) -> None:
    key = contacts.add(desk, ContactDetails("Dr Robin Sample", address="1 Hill\nSampletown"))
    assert [one.id for one in find.everything(desk, "sampletown robin").contacts] == [key]
    named = contacts.add(desk, ContactDetails("Dr Zed Sampleton"))
    assert [one.id for one in find.everything(desk, "sampleto").contacts] == [named, key]


def test_one_letter_with_an_accent_looks_through_no_notes(desk: Desk, signed: UUID) -> None:
    assert opened(desk, "łuk") == [signed]
    assert opened(desk, "ł") == opened(desk, "l") == []
