"""One exercise of the library in full: the figure that moves when asked, and every word of it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_card import origin_words
from clinic_desk.ui.parts.program_words import upper_first
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Scroller
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.figure_view import FigureView
from clinic_desk.ui.widgets.labels import Label, stacked
from clinic_desk.ui.widgets.picture import PictureView
from clinic_desk.usecases.exercise_library import ExerciseView

_STATES = {
    "reviewed": _("reviewed"),
    "not_reviewed": _("not yet reviewed by a clinician"),
    "missing": _("not translated"),
}


class ExercisePane(QFrame):
    """It shows and asks; the screen acts. `asked`: edit, star, hide, bring_back, export,
    take_shipped, keep_mine. `linked`: another exercise of the ladder.
    """

    asked = Signal(str)
    linked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane-right")
        self.view: ExerciseView | None = None
        self.name = Label("", "title", wrap=True)
        self.about = Label("", "caption", wrap=True)
        self.figure = FigureView()
        self.figure.setMinimumHeight(theme.px(210))
        self.figure.played.connect(self._say_play)
        self.photos = [PictureView(), PictureView()]
        self.play = Button(_("Play"), "play", hint=_("Space"), compact=True)
        self.play.setObjectName("playFigure")
        self.play.clicked.connect(self.figure.toggle)
        self.buttons = {
            "edit": Button(_("Edit"), "pen-line", compact=True),
            "star": Button(_("Favourite"), "star", compact=True),
            "hide": Button(_("Hide"), "eye", compact=True),
            "export": Button(_("Save as file"), "download", compact=True),
        }
        for act, button in self.buttons.items():
            button.setObjectName(f"exercise:{act}")
            button.clicked.connect(partial(self._ask, act))
        self.scroller = Scroller(tokens.L)
        column = layout.column(self)
        column.addWidget(self.scroller, 1)
        inside = self.scroller.column
        inside.setSpacing(tokens.S)
        inside.addWidget(self.name)
        inside.addWidget(self.about)
        acts = QWidget()
        flow = Flow(acts)
        for button in self.buttons.values():
            flow.addWidget(button)
        inside.addWidget(acts)
        self._newer = QWidget()
        layout.column(self._newer, tokens.S)
        inside.addWidget(self._newer)
        inside.addWidget(self.figure)
        pair = layout.row(spacing=tokens.M)
        for one in self.photos:
            one.setMinimumHeight(theme.px(170))
            pair.addWidget(one, 1)
        inside.addLayout(pair)
        played = layout.row()
        played.addWidget(self.play)
        played.addStretch(1)
        inside.addLayout(played)
        self._words = QWidget()
        layout.column(self._words, tokens.M)
        inside.addWidget(self._words)
        inside.addStretch(1)

    def show_view(self, view: ExerciseView) -> None:
        """Show an exercise, at rest and from its top."""
        same = self.view is not None and self.view.card.id == view.card.id
        self.view = view
        card = view.card
        self.name.setText(card.name)
        parts = [_("Stage {n}").format(n=card.stage), upper_first(card.position)]
        parts += [_("{n} min").format(n=card.minutes), origin_words(card)]
        self.about.setText(", ".join(part for part in parts if part))
        self.figure.setVisible(view.pose is not None)
        self.play.setVisible(view.pose is not None)
        if view.pose is not None:
            self.figure.show_exercise(view.pose, view.beat, card.name)
        for place, shown in enumerate(self.photos):
            shown.setVisible(place < len(view.photos))
            if place < len(view.photos):
                shown.set_picture(view.photos[place])
                shown.setAccessibleName(_("Photo of {name}").format(name=card.name))
        star = self.buttons["star"]
        star.setText(_("No favourite") if card.favourite else _("Favourite"))
        out = _("Bring back") if card.withdrawn else _("Hide")
        if not card.withdrawn and card.origin == "own":
            out = _("Archive")
        self.buttons["hide"].setText(out)
        self._fill_newer(view)
        self._fill_words(view)
        if not same:
            self.scroller.verticalScrollBar().setValue(0)

    def _ask(self, act: str) -> None:
        if act == "hide" and self.view is not None and self.view.card.withdrawn:
            act = "bring_back"
        self.asked.emit(act)

    def _say_play(self, plays: bool) -> None:
        self.play.setText(_("Pause") if plays else _("Play"))
        self.play.set_icon("pause" if plays else "play")

    def _fill_newer(self, view: ExerciseView) -> None:
        """Where the clinic's version differs from what ships: both, and what can be done."""
        _clear(self._newer)
        self._newer.setVisible(bool(view.compared))
        column = self._newer.layout()
        if not view.compared or column is None:
            return
        outdated = view.card.origin == "outdated"
        head = (
            _("The shipped version has changed") if outdated else _("Changed here from what ships")
        )
        column.addWidget(Label(head, "strong"))
        for what, here, there in view.compared:
            here_words = _("{what}, here: {text}").format(what=what, text=here)
            there_words = _("{what}, shipped: {text}").format(what=what, text=there)
            column.addWidget(Label(here_words, "body", wrap=True))
            column.addWidget(Label(there_words, "caption", wrap=True))
        held = QWidget()
        row = Flow(held)
        wanted = [("take_shipped", _("Take the shipped version"))]
        if outdated:
            wanted.append(("keep_mine", _("Keep ours")))
        for act, words in wanted:
            button = Button(words, compact=True)
            button.setObjectName(f"exercise:{act}")
            button.clicked.connect(partial(self.asked.emit, act))
            row.addWidget(button)
        column.addWidget(held)

    def _fill_words(self, view: ExerciseView) -> None:
        _clear(self._words)
        card = view.card
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(card.steps, 1))
        dosage = view.dosage
        if view.own_dosage:
            dosage += "\n" + _("Your own dose for this exercise")
        self._add(_("Start"), view.position)
        self._add(_("Steps"), steps)
        self._add(_("Cues"), "\n".join(card.cues))
        self._add(_("Dosage"), dosage)
        for lead, text in view.rules:
            self._add(lead, upper_first(text))
        self._add(_("Muscles"), upper_first(", ".join(card.muscles)))
        self._add(_("Equipment"), upper_first(", ".join(card.equipment)) or _("None"))
        gates = "\n".join(f"{who}: {when}" for who, when in view.gates)
        self._add(_("When it is advised"), gates)
        for label, link in ((_("Easier"), view.easier), (_("Harder"), view.harder)):
            if link is not None:
                self._link(label, *link)
        said = (f"{name}: {_STATES[state]}" for name, state in view.languages)
        self._add(_("Languages"), "\n".join(said))
        self._add(_("Source"), view.source)

    def _add(self, lead: str, text: str) -> None:
        column = self._words.layout()
        if not text or column is None:
            return
        column.addWidget(stacked(Label(lead, "label"), Label(text, "body", wrap=True), spacing=2))

    def _link(self, lead: str, key: str, name: str) -> None:
        column = self._words.layout()
        if column is None:
            return
        button = Button(
            _("{lead}: {name}").format(lead=lead, name=name), "arrow-right", kind="link"
        )
        button.setObjectName(f"ladder:{key}")
        button.clicked.connect(partial(self.linked.emit, key))
        held = QWidget()
        row = layout.row(held)
        row.addWidget(button)
        row.addStretch(1)
        column.addWidget(held)


def _clear(holder: QWidget) -> None:
    column = holder.layout()
    while column is not None and column.count():
        item = column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
