"""Sheets, forms, lists, findings, errors: what is typed is kept, and nothing ends the program."""

import logging

import pytest
from PySide6.QtCore import Qt

from clinic_desk.errors import InvalidInput, Locked, StorageDamaged
from clinic_desk.ui import theme
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.sheet import KEEP_MS, Sheet
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.problems import CrashSheet, DataDialog, Problems, report
from clinic_desk.ui.widgets.finding_card import FindingCard, FindingView, ReasonRow
from clinic_desk.ui.widgets.pages import PageView
from clinic_desk.ui.widgets.steps import StepList, StepRow
from clinic_desk.ui.widgets.texts import TextArea, TextField


@pytest.fixture
def sheet(qapp):
    kept = []
    made = Sheet(kept.append)
    made.kept = kept
    yield made
    made.flush()
    made.deleteLater()


def test_a_field_is_called_by_its_label_and_not_by_its_example(shown) -> None:
    form = Form(1)
    form.add("title", "Complaint", TextField(placeholder="hamstring strain"))
    form.add("given", "Name", TextField("Given name"))
    shown(form)
    called = [one.accessibleName() for one in form.findChildren(TextField)]
    assert called == ["Complaint", "Given name"]


@pytest.mark.parametrize("zoom", [100, 125, 150])
def test_a_note_has_room_for_all_its_lines_at_every_text_size(shown, qapp, zoom: int) -> None:
    theme.apply(qapp, "light", zoom)
    area = TextArea(lines=3, most=16)
    area.set_value("\n".join("Walks." for _ in range(7)))
    shown(area)
    assert area.verticalScrollBar().maximum() == 0  # else the first would be scrolled away


def test_a_draft_is_kept_after_the_first_change_even_while_typing_goes_on(sheet, qtbot):
    sheet.set("note", "a")
    left = sheet._timer.remainingTime()
    sheet.set("note", "ab")
    assert sheet._timer.remainingTime() <= left
    qtbot.waitUntil(lambda: bool(sheet.kept), timeout=KEEP_MS * 3)
    assert sheet.kept == [{"note": "ab"}]
    sheet.set("note", "abc")
    assert sheet._timer.isActive()


def test_flush_keeps_at_once_and_only_what_changed(sheet):
    sheet.load({"ake": {"left": 3, "right": None}})
    sheet.flush()
    assert sheet.kept == []
    sheet.set("pain", 0)
    sheet.flush()
    sheet.flush()
    assert sheet.kept == [{"ake": {"left": 3, "right": None}, "pain": 0}]


def test_undo_takes_a_word_back_and_redo_brings_it(sheet):
    for text in ("l", "le", "left", "left ", "left k", "left knee"):
        sheet.set("note", text)
    sheet.undo()
    assert sheet.value("note") == "left"
    sheet.redo()
    assert sheet.value("note") == "left knee"
    sheet.set("gap", "yes")
    sheet.set("gap", None)
    sheet.undo()
    assert sheet.value("gap") == "yes"


def test_what_could_not_be_kept_is_tried_again(sheet, qtbot):
    sheet.set("pain", 3)
    sheet.flush()
    sheet.failed()
    qtbot.waitUntil(lambda: len(sheet.kept) == 2, timeout=KEEP_MS * 3)


def people():
    columns = [
        Column("Name", lambda row: row[0], sort=lambda row: row[0]),
        Column("State", lambda row: Chipped(row[1], "good"), 120),
    ]
    model = RowsModel(columns)
    model.set_rows([("SAMPLE, Sam", "Signed"), ("EXAMPLE, Alex", "Draft")])
    return model


def test_the_model_holds_to_qts_rules(qtmodeltester, shown):
    view = shown(RowsView(people(), "Patients"))
    qtmodeltester.check(view.model())


