"""Letter: composed, edited, previewed, kept, checked, issued; through the real widgets."""

from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import contacts, letters, papers
from clinic_desk.usecases.desk import Desk
from tests.support.desk import Clock
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN, TINGLING

ORTHO = "referral-orthopaedics"


@pytest.fixture
def lanes():
    made = Lanes()
    errors: list[object] = []
    made.unhandled.connect(errors.append)
    yield made
    made.wait_idle(10_000)
    made.stop()
    assert errors == []


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk, lanes: Lanes):
    screen = LetterScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield PaperStage(screen, lanes, qtbot)
    screen.leave()


@pytest.fixture
def flagged(desk: Desk, strain: UUID, clock: Clock) -> UUID:
    """A signed visit, then an open one whose red flag waits for a letter."""
    evaluated(desk, strain, STRAIN)
    clock.move(days=2)
    evaluated(desk, strain, TINGLING, sign=False)
    return strain


@pytest.fixture
def begun(at: PaperStage, flagged: UUID, surgeon: UUID) -> PaperStage:
    at.open(Place.LETTER, flagged, ORTHO)
    previewed(at)
    return at


def previewed(at: PaperStage) -> None:
    at.until(lambda: not at.screen._timer.isActive())
    at.until(lambda: at.screen.pages.page_image(0) is not None)


def choose(at: PaperStage, name: str, row: int) -> None:
    """Choose from a drop-down list as a person does."""
    combo = at.child(name)
    combo.setFocus()
    combo.setCurrentIndex(row)
    combo.activated.emit(row)
    at.settle()


def text_of(pdf: bytes) -> str:
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(words.split())


def wrong(at: PaperStage) -> list[str]:
    return [one.text for one in at.screen._problems]


def test_the_record_is_composed_and_the_page_is_the_very_pdf(begun: PaperStage) -> None:
    assert begun.banner.family_name == "Example"
    assert begun.heading == "Letter, Referral, orthopaedics"
    draft = begun.screen.draft()
    text = text_of(begun.screen.pages.pdf)
    assert "DRAFT" in text
    history = next(part for part in draft.parts if part.id == "history")
    assert history.text.split(".")[0] in text
    assert begun.screen.pages.info.text() == "A4, page 1 of 1"


def test_contacts_of_the_role_come_first_and_nobody_is_chosen(
    at: PaperStage, desk: Desk, flagged: UUID, surgeon: UUID
) -> None:
    contacts.add(desk, contacts.ContactDetails("Aa Early", role="gp"))
    at.open(Place.LETTER, flagged, ORTHO)
    combo = at.child("letterTo")
    assert combo.value() is None
    assert combo.itemText(1) == "Dr Robin Sample, orthopaedics"
    previewed(at)
    assert "Choose who the letter goes to." in wrong(at)
    assert at.screen.checks.state.kind == "flag"


def test_it_is_signed_and_issued_with_what_was_typed(
    begun: PaperStage, desk: Desk, flagged: UUID
) -> None:
    choose(begun, "letterTo", 1)
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    begun.child("partText").selectAll()
    begun.write("partText", "Is the sciatic nerve <b>involved</b>?")
    previewed(begun)
    begun.press("issueLetter")
    (place,) = begun.asked
    assert place.place is Place.DOCUMENT
    document = papers.open_document(desk, place.id)
    text = text_of(document.pdf)
    assert "Is the sciatic nerve <b>involved</b>?" in text
    assert "DRAFT" not in text
    assert letters.kept(desk, flagged) is None
    begun.screen.leave()
    begun.settle()
    assert letters.kept(desk, flagged) is None, "nothing is kept after the issue"


def test_a_blocking_problem_stops_the_issue_and_leads_to_its_field(
    begun: PaperStage, desk: Desk
) -> None:
    begun.press("issueLetter")
    assert begun.asked == []
    assert begun.said[-1] == (
        "Choose who the letter goes to. Nothing was issued; the draft is kept.",
        "problem",
    )
    assert begun.child("letterTo").hasFocus()
    assert begun.screen.primary().isEnabled()


