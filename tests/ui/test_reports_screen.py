"""The reports on the screen: kinds, periods, numbers that open, ways out."""

import threading
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.reports import ReportsScreen
from clinic_desk.usecases import lockbox, reports
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Progress
from clinic_desk.usecases.report_views import Period, Report
from tests.support.desk import Clock
from tests.ui.desk_stage import Stage, press
from tests.usecases.answers import STRAIN
from tests.usecases.test_outcomes import visited


@pytest.fixture
def at(stage, desk: Desk, strain: UUID, clock: Clock) -> Stage:
    visited(desk, strain, STRAIN | {"pain_now": 7})
    clock.move(days=7)
    visited(desk, strain, STRAIN | {"pain_now": 4})
    shown: Stage = stage(ReportsScreen)
    shown.screen.resize(1310, 690)
    shown.open(Place.REPORTS)
    return shown


def cell(at: Stage, row: int, column: int, table: int = 0):
    view = at.screen.page.tables[table]
    index = view.model().index(row, column)
    view.setCurrentIndex(index)
    return view, index


@pytest.mark.parametrize("kind", reports.KINDS)
def test_every_report_shows_its_tables(at: Stage, kind: str) -> None:
    at.screen.kind.choose(kind)
    at.settle()
    report = at.screen._report
    assert report is not None
    assert report.kind == kind
    shown = [view.accessibleName() for view in at.screen.page.tables]
    assert shown == [table.title for table in report.tables if table.rows]
    assert at.screen.csv.isEnabled()


def test_a_click_on_a_number_opens_its_rows_and_a_row_is_told_in_place(
    at: Stage, alex: UUID, strain: UUID
) -> None:
    view, index = cell(at, 0, 1)
    place = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    at.settle()
    behind = at.screen.behind
    assert behind.isVisible()
    assert behind.model.index(0, 1).data() == "EXAMPLE, Alex"
    assert behind.there.text() == "Open the patient's page"
    press(behind.there)
    assert at.asked == [Ref(Place.PATIENT, alex, strain)]


def test_enter_opens_a_number_and_escape_goes_back_to_it(at: Stage) -> None:
    view, _index = cell(at, 0, 4, table=1)  # visits
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    at.settle()
    behind = at.screen.behind
    assert behind.rows.hasFocus()
    assert behind.model.rowCount() == 2
    QTest.keyClick(behind.rows, Qt.Key.Key_Return)
    assert at.asked[-1].place is Place.VISIT
    QTest.keyClick(behind.rows, Qt.Key.Key_Escape)
    assert not behind.isVisible()
    assert at.screen.page.tables[0].hasFocus() or view.hasFocus()


def test_a_number_of_nothing_opens_nothing(at: Stage) -> None:
    view, index = cell(at, 0, 2)
    assert index.data() == "0"
    view.clicked.emit(index)
    at.settle()
    assert not at.screen.behind.isVisible()


def test_the_period_fills_the_days_and_typed_days_are_a_period_of_their_own(at: Stage) -> None:
    screen = at.screen
    screen.period.set_value("last_year")
    screen.period.chosen.emit("last_year")
    at.settle()
    assert (screen.first.day(), screen.last.day()) == (date(2025, 1, 1), date(2025, 12, 31))
    screen.first.field.clear()
    QTest.keyClicks(screen.first.field, "2026-02-28\t")
    at.settle()
    assert screen.period.value() == "own"
    assert screen.problem.text == "The last day is before the first."


def test_closed_parts_are_counted_in_the_list_without_a_name(
    at: Stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    view, index = cell(at, 0, 1)
    view.clicked.emit(index)
    at.settle()
    assert at.screen.behind.model.rowCount() == 0
    assert at.screen.behind.hint.text() == "1 more in closed parts: counted, not named"
    assert not at.screen.behind.there.isVisible()


def test_the_chart_says_its_numbers_to_a_screen_reader(at: Stage) -> None:
    chart = at.screen.page.chart
    assert chart is not None
    assert "Feb 2026: 1 new, 0 closed" in chart.accessibleName()


def test_numbers_and_lists_are_saved(at: Stage, tmp_path: Path) -> None:
    at.screen.save_csv(tmp_path / "load.csv")
    at.screen.save_pdf(tmp_path / "load.pdf")
    view, _index = cell(at, 0, 1)
    view.number_opened.emit(view.table.rows[0][1].behind)
    at.settle()
    at.screen.behind_out.save(tmp_path / "list.csv")
    at.settle()
    assert b"By month,Feb 2026,New,1" in (tmp_path / "load.csv").read_bytes()
    assert (tmp_path / "load.pdf").read_bytes().startswith(b"%PDF")
    assert b"EXAMPLE, Alex" in (tmp_path / "list.csv").read_bytes()
    assert [kind for _text, kind in at.said] == ["done"] * 3


def test_a_stopped_report_leaves_the_one_before_and_says_so(
    at: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = reports.make

    def long(desk: Desk, kind: str, period: Period, watch: Progress) -> Report:
        entered.set()
        while not at.screen.work.stopping:
            watch(1, 100)
        return make(desk, kind, period, watch)

    entered = threading.Event()
    monkeypatch.setattr(reports, "make", long)
    at.screen.kind.set_value("outcomes")
    at.screen._look()
    assert entered.wait(5)
    at.qtbot.waitUntil(at.screen.work.isVisible, timeout=5000)  # the window is not held up
    press(at.screen.work.cancel)
    at.settle()
    assert at.screen.kind.value() == "load"
    assert at.screen.problem.text == "Stopped. What was counted before is shown."
    assert not at.screen.work.isVisible()


def test_in_a_narrow_window_the_rows_take_the_room_of_the_tables(at: Stage) -> None:
    view, index = cell(at, 0, 1)
    view.clicked.emit(index)
    at.settle()
    beside = at.screen.behind.width()
    at.screen.resize(860, 690)
    QApplication.processEvents()
    assert not at.screen.page.isVisible()
    assert at.screen.behind.width() > beside + 200
    at.screen.resize(1310, 690)
    QApplication.processEvents()
    assert at.screen.behind.width() == beside
