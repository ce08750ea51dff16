"""What needs the clinician, by kind and in the order of urgency; each opens where it is."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.todo_snooze import SnoozeButton
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases.today import Need

# kind: heading, icon, colour role, what the button says
NEEDS = {
    "red_flag": (_("Red flags waiting for an action"), "octagon", "flag", _("Open")),
    "overdue": (_("Replies overdue"), "hourglass", "caution", _("Chase")),
    "unread": (_("Answers to read"), "paperclip", "caution", _("Read")),
    "todo_late": (_("Tasks overdue"), "list-checks", "caution", _("Done")),
    "returned": (_("Notes given back to you"), "undo-2", "caution", _("Answer")),
    "cosign": (_("Notes to co-sign"), "user-check", "ink", _("Read")),
    "unsigned": (_("Notes to sign"), "pen-line", "ink", _("Open")),
    "retest": (_("Re-evaluations due"), "activity", "ink", _("Open")),
    "todo": (_("Tasks due this week"), "list-checks", "ink", _("Done")),
    "contact_draft": (_("Calls and messages to sign"), "phone", "ink", _("Continue")),
    "letter_draft": (_("Letters not issued"), "mail", "ink", _("Continue")),
    "program_draft": (_("Programs not prescribed"), "clipboard-list", "ink", _("Continue")),
    "waiting": (_("Waiting for an answer"), "hourglass", "ink", _("Open")),
}
COLUMNS = (  # of a file
    Column(_("What it is"), lambda need: NEEDS[need.kind][0]),
    Column(_("Patient or task"), lambda need: need.title),
    Column(_("What waits"), lambda need: need.detail),
)
SHOWN = 5  # of one kind with a page of its own; the others are one press away
MORE = 20  # of one kind without a page: so many at first, and with each press
WITH_PAGE = frozenset(("overdue", "unread", "waiting", "todo_late", "todo"))


class NeedsCard(Card):
    """`pressed` has the need whose button was pressed; `snoozed` a task and the days."""

    pressed = Signal(object)  # Need
    snoozed = Signal(object, object)  # Need, days
    all_requests_wanted = Signal()
    all_tasks_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Needs you"), flush=True, parent=parent)
        self.all_requests = Button(_("Requests"), kind="link", compact=True, name=_("All requests"))
        self.all_requests.setObjectName("allRequests")
        self.all_requests.clicked.connect(self.all_requests_wanted)
        self.all_tasks = Button(_("Tasks"), kind="link", compact=True, name=_("All tasks"))
        self.all_tasks.setObjectName("allTasks")
        self.all_tasks.clicked.connect(self.all_tasks_wanted)
        self.add_to_header(self.all_requests)
        self.add_to_header(self.all_tasks)
        self._widgets: list[QWidget] = []
        self._needs: tuple[Need, ...] = ()
        self._me: UUID | None = None
        self._in_all: Mapping[str, int] = {}
        self._wanted: dict[str, int] = {}  # kind: how many of it were asked for
        self.whose = Segments(
            [("mine", _("Mine")), ("all", _("Everybody's"))], _("Whose work is shown"), view=True
        )
        self.whose.setObjectName("whoseNeeds")
        self.whose.set_value("mine")
        self.whose.changed.connect(self._show)
        self._filter = QWidget()
        line = layout.row(self._filter)
        line.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        line.addWidget(self.whose)
        line.addStretch(1)
        self.add(self._filter)
        self._filter.hide()

    def show_needs(
        self,
        needs: Sequence[Need],
        me: UUID | None = None,
        in_all: Mapping[str, int] | None = None,
    ) -> None:
        """What waits; of the work that is a person's own, theirs first and others' by the filter,
        which is there only where others have some. `in_all` says how many of a kind wait where
        only the first of them are given.
        """
        self._needs, self._me, self._in_all = tuple(needs), me, in_all or {}
        self._filter.setVisible(any(self._others(need) for need in needs))
        self._show()

    def shows(self, kind: str) -> bool:
        """Whether something of a kind waits."""
        return any(need.kind == kind for need in self._needs)

    def _others(self, need: Need) -> bool:
        return None not in (need.whose, self._me) and need.whose != self._me

    def shown(self) -> tuple[Need, ...]:
        """What waits for whom is chosen, also what is not shown in full."""
        return self.chosen()(self._needs)

    def chosen(self) -> Callable[[Sequence[Need]], tuple[Need, ...]]:
        """Whose work is shown, as a filter."""
        everything, me = self._filter.isHidden() or self.whose.value() == "all", self._me
        return lambda needs: tuple(
            need for need in needs if everything or None in (need.whose, me) or need.whose == me
        )

    @property
    def whole(self) -> bool:
        """Whether all that waits was read."""
        return all(
            many <= sum(need.kind == kind for need in self._needs)
            for kind, many in self._in_all.items()
        )

    def _show(self) -> None:
        needs = self.shown()
        for widget in self._widgets:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        if not needs:
            self._spot().addWidget(Label(_("Nothing waits for you."), "quiet"))
        self.all_requests.setVisible(any(need.loop_id is not None for need in needs))
        for kind, group in groupby(needs, key=lambda need: need.kind):
            self._show_group(kind, list(group))

    def _show_group(self, kind: str, needs: list[Need]) -> None:
        heading, icon, role, _action = NEEDS[kind]
        line = layout.row(spacing=tokens.S)
        self._spot().addLayout(line)
        line.addWidget(Icon(icon, 18, "flag_line" if role == "flag" else role))
        line.addWidget(Label(heading, role if role in ("flag", "caution") else "strong"), 1)
        in_all = max(len(needs), self._in_all.get(kind, 0))
        line.addWidget(Label(str(in_all), "caption"))
        shown = needs[: SHOWN if kind in WITH_PAGE else self._wanted.get(kind, MORE)]
        for need in shown:
            self._show_line(need)
        if len(shown) < len(needs):
            self._show_way_on(kind, heading, needs, len(shown))
        elif in_all > len(needs):
            text = _("{n} more come up as these are done").format(n=in_all - len(needs))
            self._spot().addWidget(Label(text, "caption", wrap=True))

    def _show_way_on(self, kind: str, heading: str, needs: list[Need], shown: int) -> None:
        with_page = kind in WITH_PAGE
        says = _("Show {n} more").format(n=min(MORE, len(needs) - shown))
        if with_page:
            says = _("Show all {n}").format(n=len(needs))
        more = Button(says, kind="link", compact=True, name=f"{heading}: {says}")
        more.setProperty("next", needs[shown])
        if with_page:
            tasks = needs[0].todo_id is not None
            more.clicked.connect(self.all_tasks_wanted if tasks else self.all_requests_wanted)
        else:
            more.clicked.connect(self._show_more)
        self._spot().addWidget(more)

    def _show_more(self) -> None:
        """More of one kind, with the focus on the first that was not there."""
        first = self.sender().property("next")
        self._wanted[first.kind] = self._wanted.get(first.kind, MORE) + MORE
        self._show()
        buttons = (one for widget in self._widgets for one in widget.findChildren(Button))
        next(one for one in buttons if one.property("need") == first).setFocus()

    def _show_line(self, need: Need) -> None:
        action = NEEDS[need.kind][3]
        line = layout.row(spacing=tokens.S)
        line.setContentsMargins(theme.px(26), 0, 0, 0)
        self._spot().addLayout(line)
        words = layout.column(spacing=2)
        line.addLayout(words, 1)
        for text, type in ((need.title, "body"), (need.detail, "caption")):
            label = Label(text, type, wrap=True)
            label.setMinimumWidth(1)  # a word that is longer than the card gives way to the button
            words.addWidget(label)
        if need.todo_id is not None:
            later = SnoozeButton(need.title)
            later.setProperty("need", need)
            later.put_off.connect(self._snooze)
            line.addWidget(later)
        kind = "flag" if need.kind == "red_flag" else "plain"
        button = Button(
            action, kind=kind, name=_("{act}: {who}").format(act=action, who=need.title)
        )
        button.setProperty("need", need)
        if need.visit_id is not None:
            button.setObjectName(f"need:{need.kind}:{need.visit_id}")
        button.clicked.connect(self._press)
        line.addWidget(button)

    def _spot(self) -> QVBoxLayout:
        """Room for one more line. It stands before anything is in it: a widget that is moved has
        all below it styled anew.
        """
        holder = QWidget()
        self.add(holder)
        self._widgets.append(holder)
        inner = layout.column(holder)
        inner.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        return inner

    def _press(self) -> None:
        need = self.sender().property("need")
        if isinstance(need, Need):
            self.pressed.emit(need)

    def _snooze(self, days: int) -> None:
        need = self.sender().property("need")
        if isinstance(need, Need):
            self.snoozed.emit(need, days)
