"""Dates, sides and doses are written as a colleague writes them."""

from datetime import date

import pytest

from clinic_desk.clinical.measures import Side
from clinic_desk.library import Library
from clinic_desk.library.phrases import phrase_book
from clinic_desk.usecases import program_words, typed, words
from clinic_desk.usecases.answer_words import phrase
from clinic_desk.usecases.letter_words import urgency_line
from clinic_desk.usecases.note_words import SAFETY_STEP
from clinic_desk.usecases.program_views import Line

EN = Library().translation("en").words


def line(**more: object) -> Line:
    made: dict[str, object] = {
        "exercise": "s2_bridge",
        "mode": "reps",
        "sets": 2,
        "reps": 8,
        "hold_s": 2,
        "duration_s": 0,
        "rest_s": 20,
        "tempo": "2-2-2-0",
        "side": "both",
        "times_per_day": 1,
        "days_per_week": 7,
    }
    return Line(**(made | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (line(), "2 sets of 8, hold 2 sec, rest 20 sec"),
        (line(sets=1, reps=5, side="each", hold_s=4), "5 each side, hold 4 sec"),
        (line(sets=1, reps=1, hold_s=0), "1 time"),
        (line(sets=1, reps=6, hold_s=0), "6 times"),
        (line(mode="time", duration_s=90, sets=1), "1 min 30 sec"),
        (line(mode="time", duration_s=40, side="each"), "2 sets of 40 sec each side, rest 20 sec"),
        (line(load="5 kg", hold_s=0, rest_s=0), "2 sets of 8, with 5 kg"),
    ],
)
def test_a_dose_is_said_in_the_patients_words(given: Line, said: str) -> None:
    assert program_words.dosage(EN, given) == said


def test_only_a_one_sided_exercise_names_its_leg() -> None:
    assert program_words.with_side(EN, "Heel press", "left") == "Heel press, left leg"
    assert program_words.with_side(EN, "Heel press", "each") == "Heel press"


def test_exercises_of_one_rhythm_share_one_line_on_how_often() -> None:
    assert program_words.frequency(EN, [line(), line()]) == "Once a day"
    assert program_words.frequency(EN, [line(times_per_day=2, days_per_week=5)]) == (
        "Twice a day, 5 days a week"
    )
    mixed = [line(), line(times_per_day=3)]
    assert program_words.frequency(EN, mixed) == "How often stands at each exercise"
    assert program_words.dosage(EN, mixed[1], own_times=True).endswith("3 times a day")


def test_the_tick_grid_has_fourteen_days_and_names_both_months() -> None:
    (grid,) = program_words.grids(EN, date(2026, 2, 4), 2, 14)
    assert (grid.month, len(grid.days), grid.days[0], grid.days[-1]) == (
        "February 2026",
        14,
        ("W", "4"),
        ("T", "17"),
    )
    (over,) = program_words.grids(EN, date(2025, 12, 25), 2, 14)
    assert over.month == "Dec 2025 to Jan 2026"


def test_three_weeks_are_one_table_of_fourteen_days_and_one_of_seven() -> None:
    tables = program_words.grids(EN, date(2026, 2, 4), 3, 14)
    assert [len(one.days) for one in tables] == [14, 7]
    assert tables[1].days[0] == ("W", "18")
    assert program_words.grids(EN, date(2026, 2, 4), 0, 14) == ()


def test_the_code_carries_whole_lines_or_nothing() -> None:
    lines = [("1", "Bridge", "2 sets of 8")] * 4
    assert "2 sets of 8" in program_words.qr_text("Head", lines, "Tail")
    large = [("1", "Bridge", "x" * 130)] * 4  # over 400 bytes: a larger code
    assert program_words.qr_text("Head", large, "Tail").splitlines()[1] == f"1 Bridge: {'x' * 130}"
    longer = [("1", "Bridge", "x" * 200)] * 4
    assert program_words.qr_text("Head", longer, "Tail").splitlines()[1] == "1 Bridge"
    assert program_words.qr_text("Head", [("1", "ب" * 200, "x")] * 4, "Tail") == ""


@pytest.mark.parametrize(
    ("see_by", "said"),
    [
        (None, ""),
        (date(2026, 2, 3), "URGENT REFERRAL: please see today"),
        (date(2026, 2, 17), "URGENT REFERRAL: please see by 17 Feb 2026 (within 2 weeks)"),
        (date(2026, 2, 10), "URGENT REFERRAL: please see by 10 Feb 2026 (within 1 week)"),
        (date(2026, 2, 4), "URGENT REFERRAL: please see by 04 Feb 2026 (within 1 day)"),
    ],
)
def test_urgency_names_the_day_and_the_span(see_by: date | None, said: str) -> None:
    assert urgency_line(see_by, date(2026, 2, 3)) == said


def test_ages_are_full_years_and_months_for_the_smallest() -> None:
    today = date(2026, 2, 3)
    assert words.age_text(date(1991, 6, 14), today) == "34 years"
    assert words.age_text(date(2024, 2, 29), date(2026, 2, 28)) == "23 months"
    assert words.age_text(None, today) == ""


def test_a_complaint_keeps_its_abbreviation_behind_the_side() -> None:
    assert words.sided("Hamstring strain", Side.LEFT) == "Left hamstring strain"
    assert words.sided("ACL repair", Side.RIGHT) == "Right ACL repair"
    assert words.sided("calf cramp", Side.BOTH) == "Calf cramp, both sides"


def test_text_loses_what_could_disguise_it_and_keeps_its_script() -> None:
    assert typed.line(" A\u202e\u0000le\u0301x\r\n Ex\tample ") == "Aléx Ex ample"
    assert typed.block("one\r\ntwo\u2028three\x07") == "one\ntwo\nthree"
    assert typed.line("نور 中文 <b>&") == "نور 中文 <b>&"
    assert typed.block("a\ud800b") == "ab"


@pytest.mark.parametrize("protocol", ["posterior-thigh", "calf-achilles"])
def test_what_was_examined_is_said_in_a_sentence_and_not_as_label_and_answer(protocol) -> None:
    asked = Library().protocol(protocol)
    book = phrase_book(protocol)
    flags = {i for s in asked.steps for part in s.sections if part.red_flags for i in part.items}
    bare = [
        item
        for step in asked.steps
        if step.id != SAFETY_STEP  # goes into the request for the picture
        for part in step.sections
        for item in part.items
        if item not in flags and item not in book.items
        if asked.item(item).kind.value in ("yes_no", "yes_no_unsure", "scale")
    ]
    assert bare == []


def test_none_of_these_alone_has_its_own_words() -> None:
    asked, book = Library().protocol("posterior-thigh"), phrase_book("posterior-thigh")
    spread = asked.item("spread")

    def said(*chosen: str) -> str:
        return phrase(spread, list(chosen), Side.LEFT, asked.say, book.items)

    assert said("none") == "does not spread"
    assert said("calf", "heel") == "spreads to: calf and heel"
