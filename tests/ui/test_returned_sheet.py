"""A returned tick grid through the patient's page, by keys alone."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.widgets.day_row import DayRow
from clinic_desk.usecases import adherence, programs
from clinic_desk.usecases.desk import Desk
from tests.support.desk import Clock
from tests.ui.desk_stage import press
from tests.usecases.answers import STRAIN
from tests.usecases.test_programs import evaluated


@pytest.fixture
def page(stage, desk: Desk, alex: UUID, strain: UUID, clock: Clock):
    """The page of a patient who comes back after two weeks with a program."""
    evaluated(desk, strain, STRAIN)
    programs.prescribe(desk, strain, programs.from_template(desk, strain, "acute_g2_late"))
    clock.move(days=13)
    at = stage(PatientScreen)
    at.open(Place.PATIENT, alex, case=strain)
    at.until(lambda: not at.screen.home.card.isHidden())
    return at


def rows(page) -> list[DayRow]:
    return page.screen.home.sheet.findChildren(DayRow)


def test_fourteen_days_with_pain_take_30_keys(page, desk: Desk, strain: UUID) -> None:
    press(page.screen.home.card.enter)
    done, pain = rows(page)
    assert done.hasFocus()
    keys = 0
    for digit in "22122022212222":
        QTest.keyClick(done, digit)
        keys += 1
    QTest.keyClick(done, Qt.Key.Key_Tab)
    page.until(lambda: pain.hasFocus())
    for digit in "33425333222110":
        QTest.keyClick(pain, digit)
        keys += 1
    QTest.keyClick(pain, Qt.Key.Key_Return)
    keys += 2
    page.until(lambda: page.screen.home.sheet.isHidden())
    assert keys == 30
    seen = adherence.summary(desk, strain)
    assert seen is not None
    assert (seen.whole.done, seen.whole.days, seen.whole.worst_pain) == (24, 14, 5)
    assert seen.percent == 86


def test_what_the_patient_left_empty_stays_empty(page, desk: Desk, strain: UUID) -> None:
    press(page.screen.home.card.enter)
    done, _pain = rows(page)
    QTest.keyClick(done, "2")
    QTest.keyClick(done, Qt.Key.Key_Right)
    QTest.keyClick(done, Qt.Key.Key_Space)
    assert done.values()[:4] == (2, None, 2, None)
    assert "not filled in" in done.accessibleName()
    press(page.screen.home.sheet.save)
    page.until(lambda: page.screen.home.sheet.isHidden())
    seen = adherence.summary(desk, strain)
    assert seen is not None
    assert seen.whole.days == 2


def test_backspace_takes_the_last_digit_back(page) -> None:
    press(page.screen.home.card.enter)
    done, _pain = rows(page)
    for key in ("1", "2", Qt.Key.Key_Backspace, "0"):
        QTest.keyClick(done, key)
    assert done.values()[:3] == (1, 0, None)


def test_a_digit_that_no_day_can_have_is_not_taken(page) -> None:
    press(page.screen.home.card.enter)
    done, _pain = rows(page)
    QTest.keyClick(done, "7")
    assert done.values()[0] is None


def test_pain_of_10_can_be_typed(page) -> None:
    press(page.screen.home.card.enter)
    _done, pain = rows(page)
    for key in ("x", "1", "0", "3"):
        QTest.keyClick(pain, key)
    assert pain.values()[:4] == (10, 1, 0, 3)


def test_an_empty_sheet_is_not_kept_and_says_why(page, desk: Desk, strain: UUID) -> None:
    press(page.screen.home.card.enter)
    press(page.screen.home.sheet.save)
    page.settle()
    assert not page.screen.home.sheet.isHidden()
    assert "Nothing is filled in" in page.screen.home.sheet._problem.text
    assert adherence.summary(desk, strain) is None


def test_escape_does_not_drop_what_was_typed(page) -> None:
    press(page.screen.home.card.enter)
    done, _pain = rows(page)
    QTest.keyClick(done, "2")
    QTest.keyClick(done, Qt.Key.Key_Escape)
    assert not page.screen.home.sheet.isHidden()
    QTest.keyClick(done, Qt.Key.Key_Delete)
    QTest.keyClick(done, Qt.Key.Key_Backspace)
    QTest.keyClick(done, Qt.Key.Key_Escape)
    assert page.screen.home.sheet.isHidden()


def test_the_page_says_how_it_was_kept_up(page, desk: Desk, strain: UUID, tmp_path) -> None:
    press(page.screen.home.card.enter)
    done, _pain = rows(page)
    for _ in range(14):
        QTest.keyClick(done, Qt.Key.Key_Space)
    QTest.keyClick(done, Qt.Key.Key_Return)
    page.until(lambda: page.screen.home.sheet.isHidden())
    page.until(lambda: "28 of 28 sessions, 100 %" in _said(page))
    assert page.screen.home.card.enter.isHidden()


def _said(page) -> str:
    return " ".join(label.text() for label in page.screen.home.card.findChildren(QLabel))
