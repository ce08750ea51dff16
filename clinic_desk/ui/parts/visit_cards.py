"""Cards beside a visit's note: the evaluation, what signing waits for, discarding, addenda."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.parts.suggestion import Suggestion
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.refs import Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Divider
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.finding_card import SMALL
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases.visit_views import Addendum, Blocker

MEND = {"red_flag": _("Record action"), "empty_note": _("Write it")}


class EvaluationCard(Card):
    """How far the evaluation has come, what it leads to, and what was decided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Evaluation"), " ", parent)
        self.body.setSpacing(tokens.S)
        self.body.setContentsMargins(14, 10, 12, 12)
        self.evaluate = Button(_("Evaluate"), "list-checks", compact=True)
        self.evaluate.setObjectName("evaluateButton")
        self.write = Button(_("Write from evaluation"), "file-pen", compact=True)
        self.write.setObjectName("writeFromEvaluation")
        self.write.setToolTip(_("Parts of the note that you changed stay as they are."))
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.evaluate)
        line.addWidget(self.write)
        line.addStretch(1)
        line.setContentsMargins(0, tokens.XS, 0, 0)
        self.body.addLayout(line)
        self._rows: list[QWidget] = []

    def show_for(self, draft: VisitDraft, made: Sequence[Suggestion]) -> None:
        """Bring the summary up to date."""
        progress = draft.progress()
        answered = sum(one.answered for one in progress)
        whole = sum(len(one.visible_items) for one in progress)
        said = _("{n} of {all} answered").format(n=answered, all=whole)
        self.header.set(_("Evaluation"), said if answered else _("not begun"))
        self.evaluate.setText(
            _("See evaluation") if draft.read_only else _("Continue") if answered else _("Evaluate")
        )
        self.evaluate.updateGeometry()
        self.write.setVisible(bool(answered) and not draft.read_only)
        for widget in self._rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        to_decide = [one for one in made if one.view.state not in SMALL]
        for place, one in enumerate(to_decide):
            row = QWidget()
            column = layout.column(row, 3)
            column.addWidget(Divider())
            column.addSpacing(tokens.XS)
            kind = {"decided": "decided", "open": "neutral"}.get(one.view.state, "suggested")
            words = {"decided": _("Decided"), "open": _("Open")}
            line = layout.row(spacing=tokens.S)
            line.addWidget(Chip(words.get(one.view.state, _("Suggested")), kind))
            line.addStretch(1)
            decided = one.view.state == "decided"
            line.addWidget(Label(one.view.aside if decided else _("not decided"), "caption"))
            column.addLayout(line)
            column.addWidget(Label(one.view.title, "medium", wrap=True))
            if decided and one.view.note:
                column.addWidget(Label(one.view.note, "caption", wrap=True))
            self.body.insertWidget(1 + place, row)
            self._rows.append(row)


class BlockersCard(Card):
    """What signing waits for, or only names, each with the way to mend it."""

    mend = Signal(object)  # Blocker

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        self._title = title or _("Signing waits for")
        super().__init__(self._title, " ", parent)
        self.setObjectName("blockers")
        self.body.setSpacing(tokens.S)
        self._rows: list[QWidget] = []
        self._shown: tuple[Blocker, ...] = ()
        self.buttons: list[Button] = []
        self.hide()

    def show_for(self, waiting: tuple[Blocker, ...]) -> None:
        """The list; hidden when nothing is left."""
        if waiting == self._shown:
            self.setVisible(bool(waiting))
            return
        self._shown = waiting
        for widget in self._rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows, self.buttons = [], []
        count = ngettext("{n} thing", "{n} things", len(waiting)).format(n=len(waiting))
        self.header.set(self._title, count)
        for place, one in enumerate(waiting):
            row = QWidget()
            line = layout.row(row, tokens.M)
            flag = one.kind == "red_flag"
            todo = _("Unusual") if one.kind == "doubt" else _("To do")
            chip = Chip(_("Red flag") if flag else todo, "flag" if flag else "caution")
            line.addWidget(chip)
            line.addWidget(Label(one.text, "body", wrap=True), 1)
            act = MEND.get(one.kind, _("Go to it"))
            name = _("{act}: {what}").format(act=act, what=one.text)
            button = Button(act, compact=True, name=name)
            button.setObjectName(f"mend:{place}")
            button.setProperty("place", place)
            button.clicked.connect(self._pressed)
            line.addWidget(button)
            self.body.addWidget(row)
            self._rows.append(row)
            self.buttons.append(button)
        self.setVisible(bool(waiting))

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.mend.emit(self._shown[int(button.property("place"))])


class DiscardCard(Card):
    """Asks, in its place, whether the visit is really to go."""

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Discard this visit"), "", parent)
        self.setObjectName("discardPanel")
        self.add(
            Label(
                _(
                    "Its answers, note and decisions are deleted and cannot be brought back. "
                    "Signed visits, letters and handouts stay."
                ),
                "body",
                wrap=True,
            )
        )
        self.keep = Button(_("Keep the visit"))
        self.discard = Button(_("Discard visit"), "trash-2", "flag")
        self.discard.setObjectName("confirmDiscard")
        line = layout.row(spacing=tokens.S)
        line.addStretch(1)
        line.addWidget(self.keep)
        line.addWidget(self.discard)
        self.body.addLayout(line)
        self.keep.clicked.connect(self.hide)
        self.discard.clicked.connect(self.confirmed)
        self.hide()

    def ask(self) -> None:
        self.show()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)


class AddendaCard(Card):
    """What was added after signing, and a place to add more."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(_("Addenda"), " ", parent)
        self._of: UUID | None = None
        self._rows: list[QWidget] = []
        self.text = TextArea(_("New addendum"), lines=3, most=12)
        self.text.setObjectName("addendumText")
        self.text.setPlaceholderText(_("What is to be added or corrected"))
        self.problem = Problem()
        self.body.addWidget(self.text)
        self.body.addWidget(self.problem)
        self.text.changed.connect(self._typed)
        self.draft = FormDraft(screen, self, "addendum", {"text": self.text})

    def begin(self, note: UUID, place: Ref) -> None:
        """What is typed for a note stays while that note is shown; another has its own."""
        if self._of != note:
            self._of = note
            self.text.set_value("")
            self.draft.begin(note, place)

    def added(self) -> None:
        """What was typed is in the record."""
        self._of = None
        self.text.set_value("")
        self.draft.end()

    def show_for(self, addenda: Sequence[Addendum]) -> None:
        for widget in self._rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        self.header.set(_("Addenda"), "" if addenda else _("none yet"))
        for place, one in enumerate(addenda):
            at = one.at.astimezone()
            row = QWidget()
            column = layout.column(row, 2)
            column.addWidget(Label(f"{one.by}, {written_day(at.date())} {at:%H:%M}", "caption"))
            column.addWidget(Label(one.text, "body", wrap=True))
            self.body.insertWidget(1 + place, row)
            self._rows.append(row)

    def _typed(self) -> None:
        self.problem.set("")