def test_typing_is_marked_as_yours_and_refresh_takes_the_record(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    before = begun.child("partText").value()
    assert begun.screen.editor.origin.text() == "from the record"
    begun.write("partText", "More. ")
    assert begun.screen.editor.origin.text() == "edited by you"
    begun.press("refreshPart")
    assert begun.child("partText").value() == before
    assert not begun.visible("refreshPart")


def test_the_newest_text_is_what_the_page_shows(begun: PaperStage) -> None:
    first = begun.screen.pages.pdf
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    for sign in "Zebra":
        QTest.keyClicks(begun.child("partText"), sign)
    assert begun.screen.pages.pdf is first, "nothing is drawn while typing goes on"
    begun.until(lambda: "Zebra" in text_of(begun.screen.pages.pdf))


def test_a_part_is_left_out_by_its_box(begun: PaperStage) -> None:
    begun.press("include:treatment")
    begun.until(lambda: "Treatment so far" not in text_of(begun.screen.pages.pdf))
    assert begun.screen.parts.header.hint.text() == "6 of 11 included"
    assert not begun.child("include:question").isEnabled(), "a required part stays"


def test_the_rows_of_the_table_are_shown_with_the_findings(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:findings"), Qt.MouseButton.LeftButton)
    begun.settle()
    cells = [cell.text() for cell in begun.screen.editor.table._cells]
    assert begun.screen.editor.table.isVisible()
    assert "Left" in cells
    assert "34°" in cells


def test_copies_are_typed_as_names_and_taken_off_again(begun: PaperStage) -> None:
    begun.write("letterCopies", "Alex Example")
    QTest.keyClick(begun.child("letterCopies"), Qt.Key.Key_Return)
    assert begun.screen.draft().copies == ("Alex Example",)
    QTest.mouseClick(begun.screen.head.copies._chips[0], Qt.MouseButton.LeftButton)
    assert begun.screen.draft().copies == ()


def test_a_draft_is_kept_and_restored(begun: PaperStage, desk: Desk, flagged: UUID) -> None:
    choose(begun, "letterTo", 1)
    begun.until(lambda: begun.status.startswith("Draft kept"))
    assert letters.kept(desk, flagged).recipient_id is not None
    begun.open(Place.LETTER, flagged)
    assert begun.screen.draft().recipient_id is not None
    assert begun.status == "Unfinished letter restored"


def test_another_kind_keeps_what_was_written(begun: PaperStage, desk: Desk, flagged: UUID) -> None:
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    begun.child("partText").selectAll()
    begun.write("partText", "My own question")
    choose(begun, "letterKind", 1)
    draft = begun.screen.draft()
    assert draft.kind == "referral-gp"
    assert next(one for one in draft.parts if one.id == "question").text == "My own question"
    begun.until(lambda: begun.status.startswith("Draft kept"))
    assert letters.kept(desk, flagged).kind == "referral-gp"


def test_a_letter_is_written_in_another_language(begun: PaperStage) -> None:
    choose(begun, "letterLanguage", 4)
    assert begun.screen.draft().kind == f"{ORTHO}@fr"
    begun.until(lambda: "Question clinique" in text_of(begun.screen.pages.pdf))
    choose(begun, "letterKind", 1)
    assert begun.screen.draft().kind == "referral-gp@fr"
    assert begun.screen.head.role() == "gp"


def test_a_new_contact_is_made_in_place_and_chosen(begun: PaperStage, desk: Desk) -> None:
    begun.press("newContact")
    form = begun.screen.head.form
    assert form.role.value() == "orthopaedics"
    QTest.keyClick(form.name, Qt.Key.Key_Escape)
    assert begun.screen.head.card.isHidden()
    assert begun.child("newContact").hasFocus()
    begun.press("newContact")
    begun.press("saveContact")
    assert "needs a name" in form.form.rows["name"].problem.text
    QTest.keyClicks(form.name, "Dr New")
    QTest.keyClicks(form.address, "1 Road")
    begun.press("saveContact")
    assert begun.screen.head.card.isHidden()
    made = next(row for row in contacts.listed(desk) if row.details.name == "Dr New")
    assert begun.screen.draft().recipient_id == made.id


def test_a_character_no_font_has_is_named_and_the_page_stays(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    begun.child("partText").appendPlainText("\U000130a0")
    begun.until(lambda: any("cannot be printed" in text for text in wrong(begun)))
    assert begun.screen.pages.page_image(0) is not None
    assert not begun.child("printDraft").isEnabled()


def test_letters_lists_the_draft_and_opens_it(
    shown, qtbot: QtBot, desk: Desk, lanes: Lanes, begun: PaperStage, flagged: UUID
) -> None:
    choose(begun, "letterTo", 1)
    begun.screen.leave()
    begun.settle()
    screen = LettersScreen(desk, lanes)
    shown(screen, 1310, 640)
    listing = PaperStage(screen, lanes, qtbot)
    listing.open(Place.LETTERS)
    (row,) = screen.model.rows()
    assert row.state == "draft"
    assert screen.card.header.hint.text() == "1 unfinished, 0 issued"
    QTest.mouseClick(screen.primary(), Qt.MouseButton.LeftButton)
    assert listing.asked == [Ref(Place.LETTER, flagged, extra=ORTHO)]


def test_an_empty_list_of_letters_leads_to_the_patients(
    shown, qtbot: QtBot, desk: Desk, lanes: Lanes
) -> None:
    screen = LettersScreen(desk, lanes)
    shown(screen, 1310, 640)
    listing = PaperStage(screen, lanes, qtbot)
    listing.open(Place.LETTERS)
    assert screen.empty.isVisible()
    QTest.mouseClick(screen.empty.button, Qt.MouseButton.LeftButton)
    assert listing.asked == [Ref(Place.PATIENTS)]
