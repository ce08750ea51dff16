"""The grid of exercise cards: two to five columns, built a few at a time, filtered in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts.program_card import HEIGHT, CardView
from clinic_desk.usecases.programs import ExerciseCard

LEAST, MOST = 2, 5  # columns
WIDE = 176  # px that a card wants
AT_ONCE = 8  # cards built in one go


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the filters ask for."""

    words: tuple[str, ...] = ()
    stage: int | None = None
    position: str | None = None
    no_equipment: bool = False
    held_too: bool = False
    muscle: str | None = None
    equipment: str | None = None
    region: str | None = None
    minutes: float | None = None  # at most
    pick: str | None = None  # favourite | used | own | withdrawn

    def fits(self, card: ExerciseCard) -> bool:
        """Whether a card passes; what is held back comes only when asked for or looked for."""
        if self.words:
            said = " ".join((card.name, *card.muscles, card.position)).casefold()
            if not all(word in said for word in self.words):
                return False
        elif (card.held_back or card.hidden) and not self.held_too:
            return False
        elif card.held_back or card.hidden:
            return True  # all of them were asked for, of any stage
        return (
            (self.stage is None or card.stage == self.stage)
            and (self.position is None or card.position == self.position)
            and not (self.no_equipment and card.equipment)
            and (self.muscle is None or self.muscle in card.muscles)
            and (self.equipment is None or self.equipment in card.equipment)
            and (self.region is None or self.region in card.regions)
            and (self.minutes is None or card.minutes <= self.minutes)
            and self._picked(card)
        )

    def _picked(self, card: ExerciseCard) -> bool:
        match self.pick:
            case "withdrawn":
                return card.withdrawn
            case "favourite":
                return card.favourite and not card.withdrawn
            case "used":
                return card.used_at is not None and not card.withdrawn
            case "own":
                return bool(card.origin) and not card.withdrawn
        return not card.withdrawn


