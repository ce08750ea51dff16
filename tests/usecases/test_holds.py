"""Loaded exercises wait for low-load work, and an override keeps its reason."""

from uuid import UUID

import pytest

from clinic_desk.errors import Locked
from clinic_desk.usecases import letters, programs, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import ProgramContent
from tests.usecases.test_programs import evaluated, replace

TIGHT: dict[str, object] = {
    "complaint": "persistent_tightness",
    "waiter_bow_deg": 40,
    "pelvic_tilt_test": "fail",
    "sit_knee_ext_test": "fail",
}
DONE = TIGHT | {"waiter_bow_deg": 55, "bridge_10_no_cramp": "yes", "walking_lighter": 3}


def test_loaded_exercises_and_their_templates_wait_with_what_is_open(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, TIGHT)
    seen = programs.builder(desk, strain)
    cards = {card.id: card for card in seen.cards}
    for held in ("s3_diver", "s4_nordic"):
        assert "low-load control comes first" in cards[held].held_back
        assert "40°" in cards[held].held_back
        assert not cards[held].advised
    assert cards["s2_bridge"].held_back == ""
    rows = {row.id: row for row in seen.templates}
    assert "low-load control comes first" in rows["functional"].gate
    assert "low-load" not in rows["comp_2"].gate


def test_the_hold_ends_once_low_load_work_is_done(desk: Desk, strain: UUID) -> None:
    evaluated(desk, strain, DONE)
    cards = {card.id: card for card in programs.builder(desk, strain).cards}
    assert "low-load" not in cards["s3_diver"].held_back


def test_a_held_exercise_is_prescribed_only_with_a_reason_that_is_kept(
    desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, TIGHT)
    line = programs.line_for(desk, strain, "s3_diver")
    with pytest.raises(Locked, match="low-load control comes first"):
        programs.prescribe(desk, strain, ProgramContent(lines=(line,)))
    reasoned = replace(line, override_reason="Coach and patient need the drill this week")
    kept = programs.prescribe(desk, strain, ProgramContent(lines=(reasoned,)))
    shown = programs.open_program(desk, kept).content.lines[0]
    assert shown.override_reason == "Coach and patient need the drill this week"
    for kind in ("referral-gp", "progress-report"):
        told = " ".join(one.text for one in letters.compose(desk, strain, kind).parts)
        assert "with its reason: diver: Coach and patient need the drill this week." in told


def test_what_else_to_consider_is_written_with_the_step_that_would_tell(
    desk: Desk, strain: UUID
) -> None:
    cyst: dict[str, object] = {
        "complaint": "posterior_knee",
        "rf_pulsatile": "no",
        "rf_popliteal_swelling": "yes",
        "cyst_firm_when_straight": "yes",
    }
    visit = evaluated(desk, strain, cyst)
    note = str(visits.open_visit(desk, visit).content.note)
    assert "To consider: cyst behind the knee (Baker cyst)." in note
    assert "Ultrasound of the hollow behind the knee" in note