def test_an_error_in_a_getter_is_logged_without_its_values(shown, caplog):
    model = RowsModel([Column("Name", lambda row: row["secret name"])])
    model.set_rows([("SAMPLE, Sam",)])
    view = shown(RowsView(model, "Patients"))
    with caplog.at_level(logging.ERROR):
        assert view.model().index(0, 0).data() is None
    assert "TypeError" in caplog.text
    assert "SAMPLE" not in caplog.text


def test_enter_opens_the_chosen_row_and_a_header_sorts(shown, qtbot):
    view = shown(RowsView(people(), "Patients"))
    view._sort_by(0)
    view.choose(0)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args[0][0] == "EXAMPLE, Alex"


def test_what_is_wrong_stands_beside_its_field(shown):
    form = shown(Form())
    form.add("family_name", "Family name", TextField(), required=True)
    left = form.show_problems({"family_name": "Type a family name.", "other": "Something else."})
    assert form.problems() == {"family_name": "Type a family name."}
    assert left == ["Something else."]
    form.clear_problems()
    assert form.problems() == {}


def test_errors_are_shown_where_they_belong(shown, qtbot):
    form = shown(Form())
    form.add("name", "Name", TextField())
    said = []
    problems = Problems(form, lambda text, kind: said.append((text, kind)))
    problems.show_error(InvalidInput({"name": "Type a name."}), form)
    assert said == []
    problems.show_error(Locked("A red flag is open.", "Record an action."))
    assert said == [("A red flag is open. Record an action.", "problem")]
    problems.show_error(StorageDamaged("The data file is damaged.", "Restore a backup."))
    assert form.findChild(DataDialog) is not None
    problems.show_error(RuntimeError("Alex Example"))
    sheet = form.findChild(CrashSheet)
    assert "RuntimeError" in sheet.words
    for dialog in (sheet, form.findChild(DataDialog)):
        dialog.close()


def test_the_report_holds_places_but_no_values():
    def fails(patient):
        raise ValueError(f"{patient} has no birth date")

    with pytest.raises(ValueError, match="Alex") as caught:
        fails("Alex Example")
    words = report(caught.value)
    assert "builtins.ValueError" in words
    assert "fails" in words
    assert "Alex" not in words


def test_a_card_changes_in_place_without_taking_the_focus(shown, qtbot):
    actions = (("use", "Use grade 2"),)
    card = shown(
        FindingCard(FindingView("Grade 2", reasons=(ReasonRow("A", 1, 2),), actions=actions))
    )
    button = card.buttons[0]
    button.setFocus()
    card.show_for(FindingView("Grade 2", reasons=(ReasonRow("B", 2, 2),), actions=actions))
    assert card.marked
    assert card.buttons[0] is button
    with qtbot.waitSignal(card.acted) as acted:
        button.click()
    assert acted.args == ["use"]
    card._timer.stop()


def test_steps_keep_their_buttons_and_tell_what_was_chosen(shown, qtbot):
    steps = shown(StepList())
    steps.set_steps([StepRow("a", "Story"), StepRow("b", "Red flags", flags=1)])
    first = steps.buttons()[0]
    steps.set_steps([StepRow("a", "Story", complete=True), StepRow("b", "Red flags")])
    assert steps.buttons()[0] is first
    with qtbot.waitSignal(steps.chosen) as chosen:
        steps.buttons()[1].click()
    assert chosen.args == ["b"]


def test_a_page_shows_the_very_pixels_and_asks_again_when_zoomed(shown, qtbot):
    view = shown(PageView(), 700, 700)
    asked = []
    view.render_asked.connect(lambda page, scale: asked.append((page, round(scale, 2))))
    view.set_pages(2, "letter")
    view.set_page(1, 2, 1, 8, bytes([0, 0, 255, 255, 0, 255, 0, 255]))
    image = view.page_image(1)
    assert image.pixelColor(0, 0).red() == 255
    assert image.pixelColor(1, 0).green() == 255
    asked.clear()
    view.set_zoom(1.0)
    assert asked == [(0, 1.33), (1, 1.33)]
