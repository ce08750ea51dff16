"""Progress on the patient's page: charts, tables, what is shown, by keyboard."""

from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.usecases import lockbox
from clinic_desk.usecases.desk import Desk
from tests.support.desk import Clock
from tests.ui.desk_stage import press
from tests.usecases.answers import STRAIN
from tests.usecases.test_outcomes import visited


@pytest.fixture
def page(stage, desk: Desk, alex: UUID, strain: UUID, clock: Clock):
    visited(desk, strain, STRAIN | {"pain_now": 7})
    clock.move(days=7)
    visited(desk, strain, STRAIN | {"ake": {"left": 26, "right": 20}, "pain_now": 4})
    at = stage(PatientScreen)
    at.screen.resize(1310, 700)
    at.open(Place.PATIENT, alex)
    return at


def test_two_charts_are_shown_and_others_can_be_chosen(page) -> None:
    card = page.screen.progress.card
    assert card.shown() == ["ake", "force_15"]
    press(card.choose)
    pain = next(chip for chip in card.field.chips if chip.key == "pain_now")
    press(pain)
    assert [view.track.id for view in card.views] == ["ake", "force_15", "pain_now"]
    for chip in card.field.chips:
        if chip.isChecked():
            press(chip)
    assert card.views == []
    assert not card.save.isEnabled()
    assert card.nothing.isVisible()


def test_a_chart_tells_a_screen_reader_its_numbers(page) -> None:
    chart = page.screen.progress.card.views[0].chart
    assert "03 Feb 2026, 34°, 20°, 14° less; 10 Feb 2026, 26°, 20°, 6° less" in (
        chart.accessibleName()
    )


def test_the_arrows_turn_the_charts_into_tables(page) -> None:
    card = page.screen.progress.card
    card.way.setFocus()
    for _step in range(2):
        QTest.keyClick(page.screen.window().focusWidget() or card.way, Qt.Key.Key_Right)
    assert card.way.value() == "table"
    view = card.views[0]
    assert view.table.isVisible()
    assert not view.chart.isVisible()
    model = view.table.model()
    assert model.index(1, 3).data() == "6° less"
    assert view.table.accessibleName() == "Table, Active knee extension (range)"


def test_a_narrow_page_keeps_the_card_among_the_others(page) -> None:
    progress = page.screen.progress
    assert progress.side.isVisible()
    page.screen.resize(1000, 700)
    assert not progress.side.isVisible()
    page.until(progress.card.isVisible)
    page.screen.resize(1310, 700)
    page.until(progress.card.isVisible)
    assert progress.side.isAncestorOf(progress.card)


def test_the_chosen_charts_are_saved_as_a_pdf(page, tmp_path: Path) -> None:
    target = tmp_path / "progress.pdf"
    page.screen.progress.save_to(target, ["ake"])
    page.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert page.said[-1] == ("Saved as progress.pdf.", "done")


def test_a_closed_case_has_no_charts(page, desk: Desk, alex: UUID, strain: UUID) -> None:
    lockbox.close_part(desk, alex, lockbox.CASE, strain)
    page.open(Place.PATIENT, alex)
    assert not page.screen.progress.card.isVisible()
    assert all(kind != "problem" for _text, kind in page.said)
