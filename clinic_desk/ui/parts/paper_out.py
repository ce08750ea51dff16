"""A PDF on its way out of the program: into a file or to a printer, only at the person's wish."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import DocumentFailed
from clinic_desk.i18n import _
from clinic_desk.usecases import paper_file, papers

DPI = 300  # what a printed page is rendered at: text stays crisp on paper


def save(pdf: bytes, target: Path) -> str:
    """Write a PDF; an old file stays until the new one is whole. Returns the problem, if any."""
    try:
        paper_file.write(pdf, target)
    except DocumentFailed as problem:
        return str(problem)
    return ""


def print_pdf(
    pdf: bytes,
    title: str,
    parent: QWidget,
    instead: str = "",
    done: Callable[[], None] | None = None,
) -> str:
    """Ask for a printer and print the pages as they are. Returns the problem, if any, with what
    to do `instead` where there is no printer; `done` is called when they went to the printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        what = _("No printer is set up on this computer.")
        return f"{what} {instead or _('Save the PDF and print it elsewhere.')}"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return ""
    problem = print_on(pdf, printer)
    if not problem and done is not None:
        done()
    return problem


def print_on(pdf: bytes, printer: QPrinter) -> str:
    """Put each page's picture onto the printer's paper, at its true size where it fits."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return _("The printer could not be started. Look whether it is on and has paper.")
    try:
        for index in range(papers.page_count(pdf)):
            if index:
                printer.newPage()
            seen = papers.page(pdf, index, DPI / 72)
            shape = QImage.Format.Format_ARGB32_Premultiplied
            image = QImage(seen.pixels, seen.width, seen.height, seen.stride, shape)
            sheet = printer.paperRect(QPrinter.Unit.DevicePixel)
            factor = min(
                printer.resolution() / DPI,
                sheet.width() / seen.width,
                sheet.height() / seen.height,
            )
            painter.drawImage(QRectF(0, 0, seen.width * factor, seen.height * factor), image)
    finally:
        painter.end()
    return ""
