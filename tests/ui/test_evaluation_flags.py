"""Red flags while they are being answered: they ring until an action is recorded."""

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, focused, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture


def test_an_open_flag_rings_until_an_action_is_recorded(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    assert at.alert is None
    at.screen.draft.set_answers({"gate_nerve": "yes", "rf_tingle_after_injury": "yes"})
    at.settle()
    assert at.alert is not None
    assert at.alert.urgency == "urgent_2w"
    assert "17 Feb 2026" in at.alert.headline
    at.alert.act("record")
    panel = at.screen.panel
    assert panel.isVisible()
    assert panel.kind.hasFocus()
    panel.kind.set_value("override")
    at.press("recordAction")
    assert at.alert is not None  # an override needs its reason
    panel.text.setFocus()
    at.keys("Eased within the visit")
    at.screen.draft.flush()  # a keeping under way ends after the act and knows nothing of it
    at.press("recordAction")
    assert at.alert is None
    assert not panel.isVisible()
    at.screen.leave()
    at.settle()
    kept = visits.open_visit(desk, visit).content.flag_actions
    assert [(one.flag, one.kind, one.text) for one in kept] == [
        ("rf_tingle_after_injury", "override", "Eased within the visit")
    ]
    assert at.banner.red_flag == "acted"


def test_the_focus_goes_back_to_the_question_after_an_action(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.draft.set_answers({"gate_nerve": "yes", "rf_tingle_after_injury": "yes"})
    at.settle()
    assert at.screen.go_to_item("rf_pe")
    question = focused()
    at.press("record:rf_tingle_after_injury")
    at.screen.panel.kind.set_value("referred")
    at.press("recordAction")
    assert focused() is question


def test_writing_the_referral_opens_the_letter_for_the_advised_doctor(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN | {"rf_dvt_gate": "yes"}))
    at.alert.act("letter")
    assert at.asked == [Ref(Place.LETTER, strain, extra="referral-gp")]


def test_unsure_locks_until_examined_and_says_so(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN | {"rf_dvt_gate": "unsure"}))
    assert at.alert.urgency == "same_day"
    assert "Unsure counts as yes" in at.alert.why
    assert "stage" in at.screen.findings.boxes
    assert at.screen.findings.boxes["stage"].card.title.text() == "New exercises are locked"
