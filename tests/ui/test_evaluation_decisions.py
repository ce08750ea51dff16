"""What is suggested beside the questions, and how the clinician decides it."""

from dataclasses import replace

from PySide6.QtCore import Qt

from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import explained, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, focused, start
from tests.usecases.answers import STRAIN

__all__ = ["at"]  # the fixture


SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_suggested_becomes_decided_only_by_the_clinician(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    box = at.screen.findings.boxes["grade"]
    assert box.card._view.state == "suggested"
    assert at.screen.draft.decision("grade") is None
    at.press("finding:use")
    made = at.screen.draft.decision("grade")
    assert (made.suggested, made.decided, made.by) == ("2", "2", "Dana Demo")
    assert box.card._view.state == "decided"
    at.screen.leave()
    at.settle()
    assert visits.open_visit(desk, visit).content.decisions == (made,)


def test_differing_needs_a_reason(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.press("finding:other")
    panel = at.screen.findings.boxes["grade"].panel
    assert panel.field.hasFocus() or panel.field.focusProxy().hasFocus()
    panel.field.set_value("1")
    panel.decide.click()
    assert panel.problem.text
    assert at.screen.draft.decision("grade") is None
    panel.reason.setFocus()
    at.keys("Small on ultrasound")
    panel.decide.click()
    at.settle()
    made = at.screen.draft.decision("grade")
    assert (made.suggested, made.decided, made.reason) == ("2", "1", "Small on ultrasound")


def test_a_finding_explains_itself(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.press("finding:why")
    panel = at.child("why:grade")
    assert panel.isVisible()
    for head in panel.findChildren(Button):
        if head.accessibleName().endswith(", folded"):
            head.click()
    shown = [one.text() for one in panel.findChildren(Label)]
    text = explained.of(at.screen.draft.reading(), "grade", "grade")
    assert text is not None
    said = [text.result, *(line.text for part in text.parts for line in part.lines)]
    assert sorted(shown) == sorted([*said, *text.sources, text.working])
    assert at.screen.findings.width() >= panel.width()


def test_one_key_accepts_the_suggestion_in_hand_from_any_field(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    assert at.screen.go_to_item("pain_at_injury")
    field, first = focused(), at.screen.findings.in_hand()
    assert first is at.screen.findings.boxes["grade"]
    at.key(Qt.Key.Key_F8)
    assert at.screen.draft.decision("grade").decided == "2"
    assert focused() is field
    following = at.screen.findings.in_hand()
    assert following is not None
    assert following is not first
    at.key(Qt.Key.Key_F8, SHIFT)
    assert following.panel.isVisible()
    assert following.panel.isAncestorOf(focused())


def test_a_changed_decision_is_kept_with_the_visit(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    at.screen.draft.decide("grade", "2", "1", "Walks well")
    at.screen.draft.decide("grade", "2", "2", "")
    at.settle()
    (was,) = at.screen.draft.history("grade")
    assert (was.decided, was.reason, was.superseded_at) == ("1", "Walks well", desk.now())
    shown = at.screen.findings.boxes["grade"].one.view.history
    assert any("1 (mild) decided" in line for line in shown)
    at.screen.leave()
    at.settle()
    assert visits.open_visit(desk, visit).content.superseded == (was,)
    at.screen.draft.undecide("grade")
    assert [one.decided for one in at.screen.draft.history("grade")] == ["1", "2"]
    at.screen.undo_last()
    assert at.screen.draft.decision("grade").decided == "2"


def test_beside_the_primary_pattern_others_may_be_secondary(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, {"complaint": "persistent_tightness"}))
    protocol = at.screen.draft.play.protocol
    at.screen.draft.set_answers(
        {
            name: "yes"
            for one in protocol.patterns.values()
            for name in one.supports
            if name not in protocol.derived and protocol.item(name).kind.value.startswith("yes")
        }
    )
    found = [one.id for one in at.screen.draft.findings().patterns]
    assert len(found) >= 2
    at.screen.draft.decide("pattern", found[0], found[0], "")
    at.settle()
    box = at.screen.findings.boxes[f"pattern:{found[1]}"]
    assert box.one.subject == f"pattern:{found[1]}"
    box.accept()
    assert at.screen.draft.decision("pattern").decided == found[0]
    assert at.screen.draft.decision(f"pattern:{found[1]}").decided == "secondary"


def test_advice_is_read_in_place_and_given_into_the_note(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    box = next(one for key, one in at.screen.findings.boxes.items() if key.startswith("advice:"))
    box._acted("read")
    assert at.child(f"adviceText:{box.one.finding}").isVisible()
    box._acted("give")
    at.settle()
    at.screen.draft.write_note()
    assert "Advice given: " in at.screen.draft.content().note.plan


def test_the_single_item_that_would_settle_a_finding_is_a_link_to_it(
    at: VisitStage, desk: Desk, strain
) -> None:
    told = {item: value for item, value in STRAIN.items() if item != "mmt"}
    at.open(start(desk, strain, told))
    card = at.screen.findings.boxes["grade"].card
    at.qtbot.waitUntil(lambda: card.settle.isVisible(), timeout=5000)
    item = card._settles
    card.settle.click()
    at.settle()
    assert at.child(f"item:{item}").isAncestorOf(focused())


def test_the_focus_stays_with_what_was_decided(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.child("finding:use").setFocus()
    at.key(Qt.Key.Key_Space)
    assert at.screen.draft.decision("grade") is not None
    assert at.screen.findings.boxes["grade"].isAncestorOf(focused())


def test_what_is_not_seen_is_not_decided_by_a_key(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.resize(1000, 640)
    at.settle()
    assert at.screen.findings.isHidden()
    assert at.screen.go_to_item("pain_at_injury")
    at.key(Qt.Key.Key_F8)
    assert at.screen.draft.content().decisions == ()
    bar = at.screen.findings.column.verticalScrollBar()
    bar.setValue(bar.maximum())
    at.settle()
    at.key(Qt.Key.Key_F8)  # shown again, above
    assert at.screen.draft.content().decisions == ()
    at.key(Qt.Key.Key_F8)
    assert [one.subject for one in at.screen.draft.content().decisions] == ["grade"]
    assert not any(action.autoRepeat() for action in at.screen.actions())


def test_a_decision_that_the_answers_left_behind_says_so(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN | {"rf_pe": "yes"})
    at.open(visit)
    draft = at.screen.draft
    draft.decide("urgency", "emergency_now", "emergency_now", "")
    draft.set_answer("rf_pe", "no")
    at.settle()
    urgency = at.screen.findings.boxes["urgency"].one.view
    assert urgency.note == "The answers no longer suggest it."
    assert "why" not in [key for key, _label in urgency.actions]  # there is nothing to explain
    stage = draft.findings().program.template
    draft.decide("grade", "2", "2", "")
    draft.decide("stage", stage, stage, "")
    draft.set_answer("mechanism", "direct_blow")
    at.settle()
    boxes = at.screen.findings.boxes
    assert "suggest no grade: A direct blow" in boxes["grade"].one.view.note
    assert boxes["stage"].one.view.note == ""  # it follows the grade that is decided
    content = replace(draft.content(), note=Note("Seen."))
    told = [one.text for one in visits.blockers(desk, visit, content)]
    assert "The answers now suggest no grade: decide on the grade again." in told
    draft.decide("grade", None, "1", "")  # chosen where nothing is suggested
    content = replace(draft.content(), note=Note("Seen."))
    assert not any("grade again" in one.text for one in visits.blockers(desk, visit, content))
    at.settle()
    assert "The answers now suggest: stage 1: Grade 1" in boxes["stage"].one.view.note


def test_a_question_answered_as_unsure_is_no_longer_named_as_not_asked(
    at: VisitStage, desk: Desk, strain
) -> None:
    known = {one: said for one, said in STRAIN.items() if one != "av_bowstring"}
    at.open(start(desk, strain, known))
    box = at.screen.findings.boxes["grade"]
    assert box.one.view.missing.startswith("Not asked: tendon cord")
    found = at.screen.draft.findings().grade
    at.screen.draft.set_answer("av_bowstring", "unsure")
    at.settle()
    assert at.screen.draft.findings().grade == found  # it settles nothing
    assert box.one.view.missing == "Not asked: what the report says."
