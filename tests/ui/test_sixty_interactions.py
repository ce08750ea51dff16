"""A whole first evaluation of an ordinary grade 2 strain, driven by keys alone, and counted."""

from collections import Counter
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from clinic_desk.ui.forms.items import AnswerRow
from clinic_desk.ui.forms.outcome import ItemsField
from clinic_desk.ui.widgets.choices import CheckChip, ChoiceField, ManyField
from clinic_desk.ui.widgets.pair import PairField
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from tests.library.test_posterior_thigh import GRADE_2
from tests.ui.evaluation_stage import at
from tests.ui.visit_stage import VisitStage, focused

MOST = 60

__all__ = ["at"]  # the fixture


class Person:
    """Somebody at the keyboard, who counts what they choose and, apart, where they only go on."""

    def __init__(self, at: VisitStage) -> None:
        self.at = at
        self.count: Counter[str] = Counter()

    def press(self, key: Qt.Key, what: str) -> None:
        self.count[what] += 1
        QTest.keyClick(focused(), key)
        self.at.settle()

    def step(self) -> None:
        """All of a step: each question that is told is answered, the rest of its flags is no."""
        page, met = self.at.screen._pages[self.at.screen.step], set()
        if any(card.no_button is not None for card in page.cards.values()):
            self.press(Qt.Key.Key_Backtab, "going on")  # before the first open question
            if not page.isAncestorOf(focused()):
                self.press(Qt.Key.Key_Tab, "going on")
        while True:
            where = focused()
            if not page.isAncestorOf(where) or where in met:
                return
            met.add(where)
            row = self._row(where)
            if where.objectName().startswith("allNo:"):
                self._all_no(where)
            elif row is not None and self.at.screen.draft.answer(row.item.id) is None:
                self._answer(row, GRADE_2.get(row.item.id))
            self.press(Qt.Key.Key_Tab, "going on")

    def _row(self, where: QWidget | None) -> AnswerRow | None:
        while where is not None and not isinstance(where, AnswerRow):
            where = where.parentWidget()
        return where

    def _all_no(self, button: QWidget) -> None:
        if button.isVisible():
            self.press(Qt.Key.Key_Space, "choosing")

    def _answer(self, row: AnswerRow, value: object) -> None:
        if value is None:
            return
        control = row.control
        if isinstance(control, PairField):
            assert isinstance(value, dict)
            self._typed(str(value["left"]))
            self.press(Qt.Key.Key_Tab, "going on")
            self._typed(str(value["right"]))
        elif isinstance(control, ItemsField):
            assert isinstance(value, dict)
            self._activities(value["answers"])
        elif isinstance(control, ManyField):
            for chip in control.findChildren(CheckChip):
                if chip.isChecked() is False and chip.key in value:
                    while focused() is not chip:
                        self.press(Qt.Key.Key_Tab, "going on")
                    self.press(Qt.Key.Key_Space, "choosing")
        elif isinstance(focused(), QComboBox):
            self._from_list(focused(), row, value)
        elif value in ("yes", "no"):
            self.press(Qt.Key.Key_Y if value == "yes" else Qt.Key.Key_N, "choosing")
        elif isinstance(control, ChoiceField) and isinstance(value, str):
            for key in (*[Qt.Key.Key_Right] * 5, *[Qt.Key.Key_Left] * 5):
                if row.value() != value:
                    self.press(key, "going on")
            self.count["choosing"] += 1
        else:
            shown = value if not isinstance(value, str) else _typed_day(value)
            self._typed(str(shown))

    def _activities(self, told: dict[str, object]) -> None:
        """The row is opened; an activity is typed, then its rating."""
        self.press(Qt.Key.Key_Space, "choosing")
        for number in range(1, len(told) // 2 + 1):
            self._typed(str(told[f"activity_{number}"]))
            self.press(Qt.Key.Key_Tab, "going on")
            self._typed(str(told[f"rating_{number}"]))
            if number < len(told) // 2:
                self.press(Qt.Key.Key_Tab, "going on")

    def _typed(self, text: str) -> None:
        self.count["numbers"] += 1
        QTest.keyClicks(focused(), text)
        self.at.settle()

    def _from_list(self, box: QWidget, row: AnswerRow, value: object) -> None:
        while row.value() != value:
            self.press(Qt.Key.Key_Down, "going on")
        self.count["choosing"] += 1


def _typed_day(iso: str) -> str:
    try:
        return date.fromisoformat(iso).strftime("%d %b %Y")
    except ValueError:
        return iso


def test_a_first_evaluation_of_a_grade_2_strain_takes_at_most_60_interactions(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    person, screen = Person(at), at.screen
    while True:
        before = screen.step
        person.step()
        focus = QApplication.focusWidget()
        if focus is None or not screen._pages[before].isAncestorOf(focus):
            screen.focus_work()
        if screen.next.text().startswith("Finish"):
            break
        screen.next.click()  # the shell's Ctrl+Enter presses it
        person.count["steps"] += 1
        at.settle()
    while screen.findings.in_hand() is not None:
        person.press(Qt.Key.Key_F8, "choosing")
    grade = screen.draft.decision("grade")
    assert (grade.suggested, grade.decided) == ("2", "2")
    screen.next.click()
    at.settle()
    person.count["choosing"] += 1
    assert screen.draft.content().note.assessment
    chosen = person.count["choosing"] + person.count["numbers"]
    print(f"{chosen} interactions and {person.count['going on']} keys that only go on")
    chosen_of = {item: value for item, value in GRADE_2.items() if value != []}
    assert {item: screen.draft.answer(item) for item in chosen_of} == chosen_of
    for step in screen.draft.progress():
        for section in step.step.sections:
            open_ones = [
                one
                for one in section.items
                if one in step.visible_items and screen.draft.answer(one) is None
            ]
            assert not (section.red_flags and open_ones), open_ones
    assert chosen + person.count["steps"] <= MOST, (chosen, person.count)
