"""Requests that wait: on Today, on the patient's page and alone, until they are signed off."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from clinic_desk.clinical.findings import Urgency
from clinic_desk.ui.parts.evaluation_last import last_value
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.evaluation import EvaluationScreen
from clinic_desk.ui.screens.loop import LoopScreen
from clinic_desk.ui.screens.loops import LoopsScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.screens.today import TodayScreen
from clinic_desk.usecases import files, loops, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import OrderDetails
from tests.support.desk import Clock
from tests.ui.desk_stage import Stage, press
from tests.ui.test_file_screens import drop
from tests.usecases.test_files import PDF


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "MRI report.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def mri(desk: Desk, strain: UUID) -> UUID:
    details = OrderDetails("imaging", "MRI left thigh", "Sample Imaging", Urgency.URGENT_2W)
    return loops.order(desk, strain, details)


@pytest.fixture
def at(stage, mri: UUID) -> Stage:
    shown = stage(LoopScreen)
    shown.open(Place.LOOP, mri)
    return shown


def needs(screen: TodayScreen) -> list[QAbstractButton]:
    """The buttons of what needs the clinician; those shown before wait to be deleted."""
    buttons = [one for held in screen.needs._widgets for one in held.findChildren(QAbstractButton)]
    return [one for one in buttons if one.property("need") is not None]


def acts(screen: TodayScreen) -> list[str]:
    return [one.text() for one in needs(screen)]


def test_today_chases_what_is_overdue_and_reads_what_came(
    stage, desk: Desk, alex: UUID, mri: UUID, clock: Clock, scan: Path
) -> None:
    shown = stage(TodayScreen)
    shown.open(Place.TODAY)
    assert acts(shown.screen) == ["Open"]
    clock.move(days=20)
    shown.open(Place.TODAY)
    assert acts(shown.screen) == ["Chase"]
    files.add(desk, alex, files.examine(scan), loop_id=mri)
    shown.open(Place.TODAY)
    assert acts(shown.screen) == ["Read"]
    (button,) = needs(shown.screen)
    assert button.accessibleName() == "Read: EXAMPLE, Alex"
    button.click()
    assert shown.asked == [Ref(Place.LOOP, mri)]


def test_today_shows_the_most_overdue_and_leads_to_all(
    stage, desk: Desk, strain: UUID, clock: Clock
) -> None:
    for number in range(8):
        loops.order(desk, strain, OrderDetails("test", f"Test {number}", urgency=Urgency.SAME_DAY))
    clock.move(days=3)
    shown = stage(TodayScreen)
    shown.open(Place.TODAY)
    assert acts(shown.screen) == ["Chase"] * 5
    more = [b for b in shown.screen.findChildren(QAbstractButton) if b.text() == "Show all 8"]
    more[0].click()
    assert shown.asked == [Ref(Place.LOOPS)]
    listed = stage(LoopsScreen)
    listed.open(Place.LOOPS)
    assert len(listed.screen.model.rows()) == 8
    assert listed.screen.card.header.hint.text() == "8 open: 8 overdue, 0 to read"
    QTest.keyClicks(listed.screen.field, "test 7")
    assert [row.title for row in listed.screen.model.rows()] == ["Test 7"]
    press(listed.screen.start)
    assert [ref.place for ref in listed.asked] == [Place.LOOP]


def test_an_order_is_recorded_on_the_patients_page_with_its_day_due(
    stage, desk: Desk, alex: UUID, strain: UUID
) -> None:
    shown = stage(PatientScreen)
    shown.open(Place.PATIENT, alex, case=strain)
    part = shown.screen.loops
    assert part.card.nothing.text() == "Nothing was asked of anybody."
    press(part.card.order)
    assert part.form.due.day() == date(2026, 3, 17)
    part.form.urgency.set_value(Urgency.URGENT_2W)
    part.form.urgency.chosen.emit(Urgency.URGENT_2W)
    assert part.form.due.day() == date(2026, 2, 17)
    part.form.record.click()
    shown.settle()
    assert "title" in part.form.form.problems()
    QTest.keyClicks(part.form.title, "MRI left thigh")
    part.form.record.click()
    shown.settle()
    (row,) = loops.waiting(desk)
    assert (row.kind, row.title, row.due_on) == ("imaging", "MRI left thigh", date(2026, 2, 17))
    assert part.form.isHidden()
    button = next(one for one in part.card.findChildren(QAbstractButton) if one.property("loop"))
    button.click()
    assert shown.asked == [Ref(Place.LOOP, row.id)]


def test_an_unanswered_request_offers_to_add_chase_or_end(at: Stage) -> None:
    screen = at.screen
    assert screen.add_answer.isVisible()
    assert not screen.sign.isVisible()
    assert screen.primary() is screen.add_answer
    assert screen.chasing.isVisibleTo(screen)
    assert screen.ending.isVisibleTo(screen)
    assert not screen.says.isVisibleTo(screen)


def test_a_dropped_scan_is_read_summed_up_and_signed_off(
    at: Stage, desk: Desk, mri: UUID, scan: Path, strain: UUID, alex: UUID
) -> None:
    screen = at.screen
    assert drop(screen, QUrl.fromLocalFile(str(scan)))
    at.settle()
    at.until(lambda: screen.preview.pages.page_image(0) is not None)
    assert screen.primary() is screen.sign
    assert screen.says.with_result.isChecked()
    screen.says.result.modality.set_value("mri")
    press(screen.sign)
    at.settle()
    assert "summary" in screen.says.form.problems()
    assert {"studied_on", "conclusion"} <= set(screen.says.result.problems())
    QTest.keyClicks(screen.says.summary, "Partial tear 2b, 7 cm.")
    screen.says.result.on.field.setText("02 feb 2026")
    screen.says.result.grades["conclusion"].set_value("partial_tear")
    screen.says.result._edited()
    assert screen.says.result.rows["bamic"].isVisibleTo(screen)
    assert not screen.says.result.rows["peetrons"].isVisibleTo(screen)
    screen.says.result.grades["bamic"].set_value("2b")
    QTest.keyClicks(screen.says.result.length, "7.2")
    press(screen.sign)
    at.settle()
    assert loops.waiting(desk) == ()
    assert not screen.sign.isVisible()
    assert not screen.unkept()
    assert screen.closed.isVisibleTo(screen)
    assert "7.2 cm long" in screen.summary.text()
    assert not drop(screen, QUrl.fromLocalFile(str(scan)))  # what is signed off takes no more
    (row,) = loops.of_patient(desk, alex)
    assert row.summary == "Partial tear 2b, 7 cm."


def test_what_imaging_showed_stands_tinted_in_the_next_evaluation(
    at: Stage, stage, desk: Desk, mri: UUID, scan: Path, strain: UUID, alex: UUID
) -> None:
    files.add(desk, alex, files.examine(scan), loop_id=mri)
    at.open(Place.LOOP, mri)
    screen = at.screen
    QTest.keyClicks(screen.says.summary, "Partial tear.")
    screen.says.result.modality.set_value("mri")
    screen.says.result.on.field.setText("02 feb 2026")
    screen.says.result.grades["conclusion"].set_value("complete_tear")
    press(screen.sign)
    at.settle()
    visit = visits.start(desk, strain)
    shown = stage(EvaluationScreen)
    shown.open(Place.EVALUATION, visit)
    draft = shown.screen.draft
    item = draft.play.item("imaging_report")
    seen = last_value(draft, item, draft.view.care_at.date())
    assert seen is not None
    assert seen.mark == "From the report of 02 Feb 2026"
    assert draft.answer("imaging_report") == "complete_tear"
    assert not draft.touched("imaging_report")


def test_a_wrong_file_is_taken_back_and_the_request_waits_again(
    at: Stage, desk: Desk, scan: Path
) -> None:
    offered: list[object] = []
    at.screen.undoable.connect(lambda _text, undo: offered.append(undo))
    at.screen.add([scan])
    at.settle()
    assert [row.state for row in loops.waiting(desk)] == ["unread"]
    offered[0]()  # type: ignore[operator]
    at.settle()
    assert [row.state for row in loops.waiting(desk)] == ["waiting"]
    assert at.screen.add_answer.isVisible()


def test_a_file_let_go_over_a_field_does_not_become_its_text(at: Stage) -> None:
    assert not at.screen.says.summary.acceptDrops()
    assert not at.screen.chasing.text.acceptDrops()


def test_what_is_typed_about_an_answer_is_kept_when_it_is_left(
    at: Stage, desk: Desk, mri: UUID, scan: Path, alex: UUID
) -> None:
    files.add(desk, alex, files.examine(scan), loop_id=mri)
    at.open(Place.LOOP, mri)
    QTest.keyClicks(at.screen.says.summary, "Half a sent")
    at.screen.says.result.modality.set_value("ultrasound")
    at.screen.leave()
    at.settle()
    at.open(Place.LOOP, mri)
    assert at.screen.says.summary.value() == "Half a sent"
    assert at.screen.says.result.modality.value() == "ultrasound"


def test_typing_is_kept_by_itself(at: Stage, desk: Desk, mri: UUID, scan: Path, alex: UUID) -> None:
    files.add(desk, alex, files.examine(scan), loop_id=mri)
    at.open(Place.LOOP, mri)
    QTest.keyClicks(at.screen.says.summary, "Seen")
    at.until(lambda: not at.screen.unkept())
    assert loops.open_loop(desk, mri).draft["summary"] == "Seen"


def test_a_call_is_recorded_and_the_request_goes_on_waiting(at: Stage, desk: Desk) -> None:
    card = at.screen.chasing
    card.way.set_value("fax")
    QTest.keyClicks(card.text, "Sent the request again.")
    card.record.click()
    at.settle()
    (row,) = loops.waiting(desk)
    assert row.chased == "Chased 03 Feb 2026 by fax"
    assert card.text.value() == ""
    assert "by fax, Dana Demo: Sent the request again." in card._lines[0].text()  # type: ignore[attr-defined]


def test_ending_without_an_answer_needs_its_reason(at: Stage, desk: Desk, alex: UUID) -> None:
    at.screen.ending.close_it.click()
    at.settle()
    assert "reason" in at.screen.ending.form.problems()
    QTest.keyClicks(at.screen.ending.reason, "The patient declined.")
    at.screen.ending.close_it.click()
    at.settle()
    assert loops.waiting(desk) == ()
    assert at.screen.summary.text() == "The patient declined."
    assert at.screen.closed.header.title.text() == "Ended without an answer"


def test_what_was_signed_off_stands_in_the_journal(
    stage, desk: Desk, alex: UUID, mri: UUID, scan: Path, clock: Clock
) -> None:
    files.add(desk, alex, files.examine(scan), loop_id=mri)
    clock.move(minutes=5)
    loops.sign_off(desk, mri, 1, "No tear.")
    shown = stage(PatientScreen)
    shown.open(Place.PATIENT, alex)
    rows = shown.screen.journal.model.rows()
    assert [(row.kind, row.title) for row in rows] == [
        ("answer", "Answer: MRI left thigh"),
        ("file", "Filed: MRI report"),
    ]
    shown.screen.journal.rows.opened.emit(rows[0])
    shown.screen.journal.rows.opened.emit(rows[1])
    assert [ref.place for ref in shown.asked] == [Place.LOOP, Place.FILE]
