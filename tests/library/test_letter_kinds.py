"""Every shipped letter kind declares what it holds and what it needs, and reads well when empty."""

import pytest

from clinic_desk.library import letter_fields, letters
from clinic_desk.library.letter_file import from_tables, tables_of
from clinic_desk.library.letter_kind import LEAD
from clinic_desk.library.letters import LetterKind

KINDS = {kind.id: kind for kind in letters.load()}
CERTIFICATES = ("certificate-work", "certificate-sport")


def filled(kind: LetterKind, **known: letter_fields.Value) -> str:
    values = {**letter_fields.empty(), **known}
    return "\n".join([*(part.fill(values) for part in kind.parts), *kind.close(values)])


def test_all_kinds_of_a_practice_ship() -> None:
    assert list(KINDS) == [
        "referral-orthopaedics",
        "referral-gp",
        "referral-emergency",
        "referral-vascular",
        "referral-rheumatology",
        "referral-neurology",
        "referral-sarcoma",
        "imaging-request",
        "progress-report",
        "discharge-summary",
        "certificate-work",
        "certificate-sport",
        "recall",
        "letter-free",
        "cover-sheet",
    ]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_requires_something_and_says_what_it_is_for(kind: LetterKind) -> None:
    assert kind.required
    assert kind.parts[0].id == LEAD or kind.id in ("letter-free", "cover-sheet")


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_reads_without_a_stray_mark_when_the_record_knows_nothing(kind: LetterKind) -> None:
    text = filled(
        kind,
        given_name="Alex",
        patient="Alex EXAMPLE",
        practice="Example Street",
        complaint="calf strain",
    )
    for stray in ("  ", "..", ": .", " ,", "{", "None", ": ;"):
        assert stray not in text, stray


@pytest.mark.parametrize("kind", CERTIFICATES)
def test_a_certificate_tells_nothing_of_the_complaint_unless_it_is_ticked(kind: str) -> None:
    found = KINDS[kind]
    ticked = [part for part in found.parts if part.included]
    told = {name for part in ticked for name in letter_fields.FIELDS if name in part.text}
    assert told.isdisjoint({"complaint", "grade", "signs", "story", "patterns", "sport_done"})
    assert found.identity == "discreet"
    assert "diagnosis" in found.optional
    assert not found.part("diagnosis").included


def test_an_imaging_request_says_that_nobody_was_asked_about_safety() -> None:
    kind = KINDS["imaging-request"]
    assert "imaging_safety" in kind.needs
    assert "[not asked]" in kind.part("safety").fill(letter_fields.empty())
    asked = kind.part("safety").fill({"safety": ["Pacemaker: no", "Pregnant: [not asked]"]})
    assert asked == "Pacemaker: no.\nPregnant: [not asked]."
    assert letter_fields.gaps(asked) == 1


def test_fitness_is_never_filled_in_for_the_clinician() -> None:
    for kind in CERTIFICATES:
        assert letter_fields.gaps(KINDS[kind].part("statement").text) == 3


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_written_as_tables_is_read_back_the_same(kind: LetterKind) -> None:
    assert from_tables(kind.id, tables_of(kind), "copy") == kind
