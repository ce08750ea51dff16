"""An issued document: its pages, its fingerprint, saved byte for byte, printed."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot

from clinic_desk.ui.parts import paper_out
from clinic_desk.ui.refs import Place
from clinic_desk.ui.screens.document import DocumentScreen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import papers, programs
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.papers import DocumentView
from tests.ui.paper_stage import PaperStage


@pytest.fixture
def handout(desk: Desk, strain: UUID) -> DocumentView:
    content = programs.from_template(desk, strain, "comp_1")
    return papers.issue_handout(desk, programs.prescribe(desk, strain, content))


@pytest.fixture
def at(shown, qtbot: QtBot, desk: Desk):
    lanes = Lanes()
    errors: list[object] = []
    lanes.unhandled.connect(errors.append)
    screen = DocumentScreen(desk, lanes)
    shown(screen, 1310, 640)
    yield PaperStage(screen, lanes, qtbot)
    lanes.wait_idle(10_000)
    lanes.stop()
    assert errors == []


@pytest.fixture
def begun(at: PaperStage, handout: DocumentView) -> PaperStage:
    at.open(Place.DOCUMENT, handout.id)
    at.until(lambda: at.screen.pages.page_image(0) is not None)
    return at


def test_it_shows_the_page_whose_it_is_and_what_it_is(
    begun: PaperStage, handout: DocumentView
) -> None:
    assert begun.banner.family_name == "Example"
    assert begun.heading == f"Handout, {handout.reference}"
    assert begun.screen.pages.pdf == handout.pdf
    image = begun.screen.pages.page_image(0)
    assert image.width() / image.height() == pytest.approx(210 / 297, abs=0.01)


def test_the_whole_fingerprint_is_copied(begun: PaperStage, handout: DocumentView) -> None:
    short = begun.child("sha256").text()
    assert handout.sha256.startswith(short[:8])
    assert handout.sha256.endswith(short[-8:])
    begun.press("copySha256")
    assert QGuiApplication.clipboard().text() == handout.sha256


def test_the_saved_file_is_the_issued_one_and_nothing_else_is_left(
    begun: PaperStage, handout: DocumentView, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert begun.screen.save_to(folder / "handout")
    assert (folder / "handout.pdf").read_bytes() == handout.pdf
    assert [one.name for one in folder.iterdir()] == ["handout.pdf"]
    assert begun.said[-1] == ("Saved as handout.pdf.", "done")


def test_a_folder_that_is_not_there_is_said_and_nothing_breaks(
    begun: PaperStage, tmp_path: Path
) -> None:
    assert not begun.screen.save_to(tmp_path / "missing" / "handout.pdf")
    text, kind = begun.said[-1]
    assert kind == "problem"
    assert "handout.pdf could not be saved" in text


def test_without_a_printer_it_says_what_to_do(
    begun: PaperStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    begun.press("printDocument")
    text, kind = begun.said[-1]
    assert kind == "problem"
    assert "printer" in text


def test_the_printed_pages_are_the_pages(
    begun: PaperStage, handout: DocumentView, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    assert paper_out.print_on(handout.pdf, printer) == ""
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert papers.page_count(printed) == papers.page_count(handout.pdf)


def test_a_document_that_is_not_there_is_said(at: PaperStage) -> None:
    at.open(Place.DOCUMENT, uuid4())
    assert at.said[-1][1] == "problem"
    assert not at.screen.primary().isEnabled()


def test_back_leads_to_the_patient(begun: PaperStage, alex: UUID, strain: UUID) -> None:
    begun.press("backToPatient")
    (place,) = begun.asked
    assert (place.place, place.id, place.case) == (Place.PATIENT, alex, strain)
