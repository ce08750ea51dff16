"""A program's lines on one sheet with undo: added, moved, changed one by one or all at once."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.program_acts import (
    Fetched,
    Preferred,
    line_of,
    prefer,
    preferred_now,
    with_reasons,
)
from clinic_desk.ui.parts.program_library import Library
from clinic_desk.ui.parts.program_pane import ProgramPane
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import programs, remedies, supersets
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import Builder, ExerciseCard, Line, ProgramContent
from clinic_desk.usecases.remedies import Remedy

PLAN = "plan"  # template and lines together, so that one undo brings both back
FIELDS = ("note", "pain_limit", "review_on", "paper", "override_reason", "sheet")


class ProgramBase(Screen):
    """What a program's lines can be told; the screen shows them and keeps the sheet."""

    keeps_drafts = True

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        self._case: UUID | None = None
        self._asked_about = ""  # the exercise whose preferred dose was changed last
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._prefer_as_before)
        self._builder: Builder | None = None
        self._cards: dict[str, ExerciseCard] = {}
        self.sheet = Sheet(self._keep, self)
        self.library = Library()
        self.library.template_taken.connect(self._use_template)
        self.library.asked.connect(self.add)
        self.library.held_added.connect(self._fetch)
        self.library.chosen.connect(self._open_line_of)
        self.pane = ProgramPane()
        self.pane.lines.changed.connect(self._line_changed)
        self.pane.lines.acted.connect(self._line_acted)
        self.pane.lines.dropped.connect(self._dropped)
        self.pane.lines.preferred.connect(self._prefer)
        self.pane.head.remedied.connect(self._remedy)
        self.pane.head.bulk.clicked.connect(self.pane.bulk.begin)
        self.pane.bulk.applied.connect(self._change_all)
        self.pane.bulk.closed.connect(self._leave_bulk)

    def content(self) -> ProgramContent:
        """The program as it stands on the screen."""
        held = {key: value for key, value in self.sheet.values().items() if key in FIELDS}
        plan = self.sheet.value(PLAN)
        template, lines = plan if isinstance(plan, tuple) else (None, ())
        return ProgramContent(template=template, lines=lines, **held)  # type: ignore[arg-type]

    @property
    def locked(self) -> bool:
        """Whether a red flag without action or reason keeps exercises locked."""
        locks = self._builder.locked if self._builder else ()
        return bool(locks) and not self.content().override_reason.strip()

    def _keep(self, values: dict[str, object]) -> None:
        raise NotImplementedError

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")

    def _use_template(self, template: str) -> None:
        case = self._case
        if case is not None and not self.locked:
            self.lanes.run(
                lambda: (case, programs.from_template(self.desk, case, template)),
                self._template_came,
                self._refused,
                replace_key="program: template",
            )

    def _template_came(self, came: tuple[UUID, ProgramContent]) -> None:
        case, content = came
        if case != self._case:
            return
        before = self.content()
        self.pane.lines.open_place = -1
        if not before.lines:
            self.sheet.put("pain_limit", content.pain_limit)
        lines = with_reasons(content.lines, before.lines)
        self.sheet.set(PLAN, (content.template, lines), _("template"))
        self.library.grid.order()
        if before.lines:
            self.said.emit(_("The template replaced the lines. Ctrl+Z brings them back."), "info")

    def add(self, exercise: str) -> None:
        """Add an exercise; one that is held back asks for the reason first."""
        card = self._cards.get(exercise)
        if card is None or self.locked:
            return
        if card.held_back or card.hidden:
            self.library.ask_reason(card)
        else:
            self._fetch(exercise)

    def _fetch(self, exercise: str, reason: str = "", place: int = -1) -> None:
        case = self._case
        if case is None:
            return

        self.lanes.run(
            lambda: line_of(self.desk, case, exercise, reason, place),
            self._fetched,
            self._refused,
        )

    def _fetched(self, fetched: Fetched) -> None:
        lines = list(self.content().lines)
        if fetched.case != self._case:
            return
        if 0 <= fetched.place < len(lines):
            lines[fetched.place] = fetched.line
        elif all(line.exercise != fetched.line.exercise for line in lines):
            lines.append(fetched.line)
        self._set_lines(lines, _("exercise"))

    def _open_line_of(self, exercise: str) -> None:
        for place, line in enumerate(self.content().lines):
            if line.exercise == exercise:
                self.pane.lines.choose(place)
                self.pane.scroller.ensureWidgetVisible(self.pane.lines.rows[place])

    def _line_changed(self, place: int, line: Line, _field: str) -> None:
        lines = list(self.content().lines)
        if 0 <= place < len(lines):
            lines[place] = line
            self._set_lines(lines, _("dose"))

    def _line_acted(self, place: int, act: str) -> None:
        lines = list(self.content().lines)
        if not 0 <= place < len(lines):
            return
        if act in ("up", "down"):
            self._move(lines, place, -1 if act == "up" else 1)
        elif act == "remove":
            name = self._name(lines.pop(place).exercise)
            self.pane.lines.open_place = -1
            self._set_lines(lines, _("remove"))
            self.said.emit(_("{name} removed. Ctrl+Z brings it back.").format(name=name), "info")
        elif act in ("join", "part"):
            turned = supersets.join if act == "join" else supersets.part
            self._set_lines(list(turned(lines, place)), _("superset"))
        else:
            self._swap(lines, place, act)

    def _prefer(self, place: int, wanted: bool) -> None:
        """Keep a line's dose as one's own default for its exercise, or forget that."""
        lines, case = self.content().lines, self._case
        if case is not None and 0 <= place < len(lines):
            line = lines[place]
            card = self._cards.get(line.exercise)
            words = (
                _("Your default for {name} is saved; it begins with this dose from now on.")
                if wanted
                else _("{name} begins with its own dose again.")
            )
            self._asked_about = line.exercise
            self.doing.do(
                partial(prefer, self.desk, case, line, wanted),
                words.format(name=card.name if card is not None else line.exercise),
                self._preferred,
                self._refused,
            )

    def _prefer_as_before(self) -> None:
        case, exercise = self._case, self._asked_about
        if case is not None and exercise:
            self.lanes.run(
                partial(preferred_now, self.desk, case, exercise), self._preferred, self._refused
            )

    def _preferred(self, preferred: Preferred) -> None:
        card = self._cards.get(preferred.exercise)
        if card is None or preferred.case != self._case:
            return
        card = replace(card, mine=preferred.mine, minutes=preferred.minutes)
        self._cards[card.id] = card
        self.library.show_card(card)
        self._show()

    def _show(self) -> None:
        raise NotImplementedError

    def _move(self, lines: list[Line], place: int, step: int) -> None:
        other = place + step
        if 0 <= other < len(lines):
            self._move_to(lines, place, other)

    def _dropped(self, place: int, target: int) -> None:
        lines = list(self.content().lines)
        if 0 <= place < len(lines) and 0 <= target < len(lines):
            self._move_to(lines, place, target)

    def _move_to(self, lines: list[Line], place: int, target: int) -> None:
        shown = self.pane.lines
        opened = lines[shown.open_place] if 0 <= shown.open_place < len(lines) else None
        lines.insert(target, lines.pop(place))
        if opened is not None:
            shown.open_place = next(n for n, line in enumerate(lines) if line is opened)
        self._set_lines(lines, _("order"))
        shown.rows[target].head.setFocus()

    def _swap(self, lines: list[Line], place: int, act: str) -> None:
        card = self._cards.get(lines[place].exercise)
        wanted = self._cards.get((getattr(card, act) or "") if card else "")
        if wanted is None:
            return
        if any(line.exercise == wanted.id for line in lines):
            self.said.emit(_("{name} is in the program already.").format(name=wanted.name), "info")
        elif wanted.held_back or wanted.hidden:
            self.library.ask_reason(wanted)
        else:
            self._fetch(wanted.id, place=place)

    def _name(self, exercise: str) -> str:
        card = self._cards.get(exercise)
        return card.name if card else exercise

    def _set_lines(self, lines: list[Line], word: str) -> None:
        self.sheet.set(PLAN, (self.content().template, tuple(lines)), word)

    def _set(self, field: str, value: object) -> None:
        self.sheet.set(field, value)

    def _remedy(self, remedy: Remedy) -> None:
        """What one click mends; one undo takes it away."""
        if remedy.kind == "swap":
            self._fetch(remedy.instead, place=remedy.place)
        else:
            self.pane.lines.open_place = min(self.pane.lines.open_place, len(remedy.lines) - 1)
            self._set_lines(list(remedy.lines), _("remedy"))

    def _change_all(self, values: dict[str, object]) -> None:
        self._set_lines(list(remedies.for_all(self.content().lines, values)), _("change all"))
        self._leave_bulk()
        self.said.emit(_("All lines changed. Ctrl+Z brings them back."), "info")

    def _leave_bulk(self) -> None:
        self.pane.bulk.hide()
        self.pane.head.bulk.setFocus()

    def _take_lines(self, content: ProgramContent) -> None:
        """Lines that were prescribed before; the reasons of that day don't come along."""
        lines = [replace(line, override_reason="") for line in content.lines]
        kept = with_reasons(tuple(lines), self.content().lines)
        self.pane.lines.open_place = -1
        self.sheet.set(PLAN, (content.template, kept), _("earlier lines"))
