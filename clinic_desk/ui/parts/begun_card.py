"""Registrations that were begun and not finished: go on with one, or drop it."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.paper_words import day_and_time
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.registrations import Begun


def begun_name(one: Begun) -> str:
    """NEU, Kim; what was typed of it."""
    family, given = (part.strip() for part in one.name)
    return ", ".join(filter(None, (family.upper(), given))) or _("No name yet")


class BegunCard(Card):
    """Hidden while there is nothing in it."""

    go_on = Signal(object)  # the registration's id
    drop = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Not finished"), parent=parent)
        self.rows: list[QWidget] = []
        self.hide()

    def show_begun(self, begun: Sequence[Begun]) -> None:
        for widget in self.rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for one in begun[:5]:
            name = begun_name(one)
            held = QWidget()
            line = layout.row(held, 8)
            texts = layout.column(spacing=2)
            texts.addWidget(Label(name, "strong", wrap=True))
            said = _("Typed {moment}").format(moment=day_and_time(one.kept_at))
            texts.addWidget(Label(said, "caption"))
            line.addLayout(texts, 1)
            for words, signal in ((_("Go on"), self._go_on), (_("Drop"), self._drop)):
                button = Button(words, compact=True, name=f"{words}: {name}")
                button.setProperty("registration", str(one.id))
                button.clicked.connect(signal)
                line.addWidget(button)
            self.add(held)
            self.rows.append(held)
        self.setVisible(bool(begun))

    def _go_on(self) -> None:
        self.go_on.emit(UUID(self.sender().property("registration")))

    def _drop(self) -> None:
        self.drop.emit(UUID(self.sender().property("registration")))
