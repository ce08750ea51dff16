"""Ctrl+K and the list of patients: what is typed is found, shown with its match, and opened."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desk.ui import shell_find
from clinic_desk.ui.lists.pages import KEPT, PAGE, PagedModel, PagedView
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.patients import ALL, PatientsScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.find_field import FindField
from clinic_desk.ui.widgets.find_hits import Hit, HitGroup, utf16
from clinic_desk.usecases import patients, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import PatientDetails
from clinic_desk.usecases.visits import Note, VisitContent


@pytest.fixture
def signed(desk: Desk, strain: UUID) -> UUID:
    visit = visits.start(desk, strain, "follow_up")
    visits.sign(desk, visit, VisitContent(note=Note(subjective="Exceptional sprint session")))
    return visit


def test_each_kind_has_its_group_and_opens_where_it_is_kept(
    desk: Desk, alex: UUID, signed: UUID, surgeon: UUID
) -> None:
    groups = {one.title: one for one in shell_find.records(desk, "ex")}
    assert groups["Patients"].hits[0].ref == Ref(Place.PATIENT, alex)
    (note,) = shell_find.records(desk, "exceptional spr")
    assert (note.title, note.behind_commands) == ("Notes and letters", True)
    (hit,) = note.hits
    assert hit.ref == Ref(Place.VISIT, signed)
    assert hit.title == "EXAMPLE, Alex: Visit 1, Follow-up, 03 Feb 2026"
    assert [hit.detail[begin:end] for begin, end in hit.marks] == ["Exceptional", "sprint"]
    (similar,) = shell_find.records(desk, "exmaple")
    assert similar.title == "Similar names"
    assert shell_find.records(desk, "  ") == ()


@pytest.fixture
def lanes():
    held = Lanes()
    yield held
    assert held.stop()


class _Below(QWidget):
    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


def test_another_letter_paints_nothing_of_what_lies_under_the_results(qtbot, lanes: Lanes) -> None:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    below = _Below(window)
    below.setGeometry(0, 60, 900, 540)
    field = FindField(window)
    field.connect_to(lambda words: (HitGroup("Found", (Hit(words, "", 1),) * 9),), lanes)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "a")
    qtbot.waitUntil(lambda: field.popup_open)
    QApplication.processEvents()
    assert field.popup.geometry().intersects(below.geometry())
    before = below.painted
    QTest.keyClicks(field, "b")
    qtbot.waitUntil(lambda: [hit.title for hit in field.hits()] == ["ab"] * 9)
    QApplication.processEvents()
    assert below.painted == before


def test_all_lines_found_show_without_a_scroll_bar(qtbot, lanes: Lanes) -> None:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    field = FindField(window)
    one = HitGroup("F", (Hit("h", "", 1),))
    field.connect_to(lambda words: () if words == "a" else (one,), lanes)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "a")
    qtbot.waitUntil(lambda: field.popup_open and not field.hits())
    assert field.popup.list.verticalScrollBar().maximum() == 0
    QTest.keyClicks(field, "b")
    qtbot.waitUntil(lambda: len(field.hits()) == 1)
    assert field.popup.list.verticalScrollBar().maximum() == 0


def test_commands_stand_between_names_and_words_of_notes(qtbot) -> None:
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    field = FindField(window)
    lanes = Lanes(window)
    named = HitGroup("Patients", (Hit("A", "", 1),))
    said = HitGroup("Notes", (Hit("B", "ab 🙂 cd", 2, marks=((5, 7),)),), True)
    field.connect_to(
        lambda words: (said, named), lanes, lambda words: (HitGroup("C", (Hit("c", "", 3),)),)
    )
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "a")
    qtbot.waitUntil(lambda: field.popup_open)
    shown = field.popup.list
    assert [shown.item(k).text() for k in range(shown.count())] == [
        "Patients",
        "A",
        "C",
        "c",
        "Notes",
        "B",
    ]
    window.grab()
    assert utf16("ab 🙂 cd", 5) == 6
    assert lanes.stop()


def test_a_similar_name_is_said_in_words(stage, desk: Desk, alex: UUID) -> None:
    at = stage(PatientsScreen)
    at.open(Place.PATIENTS)
    QTest.keyClicks(at.screen.field, "exmaple")
    at.until(lambda: bool(at.screen._near))
    assert at.screen.model.data(at.screen.model.index(0, 0)) == "EXAMPLE, Alex, similar name"
    QTest.keyClick(at.screen.field, Qt.Key.Key_Return)
    assert at.asked[-1] == Ref(Place.PATIENT, alex)


def test_all_patients_stand_by_name_and_open(stage, desk: Desk, alex: UUID) -> None:
    first = patients.register(desk, PatientDetails("Aaron", "Bo"))
    at = stage(PatientsScreen)
    at.open(Place.PATIENTS)
    at.screen.which.choose(ALL)
    at.until(lambda: at.screen.all_model.held == 2)
    names = [at.screen.all_model.data(at.screen.all_model.index(k, 0)) for k in range(2)]
    assert names == ["AARON, Bo", "EXAMPLE, Alex"]
    QTest.keyClick(at.screen.field, Qt.Key.Key_Return)
    assert at.asked[-1] == Ref(Place.PATIENT, first)
    QTest.keyClicks(at.screen.field, "exa")
    at.until(lambda: at.screen.pages.currentWidget() is at.screen.card)


def test_a_long_list_holds_only_the_pages_around_what_is_shown(qtbot) -> None:
    model = PagedModel((Column("Name", str),))
    view = PagedView(model, "All")
    qtbot.addWidget(view)
    view.resize(400, 500)
    asked: list[int] = []

    def read(pages: tuple[int, ...]) -> None:
        asked.extend(pages)
        for page in pages:
            model.add_page(page, tuple(range(page * PAGE, (page + 1) * PAGE)))

    view.pages_wanted.connect(read)
    view.show()
    model.set_count(100_000)
    view.ask_now()
    qtbot.waitUntil(lambda: asked == [0])
    for row in range(0, 100_000, 4_000):
        view.scrollTo(model.index(row, 0))
        view.grab()
        qtbot.waitUntil(lambda wanted=row: model.row_at(model.index(wanted, 0)) == wanted)
    assert model.held <= KEPT * PAGE
    assert len(set(asked)) < 60
