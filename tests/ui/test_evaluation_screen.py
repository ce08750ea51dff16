"""The evaluation with real widgets on a real encrypted store."""

import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, answers, focused, signed, start
from tests.usecases.answers import STRAIN, TINGLING

__all__ = ["at"]  # the fixture


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_answers_given_by_keys_are_kept_by_themselves(at: VisitStage, desk: Desk, strain) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    assert at.screen.step == "story"
    at.screen.draft.set_answer("complaint", "sudden_injury")
    at.settle()
    assert at.screen.go_to_item("pop")
    at.keys("n")
    assert at.screen.go_to_item("pain_at_injury")
    at.keys("7")
    at.qtbot.waitUntil(lambda: answers(desk, visit).get("pain_at_injury") == 7, timeout=5000)
    assert answers(desk, visit) == {"complaint": "sudden_injury", "pop": "no", "pain_at_injury": 7}
    assert at.status == "Draft kept 10:24:00 on this computer"


def test_leaving_keeps_at_once_and_opening_restores(at: VisitStage, desk: Desk, strain) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    at.screen.draft.set_answer("complaint", "cramp")
    at.screen.leave()
    at.settle()
    assert answers(desk, visit) == {"complaint": "cramp"}
    at.open(visit)
    row = at.child("item:complaint")
    assert row.value() == "cramp"
    assert not at.screen.draft.sheet.can_undo


def test_questions_come_and_go_without_taking_the_focus(at: VisitStage, desk: Desk, strain) -> None:
    at.open(visits.start(desk, strain))
    assert at.screen.findChild(object, "item:pop") is None
    box = at.child("item:complaint").control.combo
    box.setFocus()
    at.keys("s")  # Sudden injury
    box.activated.emit(box.currentIndex())
    at.settle()
    assert box.hasFocus()
    assert at.child("item:pop").isVisible()
    at.screen.draft.set_answer("complaint", "persistent_tightness")
    at.settle()
    assert not at.child("item:pop").isVisible()
    assert box.hasFocus()


