"""From an item of a protocol to the row that asks it. Raw values are plain JSON; None = not asked.

Every kind may also be "could not be tested", chosen from the row's menu.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from clinic_desk.clinical import medicines, units
from clinic_desk.clinical.measures import Side
from clinic_desk.clinical.protocol import Item, Kind
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.forms.outcome import ItemsField, ScoreField
from clinic_desk.ui.widgets.body_chart import BodyChartField
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.carried_mark import CarriedMark
from clinic_desk.ui.widgets.choices import ChoiceField, ManyField
from clinic_desk.ui.widgets.dates import DateField, DurationField
from clinic_desk.ui.widgets.doubt import Doubt
from clinic_desk.ui.widgets.kept_column import KeptColumn
from clinic_desk.ui.widgets.labels import Label, Problem
from clinic_desk.ui.widgets.measured import MeasuredField
from clinic_desk.ui.widgets.medicines import Known, Lookup, MedicinesField
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.pair import PairField
from clinic_desk.ui.widgets.segments import ScaleAnswer, SegmentedAnswer
from clinic_desk.ui.widgets.suggest import SuggestField
from clinic_desk.ui.widgets.texts import TextArea

NOT_TESTABLE = "not_testable"
Say = Callable[[str], str]


class Control(Protocol):
    """What a control must do to stand in a row."""

    @property
    def changed(self) -> SignalInstance: ...
    def value(self) -> object: ...
    def set_value(self, value: object) -> None: ...


class AnswerRow(QWidget):
    """One question: label and help at the left, its control at the right, a problem below.

    `changed` comes only from the person; `set_value` is silent.
    """

    changed = Signal()
    grown = Signal()  # fields were added to it that nobody outside knows yet
    confirmed = Signal()  # an unusual value was said to be right
    rested = Signal()  # both sides of a pair were left
    same = Signal()  # the person says that it is the same as then
    retest = Signal(bool)  # the person wants it measured again next time, or no longer

    def __init__(
        self,
        item: Item,
        say: Say,
        side: str = "",
        parent: QWidget | None = None,
        typed_in: Mapping[str, str] | None = None,
    ) -> None:
        """`typed_in`: the unit that a value of a unit is typed in, where it is another one."""
        super().__init__(parent)
        self.item = item
        self.setObjectName(f"item:{item.id}")
        self._not_testable = False
        label = say(item.label)
        self.label = Label(label, "body", wrap=True)
        unit = (typed_in or {}).get(item.unit, item.unit)
        words = [say(item.help)] if item.help else []
        if item.norm:
            norm = say(item.norm)
            same = unit == item.unit or item.kind is not Kind.NUMBER
            words.append(norm if same else units.convert_range(norm, item.unit, unit))
        if item.norm and item.working:
            words.append(_("Working value, not validated"))
        if item.kind is Kind.OUTCOME and item.measure and item.measure.questionnaire.score_only:
            words.append(item.measure.questionnaire.say(item.measure.questionnaire.licence))
        said = ". ".join(word.rstrip(".") for word in words if word)
        self.help = Label(said, "caption", self, wrap=True)  # shown without a parent it is a window
        self.help.setVisible(bool(self.help.text()))
        self.control = _control(item, label, say, side, self, typed_in or {})
        self.label.setBuddy(self.control)
        self._off = Button(_("Could not be tested"), "x", "quiet", self, compact=True)
        self._off.setAccessibleName(
            _("{label}: could not be tested. Take back").format(label=label)
        )
        self._off.clicked.connect(self._take_back)
        self.problem = Problem()
        self.from_last = Label("", "hint", wrap=True)
        self.doubt = Doubt(label, self)
        self.doubt.confirmed.connect(self._confirmed)
        self.from_last.hide()
        self.mark = CarriedMark(self)
        self.mark.pressed.connect(self._same)
        self.retested: bool | None = None  # picked for the next visit; none: cannot be
        self._lay_out()
        cast(Control, self.control).changed.connect(self._edited)
        if isinstance(self.control, ItemsField):
            self.control.grown.connect(self.grown)
        if isinstance(self.control, PairField):
            self.control.rested.connect(self.rested)
        self._show_testable()

    def below(self) -> tuple[str, ...]:
        """All that may stand under the question and its control, as words."""
        return self.problem.text, self.doubt.text, self.from_last.text(), self.mark.text()

    def _lay_out(self) -> None:
        column = KeptColumn(self)
        column.setContentsMargins(0, tokens.XS, 0, tokens.XS)
        column.setSpacing(tokens.XS)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.label)
        words.addWidget(self.help)
        if isinstance(self.control, ItemsField):
            words.addWidget(self.control.detail)
        words.addWidget(self.from_last)
        words.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        wide = isinstance(self.control, (ManyField, TextArea, MedicinesField, BodyChartField))
        if wide:
            column.addLayout(words)
            column.addWidget(self.control)
            column.addWidget(self._off, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            row = QHBoxLayout()
            row.setSpacing(theme.px(tokens.M))
            long = int(isinstance(self.control, SuggestField))  # words are typed into it
            row.addLayout(words, 1 - long)
            beside = self.control.head if isinstance(self.control, ItemsField) else self.control
            row.addWidget(beside, long, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(self._off, 0, Qt.AlignmentFlag.AlignVCenter)
            column.addLayout(row)
            if beside is not self.control:
                column.addWidget(self.control)  # it opens below its head
        column.addWidget(self.problem)
        column.addWidget(self.doubt)

    def value(self) -> object:
        """The raw JSON value; None = not asked (or not yet a value that can stand)."""
        if self._not_testable:
            return NOT_TESTABLE
        if isinstance(self.control, ScaleAnswer):
            return self.control.number()
        if isinstance(self.control, MeasuredField):
            return self.control.raw()
        if isinstance(self.control, NumberField):
            return self.control.number()
        held = cast(Control, self.control).value()
        return held if held != "" else None

    def set_value(self, raw: object) -> None:
        """Show a raw value; "not_asked" and None are the same."""
        self._not_testable = raw == NOT_TESTABLE
        value = None if raw in (NOT_TESTABLE, "not_asked") else raw
        if isinstance(self.control, (ScaleAnswer, NumberField)):
            self.control.set_number(value)
        else:
            cast(Control, self.control).set_value(value)
        self._show_testable()
        self._judge()

    def set_problem(self, text: str) -> None:
        """What is wrong, under the field; empty takes it away. Never moves the focus."""
        self.problem.set(text)

    def leave(self) -> None:
        """The focus goes to another question: what is typed next begins anew. On a scale a 0 after
        a 1 that was typed before is 0, and not 10.
        """
        if isinstance(self.control, ScaleAnswer):
            self.control.set_number(self.control.number())

    def typing(self) -> bool:
        """Whether a pair is between its two sides: what is missing may come yet."""
        return isinstance(self.control, PairField) and self.control.typing()

    def set_doubt(self, text: str) -> None:
        """What is unusual about the value, under the field; one key says that it is right."""
        if not text and self.doubt.button_has_focus():
            self.focus_first()  # before the button under the hand goes
        self.doubt.set(text)

    def _confirmed(self) -> None:
        self.confirmed.emit()

    def set_deficit(self, text: str, fraction: float | None, worse: bool = True) -> None:
        """For pairs: the difference in words and as a share of 1. Others ignore it."""
        if isinstance(self.control, PairField):
            self.control.set_deficit(text, fraction, worse)

    def set_last(self, text: str, change: str = "", better: bool = True, error: str = "") -> None:
        """What it was at the last visit: a column for pairs, a quiet line for the others; and
        whether what changed is more than the measurement errs.
        """
        if isinstance(self.control, PairField):
            self.control.set_last(text, change, better)
            parts = [error[:1].upper() + error[1:]] if error else []
        else:
            parts = [part for part in (text, change, error) if part]
        self.from_last.setText(", ".join(parts))
        self.from_last.setVisible(bool(parts))

    def set_mark(self, text: str) -> None:
        """What stands from an earlier visit and was not touched; empty once it was."""
        self.mark.set_text(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F7 and self.mark.text():
            self._same()
            return
        super().keyPressEvent(event)

    def _same(self) -> None:
        if self.isEnabled():
            self.same.emit()

    def set_carried(self, raw: object) -> None:
        """For a questionnaire: what the patient named last time, to be rated anew."""
        if isinstance(self.control, ItemsField):
            self.control.set_carried(raw)

    def set_last_chart(self, value: object) -> None:
        """For body charts: what was marked at the last visit."""
        if isinstance(self.control, BodyChartField):
            self.control.set_last(value)

    def focus_first(self) -> None:
        """Put the focus on what is typed or chosen first."""
        (self._off if self._not_testable else self.control).setFocus(Qt.FocusReason.TabFocusReason)

    def mark_not_testable(self) -> None:
        """As if the person said that it could not be tested."""
        self.set_value(NOT_TESTABLE)
        self._off.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take_back(self) -> None:
        self.set_value(None)
        self.focus_first()
        self.changed.emit()

    def _clear(self) -> None:
        self.set_value(None)
        self.changed.emit()

    def _show_testable(self) -> None:
        self._off.setVisible(self._not_testable)
        if isinstance(self.control, ItemsField):
            self.control.show_head(not self._not_testable)
            return
        self.control.setVisible(not self._not_testable)

    def _edited(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        judge = getattr(self.control, "problem", None)
        wrong = judge() if callable(judge) and not self._not_testable else ""
        own = isinstance(self.control, NumberField) and self.control.unit == self.item.unit
        if wrong and own and isinstance(self.control, NumberField):
            typed = self.control.typed()
            likely = units.other_scale(self.item, typed) if typed is not None else None
            if likely is not None:
                hint = _("{typed} looks like Fahrenheit: that is {likely} °C.")
                wrong = f"{wrong} {hint.format(typed=f'{typed:g}', likely=f'{likely:g}')}"
        self.problem.set(wrong)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clear = QAction(_("Not asked"), menu)
        clear.setShortcut(QKeySequence(Qt.Key.Key_Backspace))
        clear.triggered.connect(self._clear)
        off = QAction(_("Could not be tested"), menu)
        off.triggered.connect(self.mark_not_testable)
        menu.addAction(clear)
        menu.addAction(off)
        if self.mark.text():
            same = QAction(_("Same as then"), menu)
            same.setShortcut(QKeySequence(Qt.Key.Key_F7))
            same.triggered.connect(self._same)
            menu.addAction(same)
        if self.retested is not None:
            again = QAction(_("Re-test next time"), menu)
            again.setObjectName("retestNextTime")
            again.setCheckable(True)
            again.setChecked(self.retested)
            again.triggered.connect(self.retest)
            menu.addAction(again)
        menu.popup(event.globalPos())


def _control(
    item: Item, label: str, say: Say, side: str, parent: QWidget, typed_in: Mapping[str, str]
) -> QWidget:
    options = [(choice.id, say(choice.label)) for choice in item.choices]
    match item.kind:
        case Kind.YES_NO:
            return SegmentedAnswer(label, parent)
        case Kind.YES_NO_UNSURE:
            return SegmentedAnswer(label, parent, unsure=True)
        case Kind.CHOICE:
            return ChoiceField(options, label, parent)
        case Kind.MANY:
            return ManyField(options, label, parent)
        case Kind.SCALE:
            return ScaleAnswer(label, parent)
        case Kind.NUMBER:
            return MeasuredField(
                label,
                item.unit,
                typed_in.get(item.unit, item.unit),
                parent,
                minimum=item.minimum,
                maximum=item.maximum,
                whole=item.whole,
                width=116,
            )
        case Kind.PAIR:
            return PairField(
                label,
                item.unit,
                side,
                parent,
                minimum=item.minimum,
                maximum=item.maximum,
                whole=item.whole,
            )
        case Kind.DATE:
            return DateField(label, parent)
        case Kind.DURATION:
            return DurationField(label, item.unit or "d", parent)
        case Kind.TEXT if item.suggest:
            return SuggestField([say(words) for words in item.suggest], label, parent)
        case Kind.OUTCOME:
            if item.measure is not None and item.measure.questionnaire.score_only:
                return ScoreField(item, label, parent)
            return ItemsField(item, label, build, parent)
        case Kind.MEDICINES:
            return MedicinesField(label, _lookup(item, say), parent)
        case Kind.BODY_CHART:
            return BodyChartField(label, parent)
        case Kind.TEXT:
            return TextArea(label, parent, lines=2, most=6)


def _lookup(item: Item, say: Say) -> Lookup:
    """What is known of medicines, for their field."""
    known = tuple(
        Known(one.id, say(one.label), say(one.help) if one.help else "", one.also)
        for one in item.choices
    )
    return Lookup(
        known,
        partial(medicines.classes, item),
        partial(medicines.parted, item),
        partial(medicines.offered, item),
        partial(medicines.several, item),
    )


def build(
    item: Item,
    say: Say,
    side: Side | str | None = None,
    parent: QWidget | None = None,
    typed_in: Mapping[str, str] | None = None,
) -> AnswerRow:
    """The row for an item; `say` turns text ids into words, `side` is the affected one."""
    return AnswerRow(item, say, str(side) if side else "", parent, typed_in)
