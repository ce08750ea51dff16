"""A suggestion as a card with what unfolds below it: why, and choosing otherwise."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.evaluation_why import WhyPanel
from clinic_desk.ui.parts.suggestion import Suggestion
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.finding_card import FindingCard
from clinic_desk.ui.widgets.kept_column import KeptColumn
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import explained
from clinic_desk.usecases.shelf import Advice

LINK = 250  # px of a question's words in a link


def one_line(text: str, most: int) -> str:
    """The text cut to a width in px."""
    metrics = QFontMetrics(theme.font("medium"))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)


class ChoicePanel(QFrame):
    """Choosing otherwise: the options and, where it differs, the reason. Not modal."""

    chosen = Signal(str, str)  # decided, reason

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setObjectName(f"choose:{name}")
        column = layout.column(self, tokens.S, tokens.M)
        self._suggested: str | None = None
        self._options: tuple[tuple[str, str], ...] = ()
        self._column = column
        self.field: Segments | ComboBox | None = None
        self._note = Label("", "caption", wrap=True)
        column.addWidget(self._note)
        self.reason = TextArea(_("Reason"), lines=2, most=5)
        self.reason.setObjectName("reason")
        self.reason.setPlaceholderText(_("Reason, where it differs from what is suggested"))
        column.addWidget(self.reason)
        self.problem = Problem()
        column.addWidget(self.problem)
        line = layout.row(spacing=tokens.S)
        self.decide = Button(_("Decide"), "check", compact=True)
        self.decide.setObjectName("decide")
        self.cancel = Button(_("Cancel"), kind="quiet", compact=True)
        line.addWidget(self.decide)
        line.addWidget(self.cancel)
        line.addStretch(1)
        column.addLayout(line)
        self.decide.clicked.connect(self._decide)
        self.cancel.clicked.connect(self.hide)

    def ask(self, one: Suggestion, preset: str | None) -> None:
        self._suggested = one.suggested
        if one.options != self._options:
            self._build(one.options)
        names = dict(one.options)
        if one.suggested is not None:
            text = _("Suggested is {what}. To differ, give a short reason.")
            self._note.setText(text.format(what=names.get(one.suggested, one.suggested)))
        else:
            self._note.setText(_("Nothing is suggested. The choice is yours."))
        self.problem.set("")
        if self.field is not None:
            self.field.set_value(preset)
            self.show()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, options: tuple[tuple[str, str], ...]) -> None:
        if self.field is not None:
            self._column.removeWidget(self.field)
            self.field.hide()
            self.field.deleteLater()
        self._options = options
        field: Segments | ComboBox
        if len(options) <= 4:
            short = [(key, key if key.isdigit() else label) for key, label in options]
            field = Segments(short, _("Choice"), least=48)
        else:
            field = ComboBox(_("Choice"))
            field.fill(options, none=_("Choose"))
        field.setObjectName("choice")
        self.field = field
        self._column.insertWidget(1, field)
        self.setTabOrder(field, self.reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _decide(self) -> None:
        value = self.field.value() if self.field is not None else None
        reason = self.reason.value().strip()
        if not isinstance(value, str):
            self.problem.set(_("Choose one."))
        elif self._suggested is not None and value != self._suggested and not reason:
            self.problem.set(_("It differs from what is suggested: give your reason."))
            self.reason.setFocus()
        else:
            self.hide()
            self.chosen.emit(value, reason)


class AdviceText(QFrame):
    """The words of an advice card, as the patient gets them, and how sure they are."""

    def __init__(self, card: Advice) -> None:
        super().__init__()
        self.setProperty("surface", "card")
        self.setObjectName(f"adviceText:{card.id}")
        self.setAccessibleName(card.title)
        column = layout.column(self, tokens.XS, tokens.M)
        for paragraph in card.text:
            column.addWidget(Label(paragraph, "body", wrap=True))
        column.addWidget(
            Label(_("Source: {source}").format(source=card.source), "caption", wrap=True)
        )
        if card.note:
            column.addWidget(Label(card.note, "caption", wrap=True))


class SuggestionBox(QWidget):
    """A finding's card with what unfolds below it; blank until it holds one."""

    _one: Suggestion
    _draft: VisitDraft

    def __init__(self) -> None:
        super().__init__()
        self._back = False  # the focus comes back to the card
        column = KeptColumn(self, tokens.S)
        self.card = FindingCard()
        column.addWidget(self.card)
        self._why: WhyPanel | None = None
        self._reading: AdviceText | None = None
        self.panel: ChoicePanel | None = None
        self.card.acted.connect(self._acted)

    def hold(self, one: Suggestion, draft: VisitDraft) -> None:
        """Show a finding that was not shown before, or not for a while: nothing is marked."""
        self.setObjectName(f"finding:{one.key}")
        self._draft = draft
        self.card.begin_anew()
        self.show_for(one)

    def show_for(self, one: Suggestion) -> None:
        focus = QApplication.focusWidget()
        inside = self._back or (focus is not None and self.isAncestorOf(focus))
        self._back = False
        self._one = one
        self.card.show_for(one.view)
        focus = QApplication.focusWidget()
        if inside and self.card.buttons and not (focus and self.isAncestorOf(focus)):
            self.card.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)  # its button is gone

    def _acted(self, key: str) -> None:
        one = self._one
        if key == "why":
            self._unfold_why()
        elif key == "read":
            self._unfold_advice()
        elif key == "clear":
            self._draft.undecide(one.subject)
        elif key in ("use", "give") and one.own is not None and one.own == one.suggested:
            self._draft.decide(one.subject, one.suggested, one.own, "")
        else:
            held = self._draft.decision(one.subject)
            preset = held.decided if held is not None else None
            if key == "use":
                preset = one.own
            elif preset is None and len(one.options) == 2:
                preset = one.options[1][0]
            self._choose(preset)

    @property
    def one(self) -> Suggestion:
        """What its card shows."""
        return self._one

    def accept(self) -> None:
        """Decide as suggested, as its first button does."""
        self._acted("use")

    def differ(self) -> None:
        """Ask for another choice, with the focus on it."""
        self._acted("other")

    def offers(self, key: str) -> bool:
        """Whether the card has this button now."""
        return any(key == one for one, _label in self._one.view.actions)

    def settle(self, asked: Sequence[str]) -> None:
        """Work out which one open question would settle it; too slow for every keystroke."""
        one, found = self._one, None
        if one.kind and one.view.state != "decided":
            found = explained.settling(self._draft.reading(), one.kind, one.finding, asked)
        if found is None:
            self.card.set_settling("", "", "")
        else:
            text = _("Would settle it: {what}").format(what=found.label)
            self.card.set_settling(found.item, one_line(text, theme.px(LINK)), found.how)
        if self._why is not None and self._why.isVisible():
            self._explain()

    def _unfold_why(self) -> None:
        if self._why is None:
            self._why = WhyPanel(self._one.key)
            self._why.hide()
            self._insert(self._why)
        shown = self._why.isHidden()
        if shown:
            self._explain()
        self._why.setVisible(shown)

    def _explain(self) -> None:
        one = self._one
        text = explained.of(self._draft.reading(), one.kind, one.finding) if one.kind else None
        if self._why is not None and text is not None:
            self._why.show_for(text)

    def _unfold_advice(self) -> None:
        if self._reading is None and self._one.advice is not None:
            self._reading = AdviceText(self._one.advice)
            self._reading.hide()
            self._insert(self._reading)
        if self._reading is not None:
            self._reading.setVisible(self._reading.isHidden())

    def _insert(self, widget: QWidget) -> None:
        held = self.layout()
        if held is not None:
            held.addWidget(widget)

    def _choose(self, preset: str | None) -> None:
        if self.panel is None:
            self.panel = ChoicePanel(self._one.subject)
            self.panel.chosen.connect(self._chosen)
            self._insert(self.panel)
        self.panel.ask(self._one, preset)

    def _chosen(self, value: str, reason: str) -> None:
        self._back = True
        self._draft.decide(self._one.subject, self._one.suggested, value, reason)
