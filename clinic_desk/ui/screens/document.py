"""An issued document: its pages as they were issued, to save and to print."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QFrame, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, paper_out
from clinic_desk.ui.parts.paper_facts import KINDS, PaperFacts
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.usecases import papers, patients
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.papers import DocumentView
from clinic_desk.usecases.patients import Banner


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document, checked against its fingerprint, with whose it is."""

    document: DocumentView
    pages: int
    paper: str
    banner: Banner


class DocumentScreen(Screen):
    """Shows what was issued and never changes it."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._wanted: UUID | None = None
        self._patient: UUID | None = None
        self.document: DocumentView | None = None
        self.pages = PdfPages(lanes, _("Pages"))
        self.facts = PaperFacts()
        self.facts.copied.connect(self._say_copied)
        self.save = Button(_("Save PDF"), "download")
        self.save.setObjectName("savePdf")
        self.save.clicked.connect(self._ask_where)
        self.print = PrimaryButton(_("Print"), icon="printer")
        self.print.setObjectName("printDocument")
        self.print.clicked.connect(self._print)
        self.back = Button(_("Back to patient"), "arrow-left", "link")
        self.back.setObjectName("backToPatient")
        self.back.clicked.connect(self._go_back)
        side = QFrame()
        side.setProperty("surface", "canvas")
        side.setFixedWidth(theme.px(360))
        column = layout.column(side)
        inner = layout.column(spacing=tokens.L)
        inner.setContentsMargins(tokens.L, tokens.L, tokens.L, tokens.L)
        inner.addWidget(self.facts)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        left = QWidget()
        whole = layout.column(left)
        whole.addWidget(self.pages, 1)
        row = QWidget()
        across = layout.row(row, 0)
        across.addWidget(left, 1)
        across.addWidget(side)
        page = layout.column(self)
        page.addWidget(row, 1)
        page.addWidget(layout.Footer([self.back], [self.save, self.print]))
        self._enable(False)

    def open(self, ref: Ref) -> None:
        wanted = ref.id
        if wanted is None:
            return
        self._wanted, self.document = wanted, None
        self.pages.show_pdf(b"", 0)
        self._enable(False)
        self.heading_changed.emit(_("Document"), "")
        self.lanes.run(
            lambda: _load(self.desk, wanted),
            self._opened,
            self._lost,
            replace_key="document: open",
        )

    def primary(self) -> QAbstractButton:
        return self.print

    def _opened(self, opened: _Opened) -> None:
        document = opened.document
        if document.id != self._wanted:
            return
        self.document, self._patient = document, opened.banner.patient_id
        self.banner_changed.emit(opened.banner)
        self.heading_changed.emit(KINDS.get(document.kind, document.kind), document.reference)
        self.facts.show_document(document, opened.pages)
        self.pages.show_pdf(document.pdf, opened.pages, opened.paper)
        self._enable(True)
        self.take_focus(self.print)

    def _enable(self, on: bool) -> None:
        self.save.setEnabled(on)
        self.print.setEnabled(on)

    def _ask_where(self) -> None:
        if self.document is None:
            return
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(places[0]) if places else Path.home()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save PDF"), str(start / self.document.filename), _("PDF (*.pdf)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> bool:
        """Write the issued bytes to a file, whole or not at all; says how it went."""
        if self.document is None:
            return False
        if not target.suffix:
            target = target.with_suffix(".pdf")
        problem = paper_out.save(self.document.pdf, target)
        if problem:
            self.said.emit(problem, "problem")
            return False
        self.said.emit(_("Saved as {name}.").format(name=target.name), "done")
        return True

    def _print(self) -> None:
        if self.document is None:
            return
        problem = paper_out.print_pdf(self.document.pdf, self.document.reference, self)
        if problem:
            self.said.emit(problem, "problem")

    def _say_copied(self) -> None:
        self.said.emit(_("Fingerprint copied."), "done")

    def _go_back(self) -> None:
        if self._patient is not None and self.document is not None:
            self.open_requested.emit(Ref(Place.PATIENT, self._patient, case=self.document.case_id))

    def _lost(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")


def _load(desk: Desk, wanted: UUID) -> _Opened:
    document = papers.open_document(desk, wanted)
    banner = patients.case_banner(desk, document.case_id)
    seen = papers.page(document.pdf, 0, 0.25)
    # the taller sheet is A4: 1.41 against 1.29 of US Letter
    paper = "a4" if seen.height / seen.width > 1.35 else "letter"
    return _Opened(document, papers.page_count(document.pdf), paper, banner)
