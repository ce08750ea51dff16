"""What becomes of an issued letter: copies, ways out, e-mail, password, correction."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import pypdf
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts import mail_out, paper_export
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import contacts, exports, letters, sendings
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exports import Wish
from clinic_desk.usecases.papers import DocumentView
from tests.ui.paper_stage import PaperStage, evaluated
from tests.usecases.answers import STRAIN

SECRET = "kettle moon harbour violin"


@pytest.fixture
def letter(desk: Desk, strain: UUID) -> DocumentView:
    surgeon = contacts.add(
        desk,
        contacts.ContactDetails(
            "Dr Robin Sample",
            role="orthopaedics",
            address="1 Hospital Way",
            email="robin@h.example",
        ),
    )
    evaluated(desk, strain, STRAIN)
    draft = letters.compose(desk, strain, "referral-orthopaedics", surgeon)
    return letters.issue(desk, strain, replace(draft, copies=("Dr Pat Sample",)))


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk, letter: DocumentView):
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = DocumentScreen(desk, lanes)
    shown(screen, 1310, 640)
    stage = PaperStage(screen, lanes, qtbot)
    stage.open(Place.DOCUMENT, letter.id)
    stage.until(lambda: screen.pages.page_image(0) is not None)
    yield stage
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


def ways(desk: Desk, letter: DocumentView) -> list[str]:
    return [one.words for one in sendings.story(desk, letter.id).sent]


def test_saving_is_noted_with_time_and_person(
    at: PaperStage, desk: Desk, letter: DocumentView, tmp_path: Path
) -> None:
    assert "Not noted yet." in at.screen.ways.texts()
    at.screen.save_to(tmp_path / "letter.pdf")
    at.settle()
    assert ways(desk, letter) == ["Saved as a file"]
    assert "Saved as a file" in at.screen.ways.texts()
    assert any(desk.actor.name in text for text in at.screen.ways.texts())


def test_a_save_that_failed_is_not_noted(
    at: PaperStage, desk: Desk, letter: DocumentView, tmp_path: Path
) -> None:
    at.screen.save_to(tmp_path / "missing" / "letter.pdf")
    at.settle()
    assert ways(desk, letter) == []


@pytest.mark.parametrize("accepted", [True, False])
def test_printing_is_noted_only_when_pages_went_to_the_printer(
    at: PaperStage,
    desk: Desk,
    letter: DocumentView,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    accepted: bool,
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["one"]))

    def answer(dialog: QPrintDialog) -> QPrintDialog.DialogCode:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        codes = QPrintDialog.DialogCode
        return codes.Accepted if accepted else codes.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    at.press("printDocument")
    assert ways(desk, letter) == (["Printed"] if accepted else [])


def test_post_is_noted_by_hand(at: PaperStage, desk: Desk, letter: DocumentView) -> None:
    at.screen.ways.way.set_value("fax")
    at.press("noteSending")
    assert ways(desk, letter) == ["Sent by fax"]


def test_a_copy_is_shown_saved_and_noted_as_that_copy(
    at: PaperStage, desk: Desk, letter: DocumentView, tmp_path: Path
) -> None:
    copy = sendings.story(desk, letter.id).copies[0]
    chooser = at.screen.facts.shown
    assert chooser.isVisible()
    chooser.set_value(copy.id)
    chooser.chosen.emit(copy.id)
    at.settle()
    assert at.screen.pages.pdf == sendings.copy_pdf(desk, copy.id)
    at.screen.save_to(tmp_path / "copy.pdf")
    at.settle()
    assert (tmp_path / "copy.pdf").read_bytes() == sendings.copy_pdf(desk, copy.id)
    assert ways(desk, letter) == ["Saved as a file, copy to Dr Pat Sample"]
    chooser.set_value(None)
    chooser.chosen.emit(None)
    assert at.screen.pages.pdf == letter.pdf


def test_e_mail_saves_the_file_and_opens_the_mail_program_without_patient_data(
    at: PaperStage,
    desk: Desk,
    letter: DocumentView,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    at.screen.mail_to(tmp_path / "letter.pdf")
    at.settle()
    assert (tmp_path / "letter.pdf").read_bytes() == letter.pdf
    text = opened[0].toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert text.startswith("mailto:robin@h.example?")
    assert letter.reference in unquote(text)
    assert "Example" not in unquote(text).replace("Example Street Physiotherapy", "")
    assert "attach it" in at.said[-1][0]
    assert ways(desk, letter) == ["Given to the mail program"]


def test_without_a_mail_program_the_file_is_there_and_it_is_said(
    at: PaperStage,
    desk: Desk,
    letter: DocumentView,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    at.screen.mail_to(tmp_path / "letter.pdf")
    at.settle()
    assert "No mail program answered" in at.said[-1][0]
    assert ways(desk, letter) == ["Saved as a file"]


def test_an_address_cannot_add_headers_to_the_mail() -> None:
    url = mail_out.link("a@b.example?cc=c@d.example&x=", "L-2026-001", "Clinic & Co", "L 1.pdf")
    parts = urlsplit(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
    assert set(parse_qs(parts.query)) == {"subject", "body"}
    assert "Clinic & Co" in parse_qs(parts.query)["body"][0]


def test_a_file_with_a_password_is_saved_noted_and_its_password_forgotten(
    at: PaperStage, desk: Desk, letter: DocumentView, tmp_path: Path
) -> None:
    at.press("turnExport")
    at.write("exportPassword", SECRET)
    at.write("exportAgain", SECRET)
    assert at.child("passwordStrength").text() == "Strong."
    at.screen.export_to(tmp_path / "safe", Wish(SECRET, SECRET))
    at.settle()
    assert pypdf.PdfReader(BytesIO((tmp_path / "safe.pdf").read_bytes())).is_encrypted
    assert ways(desk, letter) == ["Saved as a file, with a password"]
    assert at.screen.export.password.value() == ""
    assert not at.visible("exportPassword")


def test_passwords_that_differ_are_refused_beside_the_field(
    at: PaperStage, desk: Desk, letter: DocumentView, tmp_path: Path
) -> None:
    at.press("turnExport")
    at.screen.export_to(tmp_path / "safe", Wish(SECRET, SECRET + "!"))
    at.settle()
    assert at.screen.export.form.problems() == {"again": "The two passwords differ."}
    assert list(tmp_path.glob("safe*")) == []
    assert ways(desk, letter) == []


def test_signing_is_absent_where_it_is_not_installed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "can_sign", lambda: False)
    card = paper_export.PaperExport()
    qtbot.addWidget(card)
    assert "certificate" not in card.form.rows


def test_a_correction_begins_from_the_old_letter_and_the_old_one_says_so(
    at: PaperStage, desk: Desk, letter: DocumentView, strain: UUID
) -> None:
    at.press("correctLetter")
    assert at.asked[-1] == Ref(Place.LETTER, strain)
    draft = letters.kept(desk, strain)
    assert draft is not None
    newer = letters.issue(desk, strain, draft)
    at.open(Place.DOCUMENT, letter.id)
    assert at.screen.facts.state.text == "Corrected"
    assert not at.visible("correctLetter")
    at.press("otherLetter")
    assert at.asked[-1] == Ref(Place.DOCUMENT, newer.id)
