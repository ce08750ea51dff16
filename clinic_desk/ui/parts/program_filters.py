"""What narrows the exercise library: words, stage, position, equipment."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts.program_grid import Wanted
from clinic_desk.ui.parts.program_words import upper_first
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.programs import ExerciseCard

STAGES = (1, 2, 3, 4)


class Filters(QWidget):
    """A search field and three filters. `changed` when any of them did."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.S)
        self._grid.setVerticalSpacing(tokens.S)
        self._more: list[QWidget] = []
        self._narrow = True
        self.words = TextField(
            _("Find an exercise"), placeholder=_("Name, muscle or position"), icon="search"
        )
        self.words.setObjectName("exerciseSearch")
        self.words.setMinimumWidth(theme.px(110))
        self.words.textChanged.connect(self.changed)
        self.stage = ComboBox(_("Stage"))
        self.stage.setObjectName("stageFilter")
        self.stage.fill(
            [(stage, _("Stage {n}").format(n=stage)) for stage in STAGES], none=_("Any stage")
        )
        _between(self.stage, 84, 112)
        self.position = ComboBox(_("Position"))
        self.position.setObjectName("positionFilter")
        _between(self.position, 84, 140)
        self.bare = Button(_("No equipment"), "check")
        self.bare.setObjectName("noEquipment")
        self.bare.setCheckable(True)
        self.held_too = False
        for combo in (self.stage, self.position):
            combo.chosen.connect(self.changed)
        self.bare.toggled.connect(self._toggled)
        for widget in (self.stage, self.position, self.bare):
            self._more.append(widget)
        self._lay_out()

    def add(self, widget: QWidget) -> None:
        """A widget at the end of the row."""
        self._more.append(widget)
        self._lay_out()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the words have a line of their own."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def _lay_out(self) -> None:
        for widget in (self.words, *self._more):
            self._grid.removeWidget(widget)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        if self._narrow:
            count = len(self._more)
            self._grid.addWidget(self.words, 0, 0, 1, count + 1)
            for place, widget in enumerate(self._more):
                self._grid.addWidget(widget, 1, place)
            self._grid.setColumnStretch(count, 1)
            return
        self._grid.addWidget(self.words, 0, 0)
        self._grid.setColumnStretch(0, 1)
        for place, widget in enumerate(self._more, start=1):
            self._grid.addWidget(widget, 0, place)

    def begin(self, cards: Sequence[ExerciseCard], stage: int | None) -> None:
        """The filters of a new case: its stage, no equipment."""
        places = sorted({card.position for card in cards})
        self.blockSignals(True)
        self.words.set_value("")
        self.position.fill([(one, upper_first(one)) for one in places], none=_("Any position"))
        self.position.set_value(None)
        self.stage.set_value(stage if stage in STAGES else None)
        self.bare.setChecked(True)
        self.held_too = False
        self.blockSignals(False)

    def clear(self) -> None:
        """Everything is wanted, but the words stay."""
        self.blockSignals(True)
        self.stage.set_value(None)
        self.position.set_value(None)
        self.bare.setChecked(False)
        self.held_too = True
        self.blockSignals(False)
        self.changed.emit()

    def show_held(self, wanted: bool) -> None:
        self.held_too = wanted
        self.changed.emit()

    def wanted(self) -> Wanted:
        stage, position = self.stage.value(), self.position.value()
        return Wanted(
            words=tuple(self.words.value().casefold().split()),
            stage=stage if isinstance(stage, int) else None,
            position=position if isinstance(position, str) else None,
            no_equipment=self.bare.isChecked(),
            held_too=self.held_too,
        )

    def _toggled(self, on: bool) -> None:
        self.bare.set_icon("check" if on else "")
        self.changed.emit()


def _between(widget: QWidget, least: int, most: int) -> None:
    """How far a filter gives way in a narrow window."""
    widget.setMinimumWidth(theme.px(least))
    widget.setMaximumWidth(theme.px(most))
