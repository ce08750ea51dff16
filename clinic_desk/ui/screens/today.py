"""Today: who is in hand, the day's visits, and what needs the clinician."""

from itertools import groupby

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Cell, Chipped, Column, Marked, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState, Scroller
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine
from clinic_desk.usecases import today
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.today import Need, VisitRow

KINDS = {
    "first_evaluation": _("First evaluation"),
    "re_evaluation": _("Re-evaluation"),
    "follow_up": _("Follow-up"),
}
# kind: heading, icon, colour role, what the button says
NEEDS = {
    "red_flag": (_("Red flags waiting for an action"), "octagon", "flag", _("Open")),
    "overdue": (_("Replies overdue"), "hourglass", "caution", _("Chase")),
    "unread": (_("Answers to read"), "paperclip", "caution", _("Read")),
    "unsigned": (_("Notes to sign"), "pen-line", "ink", _("Open")),
    "letter_draft": (_("Letters not issued"), "mail", "ink", _("Continue")),
    "program_draft": (_("Programs not prescribed"), "clipboard-list", "ink", _("Continue")),
    "waiting": (_("Waiting for an answer"), "hourglass", "ink", _("Open")),
}
SHOWN = 5  # of the requests in one state; the others are one press away


def _state(row: VisitRow) -> Cell:
    if row.signed_at is None:
        return Chipped(_("Draft, not signed"), "caution", "pen-line")
    return Chipped(
        _("Signed {time}").format(time=f"{row.signed_at.astimezone():%H:%M}"), "good", "check"
    )


def _case(row: VisitRow) -> Cell:
    return Marked(row.case_title, f"side-{row.side}") if row.side else row.case_title


NARROW, NARROWEST = 1120, 900  # widths in px under which something gives way
SIDE, SIDE_NARROW = 376, 270
COLUMNS = (
    Column(_("Time"), lambda row: f"{row.care_at.astimezone():%H:%M}", width=64, type="strong"),
    Column(_("Patient"), lambda row: row.patient, type="strong"),
    Column(_("Born"), lambda row: written_day(row.birth_date), width=110, spare=2),
    Column(_("Visit"), lambda row: KINDS.get(row.kind, row.kind), width=120, spare=1),
    Column(_("Case"), _case),
    Column(_("State"), _state, width=160),
)


