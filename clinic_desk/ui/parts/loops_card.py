"""What waits for an answer on the patient's page, and recording an order."""

from collections.abc import Sequence
from functools import cached_property, partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import late, layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.loops_order import OrderForm
from clinic_desk.ui.parts.loops_words import state
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Label, OneLine
from clinic_desk.usecases import loops
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.loops import LoopRow


class LoopsCard(Card):
    """The open requests of a patient; the closed ones on demand. `opened` has the id."""

    opened = Signal(object)
    order_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Waiting for answers"), "", parent)
        self.setObjectName("loops")
        self.order = Button(_("Record order"), kind="link", compact=True)
        self.order.setObjectName("orderButton")
        self.order.clicked.connect(self.order_asked)
        self.add_to_header(self.order)
        self.nothing = Label(_("Nothing was asked of anybody."), "quiet", wrap=True)
        self.add(self.nothing)
        self._holder = QWidget()
        self._list = layout.column(self._holder, tokens.M)
        self.add(self._holder)
        self.more = Button("", kind="link", compact=True)
        self.more.setObjectName("closedLoops")
        self.more.clicked.connect(self._turn)
        self.add(self.more)
        self.more.hide()  # it has no words yet
        self._rows: tuple[LoopRow, ...] = ()
        self._closed_too = False
        self._lines: list[QWidget] = []

    def show_loops(self, rows: Sequence[LoopRow], *, anew: bool) -> None:
        self._rows = tuple(rows)
        self._closed_too = self._closed_too and not anew
        self._build()

    def _turn(self) -> None:
        self._closed_too = not self._closed_too
        self._build()

    def _build(self) -> None:
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        still = [row for row in self._rows if row.is_open]
        closed = len(self._rows) - len(still)
        for row in self._rows if self._closed_too else still:
            self._lines.append(self._line(row))
            self._list.addWidget(self._lines[-1])
        if still:
            nothing = ""
        elif closed:
            nothing = _("All answers are signed off.")
        else:
            nothing = _("Nothing was asked of anybody.")
        self.header.set(_("Waiting for answers"), str(len(still)) if still else "")
        self.nothing.setText(nothing)
        self.nothing.setVisible(not still)
        self._holder.setVisible(bool(self._lines))
        text = _("Hide the closed ones") if self._closed_too else _("Show {n} closed")
        self.more.setText(text.format(n=closed))
        self.more.setVisible(closed > 0)

    def _line(self, row: LoopRow) -> QWidget:
        held = QWidget()
        whole = layout.column(held, 2)
        top = layout.row(spacing=tokens.S)
        top.addWidget(OneLine(row.title, "strong"), 1)
        act = _("Read") if row.state == "unread" else _("Open")
        button = Button(act, compact=True, name=f"{act}: {row.title}")
        button.setProperty("loop", str(row.id))
        button.clicked.connect(self._open)
        top.addWidget(button)
        whole.addLayout(top)
        about = row.summary or row.recipient
        if about:
            whole.addWidget(OneLine(about, "caption"))
        below = layout.row(spacing=tokens.S)
        below.addWidget(Chip(*state(row)))
        below.addStretch(1)
        whole.addLayout(below)
        if row.chased and row.is_open:
            whole.addWidget(Label(row.chased, "caption", wrap=True))
        return held

    def _open(self) -> None:
        self.opened.emit(UUID(self.sender().property("loop")))


class LoopsPart(QObject):
    """The card, and the form to record an order in the case in hand, which comes into `place`."""

    def __init__(
        self, desk: Desk, lanes: Lanes, screen: Screen, holder: QWidget | None = None
    ) -> None:
        super().__init__(screen)
        self._desk, self._lanes, self._screen = desk, lanes, screen
        self._patient: UUID | None = None
        self._case: UUID | None = None
        self._anew = True
        self._doing = Doing(desk, lanes, screen)
        self._doing.changed.connect(self._look)
        self.place = layout.column()
        self.card = LoopsCard(holder)
        self.card.opened.connect(self._open)
        self.card.order_asked.connect(self._begin)

    @cached_property
    def form(self) -> OrderForm:
        """The form; made when it is first wanted."""
        form = OrderForm(self._screen, self._desk.today())
        form.asked.connect(self._record)
        form.cancelled.connect(self._give_up)
        late.put(form, self.place, self.card)
        return form

    def show_patient(self, patient: UUID, case: UUID | None) -> None:
        """Show what waits for a patient; an order half typed stays with its case."""
        self._anew = patient != self._patient
        if "form" in self.__dict__ and (case != self._case or not self.form.title.value()):
            self.form.hide()
        self._patient, self._case = patient, case
        self.card.order.setVisible(case is not None)
        if self._anew:
            self.card.show_loops((), anew=True)
        self._look()

    def _look(self) -> None:
        patient = self._patient
        if patient is not None:
            self._lanes.run(
                lambda: (patient, loops.of_patient(self._desk, patient)),
                self._show,
                self._refused,
                replace_key="loops: patient",
            )

    def _show(self, found: tuple[UUID, tuple[LoopRow, ...]]) -> None:
        if found[0] == self._patient:
            self.card.show_loops(found[1], anew=self._anew)
            self._anew = False

    def _open(self, loop: UUID) -> None:
        self._screen.open_requested.emit(Ref(Place.LOOP, loop))

    def _begin(self) -> None:
        case = self._case
        if case is not None:
            self.form.clear()
            self.form.draft.begin(case, Ref(Place.PATIENT, self._patient, case=case))
            self.form.show()
            self.form.title.setFocus()

    def go_on(self, form: str, about: UUID) -> None:
        """Open the form again where an order was left half typed."""
        typing = "form" in self.__dict__ and not self.form.isHidden()
        if form == "order" and about == self._case and not typing:
            self._begin()

    def _give_up(self) -> None:
        self.form.draft.give_up()
        self._leave()

    def _leave(self) -> None:
        self.card.order.setFocus()
        self.form.hide()

    def _record(self) -> None:
        case, details = self._case, self.form.details()
        if case is not None:
            text = _("Recorded. It waits on Today until its answer is signed off.")
            act = partial(loops.order, self._desk, case, details)
            self._doing.do(act, text, self._recorded, self._refused)

    def _recorded(self, _loop: UUID) -> None:
        self.form.draft.end()
        self._leave()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self._screen.said.emit("; ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self._screen.said.emit(str(error), "problem")
        else:
            raise error
