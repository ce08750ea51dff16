"""What each kind takes from the record: then and now, safety, groups of findings, who is named."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader

from clinic_desk.clinical.measures import Side
from clinic_desk.library import letters as letter_files
from clinic_desk.library.letter_fields import NOT_ASKED
from clinic_desk.usecases import (
    answer_words,
    cases,
    letter_draft,
    letter_page,
    letter_words,
    letters,
    patients,
    practice,
    shelf,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_draft import Source
from tests.support.desk import Clock
from tests.ui.paper_stage import evaluated
from tests.usecases.answers import STRAIN, TINGLING


def source(desk: Desk, case: UUID, kind: str = "progress-report") -> Source:
    with desk.store.reading() as session:
        return letter_draft.source(desk, session, case, shelf.letter_kind(desk.library, kind))


def texts(desk: Desk, case: UUID, kind: str) -> dict[str, str]:
    return {one.id: one.text for one in letters.compose(desk, case, kind).parts}


def page(desk: Desk, case: UUID, kind: str):  # type: ignore[no-untyped-def]
    found = shelf.letter_kind(desk.library, kind)
    made = source(desk, case, kind)
    draft = letters.compose(desk, case, kind)
    return letter_page.page(found, draft, made, practice.view(desk), None, desk.now())


def test_measures_are_told_at_first_and_now_with_what_the_change_means(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN | {"pain_now": 6})
    clock.move(days=14)
    evaluated(desk, strain, STRAIN | {"pain_now": 3, "ake": {"left": 24, "right": 20}})
    header, *rows = letters.compose(desk, strain, "progress-report").table
    assert header == ("Measure", "First", "Now", "Change", "What the change means")
    pain = next(row for row in rows if row[0].startswith("Pain now"))
    assert pain[1:] == ("6 of 10, 03 Feb", "3 of 10, 17 Feb", "3 better", pain[4])
    assert "clinically important" in pain[4]
    knee = next(row for row in rows if "extension" in row[0])
    assert knee[0].endswith(", left")
    assert knee[3].endswith("better")
    assert "measurement error" in knee[4]


def test_a_measure_of_one_day_is_no_change(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN | {"pain_now": 6})
    _header, *rows = letters.compose(desk, strain, "progress-report").table
    assert rows[0][3:] == ("", "recorded once")


def test_a_referral_keeps_the_table_of_both_sides(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    assert letters.compose(desk, strain, "referral-gp").table[0][:3] == ("Test", "Left", "Right")


def test_a_safety_question_is_yes_no_or_not_asked_and_never_silent(
    desk: Desk, strain: UUID
) -> None:
    answers = STRAIN | {"mri_pacemaker": "no", "mri_clip": "yes"}
    evaluated(desk, strain, answers)
    lines = texts(desk, strain, "imaging-request")["safety"].splitlines()
    assert "Pacemaker, defibrillator or leftover wires: no." in lines
    assert "Aneurysm clip: yes." in lines
    assert f"Implanted pump: {NOT_ASKED}." in lines
    values = source(desk, strain).values
    assert values["safety_yes"] == ["Aneurysm clip"]
    assert values["safety_open"] == sum(NOT_ASKED in line for line in lines)


def test_the_safety_questions_stand_there_before_anything_was_evaluated(
    desk: Desk, strain: UUID
) -> None:
    assert NOT_ASKED in texts(desk, strain, "imaging-request")["safety"]


def test_what_was_not_tested_is_listed_and_not_taken_as_normal(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN | {"temperature_c": 36.8})
    text = texts(desk, strain, "referral-emergency")["vitals"]
    told, _, missing = text.partition("\n")
    assert "36.8" in told
    assert missing.startswith("Not asked or tested: pulse")
    assert "temperature" not in missing


def test_a_temperature_is_said_in_the_unit_that_it_was_typed_in(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN | {"temperature_c": {"value": 101.3, "unit": "°F"}})
    assert "101.3 °F" in texts(desk, strain, "referral-emergency")["vitals"]
    item = desk.library.protocol("posterior-thigh").item("temperature_c")
    given = {"value": 101.3, "unit": "°F"}
    assert answer_words.amount_of(item, given) == pytest.approx(38.5)


def test_what_an_opening_question_ruled_out_is_not_called_unasked(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN | {"gate_tumour": "no"})
    assert "unexplained lump" not in source(desk, strain).values["lump_open"]  # type: ignore[operator]


def test_where_the_opening_question_was_not_asked_nothing_is_ruled_out(
    desk: Desk, strain: UUID
) -> None:
    asked = {name: value for name, value in STRAIN.items() if name != "gate_tumour"}
    evaluated(desk, strain, asked, sign=False)
    assert "unexplained lump" in source(desk, strain).values["lump_open"]  # type: ignore[operator]


def test_the_repair_window_is_told_for_a_complete_tear_only(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN, grade="2")
    assert source(desk, strain).values["repair_by"] is None
    text = texts(desk, strain, "referral-orthopaedics")["grade"]
    assert "window" not in text


def test_the_repair_window_of_a_grade_3_ends_four_weeks_after_the_injury(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN, grade="3", sign=False)
    onset = source(desk, strain).case.onset_on
    assert onset is not None
    by = source(desk, strain).values["repair_by"]
    assert isinstance(by, date)
    assert (by - onset).days == 28
    clock.move(days=40)
    assert source(desk, strain).values["repair_by"] is None


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("referral-emergency", 0),
        ("referral-sarcoma", 14),
        ("referral-gp", None),
        ("progress-report", None),
        ("certificate-work", None),
    ],
)
def test_a_kind_says_by_when_somebody_is_seen_where_no_flag_does(
    desk: Desk, strain: UUID, kind: str, days: int | None
) -> None:
    evaluated(desk, strain, STRAIN)
    due = letters.compose(desk, strain, kind).see_by
    assert (None if due is None else (due - desk.today()).days) == days


def test_a_report_carries_no_banner_even_with_a_flag(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, TINGLING, sign=False)
    assert page(desk, strain, "referral-gp").urgency.startswith("URGENT REFERRAL")
    assert page(desk, strain, "imaging-request").urgency.startswith("URGENT REQUEST")
    assert page(desk, strain, "progress-report").urgency == ""


@pytest.mark.parametrize("language", ["", "@fr", "@ar"])
@pytest.mark.parametrize("kind", ["certificate-work", "certificate-sport", "letter-free"])
def test_what_a_third_party_reads_does_not_name_the_complaint(
    desk: Desk, strain: UUID, kind: str, language: str
) -> None:
    evaluated(desk, strain, STRAIN)
    made = page(desk, strain, kind + language)
    assert made.identity.case_line == made.identity.phone == made.identity.address == ""
    assert "hamstring" not in str(made)
    assert "Alex EXAMPLE" in str(made)


def test_a_cover_sheet_names_nobody_but_the_number(desk: Desk, strain: UUID) -> None:
    made = page(desk, strain, "cover-sheet")
    assert "EXAMPLE" not in str(replace(made, practice=replace(made.practice, name="")).identity)
    assert made.identity.name.startswith("CD-")
    assert made.words.birth(made.identity.born) == "named in the enclosed document"


def test_a_letter_in_french_keeps_the_side_and_tells_all_of_it_in_french(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, STRAIN)
    made = page(desk, strain, "referral-gp@fr")
    assert "CÔTÉ GAUCHE" in made.identity.case_line
    assert not [one for one in made.parts if "en anglais" in one.heading]
    assert made.language == "fr"
    assert made.salutation == "Chère consœur, cher confrère,"


def test_a_part_that_is_written_anew_is_no_longer_called_english(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    kind = shelf.letter_kind(desk.library, "referral-gp@fr")
    draft = letters.compose(desk, strain, kind.id)
    parts = tuple(
        replace(one, text="Écrit en français.") if one.id == "history" else one
        for one in draft.parts
    )
    made = letter_page.page(
        kind,
        replace(draft, parts=parts),
        source(desk, strain, kind.id),
        practice.view(desk),
        None,
        desk.now(),
    )
    assert "Histoire" in [one.heading for one in made.parts]


def test_earlier_decisions_are_told_where_they_differ(
    desk: Desk, strain: UUID, clock: Clock
) -> None:
    evaluated(desk, strain, STRAIN, grade="2")
    clock.move(days=3)
    evaluated(desk, strain, STRAIN, grade="2")
    assert source(desk, strain).values["grade_history"] == []
    clock.move(days=3)
    evaluated(desk, strain, STRAIN, grade="1", sign=False)
    assert len(source(desk, strain).values["grade_history"]) == 2  # type: ignore[arg-type]


def test_the_question_follows_the_reader(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, STRAIN)
    assert "nerve" in texts(desk, strain, "referral-neurology")["question"]
    assert "circulation" in texts(desk, strain, "referral-vascular")["question"]
    assert letter_words.empty_values()["question"] == ""


HOSTILE = '{{ 7 * 7 }}{% include "x" %}<b>&amp;<img src="x"/>{0.__class__}%s=1+1'


@pytest.mark.parametrize("kind", [one.id for one in letter_files.load()])
def test_hostile_words_of_the_record_stand_on_paper_as_they_are(desk: Desk, kind: str) -> None:
    details = patients.PatientDetails(
        "Example", "Alex", allergies=HOSTILE, occupation=HOSTILE, sport=HOSTILE, medicines=HOSTILE
    )
    who = patients.register(desk, details)
    case = cases.open_case(desk, who, cases.CaseDetails("pain", Side.LEFT, None, HOSTILE))
    draft = letters.compose(desk, case, kind)
    parts = tuple(replace(one, text=f"{one.text}\n{HOSTILE}", included=True) for one in draft.parts)
    pdf = letters.preview(desk, case, replace(draft, parts=parts)).pdf
    read = "".join("".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages).split())
    assert read.count("".join(HOSTILE.split())) >= len(draft.parts)
    assert "49" not in read
