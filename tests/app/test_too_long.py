"""A note that is too long to be kept is not lost by going elsewhere."""

from pathlib import Path
from uuid import UUID

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.visit import VisitScreen
from clinic_desk.usecases import typed
from tests.app.conftest import Running


def test_a_note_that_cannot_be_kept_holds_the_screen_until_it_is_mended(
    started, folder: Path, visit: UUID
) -> None:
    program: Running = started(folder)
    program.unlock()
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    screen = program.screen
    assert isinstance(screen, VisitScreen)
    assert screen.draft is not None
    long = "x" * (typed.NOTE + 1)
    screen.draft.set_note("subjective", long)
    screen.draft.flush()
    program.settle()
    program.navigator.go(Ref(Place.TODAY))
    assert program.screen is screen
    said = program.window.message_bar.text
    assert "Subjective: This text has" in said
    screen.draft.set_note("subjective", "Sudden pull.")
    screen.draft.flush()
    program.settle()
    program.navigator.go(Ref(Place.TODAY))
    assert program.screen is not screen


def test_a_note_left_at_once_is_still_there_when_its_visit_is_opened_again(
    started, folder: Path, visit: UUID
) -> None:
    program: Running = started(folder)
    program.unlock()
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    screen = program.screen
    long = "x" * (typed.NOTE + 1)
    screen.draft.set_note("subjective", long)
    program.navigator.go(Ref(Place.TODAY))
    program.settle()
    program.navigator.go(Ref(Place.VISIT, visit))
    program.settle()
    assert screen.draft.content().note.subjective == long
