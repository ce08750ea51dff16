"""The guided evaluation as the screen plays it."""

from uuid import UUID

import pytest

from clinic_desk.usecases import evaluations, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.evaluations import Play
from tests.usecases.answers import STRAIN, TINGLING


@pytest.fixture
def play(desk: Desk, strain: UUID) -> Play:
    return evaluations.play(desk, visits.open_visit(desk, visits.start(desk, strain)))


@pytest.mark.parametrize(
    ("item", "value", "text", "worse"),
    [
        ("ake", {"left": 34, "right": 20}, "14° less", True),
        ("ake", {"left": 10, "right": 20}, "10° more", False),
        ("slr", {"left": 68, "right": 80}, "12° less", True),
        ("force_15", {"left": 182, "right": 254}, "28 % weaker", True),
        ("force_15", {"left": 300, "right": 200}, "50 % stronger", False),
        ("girth_thigh_10", {"left": 50, "right": 48.5}, "1.5 cm more", True),
        ("ake", {"left": 20, "right": 20}, "equal", False),
        ("ake", {"left": 34, "right": None}, "Enter right side", False),
        ("ake", {"left": None, "right": 3}, "Enter left side", False),
    ],
)
def test_a_deficit_is_said_as_movement_or_strength(
    play: Play, item: str, value: object, text: str, worse: bool
) -> None:
    found = play.deficit(item, {item: value})
    assert found is not None
    assert (found.text, found.worse) == (text, worse)
    assert found.fraction is None or 0 <= found.fraction <= 1


def test_without_a_value_there_is_no_deficit(play: Play) -> None:
    assert play.deficit("ake", {}) is None
    assert play.deficit("ake", {"ake": "not_testable"}) is None
    assert play.deficit("pop", {"pop": "yes"}) is None


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("ake", {"left": 400, "right": None}, "At most 120°."),
        ("ake", {"left": -1, "right": None}, "At least 0°."),
        ("pain_at_injury", 11, "At most 10."),
        ("pain_at_injury", 2.5, "A whole number"),
        ("mechanism", "flying", "One of: sprinting"),
        ("pop", True, "allowed"),
        ("injury_date", "2026-02-04", "after the visit, which was on 03 Feb 2026."),
        ("injury_date", "1991-06-13", "before the patient was born (14 Jun 1991)."),
        ("lefs", {"score": 50, "on": "2026-02-04"}, "after the visit"),
        ("lefs", {"score": 81}, "At most 80."),
        ("medicines", [{"name": "none"}], "Take it off"),
        ("medicines", ["apixaban", "Apixaban"], "Apixaban is on the list twice."),
        ("medicines", [{"name": "apixaban", "dose": "5" * 121}], "at most 120 signs"),
    ],
)
def test_a_value_that_cannot_be_taken_is_explained(
    play: Play, item: str, value: object, said: str
) -> None:
    found = play.check(item, value)
    assert said.lower() in found.lower()
    assert "not_asked" not in found or item == "pop"  # those are words for a file


@pytest.mark.parametrize(
    ("item", "value"),
    [("ake", {"left": 34, "right": None}), ("pop", "not_asked"), ("pain_at_injury", 0)],
)
def test_a_good_value_has_no_problem(play: Play, item: str, value: object) -> None:
    assert play.check(item, value) == ""


def test_progress_counts_answers_and_flags_by_step(play: Play) -> None:
    steps = {one.step.id: one for one in play.progress(TINGLING)}
    assert steps["red_flags"].flags == 1
    assert steps["story"].flags == 0
    assert 0 < steps["story"].answered < len(steps["story"].visible_items)
    assert "tight_duration" not in steps["story"].visible_items


def test_findings_go_on_while_one_answer_is_half_typed(play: Play) -> None:
    found = play.findings(STRAIN | {"mmt": "nonsense", "pain_now": 99})
    assert found.grade is not None
    assert found.grade.suggested == 2
    assert found.program is not None


def test_reasons_are_said_in_words(play: Play) -> None:
    (flag,) = play.findings(TINGLING).red_flags
    assert "Tingling" in play.say(flag.label)
    assert all(play.say(reason) for reason in flag.reasons)
