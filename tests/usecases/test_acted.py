"""What counts as done about a red flag: nothing slips past the lock or the signature."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.errors import Locked
from clinic_desk.usecases import acted, evaluations, patients, programs, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visits import Decision, FlagAction, VisitContent
from tests.usecases.answers import STRAIN, TINGLING

DVT = "rf_dvt_gate"
CLOT: dict[str, object] = STRAIN | {DVT: "yes"}
MOTOR = "rf_motor_progressive"


def flag(desk: Desk, visit: UUID, answers: dict[str, object], name: str) -> FlagFinding:
    found = evaluations.play(desk, visits.open_visit(desk, visit)).findings(answers)
    return next(one for one in found.red_flags if one.id == name)


def done(desk: Desk, kind: str, name: str = DVT, text: str = "") -> FlagAction:
    return FlagAction(name, kind, text, desk.actor.name, desk.now())


def kept(desk: Desk, case: UUID, answers: dict[str, object], *actions: FlagAction) -> UUID:
    visit = visits.start(desk, case)
    content = VisitContent(answers=answers, flag_actions=actions)
    visits.keep(desk, visit, visits.write_into_note(desk, visits.open_visit(desk, visit), content))
    return visit


@pytest.mark.parametrize(("kind", "text"), [("noted", "seen"), ("override", "  ")])
def test_a_tick_or_an_override_without_reason_unlocks_nothing(
    desk: Desk, strain: UUID, alex: UUID, kind: str, text: str
) -> None:
    visit = kept(desk, strain, CLOT, done(desk, kind, text=text))
    assert patients.banner(desk, alex).red_flag == "open"
    seen = programs.builder(desk, strain)
    assert seen.suggestion.blocked
    assert seen.locked
    view = visits.open_visit(desk, visit)
    found = visits.findings(desk, view, view.content).program
    assert found is not None
    assert found.blocked
    assert [one.flag for one in visits.blockers(desk, visit, view.content)] == [DVT]
    with pytest.raises(Locked, match="red flag"):
        programs.prescribe(desk, strain, programs.from_template(desk, strain, "acute_g2_late"))


def test_an_action_does_not_cover_a_flag_that_became_more_urgent(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    weak = STRAIN | {"gate_nerve": "yes", MOTOR: "yes"}
    visit = kept(desk, strain, weak)
    phoned = acted.stamped(done(desk, "phoned", MOTOR), flag(desk, visit, weak, MOTOR))
    kept(desk, strain, weak, phoned)
    assert patients.banner(desk, alex).red_flag == "acted"
    worse = weak | {"rf_ces_saddle": "yes"}
    kept(desk, strain, worse, phoned)
    assert patients.banner(desk, alex).red_flag == "open"
    content = visits.open_visit(desk, visit).content
    texts = [one.text for one in visits.blockers(desk, visit, content) if one.flag == MOTOR]
    assert len(texts) == 1
    assert "anew" in texts[0]
    sent = done(desk, "sent_to_emergency", MOTOR)
    assert acted.settled(flag(desk, visit, worse, MOTOR), (phoned, sent))


def test_what_set_a_flag_aside_does_not_cover_it_on_other_grounds(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    unsure = STRAIN | {DVT: "unsure"}
    visit = kept(desk, strain, unsure)
    cleared = acted.stamped(done(desk, "examined_and_cleared"), flag(desk, visit, unsure, DVT))
    kept(desk, strain, unsure, cleared)
    assert not programs.builder(desk, strain).locked
    kept(desk, strain, STRAIN, cleared)
    kept(desk, strain, CLOT, cleared)
    assert patients.banner(desk, alex).red_flag == "open"
    assert programs.builder(desk, strain).locked
    with pytest.raises(Locked):
        visits.sign(desk, visit, visits.open_visit(desk, visit).content)


def test_what_was_done_stays_in_the_record_when_the_flag_goes_and_comes(
    desk: Desk, strain: UUID
) -> None:
    visit = kept(desk, strain, CLOT)
    phoned = acted.stamped(done(desk, "phoned", text="GP's desk"), flag(desk, visit, CLOT, DVT))
    kept(desk, strain, CLOT, phoned)
    kept(desk, strain, STRAIN, phoned)
    kept(desk, strain, CLOT, phoned)
    content = visits.open_visit(desk, visit).content
    assert content.flag_actions == (phoned,)
    assert visits.blockers(desk, visit, content) == ()


def test_a_referral_that_was_taken_back_stays_taken_back(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    visit = kept(desk, strain, TINGLING, done(desk, "referred", "rf_tingle_after_injury"))
    content = replace(visits.open_visit(desk, visit).content, flag_actions=())
    assert visits.blockers(desk, visit, content)
    visits.keep(desk, visit, content)
    assert visits.open_visit(desk, visit).content.flag_actions == ()
    assert patients.banner(desk, alex).red_flag == "open"
    with pytest.raises(Locked):
        visits.sign(desk, visit, content)


def test_a_grade_decided_before_the_answers_changed_is_decided_again_and_says_so(
    desk: Desk, strain: UUID
) -> None:
    visit = visits.start(desk, strain)
    decision = Decision("grade", "2", "2", "", desk.actor.name, desk.now())
    content = VisitContent(answers=STRAIN | {"mmt": "2"}, decisions=(decision,))
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    assert "The answers given later suggest grade 3" in content.note.assessment
    assert [one.kind for one in visits.blockers(desk, visit, content)] == ["decision_reason"]
    again = replace(decision, suggested="3", reason="Walks and kicks well")
    content = replace(content, decisions=(again,))
    content = visits.write_into_note(desk, visits.open_visit(desk, visit), content)
    assert "given later" not in content.note.assessment
    visits.sign(desk, visit, content)
    held = visits.open_visit(desk, visit).content.decisions[0]
    assert (held.suggested, held.decided, held.reason) == ("3", "2", "Walks and kicks well")


def test_a_corrected_birth_date_says_anew_which_flags_of_an_open_visit_fire(
    desk: Desk, strain: UUID, alex: UUID
) -> None:
    kept(desk, strain, STRAIN | {"injury_date": "2026-01-30", "ok_patella": "no"})
    assert patients.banner(desk, alex).red_flag == ""
    file = patients.open_file(desk, alex)
    patients.correct(desk, alex, file.version, replace(file.details, birth_date=date(1950, 6, 14)))
    assert patients.banner(desk, alex).red_flag == "open"
    with pytest.raises(Locked, match="red flag"):
        programs.prescribe(desk, strain, programs.from_template(desk, strain, "acute_g2_late"))
