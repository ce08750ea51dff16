"""How a document went out: each way with its time and person, and a place to note another."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, paper_words
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.sendings import Story

BY_HAND = (("post", _("By post")), ("fax", _("By fax")), ("handed", _("Handed over")))


class PaperWays(Card):
    """The card beside the pages. `noted` has the way that the person chose."""

    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("How it went out"), parent=parent)
        self._list = QWidget()
        self._rows = layout.column(self._list, tokens.S)
        self.add(self._list)
        self.way = ComboBox(_("How it went out"))
        self.way.setObjectName("sentWay")
        self.way.fill(BY_HAND)
        self.note = Button(_("Note"), "plus", compact=True, name=_("Note that it went out so"))
        self.note.setObjectName("noteSending")
        self.note.clicked.connect(self._note)
        row = layout.row(spacing=tokens.S)
        row.addWidget(self.way, 1)
        row.addWidget(self.note)
        self.body.addLayout(row)
        self.add(Label(_("A note stays: it is never changed or removed."), "caption", wrap=True))

    def show_story(self, story: Story) -> None:
        """Show each way that it went, in the order of time."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in story.sent:
            held = QWidget()
            column = layout.column(held)
            column.addWidget(Label(one.words, "body", wrap=True))
            when = f"{paper_words.day_and_time(one.at)}, {one.by}"
            column.addWidget(Label(when, "caption", wrap=True))
            self._rows.addWidget(held)
        if not story.sent:
            self._rows.addWidget(Label(_("Not noted yet."), "quiet", wrap=True))

    def texts(self) -> list[str]:
        """What is listed now."""
        return [label.text() for label in self._list.findChildren(Label) if not label.isHidden()]

    def _note(self) -> None:
        self.noted.emit(str(self.way.value()))
