"""Program: the exercise library, the home program with live minutes, its handout."""

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.parts import layout, paper_words
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.paper_keys import add_keys
from clinic_desk.ui.parts.program_acts import (
    Issued,
    Opened,
    issue,
    load,
)
from clinic_desk.ui.parts.program_base import FIELDS, PLAN, ProgramBase
from clinic_desk.ui.parts.program_history import ProgramHistory
from clinic_desk.ui.parts.program_preview import HandoutPreview
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import programs, remedies
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import Builder, ProgramContent, ProgramView

# The right pane's width from a screen's width on.
PANES = ((1340, 480), (1100, 458), (0, 400))


class ProgramScreen(ProgramBase):
    """One case's program. The sheet holds its content; every change is a step of undo."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._issuing = False
        self._drafted: UUID | None = None  # the case whose draft was discarded last
        self.dropping = Doing(desk, lanes, self)
        self.dropping.taken_back.connect(self._back_again)
        self.sheet.changed.connect(self._show)
        self.library.templates_asked.connect(self._to_templates)
        self.library.reasoned.connect(partial(self._set, "override_reason"))
        self.pages = HandoutPreview(lanes)
        self.pages.closed.connect(self._leave_preview)
        self.pages.refused.connect(self._say_problem)
        self.left = QStackedWidget()
        self.left.addWidget(self.library)
        self.left.addWidget(self.pages)

        self.past = ProgramHistory()
        self.past.closed.connect(self._leave_history)
        self.past.taken.connect(self._take_again)
        self.left.addWidget(self.past)

        self.pane.lines.chosen.connect(self._show)
        self.pane.head.history.clicked.connect(self._show_history)
        self.pane.sheet.changed.connect(self._set)
        self.pane.options.changed.connect(partial(self._set, "sheet"))
        self.pane.discard.clicked.connect(self._discard)
        self.pane.preview.clicked.connect(self._toggle_preview)
        self.pane.issue.clicked.connect(self._issue)
        self.pane.head.undo.clicked.connect(self.sheet.undo)
        self.sheet.undo_changed.connect(self._say_undo)
        row = layout.row(self, 0)
        row.addWidget(self.left, 1)
        row.addWidget(self.pane)
        add_keys(self, self.sheet, ((_("Preview of the handout"), "Ctrl+P", self._toggle_preview),))

    # What the shell asks

    def open(self, ref: Ref) -> None:
        case = ref.id
        if case is None:
            return
        self._case, self._issuing = case, False
        self.sheet.load({})  # nothing of another case may be kept here
        self._close_preview()
        self.heading_changed.emit(_("Program"), "")
        self.lanes.run(
            lambda: load(self.desk, case),
            self._opened,
            self.lost,
            replace_key="program: open",
        )

    def _to_templates(self) -> None:
        self.open_requested.emit(Ref(Place.EXERCISES, extra="templates"))

    def primary(self) -> QAbstractButton:
        return self.pane.issue

    def search_field(self) -> QWidget:
        return self.library.filters.words

    def panes(self) -> list[QWidget]:
        return [self.left, self.pane.scroller]

    def leave(self) -> None:
        self.sheet.flush()

    def unkept(self) -> bool:
        return self.sheet.refused

    # Showing

    def _opened(self, opened: Opened) -> None:
        builder = opened.builder
        if builder.case_id != self._case:
            return
        self._builder = builder
        self._cards = {card.id: card for card in builder.cards}
        self.banner_changed.emit(opened.banner)
        self.heading_changed.emit(_("Program"), opened.banner.case_title)
        content = builder.draft or builder.current or ProgramContent(sheet=builder.sheet)
        self.pane.options.show_builder(builder)
        self.pane.lines.prefer(builder.weight_unit)
        values: dict[str, object] = {name: getattr(content, name) for name in FIELDS}
        self.sheet.load(values | {PLAN: (content.template, content.lines)})
        self.pane.lines.open_place = -1
        if builder.draft is not None and builder.draft_kept_at is not None:
            self._say_kept(builder.draft_kept_at)
        else:
            self.pane.head.kept.hide()
            self.pane.discard.hide()
            self.status_changed.emit("")
        self.library.show_builder(builder, content)
        self._show()
        self.library.filter()

    def _show(self, _changed: object = None) -> None:
        content, builder = self.content(), self._builder
        gauge = programs.gauge(self.desk, content)
        self.pane.show_content(content, gauge, self._cards)
        locked = self.locked
        self.pane.options.show_content(self.desk, content)
        self.library.show_program(content, locked)
        self.pane.issue.setEnabled(bool(content.lines) and not locked and not self._issuing)
        self.pane.preview.setEnabled(bool(content.lines))
        names = {card.id: card.name for card in self._cards.values()}
        measure = partial(programs.gauge, self.desk)
        mends = remedies.remedies(content, gauge, self._cards, measure)
        self.pane.head.show_remedies(() if locked else mends, names)
        self.pane.head.about.setText(self._about(content, builder))
        if self.left.currentWidget() is self.pages:
            self._render_preview()

    def _about(self, content: ProgramContent, builder: Builder | None) -> str:
        rows = {row.id: row.name for row in builder.templates} if builder else {}
        name = rows.get(content.template or "")
        untouched = builder is not None and builder.draft is None and not self.sheet.can_undo
        prescribed = builder.current_at if builder is not None and untouched else None
        if prescribed is not None and content.lines:
            return _("As prescribed on {day}").format(day=paper_words.day_and_time(prescribed))
        return _("From template {name}").format(name=name) if name and content.lines else ""

    def _say_undo(self) -> None:
        self.pane.head.undo.setEnabled(self.sheet.can_undo)
        self.pane.head.about.setText(self._about(self.content(), self._builder))

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = next(wide for least, wide in PANES if self.width() >= theme.px(least))
        self.pane.setFixedWidth(theme.px(wide))
        self.library.filters.set_narrow(self.width() - theme.px(wide) < theme.px(760))
        super().resizeEvent(event)

    # What was prescribed before

    def _show_history(self) -> None:
        case = self._case
        if case is not None:
            self.lanes.run(
                lambda: (case, programs.history(self.desk, case)),
                self._history_came,
                self._refused,
                replace_key="program: history",
            )

    def _history_came(self, came: tuple[UUID, tuple[ProgramView, ...]]) -> None:
        case, found = came
        builder = self._builder
        if case != self._case or builder is None:
            return
        names = {card.id: card.name for card in self._cards.values()}
        templates = {row.id: row.name for row in builder.templates}
        self._close_preview()
        self.left.setCurrentWidget(self.past)
        self.past.show_programs(found, self.content(), names, templates)

    def _leave_history(self) -> None:
        self.left.setCurrentIndex(0)
        self.pane.head.history.setFocus()

    def _take_again(self, content: ProgramContent) -> None:
        self._take_lines(content)
        self._leave_history()
        self.said.emit(_("The earlier lines are back. Ctrl+Z takes them away."), "info")

    # Preview

    def _toggle_preview(self) -> None:
        if self.left.currentWidget() is self.pages:
            self._close_preview()
        elif self.content().lines:
            self.left.setCurrentWidget(self.pages)
            self.pages.area.setFocus()
            self.pane.preview.setText(_("Exercises"))
            self._render_preview()

    def _leave_preview(self) -> None:
        self._close_preview()
        self.pane.preview.setFocus()

    def _close_preview(self) -> None:
        self.left.setCurrentIndex(0)
        self.pane.preview.setText(_("Preview"))

    def _render_preview(self) -> None:
        if self._case is not None:
            self.pages.draw(self.desk, self._case, self.content())

    # Keeping and issuing

    def _keep(self, _values: dict[str, object]) -> None:
        case, content = self._case, self.content()
        if case is not None and not self._issuing:
            self.lanes.run(
                lambda: programs.keep(self.desk, case, content), self._kept, self._not_kept
            )

    def _kept(self, at: datetime) -> None:
        if not self._issuing:
            self._say_kept(at)

    def _not_kept(self, error: Exception) -> None:
        self.sheet.not_kept(error)
        self.pane.head.kept.hide()
        self.status_changed.emit(paper_words.not_kept())
        self._refused(error)

    def _say_kept(self, at: datetime) -> None:
        self.pane.head.kept.set(paper_words.kept_short(at))
        self.pane.head.kept.show()
        self.pane.discard.show()
        self.status_changed.emit(paper_words.kept_at(at))

    def _discard(self) -> None:
        case = self._case
        if case is not None:
            self.sheet.load(self.sheet.values())
            self._drafted = case
            act = partial(programs.discard, self.desk, case)
            words = _("The draft is gone; what was prescribed stays.")
            self.dropping.do(act, words, self._discarded, self._refused)

    def _back_again(self) -> None:
        self.came_back.emit(Ref(Place.PROGRAM, self._drafted))

    def _discarded(self, _nothing: object) -> None:
        if self._case is not None:
            self.open(Ref(Place.PROGRAM, self._case))

    def _issue(self) -> None:
        case, content = self._case, self.content()
        if case is None or self._issuing or not content.lines:
            return
        self._issuing = True
        self.pane.issue.setEnabled(False)
        # the draft ends with the prescription: nothing may be kept after it
        self.sheet.load(self.sheet.values())
        self.lanes.run(lambda: issue(self.desk, case, content), self._issued, self._not_issued)

    def _issued(self, issued: Issued) -> None:
        self._issuing = False
        self.open_requested.emit(Ref(Place.DOCUMENT, issued.document))
        self.said.emit(_("Handout {ref} issued.").format(ref=issued.reference), "done")

    def _not_issued(self, error: Exception) -> None:
        self._issuing = False
        self.sheet.failed()
        self._show()
        if isinstance(error, InvalidInput):
            self._show_problems(error)
        else:
            self._refused(error)

    def _show_problems(self, error: InvalidInput) -> None:
        """Show a fault at its line or field; the words stand in the message bar too."""
        field, text = next(iter(error.fields.items()))
        if field.startswith("lines["):
            self.pane.lines.choose(int(field[6 : field.index("]")]))
        else:
            self.pane.sheet.show_problem(field, text)
        self.said.emit(" ".join(error.fields.values()), "problem")

    def _say_problem(self, text: str) -> None:
        self.said.emit(text, "problem")
