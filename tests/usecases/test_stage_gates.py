"""What the next stage asks for: met, not met, and not asked kept apart."""

from uuid import UUID

import pytest

from clinic_desk.errors import AccessDenied
from clinic_desk.usecases import lockbox, stage_gates, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.stage_gates import MET, NOT_ASKED, NOT_MET
from clinic_desk.usecases.visit_views import VisitContent
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN
from tests.usecases.test_outcomes import visited

EARLY = STRAIN | {"gait": "normal", "ake": {"left": 45, "right": 20}}


def states(desk: Desk, case: UUID) -> dict[str, str]:
    found = stage_gates.of_case(desk, case)
    assert found is not None
    return {one.criterion.text: one.criterion.state for one in found.gates}


def items(desk: Desk, case: UUID) -> dict[str, str]:
    found = stage_gates.of_case(desk, case)
    assert found is not None
    return {one.criterion.text: one.item for one in found.gates}


def test_before_an_evaluation_there_are_no_gates(desk: Desk, strain: UUID) -> None:
    assert stage_gates.of_case(desk, strain) is None


def test_what_was_not_asked_is_never_taken_for_a_no(desk: Desk, strain: UUID, clock: Clock) -> None:
    answers = {item: value for item, value in EARLY.items() if item != "heel_dig_painless"}
    visited(desk, strain, answers)
    heel = next(text for text in states(desk, strain) if "heel dig" in text)
    assert states(desk, strain)[heel] == NOT_ASKED
    assert items(desk, strain)[heel] == "heel_dig_painless"
    clock.move(days=1)
    visited(desk, strain, answers | {"heel_dig_painless": "no"})
    assert states(desk, strain)[heel] == NOT_MET
    clock.move(days=1)
    visited(desk, strain, answers | {"heel_dig_painless": "yes"})
    after = states(desk, strain)
    assert after.get(heel, MET) == MET


def test_a_criterion_that_is_not_met_shows_both_sides_and_leads_to_its_question(
    desk: Desk, strain: UUID
) -> None:
    visited(desk, strain, EARLY)
    found = stage_gates.of_case(desk, strain)
    assert found is not None
    (ake,) = [one for one in found.gates if "knee extension" in one.criterion.text]
    assert ake.criterion.state == NOT_MET
    assert ake.criterion.detail.startswith("45° left, 20° right")
    assert ake.item == "ake"
    assert found.now
    assert found.next


def test_an_open_red_flag_says_why_no_stage_is_suggested(desk: Desk, strain: UUID) -> None:
    visit = visits.start(desk, strain)
    visits.keep(desk, visit, VisitContent(answers=EARLY | {"rf_pe": "yes"}))
    found = stage_gates.of_case(desk, strain)
    assert found is not None
    assert found.gates == ()
    assert found.waits[0].startswith("No exercises until this is acted on")


def test_a_closed_case_part_has_no_gates_for_who_did_not_open_it(
    desk: Desk, alex: UUID, strain: UUID
) -> None:
    visited(desk, strain, EARLY)
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    with pytest.raises(AccessDenied):
        stage_gates.of_case(desk, strain)
