"""Asking again for an answer that is late, and ending a request that gets none."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import loops
from clinic_desk.usecases.loops import Chase


def chase_words(one: Chase) -> str:
    """ "23 Feb 2026 10:24, by phone, Dana Demo: report is being typed."."""
    at = one.at.astimezone()
    way = loops.WAYS.get(one.way, one.way)
    head = f"{written_day(at.date())} {at:%H:%M}, {way}, {one.by}"
    return f"{head}: {one.text}" if one.text else head


class ChaseCard(Card):
    """The record of calls and faxes. `chased` has the way and what was said."""

    chased = Signal(str, str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(_("Chase"), _("ask for the answer again"), parent)
        self._holder = QWidget()
        self._list = layout.column(self._holder, tokens.XS)
        self.add(self._holder)
        self._lines: list[QWidget] = []
        self.way = ComboBox()
        self.way.setObjectName("chaseWay")
        self.way.fill(list(loops.WAYS.items()))
        self.text = TextField(placeholder=_("What was said"))
        self.text.setObjectName("chaseText")
        self.form = Form(1)
        self.form.add("way", _("How"), self.way)
        self.form.add("text", _("What was said"), self.text)
        self.add(self.form)
        self.record = Button(_("Record"), "phone")
        self.record.setObjectName("recordChase")
        self.record.clicked.connect(self._ask)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.record)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, "chase", controls(self.form))

    def show_chases(self, chases: Sequence[Chase], *, still_open: bool) -> None:
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [Label(chase_words(one), "caption", wrap=True) for one in chases]
        for line in self._lines:
            self._list.addWidget(line)
        self._holder.setVisible(bool(self._lines))
        self.form.setVisible(still_open)
        self.record.setVisible(still_open)
        self.setVisible(still_open or bool(chases))

    def clear(self) -> None:
        self.way.set_value("phone")
        self.text.set_value("")
        self.form.clear_problems()

    def _ask(self) -> None:
        way = self.way.value()
        if isinstance(way, str):
            self.chased.emit(way, self.text.value())


class EndCard(Card):
    """Closing a request that gets no answer. `asked` has the reason."""

    asked = Signal(str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(_("No answer will come"), "", parent)
        self.reason = TextField(placeholder=_("The patient declined the scan"))
        self.reason.setObjectName("endReason")
        self.form = Form(1)
        self.form.add("reason", _("Why"), self.reason, required=True)
        self.add(self.form)
        self.close_it = Button(_("End without an answer"))
        self.close_it.setObjectName("endLoop")
        self.close_it.clicked.connect(self._ask)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.close_it)
        line.addStretch(1)
        self.body.addLayout(line)
        self.draft = FormDraft(screen, self, "end", controls(self.form))

    def clear(self) -> None:
        self.reason.set_value("")
        self.form.clear_problems()

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        return self.form.show_problems(fields)

    def _ask(self) -> None:
        self.asked.emit(self.reason.value())
