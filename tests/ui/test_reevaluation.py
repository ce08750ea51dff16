"""A re-evaluation with real widgets: what was there, what is confirmed, and how little it takes."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.visit_views import Note
from tests.support.desk import Clock
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, focused
from tests.usecases.answers import STRAIN

PLAN = ("palpation_length_cm", "ake", "force_15", "rest_pain", "gait", "heel_dig_painless")
MOST = 25


__all__ = ["at"]  # the fixture


@pytest.fixture
def again(desk: Desk, strain: UUID, clock: Clock) -> UUID:
    """The second visit, six days after the first."""
    sign(desk, strain, STRAIN | {"rest_pain": 3}, PLAN)
    clock.move(days=6)
    return visits.start(desk, strain)


def sign(desk: Desk, case: UUID, answers: Mapping[str, object], plan: tuple[str, ...]) -> None:
    visit = visits.start(desk, case)
    begun = visits.open_visit(desk, visit).content
    content = replace(begun, note=Note("Seen."), answers=answers, retest=plan)
    visits.keep(desk, visit, content)
    visits.sign(desk, visit, content)


def row(at: VisitStage, item: str):
    return at.screen._pages[at.screen.step].rows[item]


def test_facts_are_tinted_until_confirmed_and_can_be_taken_back(at: VisitStage, again) -> None:
    at.open(again)
    at.screen.go_to_item("pop")
    pop = row(at, "pop")
    assert (pop.value(), pop.mark.text()) == ("no", "From 03 Feb 2026")
    pop.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_F7)
    at.settle()
    assert at.screen.draft.content().answers == {"pop": "no"}
    assert pop.mark.text() == ""
    at.screen.undo_last()
    at.settle()
    assert pop.mark.text() == "From 03 Feb 2026"
    pop.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_Backspace)
    at.settle()
    assert at.screen.draft.answer("pop") is None  # not asked, and it does not come back
    assert pop.value() is None
    assert "pop" not in at.screen.draft.answers()


def test_a_measurement_shows_its_last_value_and_counts_only_once_confirmed(
    at: VisitStage, again
) -> None:
    at.open(again)
    assert at.screen.step == "retest_first"
    gait = row(at, "gait")
    assert (gait.value(), gait.mark.text()) == (None, "03 Feb 2026: normal")
    assert "gait" not in at.screen.draft.answers()
    at.press("confirmFacts")
    assert at.screen.draft.untouched_facts() == ()
    assert "gait" not in at.screen.draft.answers()
    QTest.mouseClick(gait.mark, Qt.MouseButton.LeftButton)
    at.settle()
    assert at.screen.draft.answer("gait") == "normal"
    assert gait.mark.text() == ""
    at.screen.undo_last()
    at.screen.undo_last()
    at.settle()
    assert len(at.screen.draft.untouched_facts()) > 5


def test_a_change_is_said_against_measurement_error(at: VisitStage, again) -> None:
    at.open(again)
    at.screen.draft.set_answer("ake", {"left": 27, "right": 20})
    at.screen.draft.set_answer("rest_pain", 1)
    at.settle()
    ake = row(at, "ake")
    assert ake.control._change.text() == "7° better"
    assert ake.from_last.text() == "Within measurement error (15°)"
    pain = row(at, "rest_pain")
    assert pain.from_last.text() == (
        "03 Feb 2026: 3 of 10, 2 better, more than measurement error (2)"
    )


def test_the_step_of_the_plan_and_the_own_page_follow_each_other(at: VisitStage, again) -> None:
    at.open(again)
    shown = list(at.screen._pages["retest_first"].rows)
    assert shown == list(at.screen.draft.view.content.planned)
    at.screen.go_to_step("pain")
    own = row(at, "gait")
    at.screen.draft.set_answer("gait", "limp")
    at.settle()
    assert own.value() == "limp"
    at.screen.go_to_step("retest_first")
    assert row(at, "gait").value() == "limp"


def test_what_to_re_test_next_time_is_picked_by_the_clinician(at: VisitStage, again, desk) -> None:
    at.open(again)
    card = at.screen.findings.retest
    card.refresh()
    assert not card.isHidden()
    assert at.screen.draft.retest() == ()
    at.press("takeRetest")
    taken = at.screen.draft.retest()
    assert taken
    at.screen.go_to_item("swelling")
    row(at, "swelling").retest.emit(True)
    at.screen.draft.set_retest(taken[0], False)
    at.settle()
    held = at.screen.draft.retest()
    assert "swelling" in held
    assert taken[0] not in held
    at.screen.draft.write_note()
    assert "Re-test next time: " in at.screen.draft.content().note.plan


class Counted:
    """A person's interactions: a key that chooses, a click, a number entered."""

    def __init__(self, at: VisitStage) -> None:
        self.at, self.n = at, 0

    def click(self, button: QAbstractButton) -> None:
        assert button.isVisible(), button.objectName()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.at.settle()
        self.n += 1

    def number(self, digits: str) -> None:
        """Typed into what has the focus, and on to the next field."""
        QTest.keyClicks(focused(), digits)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        self.at.settle()
        self.n += 1

    def choose(self, item: str, key: str) -> None:
        """Reached with Tab, chosen by one key."""
        row(self.at, item).focus_first()
        QTest.keyClicks(focused(), key)
        self.at.settle()
        self.n += 1


def test_an_ordinary_re_evaluation_takes_few_interactions(
    at: VisitStage, again, desk: Desk
) -> None:
    at.open(again)
    hand = Counted(at)
    hand.click(at.screen.confirm)
    assert at.screen.step == "retest_first"
    hand.choose("rest_pain", "1")
    hand.choose("gait", "1")
    for item, numbers in (
        ("palpation_length_cm", ("2",)),
        ("ake", ("24", "20")),
        ("force_15", ("230", "254")),
    ):
        row(at, item).focus_first()
        for number in numbers:
            hand.number(number)
    hand.choose("heel_dig_painless", "y")
    hand.click(at.screen.next)  # the story: confirmed
    hand.click(at.screen.next)  # red flags
    for card in list(at.screen._pages["red_flags"].cards.values()):
        if card.no_button is not None and card.no_button.isVisible():
            hand.click(card.no_button)
    at.screen.go_to_item("av_gap_ischium")  # by Ctrl+G, 4
    hand.n += 2
    hand.click(at.screen._pages["look"].cards["rupture"].no_button)
    for box in list(at.screen.findings.boxes.values()):
        use = box.findChild(QAbstractButton, "finding:use")
        if use is not None and use.isVisible():
            hand.click(use)
    at.screen.findings.retest.refresh()
    hand.click(at.screen.findings.retest.take)
    hand.click(at.screen.to_note)
    content = at.screen.draft.content()
    assert content.answers["ake"] == {"left": 24, "right": 20}
    assert content.answers["rf_pe"] == "no"
    assert [one.subject for one in content.decisions]
    found = at.screen.draft.findings()
    assert found.red_flags == ()
    assert found.grade is not None
    assert found.grade.suggested == 2
    assert hand.n <= MOST
