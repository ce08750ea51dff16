"""One program template in full: its exercises, what it asks, and what the clinic made of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.labels import Label, stacked
from clinic_desk.usecases.template_library import TemplateCard, TemplateView

_ORIGINS = {
    "own": _("Own"),
    "changed": _("Changed here"),
    "outdated": _("Newer one ships"),
}


def state_words(card: TemplateCard) -> str:
    """What the clinic made of a template, in a word or two; nothing for one as it ships."""
    if card.withdrawn:
        return _("Archived") if card.origin == "own" else _("Hidden")
    return _ORIGINS.get(card.origin, "")


class TemplatePane(QFrame):
    """It shows and asks; the page acts. `asked`: edit, copy, hide, bring_back, take_shipped,
    keep_mine.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.view: TemplateView | None = None
        self.name = Label("", "title", wrap=True)
        self.about = Label("", "caption", wrap=True)
        self.buttons = {
            "edit": Button(_("Edit"), "pen-line", compact=True),
            "copy": Button(_("Copy"), "copy", compact=True),
            "hide": Button(_("Hide"), "eye", compact=True),
            "take_shipped": Button(_("Take the shipped version"), compact=True),
            "keep_mine": Button(_("Keep ours"), compact=True),
        }
        for act, button in self.buttons.items():
            button.setObjectName(f"template:{act}")
            button.clicked.connect(partial(self._ask, act))
        scroller = Scroller(tokens.L)
        layout.column(self).addWidget(scroller, 1)
        scroller.column.setSpacing(tokens.S)
        scroller.column.addWidget(self.name)
        scroller.column.addWidget(self.about)
        acts = QWidget()
        flow = Flow(acts)
        for button in self.buttons.values():
            flow.addWidget(button)
        scroller.column.addWidget(acts)
        self._words = QWidget()
        layout.column(self._words, tokens.M)
        scroller.column.addWidget(self._words)
        scroller.column.addStretch(1)

    def show_view(self, view: TemplateView) -> None:
        """Show a template."""
        self.view = view
        card = view.card
        self.name.setText(card.name)
        parts = [_("Stage {n}").format(n=card.stage), _("{n} min").format(n=card.minutes)]
        counted = ngettext("{n} exercise", "{n} exercises", card.exercises)
        parts += [counted.format(n=card.exercises), state_words(card)]
        self.about.setText(", ".join(part for part in parts if part))
        out = _("Archive") if card.origin == "own" else _("Hide")
        self.buttons["hide"].setText(_("Bring back") if card.withdrawn else out)
        self.buttons["take_shipped"].setVisible(card.origin in ("changed", "outdated"))
        self.buttons["keep_mine"].setVisible(card.origin == "outdated")
        self._fill(view)

    def _ask(self, act: str) -> None:
        if act == "hide" and self.view is not None and self.view.card.withdrawn:
            act = "bring_back"
        self.asked.emit(act)

    def _fill(self, view: TemplateView) -> None:
        column = self._words.layout()
        if column is None:
            return
        while column.count():
            item = column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view.compared:
            outdated = view.card.origin == "outdated"
            newer = _("The shipped version has changed")
            head = newer if outdated else _("Changed here from what ships")
            column.addWidget(Label(head, "strong"))
        for what, here, there in view.compared:
            column.addWidget(Label(what, "label"))
            column.addWidget(Label(_("Here: {text}").format(text=here), "body", wrap=True))
            column.addWidget(Label(_("Shipped: {text}").format(text=there), "caption", wrap=True))
        lines = [
            _("{place}. {name}, {n} min").format(place=place, name=name, n=minutes)
            for place, (name, minutes) in enumerate(view.exercises, 1)
        ]
        said = [(_("Exercises"), "\n".join(lines)), (_("Can be added"), "\n".join(view.add_ons))]
        criteria = "\n".join(
            text if reads else _("{text} (you judge)").format(text=text)
            for text, reads in view.criteria
        )
        for lead, text in (*said, *view.about, (_("To move on"), criteria)):
            if text:
                said_here = Label(text, "body", wrap=True)
                column.addWidget(stacked(Label(lead, "label"), said_here, spacing=2))
