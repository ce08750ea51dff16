"""The letter templates by language, with what can be done to a whole one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.letter_templates import TemplateRow

STATES = {
    "shipped": Chipped(_("Shipped")),
    "changed": Chipped(_("Changed"), "info", "pen-line"),
    "own": Chipped(_("Own"), "good", "star"),
    "withdrawn": Chipped(_("Withdrawn"), "caution", "minus"),
}
UNSAVED = Chipped(_("Not saved"), "caution", "pen-line")
ENGLISH = "en"


class TemplateList(QWidget):
    """`unsaved` tells of a kind's id whether it holds typed words that are not saved."""

    chosen = Signal(str)
    spoken = Signal(str)
    copied = Signal()
    taken_back = Signal()

    def __init__(self, unsaved: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unsaved = unsaved
        self.languages = ComboBox(_("Language"))
        self.languages.setObjectName("templateLanguage")
        self.languages.chosen.connect(self._speak)
        self.model = RowsModel(
            (
                Column(_("Template"), lambda row: row.name, type="strong"),
                Column(_("State"), self.state, width=116),
            )
        )
        self.rows = RowsView(self.model, _("Letter templates"))
        self.rows.setObjectName("templateList")
        self.rows.chosen.connect(self._chosen)
        self.note = Label("", "caption", wrap=True)
        self.copy = Button(_("Copy as my own"), "copy")
        self.copy.setObjectName("copyTemplate")
        self.copy.clicked.connect(self.copied)
        self.take_back = Button(_("Restore the shipped one"), "rotate-ccw")
        self.take_back.setObjectName("restoreShipped")
        self.take_back.clicked.connect(self.taken_back)
        column = layout.column(self, tokens.M)
        column.setContentsMargins(tokens.L, tokens.L, tokens.S, tokens.L)
        self.card = card = Card(_("Templates"), flush=True)
        card.add_to_header(self.languages)
        card.add(self.rows, 1)
        column.addWidget(card, 1)
        for widget in (self.note, self.copy, self.take_back):
            column.addWidget(widget)

    def show_rows(
        self,
        rows: Sequence[TemplateRow],
        languages: Sequence[tuple[str, str]],
        language: str,
        kind: str,
    ) -> str:
        """Show the templates of a language; gives the kind that is in view."""
        self.languages.fill(languages)
        self.languages.set_value(language)
        self.rows.blockSignals(True)
        self.model.set_rows(rows)
        ids = [row.id for row in rows]
        if kind not in ids and ids:
            kind = ids[0]
        self.rows.choose(ids.index(kind) if ids else 0)
        self.rows.blockSignals(False)
        return kind

    def row(self, kind: str) -> TemplateRow | None:
        rows = (row for row in self.model.rows() if isinstance(row, TemplateRow))
        return next((row for row in rows if row.id == kind), None)

    def state(self, row: TemplateRow) -> Chipped:
        """What the list says of one."""
        return UNSAVED if self._unsaved(row.id) else STATES[row.state]

    def tell(self, row: TemplateRow | None) -> None:
        """What the buttons and the words below the list say of the chosen one."""
        self.rows.viewport().update()
        if row is None:
            return
        said = [row.fault] if row.fault else []
        if row.newer:
            newer = _("A newer shipped template is there ({version}). Yours stays as it is.")
            said.append(newer.format(version=row.newer))
        if not row.reviewed:
            said.append(_("No clinician has read this translation yet. Read it before you use it."))
        self.note.setText(" ".join(said))
        self.note.setVisible(bool(said))
        self.take_back.setText(
            _("Withdraw it") if row.state == "own" else _("Restore the shipped one")
        )
        self.take_back.setVisible(row.state in ("changed", "own"))
        self.copy.setVisible(row.state != "withdrawn")

    def _chosen(self, row: object) -> None:
        if isinstance(row, TemplateRow):
            self.chosen.emit(row.id)

    def _speak(self, language: object) -> None:
        self.spoken.emit(str(language))
