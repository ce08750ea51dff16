"""The four parts of a note, each beside what the last signed visit said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.visit_draft import NOTE, VisitDraft
from clinic_desk.ui.parts.visit_typing import SheetUndo
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea

PARTS = {
    "subjective": _("Subjective"),
    "objective": _("Objective"),
    "assessment": _("Assessment"),
    "plan": _("Plan"),
}


class NoteCard(Card):
    """`typed(part)` while a person types."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Note"), "", parent)
        self._shown = True
        self.toggle = Button(_("Hide last visit"), "columns-2", compact=True)
        self.toggle.setObjectName("toggleLast")
        self.toggle.clicked.connect(self._toggle)
        self.add_to_header(self.toggle)
        self._undo = SheetUndo(self)
        self.areas: dict[str, TextArea] = {}
        self._last: dict[str, Label] = {}
        self._beside: list[QWidget] = []
        self._when: list[Label] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.XL)
        grid.setVerticalSpacing(tokens.XS)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self._grid = grid
        for place, (part, title) in enumerate(PARTS.items()):
            area = TextArea(title, lines=4, most=16)
            area.setObjectName(f"note:{part}")
            area.setUndoRedoEnabled(False)
            area.installEventFilter(self._undo)
            area.changed.connect(self._typed)
            label = Label(title, "label")
            label.setBuddy(area)
            when, words = Label("", "caption"), Label("", "body", wrap=True)
            words.setObjectName(f"last:{part}")
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            holder = QWidget()
            column = layout.column(holder)
            column.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
            column.addWidget(words)
            column.addStretch(1)
            holder.setProperty("surface", "sunken")
            holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            row = 3 * place
            grid.addWidget(label, row, 0)
            grid.addWidget(area, row + 1, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(when, row, 1)
            grid.addWidget(holder, row + 1, 1)
            grid.setRowMinimumHeight(row + 2, tokens.S)
            self.areas[part] = area
            self._last[part] = words
            self._when.append(when)
            self._beside += [when, holder]
        self.body.addLayout(grid)

    def begin(self, draft: VisitDraft) -> None:
        """Show a visit's note beside the last one."""
        for part, area in self.areas.items():
            area.set_value(draft.sheet.value(NOTE + part))
            area.setReadOnly(draft.read_only)
        last = draft.last
        for when, title in zip(self._when, PARTS.values(), strict=True):
            day = written_day(last.care_at.astimezone().date()) if last else ""
            when.setText(_("{part}, {day}").format(part=title, day=day))
        for part, words in self._last.items():
            text = getattr(last.note, part) if last else ""
            words.setText(text or _("Nothing was written."))
            words.set_type("body" if text else "hint")
        self.toggle.setVisible(last is not None)
        self._show_last(last is not None and self._shown)
        said = _("Written after the day of care.") if draft.view.late else ""
        self.header.set(_("Note"), said)

    def follow(self, part: str, draft: VisitDraft) -> None:
        """The text changed elsewhere: by undo, or from the evaluation."""
        area, text = self.areas[part], draft.sheet.value(NOTE + part)
        if area.value() != (text or ""):
            area.set_value(text)
            area.moveCursor(QTextCursor.MoveOperation.End)

    def _show_last(self, on: bool) -> None:
        for widget in self._beside:
            widget.setVisible(on)
        self._grid.setColumnStretch(1, 2 if on else 0)
        self._grid.setHorizontalSpacing(tokens.XL if on else 0)
        self.toggle.setText(_("Hide last visit") if on else _("Show last visit"))
        self.toggle.updateGeometry()

    def _toggle(self) -> None:
        self._shown = not self._shown
        self._show_last(self._shown)

    def _typed(self) -> None:
        area = self.sender()
        if area is not None:
            self.typed.emit(area.objectName().removeprefix("note:"))
