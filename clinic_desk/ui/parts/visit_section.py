"""One field of a note: its heading, its text, and beside it what the last visit says there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases.visit_views import Section

HEAD = 28  # px: the line above a field, with a button in it or without


class NoteArea(TextArea):
    """A text area that can show its text as carried forward: on a tint, dotted."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, lines=4, most=16)
        self.setUndoRedoEnabled(False)  # the visit has one undo, the sheet's
        self._tinted = False
        theme.changed.connect(self._tint)

    @property
    def tinted(self) -> bool:
        return self._tinted

    def set_tinted(self, on: bool) -> None:
        if on != self._tinted:
            self._tinted = on
            self._tint()

    def _tint(self) -> None:
        marks = []
        if self._tinted:
            form = QTextCharFormat()
            form.setBackground(theme.colour("tint"))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
            form.setUnderlineColor(theme.colour("primary"))
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.select(QTextCursor.SelectionType.Document)
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)


class SectionField(QWidget):
    """`typed(section)` while a person types; `carry(section)` asks for the last visit's words."""

    typed = Signal(str)
    carry = Signal(str)

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self.area = NoteArea(section.title)
        self.area.setObjectName(f"note:{section.id}")
        self.area.changed.connect(self._typed)
        label = Label(section.title, "label")
        label.setBuddy(self.area)
        self.mark = Label("", "caption")
        self.mark.setObjectName(f"carried:{section.id}")
        self.when, self.words = Label("", "caption"), Label("", "body", wrap=True)
        self.words.setObjectName(f"last:{section.id}")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name = _("Carry forward: {section}").format(section=section.title)
        self.bring = Button(_("Carry forward"), kind="link", compact=True, name=name)
        self.bring.setObjectName(f"carry:{section.id}")
        self.bring.clicked.connect(self._carry)

        mine = layout.column(spacing=tokens.XS)
        head = layout.row(spacing=tokens.S)
        head.addStrut(theme.px(HEAD))
        head.addWidget(label)
        head.addStretch(1)
        head.addWidget(self.mark)
        mine.addLayout(head)
        mine.addWidget(self.area)
        mine.addStretch(1)
        holder = QWidget()
        column = layout.column(holder)
        column.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        column.addWidget(self.words)
        column.addStretch(1)
        holder.setProperty("surface", "sunken")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.beside = QWidget()
        theirs = layout.column(self.beside, tokens.XS)
        top = layout.row(spacing=tokens.S)
        top.addStrut(theme.px(HEAD))
        top.addWidget(self.when)
        top.addStretch(1)
        top.addWidget(self.bring)
        theirs.addLayout(top)
        theirs.addWidget(holder, 1)
        self._row = layout.row(self, tokens.XL)
        self._row.addLayout(mine, 3)
        self._row.addWidget(self.beside, 2)

    def show_last(self, day: str, words: str) -> None:
        """What the last visit says here; no day hides it."""
        self.when.setText(_("{part}, {day}").format(part=self.section.title, day=day))
        self.words.setText(words or _("Nothing was written."))
        self.words.set_type("body" if words else "hint")

    def show_beside(self, on: bool) -> None:
        self.beside.setVisible(on)

    def show_text(self, text: object) -> None:
        """Another text, with the caret at its end."""
        if self.area.value() != (text or ""):
            self.area.set_value(text)
            self.area.moveCursor(QTextCursor.MoveOperation.End)

    def show_carried(self, day: str, can: bool) -> None:
        """Whether the text stands as carried from a day, and whether it can be carried."""
        self.area.set_tinted(bool(day))
        said = _("Carried from {day}, not touched").format(day=day) if day else ""
        self.mark.setText(said)
        self.area.setAccessibleDescription(said)
        self.bring.setVisible(can)

    def _typed(self) -> None:
        self.typed.emit(self.section.id)

    def _carry(self) -> None:
        self.carry.emit(self.section.id)
