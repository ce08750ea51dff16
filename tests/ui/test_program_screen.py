"""Program: suggested, built, kept, undone, locked, issued; through the real widgets."""

import hashlib
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.program import ProgramScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import papers, programs
from clinic_desk.usecases.desk import Desk
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN

CLOT = STRAIN | {"rf_dvt_gate": "yes"}


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk):
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = ProgramScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield PaperStage(screen, lanes, qtbot)
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


@pytest.fixture
def begun(at: PaperStage, desk: Desk, strain: UUID) -> PaperStage:
    """The builder of a case with a suggestion, with every card built."""
    evaluated(desk, strain, STRAIN)
    at.open(Place.PROGRAM, strain)
    built(at)
    return at


def built(at: PaperStage) -> None:
    at.until(lambda: len(at.screen.library.grid._views) == len(at.screen._cards))


def ids(at: PaperStage) -> list[str]:
    return [line.exercise for line in at.screen.content().lines]


def test_it_says_who_and_what_is_suggested_and_why(begun: PaperStage) -> None:
    assert begun.banner.family_name == "Example"
    assert begun.heading == "Program, Left hamstring strain"
    strip = begun.screen.library.suggested.strip
    assert strip.isVisible()
    assert strip.lead.text().startswith("Suggested: Grade 2 strain")
    assert strip.words.text().startswith("Because: ")
    assert ids(begun) == []
    assert not begun.screen.primary().isEnabled()


def test_looking_on_writes_no_draft(begun: PaperStage, desk: Desk, strain: UUID) -> None:
    begun.screen.leave()
    begun.settle()
    assert programs.builder(desk, strain).draft is None
    assert begun.screen.pane.discard.isHidden()


def test_two_acts_make_the_suggested_handout(begun: PaperStage, desk: Desk, strain: UUID) -> None:
    begun.press("useTemplate")
    content = programs.from_template(desk, strain, "acute_g2_late")
    assert begun.screen.content().lines == content.lines
    assert not begun.visible("suggestion")
    begun.press("issueHandout")
    (place,) = begun.asked
    assert place.place is Place.DOCUMENT
    document = papers.open_document(desk, place.id)
    assert document.sha256 == hashlib.sha256(document.pdf).hexdigest()
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(document.pdf)).pages)
    for line in content.lines:
        assert begun.screen._cards[line.exercise].name in text
    seen = programs.builder(desk, strain)
    assert seen.current.lines == content.lines
    assert seen.draft is None, "the draft ends with the prescription"


def test_nothing_is_kept_after_the_handout_is_issued(
    begun: PaperStage, desk: Desk, strain: UUID
) -> None:
    begun.press("useTemplate")
    begun.write("programNote", "Slowly")
    begun.press("issueHandout")
    begun.screen.leave()
    begun.settle()
    assert programs.builder(desk, strain).draft is None


def test_steppers_change_dose_and_minutes_at_once(begun: PaperStage) -> None:
    begun.press("useTemplate")
    before = begun.screen.pane.head.gauge.accessibleName()
    QTest.mouseClick(begun.screen.pane.lines.rows[0].head, Qt.MouseButton.LeftButton)
    sets = begun.child("dose:sets")
    line = begun.screen.content().lines[0]
    sets.field.stepUp()
    assert begun.screen.content().lines[0].sets == line.sets + 1
    assert begun.screen.content().lines[0].side == line.side, "showing a line changes nothing"
    assert begun.screen.pane.head.gauge.accessibleName() != before


def test_a_draft_is_kept_and_comes_back(begun: PaperStage, desk: Desk, strain: UUID) -> None:
    begun.press("useTemplate")
    begun.write("programNote", "Morning")
    begun.until(lambda: begun.status.startswith("Draft kept"))
    assert programs.builder(desk, strain).draft.note == "Morning"
    begun.open(Place.PROGRAM, strain)
    assert begun.child("programNote").value() == "Morning"
    assert len(ids(begun)) == 4
    begun.press("discardProgram")
    assert ids(begun) == []
    assert programs.builder(desk, strain).draft is None


