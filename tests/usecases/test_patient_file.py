"""The whole file of a patient: lists, birth dates in part, what was said and what was not asked."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk.clinical import births
from clinic_desk.errors import EditConflict, InvalidInput
from clinic_desk.usecases import patients, phones
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_details import (
    Allergy,
    CareContact,
    Consent,
    Identifier,
    OtherAddress,
    OtherName,
    OtherPhone,
    PatientDetails,
)

WHOLE = PatientDetails(
    "Example",
    "Alexandra",
    preferred_name="Sandy",
    birth_part="1991-06",
    gender="woman",
    pronouns="she/her",
    phone="555-0142",
    phone_kind="mobile",
    interpreter="yes",
    interpreter_language="Polish",
    emergency_name="Kim Example",
    emergency_relation="sister",
    emergency_phone="555-0143",
    funding="Sample Insurance",
    claim_number="C-77 12",
    dominant_hand="left",
    dominant_leg="right",
    history="Appendix out, 2004",
    names=(OtherName("Muster", "Alexandra"),),
    identifiers=(Identifier("Insurer", "H-22 31", "from the card"),),
    addresses=(OtherAddress("1 Old Lane\nSampletown", "home", date(2001, 1, 1), date(2010, 1, 1)),),
    phones=(OtherPhone("555-0999", "work"),),
    allergy_list=(Allergy("penicillin", "rash", "severe"), Allergy("latex")),
    consents=(
        Consent("record", date(2026, 1, 23), "written"),
        Consent("photos", date(2026, 1, 23), "spoken", withdrawn_on=date(2026, 2, 1)),
    ),
)


def test_everything_typed_comes_back_as_it_was_typed(desk: Desk, surgeon: UUID) -> None:
    said = replace(WHOLE, contacts=(CareContact(surgeon, "gp"),))
    who = patients.register(desk, said)
    kept = patients.open_file(desk, who).details
    short = {"allergies": "penicillin (rash, severe)\nlatex", "consent_on": date(2026, 1, 23)}
    assert kept == replace(said, **short)


def test_a_changed_list_is_a_new_version_and_its_old_lines_are_gone(desk: Desk) -> None:
    who = patients.register(desk, WHOLE)
    seen = patients.open_file(desk, who)
    patients.correct(desk, who, seen.version, replace(seen.details, addresses=()))
    with pytest.raises(EditConflict):
        patients.correct(desk, who, seen.version, seen.details)
    assert patients.open_file(desk, who).details.addresses == ()


@pytest.mark.parametrize(
    "words",
    ["sandy", "muster", "H-22 31", "h2231", "555-0999", "5550999", "1991-06", "alexandra muster"],
)
def test_a_patient_is_found_by_all_that_they_are_known_by(desk: Desk, words: str) -> None:
    who = patients.register(desk, WHOLE)
    assert [row.id for row in patients.find(desk, words)] == [who]


def test_whoever_knows_only_the_short_form_writes_the_list(desk: Desk) -> None:
    who = patients.register(desk, WHOLE)
    seen = patients.open_file(desk, who)
    changed = replace(seen.details, allergies="zinc-oxide tape", consent_on=date(2026, 2, 2))
    patients.correct(desk, who, seen.version, changed)
    kept = patients.open_file(desk, who).details
    assert kept.allergy_list == (Allergy("zinc-oxide tape"),)
    assert kept.consents[-1] == Consent("record", date(2026, 2, 2))


def test_no_allergies_is_a_statement_and_not_the_absence_of_one(desk: Desk) -> None:
    asked = patients.register(desk, PatientDetails("Asked", "", no_allergies=True))
    silent = patients.register(desk, PatientDetails("Silent", ""))
    assert patients.banner(desk, asked).no_allergies
    assert not patients.banner(desk, silent).no_allergies
    with pytest.raises(InvalidInput) as refused:
        both = PatientDetails("Both", "", no_allergies=True, allergy_list=(Allergy("latex"),))
        patients.register(desk, both)
    assert list(refused.value.fields) == ["allergy_list"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_part": "1991-13"}, "birth_date"),
        ({"birth_part": "in spring"}, "birth_date"),
        ({"birth_part": "2027"}, "birth_date"),
        ({"birth_part": "1850"}, "birth_date"),
        ({"birth_part": "1991", "birth_date": date(1991, 1, 1)}, "birth_date"),
        ({"interpreter": "perhaps"}, "interpreter"),
        ({"dominant_hand": "upper"}, "dominant_hand"),
        ({"allergy_list": (Allergy("latex", "", "deadly"),)}, "allergy_list"),
        ({"phones": (OtherPhone("5" * 300),)}, "phones"),
        ({"names": tuple(OtherName(f"N{n}") for n in range(60))}, "names"),
        (
            {"consents": (Consent("photos", date(2026, 2, 1), withdrawn_on=date(2026, 1, 1)),)},
            "consents",
        ),
        ({"addresses": (OtherAddress("A", "home", date(2020, 1, 1), date(2019, 1, 1)),)},
         "addresses"),
    ],
)  # fmt: skip
def test_what_cannot_stand_in_a_list_is_refused_by_it(
    desk: Desk, change: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        patients.register(desk, replace(PatientDetails("Example", "Alex"), **change))
    assert list(refused.value.fields) == [field]


def test_a_part_of_a_birth_date_gives_every_age_that_it_can_be() -> None:
    on = date(2026, 2, 3)
    assert births.ages(None, "1991", on) == (34, 35)
    assert births.ages(None, "1991-06", on) == (34, 34)
    assert births.ages(None, "1991-02", on) == (34, 35)
    assert births.ages(date(1991, 6, 14), "", on) == (34, 34)
    assert births.ages(None, "2026", on) == (0, 0)
    assert births.ages(None, "", on) is None


@pytest.mark.parametrize(
    ("typed", "country", "written"),
    [
        ("+48600100200", "", "+48 600 100 200"),
        ("0600100200 after 16:00", "", "0600100200 after 16:00"),
        ("020 7946 0958", "GB", "020 7946 0958"),
        ("02079460958", "gb", "020 7946 0958"),
        ("+442079460958", "US", "+44 20 7946 0958"),
        ("555-0142", "", "555-0142"),
        ("12", "GB", "12"),
        ("", "", ""),
    ],
)
def test_a_phone_is_grouped_where_it_is_understood_and_else_stays_as_typed(
    typed: str, country: str, written: str
) -> None:
    assert phones.tidy(typed, country) == written