class TodayScreen(Screen):
    """The first page of the day."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._next: VisitRow | None = None
        self.next_card = Card()
        self.next_name = OneLine("", "title", least=90)
        self.next_born = Label("", "quiet")
        self.next_side = Icon("side-left", 16, "ink")
        self.next_case = OneLine("", "body")
        self.next_when = Label("", "caption")
        self.next_time = Label("", "number")
        self.patient = Button(_("Open patient"))
        self.patient.clicked.connect(self._open_patient)
        self.proceed = PrimaryButton(_("Continue visit"))
        self.proceed.clicked.connect(self._continue)
        when = layout.column(spacing=2)
        when.addWidget(self.next_when)
        when.addWidget(self.next_time)
        who = layout.column(spacing=tokens.XS)
        name = layout.row(spacing=tokens.M)
        name.addWidget(self.next_name)
        name.addWidget(self.next_born)
        name.addStretch(1)
        case = layout.row(spacing=tokens.S)
        case.addWidget(self.next_side)
        case.addWidget(self.next_case, 1)
        who.addLayout(name)
        who.addLayout(case)
        line = layout.row(spacing=tokens.XL)
        line.addLayout(when)
        line.addLayout(who, 1)
        line.addWidget(self.patient)
        line.addWidget(self.proceed)
        self.next_card.body.addLayout(line)

        # Two buttons for one act: only the primary one of the moment is filled and has the key.
        self._nobody = False  # is registered yet
        self.register = PrimaryButton(_("Register the first patient"), icon="user-plus")
        self.register.clicked.connect(self._register)
        self.find_first = PrimaryButton(_("Find a patient"), icon="search")
        self.find_patient = Button(_("Find a patient"), "search")
        for button in (self.find_first, self.find_patient):
            button.clicked.connect(self._find)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Visits of the day"))
        self.rows.opened.connect(self._open_row)
        self.visits = Card(_("Visits"), flush=True)
        self.visits.add_to_header(self.find_patient)
        self.visits.add_to_header(self.find_first)
        self.visits.add_to_header(self.register)
        self.visits_empty = EmptyState(_("No visit was started today."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.rows)
        self.pages.addWidget(self.visits_empty)
        self.visits.add(self.pages, 1)

        self.needs = Card(_("Needs you"), flush=True)
        self.all_requests = Button(_("All requests"), kind="link", compact=True)
        self.all_requests.setObjectName("allRequests")
        self.all_requests.clicked.connect(self._open_requests)
        self.needs.add_to_header(self.all_requests)
        self._need_widgets: list[QWidget] = []
        self.side = Scroller(0)
        self.side.column.addWidget(self.needs)
        self.side.column.addStretch(1)

        left = layout.column(spacing=tokens.L)
        left.addWidget(self.next_card)
        left.addWidget(self.visits, 1)
        whole = layout.row(self, tokens.XL, tokens.XL)
        whole.addLayout(left, 1)
        whole.addWidget(self.side)
        self.next_card.hide()

    def open(self, ref: Ref) -> None:
        now = self.desk.now().astimezone()
        self.heading_changed.emit(_("Today"), f"{now:%A} {written_day(now.date())}, {now:%H:%M}")
        self.lanes.run(lambda: today.today(self.desk), self._show, replace_key="today")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps who is next and the button that goes on."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(NARROW)
        self.side.setFixedWidth(theme.px(SIDE_NARROW if narrow else SIDE))
        self.next_born.setVisible(not narrow)
        self.patient.setVisible(self.width() >= theme.px(NARROWEST))

    def primary(self) -> QAbstractButton:
        if self._next is not None:
            return self.proceed
        return self.register if self._nobody else self.find_first

    def _show(self, page: today.Today) -> None:
        self._next, self._nobody = page.next_up, not page.patients
        self._show_next(page.next_up)
        self.model.set_rows(page.visits)
        self.rows.choose(0)
        signed = sum(1 for row in page.visits if row.state == "signed")
        count = ngettext("{n} today", "{n} today", len(page.visits)).format(n=len(page.visits))
        hint = _("{count}: {signed} signed, {draft} draft").format(
            count=count, signed=signed, draft=len(page.visits) - signed
        )
        self.visits.header.set(_("Visits"), hint if page.visits else "")
        self.pages.setCurrentWidget(self.rows if page.visits else self.visits_empty)
        if not page.visits:
            self.visits_empty.sentence.setText(
                _("No visit was started today. Find the patient and start one.")
                if page.patients
                else _("Nobody is registered yet.")
            )
        self._show_needs(page.needs)
        self.take_focus(self.primary())

    def _show_next(self, row: VisitRow | None) -> None:
        self.next_card.setVisible(row is not None)
        self.find_patient.setVisible(row is not None)
        self.find_first.setVisible(row is None and not self._nobody)
        self.register.setVisible(row is None and self._nobody)
        if row is None:
            return
        self.next_when.setText(_("Unsigned, from"))
        self.next_time.setText(f"{row.care_at.astimezone():%H:%M}")
        self.next_name.setText(row.patient)
        self.next_born.setText(written_day(row.birth_date))
        self.next_side.setVisible(row.side is not None)
        if row.side is not None:
            self.next_side.set(f"side-{row.side}")
        self.next_case.setText(f"{row.case_title}. {KINDS.get(row.kind, row.kind)}.")

    def _show_needs(self, needs: tuple[Need, ...]) -> None:
        for widget in self._need_widgets:
            self.needs.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._need_widgets = []
        if not needs:
            self._add_need(Label(_("Nothing waits for you."), "quiet"))
        self.all_requests.setVisible(any(need.loop_id is not None for need in needs))
        for kind, group in groupby(needs, key=lambda need: need.kind):
            self._show_group(kind, list(group))

    def _show_group(self, kind: str, needs: list[Need]) -> None:
        heading, icon, role, _action = NEEDS[kind]
        held = QWidget()
        line = layout.row(held, tokens.S)
        line.addWidget(Icon(icon, 18, "flag_line" if role == "flag" else role))
        line.addWidget(Label(heading, role if role in ("flag", "caution") else "strong"), 1)
        line.addWidget(Label(str(len(needs)), "caption"))
        self._add_need(held)
        shown = needs[:SHOWN] if needs[0].loop_id is not None else needs
        for need in shown:
            self._add_need(self._need_line(need))
        if len(shown) < len(needs):
            more = Button(
                _("Show all {n}").format(n=len(needs)),
                kind="link",
                compact=True,
                name=_("{heading}: show all {n}").format(heading=heading, n=len(needs)),
            )
            more.clicked.connect(self._open_requests)
            self._add_need(more)

    def _need_line(self, need: Need) -> QWidget:
        action = NEEDS[need.kind][3]
        held = QWidget()
        line = layout.row(held, tokens.S)
        line.setContentsMargins(theme.px(26), 0, 0, 0)
        words = layout.column(spacing=2)
        words.addWidget(Label(need.title, "body", wrap=True))
        words.addWidget(Label(need.detail, "caption", wrap=True))
        line.addLayout(words, 1)
        kind = "flag" if need.kind == "red_flag" else "plain"
        button = Button(
            action, kind=kind, name=_("{act}: {who}").format(act=action, who=need.title)
        )
        button.setProperty("need", need)
        button.clicked.connect(self._open_need)
        line.addWidget(button)
        return held

    def _add_need(self, widget: QWidget) -> None:
        margins = widget.contentsMargins()
        holder = QWidget()
        inner = layout.column(holder)
        inner.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        widget.setContentsMargins(margins)
        inner.addWidget(widget)
        self.needs.add(holder)
        self._need_widgets.append(holder)

    def _open_need(self) -> None:
        need = self.sender().property("need")
        if not isinstance(need, Need):
            return
        if need.loop_id is not None:
            self.open_requested.emit(Ref(Place.LOOP, need.loop_id))
        elif need.kind == "letter_draft":
            self.open_requested.emit(Ref(Place.LETTER, need.case_id))
        elif need.kind == "program_draft":
            self.open_requested.emit(Ref(Place.PROGRAM, need.case_id))
        elif need.visit_id is not None:
            place = Place.EVALUATION if need.kind == "red_flag" else Place.VISIT
            self.open_requested.emit(Ref(place, need.visit_id))

    def _open_requests(self) -> None:
        self.open_requested.emit(Ref(Place.LOOPS))

    def _open_row(self, row: object) -> None:
        if isinstance(row, VisitRow):
            self.open_requested.emit(Ref(Place.VISIT, row.visit_id))

    def _open_patient(self) -> None:
        if self._next is not None:
            self.open_requested.emit(
                Ref(Place.PATIENT, self._next.patient_id, case=self._next.case_id)
            )

    def _continue(self) -> None:
        if self._next is not None:
            self.open_requested.emit(Ref(Place.VISIT, self._next.visit_id))

    def _register(self) -> None:
        self.open_requested.emit(Ref(Place.NEW_PATIENT))

    def _find(self) -> None:
        self.open_requested.emit(Ref(Place.PATIENTS))
