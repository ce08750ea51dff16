"""What narrows the exercise library: words, stage, position, equipment."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_grid import Wanted
from clinic_desk.ui.parts.program_words import upper_first
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.programs import ExerciseCard

QWIDGETSIZE_MAX = 16_777_215  # as Qt names it: no limit
STAGES = (1, 2, 3, 4)
MINUTES = (2, 3, 4, 6)
NO_EQUIPMENT = ""
ACROSS = 4  # filters beside each other in the library, at most
LEAST_WIDE = 150  # px in which each of them says what it is


class Filters(QWidget):
    """A search field and three filters, with the others a click away; `whole` has all in sight,
    for the library's own screen. `changed` when any of them did.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(tokens.S)
        self._grid.setVerticalSpacing(tokens.S)
        self._upper, self._lower = layout.row(spacing=tokens.S), layout.row(spacing=tokens.S)
        self._lower.addStretch(1)
        if not whole:  # in a narrow window, two lines
            self._grid.addLayout(self._upper, 0, 0)
            self._grid.addLayout(self._lower, 1, 0)
        self._more: list[QWidget] = []
        self._narrow, self._across = True, ACROSS
        self.words = TextField(
            _("Find an exercise"), placeholder=_("Name, muscle, position"), icon="search"
        )
        self.words.setObjectName("exerciseSearch")
        self.words.setMinimumWidth(theme.px(110))
        self.words.textChanged.connect(self.changed)
        self.stage = ComboBox(_("Stage"))
        self.stage.setObjectName("stageFilter")
        self.stage.fill(
            [(stage, _("Stage {n}").format(n=stage)) for stage in STAGES], none=_("Any stage")
        )
        _between(self.stage, 112, 112)
        self.position = ComboBox(_("Position"))
        self.position.setObjectName("positionFilter")
        _between(self.position, 140, 140)
        self.bare = Button(_("No equipment"), "check", parent=self)
        self.bare.setObjectName("noEquipment")
        self.bare.setCheckable(True)
        self.bare.setVisible(not whole)
        self.held_too = False
        if whole:
            for combo in (self.stage, self.position):
                combo.setMaximumWidth(QWIDGETSIZE_MAX)
        for combo in (self.stage, self.position):
            combo.chosen.connect(self.changed)
        self.bare.toggled.connect(self._toggled)
        self._make_more()
        self.more = Button(_("More"), trailing="chevron-down", parent=self)
        self.more.setObjectName("moreFilters")
        self.more.setAccessibleName(_("More filters"))
        self.more.setCheckable(True)
        self.more.setVisible(not whole)
        self.more.toggled.connect(self._show_more)
        self._second = QWidget(self)
        self._second.hide()
        if not whole:
            flow = Flow(self._second)
            for combo in self._own:
                combo.setFixedWidth(theme.px(146))
                combo.show()
                flow.addWidget(combo)
            self.equipment.chosen.connect(self._equipment_chosen)
        for widget in (
            self.stage,
            self.position,
            *(self._own if whole else (self.bare, self.more)),
        ):
            self._more.append(widget)
        self._lay_out()

    def _make_more(self) -> None:
        """The filters that only the library's own screen has."""
        self.muscle, self.equipment = ComboBox(_("Muscle"), self), ComboBox(_("Equipment"), self)
        self.region, self.minutes = ComboBox(_("Region"), self), ComboBox(_("Time"), self)
        self.pick = ComboBox(_("Which exercises"), self)
        self.minutes.fill(
            [(most, _("Up to {n} min").format(n=most)) for most in MINUTES], none=_("Any time")
        )
        self.pick.fill(
            [
                ("favourite", _("Favourites")),
                ("used", _("Last used")),
                ("own", _("Own and changed")),
                ("withdrawn", _("Hidden and archived")),
            ],
            none=_("All exercises"),
        )
        self._own = (self.region, self.muscle, self.equipment, self.minutes, self.pick)
        for combo in self._own:
            combo.setVisible(self._whole)
            combo.setMinimumWidth(theme.px(84))
            combo.chosen.connect(self.changed)

    def add(self, widget: QWidget) -> None:
        """A widget at the end of the row."""
        self._more.append(widget)
        self._lay_out()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the words have a line of their own."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = max(2, min(ACROSS, self.width() // theme.px(LEAST_WIDE)))
        if self._whole and across != self._across:
            self._across = across
            self._lay_out()

    def _lay_out(self) -> None:
        for widget in (self.words, self._second, *self._more):
            for held in (self._grid, self._upper, self._lower):
                held.removeWidget(widget)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        if self._whole:  # in rows, so that each still says what it is at any zoom
            self._grid.addWidget(self.words, 0, 0)
            for place, widget in enumerate(self._more, start=1):
                self._grid.addWidget(widget, *divmod(place, self._across))
            for column in range(self._across):
                self._grid.setColumnStretch(column, 1)
            return
        if self._narrow:
            asking = (self.stage, self.position, self.bare)
            acts = [widget for widget in self._more if widget not in asking]
            self._upper.addWidget(self.words, 1)
            for widget in acts:
                self._upper.addWidget(widget)
            for place, widget in enumerate(asking):
                self._lower.insertWidget(place, widget)
            self._grid.addWidget(self._second, 2, 0)
            return
        self._upper.addWidget(self.words, 1)
        for widget in self._more:
            self._upper.addWidget(widget)
        self._grid.addWidget(self._second, 2, 0)

    def _show_more(self, wanted: bool) -> None:
        """The rest of the filters in a row below; away from sight they narrow nothing."""
        self._second.setVisible(wanted)
        self.more.setAccessibleDescription(_("shown") if wanted else _("hidden"))
        if not wanted:
            for combo in self._own:
                combo.set_value(None)
            self.changed.emit()

    def _equipment_chosen(self, wanted: object) -> None:
        """Who asks for a thing does not want exercises without any."""
        if wanted is not None:
            self.bare.setChecked(False)

    def begin(self, cards: Sequence[ExerciseCard], stage: int | None) -> None:
        """The filters of a new case: its stage, no equipment."""
        self.fill(cards)
        self.blockSignals(True)
        self.words.set_value("")
        for combo in (self.position, *self._own):
            combo.set_value(None)
        self.more.setChecked(False)
        self.stage.set_value(stage if stage in STAGES else None)
        self.bare.setChecked(True)
        self.held_too = False
        self.blockSignals(False)

    def fill(self, cards: Sequence[ExerciseCard]) -> None:
        """What there is to choose from; what was chosen stays, if it is still there."""
        chosen = self.wanted()
        names = {
            self.position: ({card.position for card in cards}, _("Any position")),
            self.muscle: ({one for card in cards for one in card.muscles}, _("Any muscle")),
            self.region: ({one for card in cards for one in card.regions}, _("Any region")),
            self.equipment: ({one for card in cards for one in card.equipment}, _("Any equipment")),
        }
        self.blockSignals(True)
        for combo, (found, none) in names.items():
            options = [(one, upper_first(one)) for one in sorted(found)]
            if combo is self.equipment and self._whole:
                options.insert(0, (NO_EQUIPMENT, _("No equipment")))
            combo.fill(options, none=none)
        self.position.set_value(chosen.position)
        self.muscle.set_value(chosen.muscle)
        self.region.set_value(chosen.region)
        bare = chosen.no_equipment and self._whole
        self.equipment.set_value(NO_EQUIPMENT if bare else chosen.equipment)
        self.blockSignals(False)

    def clear(self) -> None:
        """Everything is wanted, but the words stay."""
        self.blockSignals(True)
        for combo in self._own:
            combo.set_value(None)
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
        equipment, minutes = self.equipment.value(), self.minutes.value()
        return Wanted(
            words=tuple(self.words.value().casefold().split()),
            stage=stage if isinstance(stage, int) else None,
            position=position if isinstance(position, str) else None,
            no_equipment=self.bare.isChecked() or equipment == NO_EQUIPMENT,
            held_too=self.held_too,
            muscle=_chosen(self.muscle),
            equipment=None if equipment == NO_EQUIPMENT else _chosen(self.equipment),
            region=_chosen(self.region),
            minutes=minutes if isinstance(minutes, int) else None,
            pick=_chosen(self.pick),
        )

    def _toggled(self, on: bool) -> None:
        self.bare.set_icon("check" if on else "")
        self.changed.emit()


def _chosen(combo: ComboBox) -> str | None:
    value = combo.value()
    return value if isinstance(value, str) else None


def _between(widget: QWidget, least: int, most: int) -> None:
    """How far a filter gives way in a narrow window."""
    widget.setMinimumWidth(theme.px(least))
    widget.setMaximumWidth(theme.px(most))