class CardGrid(QScrollArea):
    """Scrolls alone. One card is a stop in the tab order; arrows walk between them."""

    asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, adds: bool = True) -> None:
        super().__init__(parent)
        self._adds = adds
        self.setAccessibleName(_("Exercises"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._holder = QWidget()
        self._holder.setProperty("surface", "none")
        self.setWidget(self._holder)
        self._cards: tuple[ExerciseCard, ...] = ()
        self._views: dict[str, CardView] = {}
        self._shown: list[str] = []
        self._places: dict[str, int] = {}  # of those shown
        self._placed: set[str] = set()  # that stand in or near the view
        self._stop = ""  # the one in the tab order
        self.verticalScrollBar().valueChanged.connect(self._show_near)
        self._in_program: tuple[str, ...] = ()
        self._wanted = Wanted()
        self._locked = False
        self._columns = LEAST
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._build_some)

    def set_cards(self, cards: Sequence[ExerciseCard], in_program: Sequence[str]) -> None:
        """All cards of a case; the ones before are gone."""
        for view in self._views.values():
            view.hide()
            view.deleteLater()
        self._views = {}
        self._placed = set()
        self._cards, self._in_program = tuple(cards), tuple(in_program)
        self.order()

    def set_wanted(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.order()
        self.verticalScrollBar().setValue(0)

    def set_program(self, exercises: Sequence[str], locked: bool) -> None:
        """Which exercises the program has. The order stays, so that nothing jumps away."""
        self._in_program, self._locked = tuple(exercises), locked
        for key, view in self._views.items():
            view.show_state(key in exercises, locked)

    def show_card(self, card: ExerciseCard) -> None:
        """One card as it is now, in its place."""
        self._cards = tuple(card if one.id == card.id else one for one in self._cards)
        if card.id in self._views:
            self._views[card.id].show_card(card)

    def shown(self) -> list[str]:
        """The exercises in view, in their order."""
        return list(self._shown)

    def shown_cards(self) -> tuple[ExerciseCard, ...]:
        """The cards in view, in their order."""
        known = {card.id: card for card in self._cards}
        return tuple(known[key] for key in self._shown)

    def show_chosen(self, exercise: str) -> None:
        """Mark the one that is open, and bring it into view."""
        for key, view in self._views.items():
            view.show_state(key == exercise, False)
        if exercise in self._views and exercise in self._places:
            self._place(exercise)
            self.ensureWidgetVisible(self._views[exercise], 0, tokens.M)

    def view_of(self, exercise: str) -> CardView | None:
        return self._views.get(exercise)

    def order(self) -> None:
        """Those in the program first, then suggested ones, then what fits. What is held back
        comes before them when it was asked for, else last.
        """
        rank = {key: place for place, key in enumerate(self._in_program)}

        def place(card: ExerciseCard) -> tuple[int, int]:
            if card.id in rank:
                return 0, rank[card.id]
            if card.held_back or card.hidden:
                return (1 if self._wanted.held_too else 4), 0
            return (2 if card.suggested_because else 3), 0

        fitting = [
            card
            for card in self._cards
            if self._wanted.fits(card) or (card.id in rank and not self._wanted.words)
        ]
        if self._wanted.pick == "used":
            fitting.sort(key=lambda card: card.used_at.timestamp() if card.used_at else 0.0)
            fitting.reverse()
        self._shown = [card.id for card in sorted(fitting, key=place)]
        self._places = {key: at for at, key in enumerate(self._shown)}
        self._lay_out()
        self._timer.start()

    def _build_some(self) -> None:
        """The next cards: first those in view, in their order, then the rest."""
        known = {card.id: card for card in self._cards}
        rest = [key for key in known if key not in self._places]
        missing = [key for key in (*self._shown, *rest) if key not in self._views]
        if not missing:
            self._timer.stop()
            return
        for key in missing[:AT_ONCE]:
            view = CardView(known[key], self._holder, adds=self._adds)
            view.asked.connect(self.asked)
            view.chosen.connect(self.chosen)
            view.moved.connect(self._walk)
            view.show_state(key in self._in_program, self._locked)
            self._views[key] = view
        self._show_near()
        self._one_stop(self._stop if self._stop in self._places else "")

    def _lay_out(self) -> None:
        room = self.viewport().width() - tokens.S
        self._columns = max(LEAST, min(MOST, (room + tokens.M) // theme.px(WIDE + tokens.M)))
        rows = -(-len(self._shown) // self._columns)
        self._holder.resize(
            self.viewport().width(), max(1, rows * (theme.px(HEIGHT) + tokens.M) - tokens.M)
        )
        self._show_near()
        self._one_stop()

    def _show_near(self) -> None:
        """Show the cards in the view and a row around it; hundreds shown at once cost time."""
        pitch = theme.px(HEIGHT) + tokens.M
        top = self.verticalScrollBar().value()
        first = max(0, top // pitch - 1) * self._columns
        last = ((top + self.viewport().height()) // pitch + 2) * self._columns
        near = self._shown[first:last]
        for key in self._placed.difference(near):
            if not self._views[key].hasFocus() or key not in self._places:
                self._views[key].hide()
                self._placed.discard(key)
        for key in near:
            self._place(key)

    def _place(self, key: str) -> None:
        view = self._views.get(key)
        if view is None:
            return
        row, column = divmod(self._places[key], self._columns)
        gap, high = tokens.M, theme.px(HEIGHT)
        room = self.viewport().width() - tokens.S
        wide = (room - gap * (self._columns - 1)) // self._columns
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = self._columns - 1 - column
        view.setGeometry(column * (wide + gap), row * (high + gap), wide, high)
        view.show()
        self._placed.add(key)

    def _one_stop(self, stop: str = "") -> None:
        stop = stop or next(iter(self._shown), "")
        if stop != self._stop and self._stop in self._views:
            self._views[self._stop].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._stop = stop
        if stop in self._views:
            self._views[stop].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _walk(self, step: int) -> None:
        view = self.sender()
        if not isinstance(view, CardView) or view.card.id not in self._shown:
            return
        by = step if abs(step) == 1 else step // 100 * self._columns
        place = self._shown.index(view.card.id) + by
        if 0 <= place < len(self._shown):
            other = self._views.get(self._shown[place])
            if other is not None:
                self._place(other.card.id)
                self._one_stop(other.card.id)
                other.setFocus(Qt.FocusReason.TabFocusReason)
                self.ensureWidgetVisible(other, 0, tokens.M)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
