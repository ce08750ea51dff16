"""What an issued document is: reference, who issued it and when, its fingerprint."""

from uuid import UUID

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
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Label
from clinic_desk.usecases.papers import DocumentView
from clinic_desk.usecases.sendings import Named, Story

KINDS = {"handout": _("Handout"), "letter": _("Letter")}


def short(sha256: str) -> str:
    """The first and last digits of a fingerprint, enough to compare by eye."""
    return f"{sha256[:8]} … {sha256[-8:]}"


def _named(other: Named | None) -> str:
    return f"{other.reference}, {paper_words.day_and_time(other.issued_at)}" if other else ""


class PaperFacts(Card):
    """The card beside the pages. `copied` when the fingerprint is on the clipboard;
    `copy_chosen` has the copy to show, or None for the letter itself; `letter_asked` has the
    letter that corrects this one, or that it corrects.
    """

    copied = Signal()
    copy_chosen = Signal(object)
    letter_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Document"), parent=parent)
        self._sha256 = ""
        self.state = Chip(_("Issued"), "good")
        self.add_to_header(self.state)
        self.facts = Facts()
        self.add(self.facts)
        self._told: list[tuple[str, str]] = []
        self._held: list[tuple[str, str]] = []
        self._other: UUID | None = None
        self.other = Button("", "file-pen", "link", compact=True)
        self.other.setObjectName("otherLetter")
        self.other.clicked.connect(self._ask_other)
        self.other.hide()
        self.add(self.other)
        self.shown = ComboBox(_("Shown"))
        self.shown.setObjectName("shownCopy")
        self.shown.chosen.connect(self.copy_chosen)
        self._copies = QWidget()
        of_copies = layout.column(self._copies, tokens.XS)
        of_copies.addWidget(FieldLabel(_("Shown"), self.shown))
        of_copies.addWidget(self.shown)
        self._copies.hide()
        self.add(self._copies)
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
        self._held = [
            (_("Reference"), document.reference),
            (_("Title"), document.title),
            (_("Issued"), paper_words.day_and_time(document.issued_at)),
            (_("Issued by"), document.issued_by),
            (_("Pages"), str(pages)),
        ]
        self.facts.show_facts([*self._held, *self._told])

    def show_copies(self, document: DocumentView, story: Story) -> None:
        """Offer the separate copies beside the letter itself."""
        to = story.recipient or document.title
        self.shown.fill(
            [(None, _("The letter to {name}").format(name=to))]
            + [(one.id, _("Copy to {name}").format(name=one.recipient)) for one in story.copies]
        )
        self.shown.set_value(None)
        self._copies.setVisible(bool(story.copies))

    def shown_copy(self) -> str:
        """Whose copy is shown; empty for the letter itself."""
        return self.shown.currentText() if self.shown.value() is not None else ""

    def show_story(self, story: Story) -> None:
        """Say to whom, by which template, and what corrects what."""
        newer, older = story.corrected_by, story.corrects
        self.state.set(_("Corrected") if newer else _("Issued"), "caution" if newer else "good")
        self._told = [
            (_("To"), story.recipient),
            (_("Template"), story.template),
            (_("Corrected by"), _named(newer)),
            (_("Corrects"), _named(older)),
            *((_("Set aside"), paper_words.set_aside(one)) for one in story.set_aside),
        ]
        other = newer or older
        self._other = other.id if other else None
        self.other.setVisible(other is not None)
        if other is not None:
            self.other.setText(_("Open {reference}").format(reference=other.reference))
        self.facts.show_facts([*self._held, *self._told])

    def _ask_other(self) -> None:
        if self._other is not None:
            self.letter_asked.emit(self._other)

    def copy(self) -> None:
        """Put the whole fingerprint on the clipboard."""
        QGuiApplication.clipboard().setText(self._sha256)
        self.copied.emit()
