"""A note that is too long to be kept is not lost by going elsewhere."""

from pathlib import Path
from uuid import UUID

import pytest

from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import typed
from tests.app.conftest import Running

LONG = "x" * (typed.NOTE + 1)


@pytest.fixture
def program(started, folder: Path, visit: UUID) -> Running:
    """Unlocked, with the visit in front."""
    running: Running = started(folder)
    running.unlock()
    go(running, Ref(Place.VISIT, visit))
    return running


def go(program: Running, ref: Ref) -> None:
    program.navigator.go(ref)
    program.settle()


def draft(program: Running) -> VisitDraft:
    screen = program.screen
    assert isinstance(screen, VisitScreen)
    assert screen.draft is not None
    return screen.draft


def typed_and_kept(program: Running, text: str) -> None:
    draft(program).set_note("subjective", text)
    draft(program).flush()
    program.settle()


def test_a_note_that_cannot_be_kept_holds_the_screen_until_it_is_mended(program: Running) -> None:
    screen = program.screen
    typed_and_kept(program, LONG)
    go(program, Ref(Place.TODAY))
    assert program.screen is screen
    assert "Subjective: This text has" in program.window.message_bar.text
    typed_and_kept(program, "Sudden pull.")
    go(program, Ref(Place.TODAY))
    assert program.screen is not screen


def test_a_note_left_at_once_is_still_there_when_its_visit_is_opened_again(
    program: Running, visit: UUID
) -> None:
    draft(program).set_note("subjective", LONG)
    go(program, Ref(Place.TODAY))
    go(program, Ref(Place.VISIT, visit))
    assert draft(program).content().note.subjective == LONG
