"""An issued document: its pages as they were issued, its copies, and what became of it."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout, mail_out, paper_out
from clinic_desk.ui.parts.paper_export import PaperExport
from clinic_desk.ui.parts.paper_facts import KINDS, PaperFacts
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.parts.paper_ways import PaperWays
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.usecases import exports, paper_file, papers, patients, practice, sendings
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.exports import Wish
from clinic_desk.usecases.papers import DocumentView
from clinic_desk.usecases.patients import Banner
from clinic_desk.usecases.sendings import Story


@dataclass(frozen=True, slots=True)
class _Opened:
    """A document, checked against its fingerprint, with whose it is."""

    document: DocumentView
    pages: int
    paper: str
    banner: Banner
    story: Story
    practice: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is in front: the document itself, or one of its copies."""

    pdf: bytes
    pages: int
    copy: UUID | None = None


class DocumentScreen(Screen):
    """Shows what was issued and never changes it."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._wanted: UUID | None = None
        self._opened_as: _Opened | None = None
        self._front: _Shown | None = None
        self.document: DocumentView | None = None
        self.pages = PdfPages(lanes, _("Pages"))
        self.facts = PaperFacts()
        self.facts.copied.connect(self._say_copied)
        self.facts.copy_chosen.connect(self._show_copy)
        self.facts.letter_asked.connect(self._open_other)
        self.ways = PaperWays()
        self.ways.noted.connect(self._note)
        self.export = PaperExport()
        self.export.wished.connect(self._ask_export)
        self.save = Button(_("Save PDF"), "download")
        self.save.setObjectName("savePdf")
        self.save.clicked.connect(self._ask_where)
        self.mail = Button(_("E-mail"), "mail")
        self.mail.setObjectName("mailPdf")
        self.mail.clicked.connect(self._ask_mail)
        self.print = PrimaryButton(_("Print"), icon="printer")
        self.print.setObjectName("printDocument")
        self.print.clicked.connect(self._print)
        self.back = Button(_("Back to patient"), "arrow-left", "link")
        self.back.setObjectName("backToPatient")
        self.back.clicked.connect(self._go_back)
        self.correct = Button(_("Write a correction"), "file-pen")
        self.correct.setObjectName("correctLetter")
        self.correct.clicked.connect(self._correct)
        side = Scroller(tokens.L)
        side.setFixedWidth(theme.px(360))
        for card in (self.facts, self.ways, self.export):
            side.column.addWidget(card)
        side.column.addStretch(1)
        left = QWidget()
        whole = layout.column(left)
        whole.addWidget(self.pages, 1)
        row = QWidget()
        across = layout.row(row, 0)
        across.addWidget(left, 1)
        across.addWidget(side)
        page = layout.column(self)
        page.addWidget(row, 1)
        page.addWidget(layout.Footer([self.back, self.correct], [self.mail, self.save, self.print]))
        self._enable(False)

    def open(self, ref: Ref) -> None:
        wanted = ref.id
        if wanted is None:
            return
        self._wanted, self.document, self._front = wanted, None, None
        self.pages.show_pdf(b"", 0)
        self.export.clear()
        self._enable(False)
        self.heading_changed.emit(_("Document"), "")
        self.lanes.run(
            lambda: _load(self.desk, wanted),
            self._opened,
            self.lost,
            replace_key="document: open",
        )

    def primary(self) -> QAbstractButton:
        return self.print

    def _opened(self, opened: _Opened) -> None:
        document = opened.document
        if document.id != self._wanted:
            return
        self.document, self._opened_as = document, opened
        self.banner_changed.emit(opened.banner)
        self.heading_changed.emit(KINDS.get(document.kind, document.kind), document.reference)
        born = opened.banner.birth_date
        self.export.known = (
            opened.banner.family_name,
            opened.banner.given_name,
            opened.banner.number,
            str(born.year) if born else "",
        )
        self.facts.show_copies(document, opened.story)
        self._tell(opened.story)
        self._show(_Shown(document.pdf, opened.pages))
        self._enable(True)
        self.take_focus(self.print)

    def _show(self, shown: _Shown) -> None:
        self._front = shown
        opened = self._opened_as
        if opened is not None:
            self.facts.show_document(opened.document, shown.pages)
            self.pages.show_pdf(shown.pdf, shown.pages, opened.paper)

    def _tell(self, story: Story) -> None:
        self.ways.show_story(story)
        self.facts.show_story(story)
        letter = self.document is not None and self.document.kind == "letter"
        self.correct.setVisible(letter and story.corrected_by is None)

    def _show_copy(self, copy: object) -> None:
        opened = self._opened_as
        if opened is None:
            return
        if not isinstance(copy, UUID):
            self._show(_Shown(opened.document.pdf, opened.pages))
            return
        self.lanes.run(
            lambda: _load_copy(self.desk, copy), self._show, self._lost, replace_key="copy"
        )

    def _open_other(self, document_id: UUID) -> None:
        self.open_requested.emit(Ref(Place.DOCUMENT, document_id))

    def _enable(self, on: bool) -> None:
        for button in (self.save, self.mail, self.print, self.correct, self.ways.note):
            button.setEnabled(on)
        self.export.turn.setEnabled(on)

    # --- on its way out ---------------------------------------------------------------------

    def _where(self, title: str, name: str) -> Path | None:
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(places[0]) if places else Path.home()
        chosen, _kind = QFileDialog.getSaveFileName(
            self, title, str(start / name), _("PDF (*.pdf)")
        )
        return Path(chosen) if chosen else None

    def _ask_where(self) -> None:
        target = self._where(_("Save PDF"), self._filename()) if self.document else None
        if target is not None:
            self.save_to(target)

    def _filename(self) -> str:
        document, front = self.document, self._front
        if document is None:
            return ""
        if front is None or front.copy is None:
            return document.filename
        return paper_file.name_for(document.reference, _("copy"), self.facts.shown_copy())

    def save_to(self, target: Path, way: str = "saved") -> bool:
        """Write the issued bytes to a file, whole or not at all; says how it went."""
        front = self._front
        if front is None:
            return False
        target = _pdf(target)
        problem = paper_out.save(front.pdf, target)
        if problem:
            self.said.emit(problem, "problem")
            return False
        self.said.emit(_("Saved as {name}.").format(name=target.name), "done")
        self._record(way, front.pdf)
        return True

    def _ask_mail(self) -> None:
        target = self._where(_("Save PDF to attach"), self._filename()) if self.document else None
        if target is not None:
            self.mail_to(target)

    def mail_to(self, target: Path) -> None:
        """Save the file and open the mail program, where the person attaches it."""
        opened, front = self._opened_as, self._front
        if opened is None or front is None:
            return
        target = _pdf(target)
        problem = paper_out.save(front.pdf, target)
        if problem:
            self.said.emit(problem, "problem")
            return
        to = opened.story.email if front.copy is None else ""
        url = mail_out.link(to, opened.document.reference, opened.practice, target.name)
        if mail_out.open_mail(url):
            words = _("Saved as {name}: attach it in your mail program and send it there.")
            self._record("emailed", front.pdf)
        else:
            words = _("No mail program answered. The file is saved as {name}.")
            self._record("saved", front.pdf)
        self.said.emit(words.format(name=target.name), "done")

    def _print(self) -> None:
        document, front = self.document, self._front
        if document is None or front is None:
            return
        problem = paper_out.print_pdf(
            front.pdf, document.reference, self, done=lambda: self._record("printed", front.pdf)
        )
        if problem:
            self.said.emit(problem, "problem")

    def _note(self, way: str) -> None:
        if self._front is not None:
            self._record(way, self._front.pdf)

    def _record(self, way: str, pdf: bytes) -> None:
        document, front = self.document, self._front
        if document is None or front is None:
            return
        self.lanes.run(
            lambda: (document.id, sendings.record(self.desk, document.id, way, pdf, front.copy)),
            self._recorded,
            self._lost,
        )

    def _recorded(self, done: tuple[UUID, Story]) -> None:
        document_id, story = done
        if document_id == self._wanted:
            self._tell(story)

    def _ask_export(self, wish: Wish) -> None:
        target = self._where(_("Save this file"), self._filename()) if self.document else None
        if target is not None:
            self.export_to(target, wish)

    def export_to(self, target: Path, wish: Wish) -> None:
        """Make the file that is wished, write it, and keep its fingerprint."""
        document, front = self.document, self._front
        if document is None or front is None:
            return
        target = _pdf(target)
        self.lanes.run(
            lambda: _exported(self.desk, document.id, front, wish, target),
            self._exported,
            self._not_exported,
        )

    def _exported(self, done: tuple[str, UUID, Story]) -> None:
        name, document_id, story = done
        self.said.emit(_("Saved as {name}.").format(name=name), "done")
        if document_id == self._wanted:
            self.export.clear()
            self._tell(story)

    def _not_exported(self, error: Exception) -> None:
        if not isinstance(error, InvalidInput):
            self._lost(error)
            return
        homeless = self.export.form.show_problems(error.fields)
        if homeless:
            self.said.emit(" ".join(homeless), "problem")

    # --- elsewhere --------------------------------------------------------------------------

    def _correct(self) -> None:
        document = self.document
        if document is not None:
            self.lanes.run(
                lambda: sendings.correction(self.desk, document.id), self._begun, self._lost
            )

    def _begun(self, case: UUID) -> None:
        self.open_requested.emit(Ref(Place.LETTER, case))

    def _say_copied(self) -> None:
        self.said.emit(_("Fingerprint copied."), "done")

    def _go_back(self) -> None:
        opened = self._opened_as
        if opened is not None and self.document is not None:
            patient, case = opened.banner.patient_id, self.document.case_id
            self.open_requested.emit(Ref(Place.PATIENT, patient, case=case))

    def _lost(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")


def _pdf(target: Path) -> Path:
    return target if target.suffix else target.with_suffix(".pdf")


def _load(desk: Desk, wanted: UUID) -> _Opened:
    document = papers.open_document(desk, wanted)
    banner = patients.case_banner(desk, document.case_id)
    seen = papers.page(document.pdf, 0, 0.25)
    # the taller sheet is A4: 1.41 against 1.29 of US Letter
    paper = "a4" if seen.height / seen.width > 1.35 else "letter"
    return _Opened(
        document,
        papers.page_count(document.pdf),
        paper,
        banner,
        sendings.story(desk, wanted),
        practice.view(desk).practice.name,
    )


def _load_copy(desk: Desk, copy: UUID) -> _Shown:
    pdf = sendings.copy_pdf(desk, copy)
    return _Shown(pdf, papers.page_count(pdf), copy)


def _exported(
    desk: Desk, document_id: UUID, front: _Shown, wish: Wish, target: Path
) -> tuple[str, UUID, Story]:
    made = exports.make(desk, front.pdf, wish)
    paper_file.write(made.pdf, target)
    story = sendings.record(desk, document_id, "saved", made.pdf, front.copy, made.form)
    return target.name, document_id, story