def test_alt_arrows_move_a_line_and_delete_removes_it_with_undo(begun: PaperStage) -> None:
    begun.press("useTemplate")
    first, second, *rest = ids(begun)
    rows = begun.screen.pane.lines.rows
    QTest.keyClick(rows[0].head, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert ids(begun) == [second, first, *rest]
    assert rows[1].head.hasFocus()
    QTest.keyClick(rows[1].head, Qt.Key.Key_Delete)
    assert ids(begun) == [second, *rest]
    assert "Ctrl+Z" in begun.said[-1][0]
    begun.press("undoProgram")
    assert ids(begun) == [second, first, *rest]


def test_one_undo_takes_a_whole_template_back(begun: PaperStage) -> None:
    begun.press("useTemplate")
    begun.screen.sheet.undo()
    assert ids(begun) == []
    assert begun.screen.content().template is None
    assert begun.visible("suggestion")


def test_an_exercise_is_found_by_muscle_and_added(begun: PaperStage) -> None:
    begun.write("exerciseSearch", "ankle")
    assert "s1_ankle_pump" in begun.screen.library.grid.shown()
    begun.press("add:s1_ankle_pump")
    assert ids(begun) == ["s1_ankle_pump"]
    card = begun.child("card:s1_ankle_pump")
    assert card.in_program
    assert not card.add.isVisible()
    assert "in program" in card.accessibleName()


def test_the_other_filters_are_a_click_away_and_narrow_nothing_from_out_of_sight(
    begun: PaperStage,
) -> None:
    filters, grid = begun.screen.library.filters, begun.screen.library.grid
    usual = grid.shown()
    assert not filters.muscle.isVisible()
    begun.press("moreFilters")
    card = begun.screen._cards[usual[0]]
    for combo, value in (
        (filters.muscle, card.muscles[0]),
        (filters.region, card.regions[0]),
        (filters.minutes, 2),
    ):
        assert combo.isVisible()
        combo.set_value(value)
        combo.chosen.emit(value)
        assert card.id in grid.shown()
        combo.set_value(None)
        combo.chosen.emit(None)
    filters.equipment.setCurrentIndex(1)
    filters.equipment.chosen.emit(filters.equipment.value())
    assert not filters.bare.isChecked()
    cards = begun.screen._cards
    assert all(filters.equipment.value() in cards[key].equipment for key in grid.shown())
    begun.press("moreFilters")
    filters.bare.setChecked(True)
    assert grid.shown() == usual


def test_a_line_says_whom_its_exercise_is_not_for(begun: PaperStage) -> None:
    card = next(one for one in begun.screen._cards.values() if one.not_for and not one.held_back)
    begun.screen.add(card.id)
    begun.settle()
    why = begun.screen.pane.lines.rows[0].why
    assert why.isVisible()
    assert card.not_for[0] in why.text()


def test_what_is_changed_is_no_longer_called_prescribed(
    begun: PaperStage, desk: Desk, strain: UUID
) -> None:
    programs.prescribe(desk, strain, programs.from_template(desk, strain, "acute_g2_late"))
    begun.open(Place.PROGRAM, strain)
    about = begun.screen.pane.head.about
    assert about.text().startswith("As prescribed on")
    QTest.keyClick(begun.screen.pane.lines.rows[0].head, Qt.Key.Key_Delete)
    assert about.text().startswith("From template")


def test_words_that_fit_nothing_offer_the_whole_library(begun: PaperStage) -> None:
    begun.write("exerciseSearch", "zzz")
    assert begun.screen.library.nothing.isVisible()
    begun.child("exerciseSearch").clear()
    begun.screen.library.filters.clear()
    assert len(begun.screen.library.grid.shown()) == len(begun.screen._cards)


def test_a_held_back_exercise_is_added_only_with_a_reason(begun: PaperStage) -> None:
    held = next(card for card in begun.screen._cards.values() if card.held_back)
    begun.press("showHeldBack")
    assert held.id in begun.screen.library.grid.shown()
    begun.screen.library.grid.ensureWidgetVisible(begun.child(f"add:{held.id}"))
    begun.press(f"add:{held.id}")
    assert ids(begun) == []
    assert held.name in begun.screen.library.held.lead.text()
    QTest.keyClick(begun.child("heldBackReason"), Qt.Key.Key_Escape)
    assert begun.child("showHeldBack").hasFocus()  # Esc closes the question, not the page
    begun.press(f"add:{held.id}")
    assert not begun.child("addWithReason").isEnabled()
    begun.write("heldBackReason", "Painless when tried")
    begun.press("addWithReason")
    (line,) = begun.screen.content().lines
    assert (line.exercise, line.override_reason) == (held.id, "Painless when tried")


def test_easier_swaps_a_line_for_its_neighbour_on_the_ladder(begun: PaperStage) -> None:
    cards = begun.screen._cards.values()
    known = begun.screen._cards
    card = next(
        one for one in cards if one.easier and not one.held_back and not known[one.easier].held_back
    )
    begun.screen.add(card.id)
    begun.settle()
    begun.screen.pane.lines.choose(0)
    begun.press("line:easier")
    assert ids(begun) == [card.easier]


def test_an_open_flag_locks_until_there_is_a_reason(
    at: PaperStage, desk: Desk, strain: UUID
) -> None:
    evaluated(desk, strain, CLOT, sign=False, grade="")
    at.open(Place.PROGRAM, strain)
    built(at)
    assert at.visible("flagLock")
    assert "RED FLAG" in at.screen.library.lock.lead.text()
    assert not at.child("templates").isEnabled()
    assert not at.child("add:s1_ankle_pump").isEnabled()
    at.screen.add("s1_ankle_pump")
    at.settle()
    assert ids(at) == []
    at.write("overrideReason", "Clot excluded today")
    assert at.child("templates").isEnabled()
    at.write("exerciseSearch", "ankle pumps")
    at.press("add:s1_ankle_pump")
    assert ids(at) == ["s1_ankle_pump"]
    at.press("issueHandout")
    assert at.asked[-1].place is Place.DOCUMENT


def test_the_preview_is_the_very_page(begun: PaperStage) -> None:
    begun.press("useTemplate")
    begun.press("previewHandout")
    begun.until(lambda: begun.screen.pages.page_image(0) is not None)
    assert begun.screen.pages.pdf.startswith(b"%PDF")
    assert begun.screen.pages.info.text().startswith("A4, page 1 of ")
    begun.press("backToExercises")
    assert begun.screen.library.grid.isVisible()


def test_a_review_in_the_past_stands_at_its_field(begun: PaperStage) -> None:
    begun.press("useTemplate")
    begun.screen.pane.sheet.review.field.setText("1 jan 2020")
    begun.screen.pane.sheet.review.changed.emit()
    begun.press("issueHandout")
    assert begun.asked == []
    assert "past" in begun.screen.pane.sheet.problem.text
    assert begun.screen.primary().isEnabled()


def test_criteria_of_the_next_stage_say_met_or_not_measured(begun: PaperStage) -> None:
    begun.press("showCriteria")
    assert begun.screen.library.suggested.criteria.isVisible()
    names = [row.accessibleName() for row in begun.screen.library.suggested.criteria._rows]
    assert len(names) == len(begun.screen._builder.suggestion.criteria)
    assert all(any(word in name for word in ("met", "not measured")) for name in names)


@pytest.mark.parametrize(("width", "columns"), [(1060, 3), (1310, 4), (1900, 5)])
def test_the_grid_has_as_many_columns_as_fit(begun: PaperStage, width: int, columns: int) -> None:
    begun.screen.resize(width, 640)
    begun.settle()
    grid = begun.screen.library.grid
    views = [grid.view_of(key) for key in grid.shown()]
    tops = [view.y() for view in views if view.isVisible()]
    assert tops.count(tops[0]) == columns


def test_arrows_walk_the_cards_and_enter_adds(begun: PaperStage) -> None:
    first, second = begun.screen.library.grid.shown()[:2]
    view = begun.screen.library.grid.view_of(first)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    other = begun.screen.library.grid.view_of(second)
    assert other.hasFocus()
    QTest.keyClick(other, Qt.Key.Key_Return)
    begun.settle()
    assert ids(begun) == [second]


def test_the_handouts_options_are_kept_printed_and_undone(
    begun: PaperStage, desk: Desk, strain: UUID
) -> None:
    begun.screen._use_template("comp_2")
    begun.settle()
    options = begun.screen.pane.options
    options.preset.set_value("large-print")
    options.preset.chosen.emit("large-print")
    options.language.set_value("fr")
    options.language.chosen.emit("fr")
    options.weeks.set_value(3)
    options.time.setText("10:30")
    options.time.textEdited.emit("10:30")
    begun.settle()
    sheet = begun.screen.content().sheet
    assert (sheet.preset, sheet.language, sheet.weeks, sheet.next_time) == (
        "large-print",
        "fr",
        3,
        "10:30",
    )
    begun.screen._toggle_preview()
    begun.settle()
    seen = papers.preview_handout(desk, strain, begun.screen.content())
    assert "Vos exercices" in PdfReader(BytesIO(seen.pdf)).pages[0].extract_text()
    begun.screen.sheet.flush()
    begun.settle()
    draft = programs.builder(desk, strain).draft
    assert draft is not None
    assert draft.sheet == sheet


def test_a_translation_that_no_clinician_reviewed_is_marked_beside_the_options(
    begun: PaperStage,
) -> None:
    begun.screen._use_template("comp_2")
    begun.settle()
    options = begun.screen.pane.options
    assert not options.unreviewed.isVisibleTo(options)
    assert not options.missing.isVisibleTo(options)
    options.language.set_value("fr")
    options.language.chosen.emit("fr")
    begun.settle()
    assert options.unreviewed.isVisibleTo(options)
