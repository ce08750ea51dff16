"""Supersets: neighbours done in turn, in the builder's minutes and on paper."""

from dataclasses import replace

import pytest

from clinic_desk.clinical.dosage import Mode
from clinic_desk.documents import handout
from clinic_desk.library import Library
from clinic_desk.library.handout_words import HandoutWords
from clinic_desk.usecases import (
    handout_page,
    program_content,
    program_words,
    programs,
    samples,
    supersets,
)
from clinic_desk.usecases.program_views import Line, ProgramContent, SheetOptions
from tests.documents.reading import flat, pages

LINE = Line("bridge", "reps", 2, 8, 1, 0, 30, "2-1-2-0", "both", 1, 7)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def four() -> tuple[Line, ...]:
    return tuple(replace(LINE, exercise=name) for name in "abcd")


def numbers(lines: tuple[Line, ...]) -> tuple[str, ...]:
    return supersets.marks(lines)


def test_a_line_joins_the_one_above_and_the_next_joins_them() -> None:
    two = supersets.join(four(), 1)
    assert numbers(two) == ("A1", "A2", "3", "4")
    assert numbers(supersets.join(two, 2)) == ("A1", "A2", "A3", "4")
    assert numbers(supersets.join(two, 3)) == ("A1", "A2", "B1", "B2")
    assert supersets.join(four(), 0) == four()


def test_a_line_that_leaves_takes_the_later_ones_from_the_earlier() -> None:
    three = supersets.join(supersets.join(four(), 1), 2)
    assert numbers(supersets.part(three, 2)) == ("A1", "A2", "3", "4")
    assert numbers(supersets.part(three, 0)) == ("1", "A1", "A2", "4")
    assert numbers(supersets.part(three, 1)) == ("1", "2", "3", "4")


def test_an_exercise_moved_between_ends_the_superset_until_it_is_moved_on() -> None:
    a, b, c, d = supersets.join(four(), 1)
    assert numbers((a, c, b, d)) == ("1", "2", "3", "4")
    assert numbers((c, a, b, d)) == ("1", "A1", "A2", "4")


def test_the_minutes_count_the_rest_once_a_round(library: Library) -> None:
    program = samples.program(library, "comp_2", SheetOptions(), "a4")
    lines = tuple(replace(line, sets=3, rest_s=60) for line in program.lines[:2])
    alone = programs.gauge_of(library, ProgramContent(lines=lines))
    turned = programs.gauge_of(library, ProgramContent(lines=supersets.join(lines, 1)))
    assert alone.seconds - turned.seconds == 2 * 2 * 60 + 20 - (2 * 60 + 3 * 20)
    assert turned.minutes_per_week < alone.minutes_per_week


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "pt", "ar"])
def test_every_language_prints_distance_load_effort_limit_and_turn(
    library: Library, language: str
) -> None:
    says: HandoutWords = library.translation(language).words
    line = replace(
        program_content.in_mode(LINE, Mode.DISTANCE),
        distance_m=1500,
        load="red band",
        effort=6,
        pain_limit=2,
    )
    turn = program_words.Turn(("A2",), 30)
    parts = program_words.doses(says, line, turn=turn)
    assert len(parts) == 6
    assert ("1.5" if language in ("en", "ar") else "1,5") in parts[0]
    assert "A2" in parts[1]
    assert says.missing == ()
    if language == "en":
        assert parts == (
            "2 sets of 1.5 km",
            "in turn with A2",
            "rest 30 sec after each round",
            "with a red band",
            "effort 6 of 10",
            "pain up to 2 of 10",
        )


def test_a_hold_and_a_tempo_say_the_same(library: Library) -> None:
    assert program_content.with_tempo(LINE, "3-5-1-0").hold_s == 5
    assert program_content.with_hold(LINE, 4).tempo == "2-4-2-0"
    half = program_content.with_tempo(LINE, "3-")
    assert (half.tempo, half.hold_s) == ("3-", 1)


def test_a_program_kept_before_these_fields_still_opens() -> None:
    old = {"exercise": "x", "mode": "reps", "sets": 2, "reps": 8, "tempo": "2-1-2-0"}
    line = program_content.line(old)
    assert (line.effort, line.pain_limit, line.superset, line.load) == (None, None, 0, "")


def test_the_page_marks_a_superset_and_four_exercises_still_fill_one(library: Library) -> None:
    program = samples.program(library, "comp_2", SheetOptions(), "a4")
    lines = tuple(replace(line, sets=2, rest_s=30) for line in program.lines[:4])
    turned = replace(program, lines=supersets.join(lines, 1))
    content = handout_page.compose(library, turned, samples._ALEX)
    assert [one.mark for one in content.exercises] == ["A1", "A2", "3", "4"]
    assert "in turn with A2" in content.exercises[0].dosage
    assert "after each round" not in content.exercises[0].dosage
    assert "after each round" in content.exercises[1].dosage
    assert "A1 " in content.qr_text
    printed = pages(handout.render(content))
    assert len(printed) == 1
    assert "A1" in flat(printed[0])
