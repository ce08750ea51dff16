"""The grade belongs to the injury: what recovers counts only of the first days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desk.clinical import answers as answers_of
from clinic_desk.clinical.change import change
from clinic_desk.clinical.evaluate import evaluate
from clinic_desk.clinical.findings import Findings
from clinic_desk.clinical.protocol import Case, Earlier, Protocol
from clinic_desk.library import Library
from tests.support.protocols import CASE
from tests.usecases.answers import STRAIN

HURT = date(2026, 1, 28)
FIRST = date(2026, 1, 30)
RECOVERED: dict[str, object] = {
    "complaint": "sudden_injury",
    "injury_date": HURT.isoformat(),
    "gait": "normal",
    "bruising": "none",
    "palpation_length_cm": 0,
    "ake": {"left": 21, "right": 20},
    "slr": {"left": 80, "right": 80},
    "force_15": {"left": 250, "right": 254},
    "mmt": "5",
    "rest_pain": 0,
    "heel_dig_painless": "yes",
}


@pytest.fixture(scope="module")
def thigh() -> Protocol:
    return Library().protocol("posterior-thigh")


def earlier(thigh: Protocol, on: date, answers: dict[str, object]) -> Earlier:
    return Earlier(on, answers_of.read(thigh, replace(CASE, on=on), answers))


def found(thigh: Protocol, day: int, answers: dict[str, object], *visits: Earlier) -> Findings:
    case: Case = replace(CASE, on=HURT + timedelta(days=day), earlier=visits)
    return evaluate(thigh, case, answers)


def test_a_re_evaluation_is_graded_by_the_fresh_visit_and_staged_by_today(thigh: Protocol) -> None:
    first = earlier(thigh, FIRST, STRAIN)
    late = found(thigh, 22, RECOVERED, first)
    assert late.grade is not None
    assert late.grade.suggested == 2
    assert late.program is not None
    assert late.program.template == "subacute"
    limping = found(thigh, 22, RECOVERED | {"gait": "limp"}, first)
    assert limping.grade is not None
    assert limping.program is not None
    assert (limping.grade.suggested, limping.program.template) == (2, "acute_g2_late")


def test_a_visit_after_the_first_days_does_not_grade(thigh: Protocol) -> None:
    visit = earlier(thigh, HURT + timedelta(days=9), STRAIN)
    grade = found(thigh, 22, RECOVERED, visit).grade
    assert grade is not None
    assert grade.suggested is None
    assert grade.withheld is not None
    assert "Day 22" in thigh.say(grade.withheld)


def test_the_last_fresh_visit_grades_as_it_did_on_its_own_day(thigh: Protocol) -> None:
    worse = STRAIN | {"bruising": "large", "ake": {"left": 52, "right": 20}}
    second = earlier(thigh, HURT + timedelta(days=6), worse)
    own = found(thigh, 6, worse).grade
    late = found(thigh, 22, RECOVERED, second, earlier(thigh, FIRST, STRAIN)).grade
    assert own is not None
    assert late is not None
    assert (late.suggested, late.ratio) == (own.suggested, own.ratio)


def test_a_sign_that_decides_does_so_on_any_day_and_from_any_visit(thigh: Protocol) -> None:
    torn = earlier(thigh, HURT + timedelta(days=12), {"av_gap_ischium": "yes"})
    assert (grade := found(thigh, 22, RECOVERED, torn).grade) is not None
    assert grade.suggested == 3
    weak = found(thigh, 22, RECOVERED | {"mmt": "2"}, earlier(thigh, FIRST, STRAIN)).grade
    assert weak is not None
    assert weak.suggested == 3


def test_what_a_fresh_visit_measured_is_not_asked_of_memory(thigh: Protocol) -> None:
    first = earlier(thigh, FIRST, {"bruising": "small"})
    missing = found(thigh, 22, RECOVERED, first).missing
    assert "bruising_then" not in missing
    assert "ake_deficit_then" in missing
    own = found(thigh, 22, RECOVERED | {"bruising_then": "none"}, first).grade
    assert own is not None
    assert any("small" not in thigh.say(one) or one for one in own.notes + own.reasons)


def test_without_a_date_what_recovers_counts_and_it_says_so(thigh: Protocol) -> None:
    undated = {name: value for name, value in STRAIN.items() if name != "injury_date"}
    grade = found(thigh, 22, undated).grade
    assert grade is not None
    assert grade.suggested == 2
    assert any("date of injury is missing" in thigh.say(note) for note in grade.notes)


def test_a_change_is_told_from_measurement_error() -> None:
    within, more = change(38, 31, "higher", 15), change(38, 22, "higher", 15)
    assert (within.gain, within.beyond_error) == (7, False)
    assert (more.gain, more.beyond_error) == (16, True)
    assert change(38, 23, "higher", 15).beyond_error is True
    assert change(60, 70, "lower").beyond_error is None
    assert change(60, 50, "lower").gain == -10
