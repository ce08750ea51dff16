"""What an issued document is: reference, who issued it and when, its fingerprint."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, paper_words
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import FieldLabel, Label
from clinic_desk.usecases.papers import DocumentView

KINDS = {"handout": _("Handout"), "letter": _("Letter")}


def short(sha256: str) -> str:
    """The first and last digits of a fingerprint, enough to compare by eye."""
    return f"{sha256[:8]} … {sha256[-8:]}"


class PaperFacts(Card):
    """The card beside the pages. `copied` when the fingerprint is on the clipboard."""

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Document"), parent=parent)
        self._sha256 = ""
        self.state = Chip(_("Issued"), "good")
        self.add_to_header(self.state)
        self.facts = Facts()
        self.add(self.facts)
        self.print_of = Label("", "medium")
        self.print_of.setObjectName("sha256")
        copy = Button(_("Copy"), "copy", compact=True, name=_("Copy the SHA-256 fingerprint"))
        copy.setObjectName("copySha256")
        copy.clicked.connect(self.copy)
        held = QWidget()
        column = layout.column(held, tokens.XS)
        column.addWidget(FieldLabel(_("SHA-256 fingerprint"), copy))
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.print_of, 1)
        row.addWidget(copy)
        column.addLayout(row)
        column.addWidget(
            Label(_("A reprint is the same file, byte for byte."), "caption", wrap=True)
        )
        self.add(held)

    def show_document(self, document: DocumentView, pages: int) -> None:
        self._sha256 = document.sha256
        self.header.set(KINDS.get(document.kind, document.kind))
        self.print_of.setText(short(document.sha256))
        self.print_of.setToolTip(document.sha256)
        self.facts.show_facts(
            [
                (_("Reference"), document.reference),
                (_("Title"), document.title),
                (_("Issued"), paper_words.day_and_time(document.issued_at)),
                (_("Issued by"), document.issued_by),
                (_("Pages"), str(pages)),
            ]
        )

    def copy(self) -> None:
        """Put the whole fingerprint on the clipboard."""
        QGuiApplication.clipboard().setText(self._sha256)
        self.copied.emit()
