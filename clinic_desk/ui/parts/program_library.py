"""The left pane of the builder: what is suggested, locked, held back, and all the cards."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_filters import Filters
from clinic_desk.ui.parts.program_grid import CardGrid
from clinic_desk.ui.parts.program_locks import FlagLock, HeldBack
from clinic_desk.ui.parts.program_suggestion import Suggested
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import EmptyState
from clinic_desk.usecases.programs import Builder, ExerciseCard, ProgramContent

_LOW = 430  # px at 100 %; below it the cards need the height more than the reasons


class Library(QWidget):
    """It asks; the screen acts. `held_added` gives exercise and reason."""

    template_taken = Signal(str)
    asked = Signal(str)  # add this exercise
    held_added = Signal(str, str)
    chosen = Signal(str)  # show the line of this exercise
    reasoned = Signal(str)  # why in spite of a locking flag
    templates_asked = Signal()  # to look at, copy or change them

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builder: Builder | None = None
        self._held: frozenset[str] = frozenset()
        self._locked = False
        self.filters = Filters()
        self.templates = Button(_("Templates"), trailing="chevron-down")
        self.templates.setObjectName("templates")
        self._menu = QMenu(self)
        self.templates.clicked.connect(self._open_menu)
        self.filters.add(self.templates)
        self.filters.changed.connect(self.filter)
        self.lock = FlagLock()
        self.lock.reasoned.connect(self.reasoned)
        self.suggested = Suggested()
        self.suggested.taken.connect(self.template_taken)
        self.grid = CardGrid()
        self.grid.asked.connect(self.asked)
        self.grid.chosen.connect(self.chosen)
        self.nothing = EmptyState(_("No exercise fits."), _("Look in the whole library"))
        self.nothing.pressed.connect(self.filters.clear)
        self.found = QStackedWidget()
        self.found.addWidget(self.grid)
        self.found.addWidget(self.nothing)
        self.held = HeldBack()
        self.held.show_asked.connect(self.filters.show_held)
        self.held.added.connect(self.held_added)
        column = layout.column(self, tokens.M)
        column.setContentsMargins(tokens.XL, tokens.L, tokens.S, tokens.L)
        for widget in (self.filters, self.lock, self.suggested):
            column.addWidget(widget)
        column.addWidget(self.found, 1)
        column.addWidget(self.held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.suggested.set_brief(self.height() < theme.px(_LOW))

    def show_builder(self, builder: Builder, content: ProgramContent) -> None:
        """Everything of one case, with the filters where they begin."""
        self._builder = builder
        self._held = frozenset(card.id for card in builder.cards if card.held_back or card.hidden)
        self.filters.begin(builder.cards, builder.suggestion.stage)
        self.suggested.show_builder(builder)
        self.lock.show_locks(builder.locked)
        self.grid.set_cards(builder.cards, [line.exercise for line in content.lines])
        self._fill_menu(builder)

    def show_program(self, content: ProgramContent, locked: bool) -> None:
        """What the program has now, and whether an open flag locks exercises."""
        self._locked = locked
        self.grid.set_program([line.exercise for line in content.lines], locked)
        self.lock.show_reason(content.override_reason)
        self.suggested.show_taken(content.template if content.lines else None, locked)
        self.templates.setEnabled(not locked)
        self._say_heading()

    def filter(self) -> None:
        """Show what the filters want."""
        wanted = self.filters.wanted()
        self.grid.set_wanted(wanted)
        self.found.setCurrentIndex(0 if self.grid.shown() else 1)
        if self._builder is not None:
            self.held.show_cards(self._builder.cards, wanted.held_too)
        self._say_heading()

    def show_card(self, card: ExerciseCard) -> None:
        """One exercise's card as it is now; the others and their order stay."""
        self.grid.show_card(card)

    def ask_reason(self, card: ExerciseCard) -> None:
        """This one is held back: ask why it is to be added."""
        self.held.ask(card)

    def _say_heading(self) -> None:
        fit = sum(key not in self._held for key in self.grid.shown())
        words = ngettext("{n} exercise fits today", "{n} exercises fit today", fit).format(n=fit)
        if self._locked:
            words = _("Exercises")
        self.suggested.say(words, self._builder.status_line if self._builder else "")

    def _fill_menu(self, builder: Builder) -> None:
        self._menu.clear()
        stage = 0
        for row in sorted(builder.templates, key=lambda one: one.stage):
            if row.stage != stage:
                stage = row.stage
                self._menu.addSection(_("Stage {n}").format(n=stage))
            words = _("{name}, {minutes} min").format(name=row.name, minutes=row.minutes)
            made = {"own": _("own"), "changed": _("changed here"), "outdated": _("changed here")}
            notes = [
                _("suggested") if row.suggested else "",
                _("hidden here") if row.withdrawn else made.get(row.origin, ""),
                row.gate,
            ]
            note = ", ".join(one for one in notes if one)
            action = self._menu.addAction(f"{words} ({note})" if note else words)
            action.setObjectName(f"template:{row.id}")
            action.triggered.connect(partial(self._take, row.id))
        self._menu.addSeparator()
        every = self._menu.addAction(_("Copy, change or hide templates"))
        every.setObjectName("everyTemplate")
        every.triggered.connect(self._ask_templates)

    def _ask_templates(self, _checked: bool = False) -> None:
        self.templates_asked.emit()

    def _take(self, template: str, _checked: bool = False) -> None:
        self.template_taken.emit(template)

    def _open_menu(self) -> None:
        self._menu.popup(self.templates.mapToGlobal(self.templates.rect().bottomLeft()))
