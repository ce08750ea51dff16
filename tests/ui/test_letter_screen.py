"""Letter: composed, edited, previewed, kept, checked, issued; through the real widgets."""

from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desk.ui import theme
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.letter import LetterScreen
from clinic_desk.ui.screens.letters import LettersScreen
from clinic_desk.ui.screens.patient import PatientScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.sections import Section
from clinic_desk.usecases import (
    address_book,
    contact_merge,
    contacts,
    letters,
    papers,
    patients,
    shelf,
)
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
    at.until(lambda: not at.screen.previewer.waiting)
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


def shown_text(at: PaperStage) -> str:
    return at.child("partText").value()


def caret_at(at: PaperStage, words: str) -> None:
    """The caret in a sentence of the part that is open."""
    at.screen.editor.text.put_caret(shown_text(at).index(words) + 1)


def part_of(at: PaperStage, name: str):
    return next(one for one in at.screen.draft().parts if one.id == name)


def test_a_sentence_is_left_out_and_brought_back_and_each_step_undone(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    whole = shown_text(begun)
    caret_at(begun, "Allergy")
    assert begun.child("sentenceState").text().endswith("from the record")
    begun.press("sentenceOut")
    assert "Allergy" not in shown_text(begun)
    begun.until(lambda: "Allergy" not in text_of(begun.screen.pages.pdf))
    place = next(
        index for index, one in enumerate(part_of(begun, "history").sentences) if not one.included
    )
    begun.press(f"bringBack:{place}")
    assert shown_text(begun) == whole
    assert not part_of(begun, "history").edited
    QTest.keyClick(begun.screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "Allergy" not in shown_text(begun)
    begun.screen.sheet.undo()
    assert shown_text(begun) == whole


def test_sentences_move_by_key_and_keep_the_caret(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    begun.screen.editor.text.put_caret(0)
    first = part_of(begun, "history").sentences[0].text
    text = begun.child("partText")
    QTest.keyClick(text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert part_of(begun, "history").sentences[1].text == first
    assert begun.child("sentenceState").text().startswith("Sentence 2 of")
    QTest.keyClick(text, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert not part_of(begun, "history").edited
    caret_at(begun, "Allergy")
    QTest.keyClick(text, Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert "Allergy" not in shown_text(begun)


def test_only_the_sentence_that_was_typed_in_loses_its_link(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    caret_at(begun, "lergy")
    begun.write("partText", "l")
    held = part_of(begun, "history").sentences
    assert [one.composed for one in held if not one.linked] == ["Allergy: zinc-oxide tape."]
    assert begun.child("sentenceState").text().endswith("edited by you")
    begun.press("sentenceRecord")
    assert all(one.linked for one in part_of(begun, "history").sentences)


def test_typing_in_french_keeps_the_spaces_of_its_marks_and_the_other_links(
    begun: PaperStage,
) -> None:
    choose(begun, "letterLanguage", 4)
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    assert "\u00a0:" in shown_text(begun)
    begun.screen.editor.text.put_caret(3)
    begun.write("partText", "x")
    held = part_of(begun, "history").sentences
    assert [one.linked for one in held] == [False] + [True] * (len(held) - 1)
    assert "Allergie\u00a0: " in shown_text(begun)


def test_typing_is_undone_by_words_and_the_caret_stays_there(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    whole = shown_text(begun)
    begun.screen.editor.text.put_caret(len(whole))
    begun.write("partText", " Slept well.")
    begun.screen.sheet.undo()
    assert shown_text(begun).rstrip() == f"{whole} Slept"
    begun.screen.sheet.undo()
    assert shown_text(begun).rstrip() == whole
    begun.screen.sheet.redo()
    begun.screen.sheet.redo()
    assert shown_text(begun) == f"{whole} Slept well."
    assert begun.screen.editor.text.position() > len(whole)


def test_the_records_sentences_are_marked_and_ones_own_are_not(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    area = begun.screen.editor.text
    before = len(area.extraSelections())
    assert before == len(part_of(begun, "history").sentences)
    area.put_caret(len(area.value()))
    begun.write("partText", " Slept well. ")
    area.put_caret(0)
    assert len(area.extraSelections()) == before
    assert "Slept" not in "".join(mark.cursor.selectedText() for mark in area.extraSelections())


def test_parts_move_by_key_and_button_and_are_printed_in_that_order(begun: PaperStage) -> None:
    def before(first: str, second: str) -> bool:
        order = [one.id for one in begun.screen.draft().parts]
        return order.index(first) < order.index(second)

    row = begun.child("part:history")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert before("history", "question")

    def printed(first: str, second: str) -> bool:
        text = text_of(begun.screen.pages.pdf)
        return text.index(first) < text.index(second)

    begun.until(lambda: printed("History", "Clinical question"))
    begun.screen.choose("history")
    begun.press("partDown:history")
    assert before("question", "history")
    begun.screen.sheet.undo()
    assert before("history", "question")
    rows = list(begun.screen.parts._rows)
    assert rows.index("history") < rows.index("question")


def test_what_the_record_says_otherwise_is_told_and_taken_by_one_key(
    begun: PaperStage, desk: Desk, alex: UUID
) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    begun.screen.editor.text.put_caret(len(shown_text(begun)))
    begun.write("partText", " Slept well.")
    begun.screen.sheet.flush()
    begun.settle()
    file = patients.open_file(desk, alex)
    patients.correct(desk, alex, file.version, replace(file.details, allergies="latex"))
    begun.open(Place.LETTER, begun.screen._case)
    previewed(begun)
    begun.until(lambda: begun.screen.news.isVisible())
    told = begun.screen.news.accessibleDescription()
    assert "was “Allergy: zinc-oxide tape.”, now “Allergy: latex.”" in told
    assert "zinc" in part_of(begun, "history").text, "nothing is taken before it is asked for"
    begun.screen.setFocus()
    QTest.keyClick(begun.screen, Qt.Key.Key_F5)
    begun.settle()
    text = part_of(begun, "history").text
    assert "latex" in text
    assert text.endswith("Slept well.")
    begun.until(lambda: not begun.screen.news.isVisible())
    begun.screen.sheet.undo()
    assert "zinc" in part_of(begun, "history").text


def test_another_kind_is_undone_as_one_step(begun: PaperStage) -> None:
    before = begun.screen.draft()
    choose(begun, "letterKind", 1)
    assert begun.screen.draft().kind == "referral-gp"
    begun.screen.sheet.undo()
    assert begun.screen.draft() == before


def test_enclosures_are_typed_and_the_check_leads_to_them(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    begun.screen.editor.text.put_caret(len(shown_text(begun)))
    begun.write("partText", " The MRI report is enclosed.")
    begun.until(lambda: any("enclosure" in text for text in wrong(begun)))
    begun.screen.jump("enclosures", "enclosure")
    assert begun.child("letterEnclosures").hasFocus()
    begun.write("letterEnclosures", "MRI report")
    QTest.keyClick(begun.child("letterEnclosures"), Qt.Key.Key_Return)
    assert begun.screen.draft().enclosures == ("MRI report",)
    begun.until(lambda: not any("enclosure" in text for text in wrong(begun)))
    QTest.mouseClick(begun.screen.head.enclosures._chips[0], Qt.MouseButton.LeftButton)
    assert begun.screen.draft().enclosures == ()


def test_a_copy_to_a_contact_takes_their_address(begun: PaperStage) -> None:
    begun.write("letterCopies", "Dr Robin Sample")
    QTest.keyClick(begun.child("letterCopies"), Qt.Key.Key_Return)
    (copy,) = begun.screen.draft().copies
    assert copy.split("\n")[0] == "Dr Robin Sample"
    assert copy.endswith("Sampletown EX2 3QS")
    assert begun.screen.head.copies._chips[0].text() == "Dr Robin Sample"


def test_a_missing_address_is_mended_in_place(begun: PaperStage, desk: Desk) -> None:
    contacts.add(desk, contacts.ContactDetails("Aa Homeless", role="orthopaedics"))
    begun.screen.contacts.list()
    begun.settle()
    choose(begun, "letterTo", 1)
    begun.until(lambda: any("has no address" in text for text in wrong(begun)))
    begun.screen.jump("recipient", "address")
    form = begun.screen.head.form
    assert form.address.hasFocus()
    assert form.name.value() == "Aa Homeless"
    QTest.keyClicks(form.address, "1 Road, Sampletown")
    begun.press("saveContact")
    begun.until(lambda: not any("has no address" in text for text in wrong(begun)))
    assert len(contacts.listed(desk)) == 2


def test_a_check_is_set_aside_with_a_reason_and_taken_back(
    begun: PaperStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shelf.letter_kind
    monkeypatch.setattr(
        shelf,
        "letter_kind",
        lambda *which: replace(shipped(*which), needs=("recipient", "imaging_safety")),
    )
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    begun.screen.editor.text.put_caret(0)
    begun.write("partText", "MRI of the left thigh, please. ")
    begun.until(lambda: any(text.startswith("Safety questions") for text in wrong(begun)))
    checks = begun.screen.checks
    ask = next(one for one in checks.findChildren(QAbstractButton) if one.text() == "Set aside")
    QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
    QTest.keyClick(begun.child("overrideReason"), Qt.Key.Key_Return)
    assert begun.screen.draft().overrides == (), "an empty reason sets nothing aside"
    QTest.keyClicks(begun.child("overrideReason"), "Asked on the phone")
    QTest.keyClick(begun.child("overrideReason"), Qt.Key.Key_Return)
    begun.settle()
    assert begun.screen.draft().overrides[0].reason == "Asked on the phone"
    begun.until(lambda: any(one.waived for one in begun.screen._problems))
    back = next(one for one in checks.findChildren(QAbstractButton) if one.text() == "Take back")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    begun.until(lambda: not any(one.waived for one in begun.screen._problems))
    begun.screen.jump("answer:mri_pacemaker")
    assert begun.asked[-1].place is Place.EVALUATION
    assert begun.asked[-1].extra == "mri_pacemaker"


def test_a_missing_consent_leads_to_its_field_in_the_file(
    shown, qtbot: QtBot, desk: Desk, lanes: Lanes, begun: PaperStage, alex: UUID, flagged: UUID
) -> None:
    begun.screen.jump("consent", "consent")
    asked = begun.asked[-1]
    assert asked == Ref(Place.PATIENT, alex, case=flagged, extra="consent_on")
    screen = PatientScreen(desk, lanes)
    shown(screen, 1310, 640)
    file = PaperStage(screen, lanes, qtbot)
    screen.open(asked)
    file.settle()
    assert screen.form.isVisible()
    told = [one.text() for one in screen.form.findChildren(QLabel)]
    assert "A letter asks for this." in told
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.form.rows("consents").isAncestorOf(focus)
    said = next(
        one for one in screen.form.findChildren(QLabel) if one.text() == "A letter asks for this."
    )
    qtbot.waitUntil(lambda: not said.visibleRegion().isEmpty(), timeout=5000)
    for section in screen.form.findChildren(Section):  # what is above it grows late
        section.set_opened(True)
    file.settle()
    qtbot.waitUntil(lambda: not said.visibleRegion().isEmpty(), timeout=5000)


def test_what_changes_while_the_letter_is_open_is_noticed_after_a_longer_pause(
    begun: PaperStage, desk: Desk, alex: UUID
) -> None:
    file = patients.open_file(desk, alex)
    patients.correct(desk, alex, file.version, replace(file.details, allergies="latex"))
    assert not begun.screen.news.isVisible()
    QTest.mouseClick(begun.child("part:question"), Qt.MouseButton.LeftButton)
    begun.write("partText", "x")
    begun.until(lambda: begun.screen.news.isVisible())


def test_a_paste_of_a_megabyte_is_refused_in_plain_words(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    before = shown_text(begun)
    paste = QMimeData()
    paste.setText("pasted words " * 80_000)
    begun.screen.editor.text.insertFromMimeData(paste)
    assert shown_text(begun) == before
    assert begun.said[-1][0].startswith("That text has 1,040,000 characters")


def test_signs_of_two_units_keep_the_caret_and_the_marks_in_place(begun: PaperStage) -> None:
    QTest.mouseClick(begun.child("part:history"), Qt.MouseButton.LeftButton)
    area = begun.screen.editor.text
    area.put_caret(0)
    area.insertPlainText("\U0001d465\U0001d466. ")
    assert area.position() == 4
    marked = [one.cursor.selectedText() for one in area.extraSelections()]
    assert any(one.startswith("Allergy: zinc") for one in marked)


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


def test_a_narrow_window_shows_text_and_page_in_turn_and_cuts_nothing_off(
    begun: PaperStage,
) -> None:
    both = begun.screen.both
    assert not begun.visible("showPage")
    theme.apply(QApplication.instance(), "light", 150)
    begun.settle()
    begun.screen.resize(910, 415)
    begun.settle()
    assert begun.screen.width() == 910, "nothing needs more room than there is"
    assert begun.visible("showPage")
    assert not begun.screen.pages.isVisible()
    issue = begun.child("issueLetter")
    assert issue.mapTo(begun.screen, issue.rect().topRight()).x() < 910
    assert issue.width() >= issue.sizeHint().width()
    begun.press("showPage")
    assert begun.screen.pages.isVisible()
    assert not begun.screen.scroller.isVisible()
    assert begun.visible("issueLetter")
    begun.screen.jump("see_by")
    assert begun.screen.scroller.isVisible()
    begun.screen.resize(1400, 640)
    assert both.button.isHidden()
    assert begun.screen.pages.isVisible()


def test_an_addressee_is_found_in_a_book_too_large_for_the_list(
    at: PaperStage, desk: Desk, flagged: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contacts, "MOST", 3)
    for number in range(9):
        contacts.add(desk, contacts.ContactDetails(f"Dr Common {number}", address="1 Way\nTown"))
    rare = contacts.add(desk, contacts.ContactDetails("Dr Zyx Rare", address="9 Way\nTown"))
    at.open(Place.LETTER, flagged, ORTHO)
    combo = at.child("letterTo")
    assert combo.findData(rare) < 0
    at.press("seekContact")
    at.write("findContact", "zyx")
    at.until(lambda: at.screen.contacts.finder.chooser.value() == rare)
    QTest.keyClick(at.child("findContact"), Qt.Key.Key_Return)
    at.until(lambda: combo.value() == rare)
    assert at.screen.draft().recipient_id == rare
    at.screen.sheet.flush()
    at.settle()
    at.open(Place.LETTER, flagged)
    assert at.child("letterTo").value() == rare


def test_a_draft_goes_to_who_stands_for_its_merged_addressee(
    at: PaperStage, desk: Desk, flagged: UUID, surgeon: UUID
) -> None:
    twin = contacts.add(desk, contacts.ContactDetails("Dr R Sample", address="1 Way\nTown"))
    letters.keep(desk, flagged, letters.compose(desk, flagged, ORTHO, twin))
    one, other = (address_book.open_entry(desk, who) for who in (surgeon, twin))
    contact_merge.merge(desk, contact_merge.Pair(one, other, "name"), {})
    at.open(Place.LETTER, flagged)
    assert at.child("letterTo").value() == surgeon
    previewed(at)
    assert "Choose who the letter goes to." not in wrong(at)


def test_a_letter_to_the_patient_has_no_addressee_to_choose(
    at: PaperStage, desk: Desk, flagged: UUID
) -> None:
    at.open(Place.LETTER, flagged, "recall")
    assert at.child("letterTo").currentText() == "The patient"
    for name in ("letterTo", "seekContact", "newContact"):
        assert not at.child(name).isEnabled(), name