def test_a_question_with_the_focus_stays_until_it_is_left(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury"}))
    at.screen.go_to_item("pop")
    at.screen.draft.set_answer("complaint", "cramp")
    at.settle()
    assert at.child("item:pop").isVisible()
    at.child("item:complaint").focus_first()
    at.settle()
    assert not at.child("item:pop").isVisible()


def test_all_no_answers_only_what_is_open_and_is_one_step_of_undo(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury", "gate_nerve": "yes"}))
    at.screen.go_to_step("red_flags")
    at.settle()
    at.press("allNo:rf_first")
    held = at.screen.draft.answers()
    assert held["gate_nerve"] == "yes"
    assert held["rf_pe"] == held["gate_tumour"] == "no"
    assert "rf_ces_bladder" not in held  # of another group
    at.key(Qt.Key.Key_Z, CTRL)
    assert dict(at.screen.draft.answers()) == {"complaint": "sudden_injury", "gate_nerve": "yes"}
    at.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert at.screen.draft.answer("rf_pe") == "no"


def test_ask_next_jumps_to_the_question(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury"}))
    at.screen.go_to_step("range")
    at.settle()
    link = at.child("askNext:0")
    item = link.property("item")
    link.click()
    at.settle()
    assert at.child(f"item:{item}").isAncestorOf(focused())


def test_next_goes_through_all_steps_and_writes_the_note(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    at.screen.go_to_step("story")
    seen = []
    while not at.asked:
        seen.append(at.screen.step)
        assert len(seen) < 12
        last = at.screen.next.text() == "Finish and write note"
        at.press("nextButton")
    assert last
    assert seen[:3] == ["story", "red_flags", "pain"]
    assert at.asked == [Ref(Place.VISIT, visit)]
    at.settle()
    assert "sprint" in visits.open_visit(desk, visit).content.note.subjective


def test_what_was_touched_in_the_note_is_not_overwritten(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    at.screen.draft.set_note("subjective", "My own words.")
    assert at.screen.draft.write_note()
    at.screen.leave()
    at.settle()
    note = visits.open_visit(desk, visit).content.note
    assert note.subjective == "My own words."
    assert note.objective


def test_steps_and_questions_are_reached_by_keys(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    at.key(Qt.Key.Key_G, CTRL)
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    QTest.keyClick(menu, Qt.Key.Key_5)
    at.settle()
    assert at.screen.step == "range"
    at.screen.search_field().setFocus()
    at.keys("tendon cord")
    at.key(Qt.Key.Key_Return)
    at.screen.steps.finder.completer().popup().hide()
    at.settle()
    assert at.screen.step == "look"
    assert at.child("item:av_bowstring").isAncestorOf(focused())


def test_tab_walks_left_right_next_row(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, {"complaint": "sudden_injury"}))
    at.screen.go_to_item("ake")
    fields = [at.child(f"item:{one}").control for one in ("ake", "slr")]
    assert fields[0].left.hasFocus()
    for expected in (fields[0].right, fields[1].left, fields[1].right):
        at.key(Qt.Key.Key_Tab)
        assert expected.hasFocus()


def test_a_signed_visit_can_be_read_but_not_changed(at: VisitStage, desk: Desk, strain) -> None:
    visit = signed(desk, strain, STRAIN)
    at.open(visit)
    assert at.screen.draft.read_only
    row = at.child("item:pain_at_injury")
    assert row.value() == 7
    assert not row.isEnabled()
    at.screen.draft.set_answer("pain_at_injury", 3)
    assert at.screen.draft.answer("pain_at_injury") == 7
    assert at.status == ""
    assert {
        key for one in at.screen.findings.boxes.values() for key, _ in one.card._view.actions
    } <= {"why", "read"}


def test_nothing_is_written_into_a_signed_note(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, STRAIN)
    content = visits.open_visit(desk, visit).content
    visits.sign(desk, visit, replace(content, note=Note(subjective="Only this.")))
    at.open(visit)
    assert not at.screen.draft.write_note()
    assert at.screen.draft.content().note == Note(subjective="Only this.")


def test_a_visit_that_is_gone_is_said(at: VisitStage, desk: Desk, strain) -> None:
    visit = visits.start(desk, strain)
    visits.discard(desk, visit)
    at.open(visit)
    assert at.said
    assert at.said[0][1] == "problem"


def test_the_largest_step_is_there_at_once(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, TINGLING | {"gate_circulation": "unsure", "gate_bone": "yes"}))
    began = time.thread_time()  # what else runs on a busy machine is not its work
    at.screen.go_to_step("red_flags")
    took = time.thread_time() - began
    assert len(at.screen.findChildren(object)) > 100
    assert took < 1.0  # a step of forty questions takes about 0.1 s


def test_the_next_step_is_built_while_this_one_is_answered(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.go_to_step("story")
    at.qtbot.waitUntil(
        lambda: at.screen.findChild(object, "item:gate_tumour") is not None, timeout=5000
    )
    assert at.screen.step == "story"
    assert not at.child("item:gate_tumour").isVisible()
    at.press("nextButton")
    assert at.child("item:gate_tumour").isVisible()


def test_a_narrow_window_shows_the_findings_when_asked(at: VisitStage, desk: Desk, strain) -> None:
    at.open(start(desk, strain, STRAIN))
    assert at.screen.findings.isVisible()
    at.screen.resize(968, 500)
    at.settle()
    assert not at.screen.findings.isVisible()
    assert at.screen.width() == 968
    at.press("showFindings")
    assert at.screen.findings.isVisible()
    assert at.child("nextButton").isVisible()


def test_tab_goes_from_the_last_question_to_the_way_on_and_back_again(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    at.screen.go_to_step("pain")
    at.settle()
    seen = [focused()]
    while seen[-1] is not at.screen.next:
        at.key(Qt.Key.Key_Tab)
        seen.append(focused())
        assert len(seen) < 80, "Tab never came to the way on"
    last = seen[-4:]
    assert last[1:] == [at.screen.back, at.screen.to_note, at.screen.next]
    assert at.screen._pages["pain"].isAncestorOf(last[0])
    at.key(Qt.Key.Key_Tab)
    assert at.screen.findings.isAncestorOf(focused())
    at.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is at.screen.next
