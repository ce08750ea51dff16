"""Outcome measures in a row: a paper's score with its day, or a questionnaire opened in place.

The raw values are `{"score": 54, "on": …, "note": …}` and `{"answers": {item: value}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desk.clinical import answers as answers_of
from clinic_desk.clinical.flow import Flow
from clinic_desk.clinical.measures import Answer
from clinic_desk.clinical.protocol import Case, Item, Kind, Protocol
from clinic_desk.clinical.reading import Reading
from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.numbers import NumberField
from clinic_desk.ui.widgets.segments import ScaleAnswer
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import outcome_words

if TYPE_CHECKING:
    from clinic_desk.ui.forms.items import AnswerRow

Build = Callable[[Item, Callable[[str], str]], "AnswerRow"]


class ScoreField(QWidget):
    """A total from paper. Its day and a note are asked once there is a number."""

    changed = Signal()

    def __init__(self, item: Item, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = NumberField(
            name, item.unit, self, minimum=item.minimum, maximum=item.maximum, whole=item.whole
        )
        self.day = DateField(_("{name}: filled in on").format(name=name), self, width=150)
        self.day.field.setPlaceholderText(_("Day of the visit"))
        self.note = TextField(
            _("{name}: version or language").format(name=name),
            self,
            placeholder=_("Version, language"),
        )
        self.note.setFixedWidth(theme.px(120))
        self._more = QWidget(self)
        more = QHBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(theme.px(tokens.S))
        more.addWidget(self.day)
        more.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(tokens.XS))
        column.addWidget(self.number, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._more)
        self._more.hide()
        self.setFocusProxy(self.number)
        self.setTabOrder(self.number, self.day.field)
        for field in (self.number, self.day, self.note):
            field.changed.connect(self._edited)

    def value(self) -> dict[str, object] | None:
        """None while there is no score, or one whose day cannot stand."""
        score = self.number.number()
        if score is None or self.day.problem():
            return None
        held: dict[str, object] = {"score": score}
        if self.day.value() is not None:
            held["on"] = self.day.value()
        if self.note.text().strip():
            held["note"] = self.note.text().strip()
        return held

    def set_value(self, raw: object) -> None:
        held = raw if isinstance(raw, Mapping) else {}
        self.number.set_number(held.get("score"))
        self.day.set_value(held.get("on"))
        self.note.set_value(held.get("note"))
        self._more.setVisible(bool(held))

    def problem(self) -> str:
        return self.number.problem() or self.day.problem()

    def _edited(self) -> None:
        if self.number.text():
            self._more.show()
        self.changed.emit()


class ItemsField(QWidget):
    """A questionnaire's own questions. Closed it is only its `head`: the score and what opens it.

    What the patient named last time comes back to be rated anew; it becomes an answer only with
    the first rating.
    """

    changed = Signal()
    grown = Signal()  # rows were built that nobody outside knows yet

    def __init__(self, item: Item, name: str, build: Build, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if item.measure is None:
            raise ValueError(f"{item.id} names no questionnaire")
        self._item, self._name, self._build = item, name, build
        self._questions: Protocol = item.measure.questionnaire
        self._raw: Mapping[str, object] | None = None  # all but the answers: score, on, note
        self._answers: dict[str, object] = {}
        self._carried: dict[str, object] = {}
        self.rows: dict[str, AnswerRow] = {}
        self.head = QWidget(self)
        self.score = Label("", "medium", self.head)
        self.opener = Button("", "chevron-down", parent=self.head, compact=True)
        self.opener.setObjectName(f"open:{item.id}")
        self.detail = Label("", "hint", self.head, wrap=True)  # what the score is made of
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(theme.px(tokens.S))
        head.addWidget(self.score)
        head.addWidget(self.opener)
        self.opener.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(tokens.M), 0, 0, tokens.XS)
        self._column.setSpacing(tokens.XS)
        self.setFocusProxy(self.opener)
        self.hide()
        self._show_score()

    # -- as a control -------------------------------------------------------------

    def value(self) -> dict[str, object] | None:
        """The raw value; None while nothing was answered."""
        rest = dict(self._raw or {})
        if self._answers:
            return {**rest, "answers": dict(self._answers)}
        return rest if "score" in rest else None

    def set_value(self, raw: object) -> None:
        held = dict(raw) if isinstance(raw, Mapping) else {}
        given = held.pop("answers", {})
        self._answers = dict(given) if isinstance(given, Mapping) else {}
        self._raw = held or None
        self._show_rows()
        self._show_score()

    def set_carried(self, raw: object) -> None:
        """What the patient named last time, to be rated anew."""
        given = raw.get("answers") if isinstance(raw, Mapping) else None
        named = given if isinstance(given, Mapping) else {}
        self._carried = {
            one: words
            for one, words in named.items()
            if one in self._questions.items and self._questions.item(one).kind is Kind.TEXT
        }
        self._show_rows()
        self._show_score()

    def show_head(self, shown: bool) -> None:
        """Whether it can be answered at all."""
        self.head.setVisible(shown)
        if not shown:
            self.hide()

    # -- opened in place ----------------------------------------------------------

    def open(self) -> None:
        """Show the questions and go to the first that is open."""
        if not self.rows:
            self._make_rows()
            self.grown.emit()
        self._show_rows()
        self.show()
        self._show_score()
        free = [one for one, row in self.rows.items() if row.value() is None and self._asked(one)]
        for one in (*free, *self.rows):
            self.rows[one].focus_first()
            break

    def close_up(self) -> None:
        """Only the head again."""
        self.opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self._show_score()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)

    def _turn(self) -> None:
        if self.isHidden():
            self.open()
        else:
            self.close_up()

    def _make_rows(self) -> None:
        say = self._questions.say
        for section in (one for step in self._questions.steps for one in step.sections):
            if section.hint:
                self._column.addWidget(Label(say(section.hint), "caption", wrap=True))
            for one in section.items:
                self._add(self._build(self._questions.item(one), say))
        if self._questions.licence:
            self._column.addWidget(Label(say(self._questions.licence), "hint", wrap=True))
        for before, after in pairwise(self.rows.values()):
            self._pair_up(before, after)

    def _add(self, row: AnswerRow) -> None:
        row.setObjectName(f"item:{self._item.id}.{row.item.id}")
        row.changed.connect(self._edited)
        self.rows[row.item.id] = row
        self._column.addWidget(row)

    def _pair_up(self, named: AnswerRow, rated: AnswerRow) -> None:
        """What the patient names stands on one line with its rating."""
        if named.item.kind is not Kind.TEXT or rated.item.kind is not Kind.SCALE:
            return
        line = QHBoxLayout()
        line.setSpacing(theme.px(tokens.M))
        self._column.insertLayout(self._column.indexOf(named), line)
        for row in (named, rated):
            self._column.removeWidget(row)
            line.addWidget(row, int(row is named), Qt.AlignmentFlag.AlignTop)
        if named.item.suggest:
            named.label.hide()  # the field says itself what it asks for
            named.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named.help.hide()
        rated.label.hide()
        rated.help.hide()

    def _edited(self) -> None:
        row = self.sender()
        if row not in self.rows.values():
            return
        one = next(name for name, held in self.rows.items() if held is row)
        if not self._answers:
            self._answers = dict(self._carried)
        value = self.rows[one].value()
        if value is None:
            self._answers.pop(one, None)
        else:
            self._answers[one] = value
        if self._answers == self._carried:
            self._answers = {}  # nothing was said today
        self._raw = {key: held for key, held in (self._raw or {}).items() if key != "score"} or None
        self._show_asked()
        self._show_score()
        self.changed.emit()

    # -- what it shows ------------------------------------------------------------

    def _held(self) -> Mapping[str, object]:
        return self._answers or self._carried

    def _reading(self) -> Reading:
        case = Case(on=date.max)
        taken: dict[str, Answer] = {}
        for one, value in self._held().items():
            try:
                taken.update(answers_of.read(self._questions, case, {one: value}))
            except InvalidInput:
                continue  # half typed; its own row says what is wrong
        return Reading(self._questions, case, taken)

    def _asked(self, one: str) -> bool:
        reading = self._reading()
        return Flow(self._questions, reading).visible(one)

    def _show_rows(self) -> None:
        held = self._held()
        for one, row in self.rows.items():
            if row.value() != held.get(one):
                row.set_value(held.get(one))
        self._show_asked()

    def _show_asked(self) -> None:
        flow = Flow(self._questions, self._reading())
        named = ""
        for one, row in self.rows.items():
            row.setVisible(flow.visible(one))
            if row.item.kind is Kind.TEXT:
                named = str(self._held().get(one) or "")
            elif named and isinstance(row.control, ScaleAnswer):
                label = self._questions.say(row.item.label)
                row.control.set_name(f"{named}: {label}")

    def _show_score(self) -> None:
        said = outcome_words.answer(self._item, self.value())
        short, _bracket, parts = said.partition(" (")
        self.detail.setText(parts.removesuffix(")"))
        self.detail.setVisible(bool(parts) and self.isHidden())
        if not said and self._carried:
            short = _("To be rated again")
        self.score.setText(short)
        self.score.setVisible(bool(short))
        closed = self.isHidden()
        self.opener.setText(_("Ask") if closed else _("Close"))
        self.opener.set_icon("chevron-down" if closed else "chevron-up")
        verb = _("open") if closed else _("close")
        self.opener.setAccessibleName(
            _("{name}: {score}. {verb}").format(
                name=self._name, score=said or _("not asked"), verb=verb
            )
        )
