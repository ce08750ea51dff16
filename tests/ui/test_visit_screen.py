"""The visit's note, signing, addenda and discarding, on a real encrypted store."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desk.errors import NotFound, StorageUnavailable
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import visits
from clinic_desk.usecases.desk import Desk
from tests.ui.visit_stage import VisitStage, focused, signed, start
from tests.usecases.answers import STRAIN, TINGLING

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(desk: Desk, shown, qtbot: QtBot) -> Iterator[VisitStage]:
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = VisitScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield VisitStage(screen, Place.VISIT, lanes, qtbot)
    screen.leave()
    lanes.wait_idle(10_000)
    lanes.stop()
    screen.forget()
    assert errors == []


def test_what_is_typed_is_kept_and_undone_as_a_whole(at: VisitStage, desk: Desk, strain) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    assert at.child("note:subjective").hasFocus()
    at.keys("Pulled up")
    at.qtbot.waitUntil(
        lambda: visits.open_visit(desk, visit).content.note.subjective == "Pulled up", timeout=5000
    )
    at.key(Qt.Key.Key_Z, CTRL)
    assert at.child("note:subjective").value() in ("", "Pulled")
    at.qtbot.waitUntil(lambda: at.status.startswith("Draft kept"), timeout=5000)


def test_the_time_of_an_older_draft_is_not_shown_when_a_newer_one_was_refused(
    at: VisitStage, desk: Desk, strain, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    at.keys("Pulled")
    at.qtbot.waitUntil(lambda: at.status.startswith("Draft kept"), timeout=5000)
    keep = visits.keep

    def full(*_given: object) -> None:
        raise StorageUnavailable("The disk is full; this was not saved.")

    monkeypatch.setattr(visits, "keep", full)
    at.keys(" up")
    at.qtbot.waitUntil(lambda: at.status.startswith("What you typed last"), timeout=5000)
    monkeypatch.setattr(visits, "keep", keep)
    at.qtbot.waitUntil(lambda: at.status.startswith("Draft kept"), timeout=15_000)


def test_the_note_stands_beside_the_last_signed_one(at: VisitStage, desk: Desk, strain) -> None:
    signed(desk, strain, STRAIN)
    at.open(visits.start(desk, strain))
    last = at.child("last:subjective")
    assert last.isVisible()
    assert "sprint" in last.text()
    at.press("toggleLast")
    assert not last.isVisible()


def test_a_first_visit_has_no_empty_column(at: VisitStage, desk: Desk, strain) -> None:
    at.open(visits.start(desk, strain))
    assert not at.child("last:subjective").isVisible()
    assert not at.child("toggleLast").isVisible()


def test_the_evaluation_is_written_only_where_nobody_wrote(
    at: VisitStage, desk: Desk, strain
) -> None:
    at.open(start(desk, strain, STRAIN))
    area = at.child("note:assessment")
    area.setFocus()
    at.keys("Mine.")
    at.press("writeFromEvaluation")
    assert area.value() == "Mine."
    assert "34° left" in at.child("note:objective").value()


def test_signing_says_what_it_waits_for_and_leads_there(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, TINGLING, write=True)
    at.open(visit)
    assert at.alert is not None
    assert not at.screen.blockers.isVisible()
    at.press("signButton")
    assert at.screen.blockers.isVisible()
    assert focused() is at.screen.blockers.buttons[0]
    assert visits.open_visit(desk, visit).signed_at is None
    at.key(Qt.Key.Key_Space)
    panel = at.screen.panel
    assert panel.isVisible()
    panel.kind.set_value("phoned")
    panel.text.set_value("GP told")
    at.press("recordAction")
    assert not at.screen.blockers.isVisible()
    assert at.alert is None
    assert "phoned (GP told)" in at.child("note:assessment").value()
    at.press("signButton")
    view = visits.open_visit(desk, visit)
    assert view.signed_by == "Dana Demo"
    assert "phoned (GP told)" in view.content.note.assessment
    assert at.child("note:plan").isReadOnly()
    assert at.screen.primary() is at.screen.add


def test_an_empty_note_is_not_signed(at: VisitStage, desk: Desk, strain) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    at.screen.evaluation.evaluate.setFocus()
    at.press("signButton")
    at.press("mend:0")
    assert at.child("note:subjective").hasFocus()
    assert visits.open_visit(desk, visit).signed_at is None


def test_a_routine_flag_needs_its_tick(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(
        desk,
        strain,
        STRAIN | {"gate_behind_knee": "yes", "rf_popliteal_swelling": "yes"},
        write=True,
    )
    at.open(visit)
    flags = at.screen.draft.findings().red_flags
    assert [one.urgency.value for one in flags] == ["routine_gp"]
    assert at.alert is None
    at.press("signButton")
    assert visits.open_visit(desk, visit).signed_at is None
    at.press(f"noted:{flags[0].id}")
    at.press("signButton")
    assert visits.open_visit(desk, visit).signed_at is not None


def test_a_signed_visit_takes_addenda_only(at: VisitStage, desk: Desk, strain) -> None:
    visit = signed(desk, strain, STRAIN)
    at.open(visit)
    assert not at.child("signButton").isVisible()
    assert not at.child("discardButton").isVisible()
    at.press("addAddendum")
    assert at.screen.addenda.problem.text
    assert at.child("addendumText").hasFocus()
    at.keys("Side was right.")
    at.press("addAddendum")
    assert [one.text for one in visits.open_visit(desk, visit).addenda] == ["Side was right."]
    assert at.child("addendumText").value() == ""


def test_discarding_asks_in_place_and_leads_to_the_patient(
    at: VisitStage, desk: Desk, alex, strain
) -> None:
    visit = visits.start(desk, strain)
    at.open(visit)
    at.press("discardButton")
    assert at.child("discardPanel").isVisible()
    at.key(Qt.Key.Key_Escape)
    assert not at.child("discardPanel").isVisible()
    assert visits.open_visit(desk, visit)
    at.keys("typed in between")
    at.press("discardButton")
    at.press("confirmDiscard")
    assert at.asked == [Ref(Place.PATIENT, alex, case=strain)]
    with pytest.raises(NotFound):
        visits.open_visit(desk, visit)


def test_the_way_on_is_one_press(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, STRAIN)
    at.open(visit)
    for name in ("evaluateButton", "programButton", "letterButton"):
        at.press(name)
    assert at.asked == [
        Ref(Place.EVALUATION, visit),
        Ref(Place.PROGRAM, strain),
        Ref(Place.LETTER, strain),
    ]


def test_a_decision_taken_elsewhere_reaches_the_note_when_it_is_opened(
    at: VisitStage, desk: Desk, strain
) -> None:
    visit = start(desk, strain, STRAIN, write=True)
    at.open(visit)
    at.screen.draft.decide("grade", "2", "2", "")
    at.settle()
    assert "decided by Dana Demo" in at.child("note:assessment").value()


def test_a_signed_visit_is_refused_elsewhere_and_said(at: VisitStage, desk: Desk, strain) -> None:
    visit = start(desk, strain, STRAIN, write=True)
    at.open(visit)
    visits.sign(desk, visit, visits.open_visit(desk, visit).content)
    at.child("note:plan").setFocus()
    at.keys("x")
    at.screen.leave()
    at.settle()
    assert any("signed" in text and kind == "problem" for text, kind in at.said)
    at.screen.forget()
