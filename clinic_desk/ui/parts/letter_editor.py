"""The editor of one part of a letter: its sentences, those left out, and the rows of its table."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.letter_area import SentenceArea
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.labels import FieldLabel, Label, OneLine
from clinic_desk.usecases import letter_sentences
from clinic_desk.usecases.letters import Part, Sentence

Table = Sequence[Sequence[str]]


class FindingsTable(QFrame):
    """The left and right table as it will be printed; it follows the record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.XS)
        self._cells: list[Label] = []
        self._table: Table = ()

    def show_table(self, table: Table) -> None:
        """Header first."""
        if table == self._table and self._cells:
            return
        self._table = table
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells = []
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                cell = Label(words, "label" if row == 0 else "caption", wrap=column == 0)
                self._grid.addWidget(cell, row, column)
                self._cells.append(cell)
        self._grid.setColumnStretch(0, 1)


class SentenceBar(QWidget):
    """Which sentence the caret is in, and what can be done with it."""

    moved = Signal(int)
    left_out = Signal()
    relinked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = OneLine("", "hint")
        self.what.setObjectName("sentenceState")
        self.up = IconButton("arrow-up", _("Move the sentence up (Alt+Up)"), compact=True)
        self.up.setObjectName("sentenceUp")
        self.up.clicked.connect(self._up)
        self.down = IconButton("arrow-down", _("Move the sentence down (Alt+Down)"), compact=True)
        self.down.setObjectName("sentenceDown")
        self.down.clicked.connect(self._down)
        self.out = Button(
            _("Leave out"), compact=True, name=_("Leave the sentence out (Alt+Delete)")
        )
        self.out.setObjectName("sentenceOut")
        self.out.clicked.connect(self.left_out)
        self.record = Button(
            _("Record's words"), "rotate-ccw", "link", compact=True,
            name=_("Write this sentence as the record says it"),
        )  # fmt: skip
        self.record.setObjectName("sentenceRecord")
        self.record.clicked.connect(self.relinked)
        line = layout.row(self, tokens.XS)
        line.addWidget(self.what, 1)
        for button in (self.record, self.up, self.down, self.out):
            line.addWidget(button)

    def show_sentence(self, sentences: Sequence[Sentence], place: int | None) -> None:
        shown = [index for index, one in enumerate(sentences) if one.included]
        at = shown.index(place) if place in shown else None
        for button in (self.up, self.down, self.out):
            button.setEnabled(at is not None)
        self.record.hide()
        if at is None or place is None:
            self.what.setText(_("No sentence yet"))
            return
        one = sentences[place]
        state = (
            _("from the record") if one.linked
            else _("edited by you") if one.edited
            else _("written by you")
        )  # fmt: skip
        words = _("Sentence {n} of {all}, {state}")
        self.what.setText(words.format(n=at + 1, all=len(shown), state=state))
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < len(shown) - 1)
        self.record.setVisible(one.edited)

    def _up(self) -> None:
        self.moved.emit(-1)

    def _down(self) -> None:
        self.moved.emit(1)


class LeftOut(QWidget):
    """The sentences of a part that do not go, each to be brought back."""

    back = Signal(int)  # place among the part's sentences

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = layout.column(self, tokens.XS)
        self._rows: list[QWidget] = []
        self._shown: tuple[tuple[int, str], ...] = ()
        self.hide()

    def show_sentences(self, sentences: Sequence[Sentence]) -> None:
        out = tuple(
            (place, one.text.strip()) for place, one in enumerate(sentences) if not one.included
        )
        if out == self._shown:
            return
        self._shown = out
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for place, words in out:
            row = QWidget()
            line = layout.row(row, tokens.S)
            line.addWidget(Label(_("Left out"), "label"))
            line.addWidget(OneLine(words, "quiet"), 1)
            back = Button(
                _("Bring back"), "plus", "link", compact=True,
                name=_("Bring back: {words}").format(words=words),
            )  # fmt: skip
            back.setObjectName(f"bringBack:{place}")
            back.setProperty("place", place)
            back.clicked.connect(self._back)
            line.addWidget(back)
            self._column.addWidget(row)
            self._rows.append(row)
        self.setVisible(bool(out))

    def _back(self) -> None:
        self.back.emit(self.sender().property("place"))


class PartEditor(QWidget):
    """`typed` when the person types, `arranged` when sentences are moved, left out or brought
    back; `refresh_asked` to take the record's words for the whole part again.
    """

    typed = Signal(str, object, str)  # part, its sentences, the text as it was typed
    arranged = Signal(str, object, str)  # part, its sentences, the word for the step of undo
    refresh_asked = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = ""
        self._sentences: tuple[Sentence, ...] = ()
        self._said: str | None = None  # the text that the sentences make up
        column = layout.column(self, tokens.XS)
        self.text = SentenceArea(_("Text"))
        self.text.setObjectName("partText")
        self.text.changed.connect(self._typed)
        self.text.caret_moved.connect(self._caret_moved)
        self.text.moved.connect(self._moved)
        self.text.left_out.connect(self._left_out)
        self.text.refused.connect(self.refused)
        self.label = FieldLabel("", self.text)
        self.origin = Label("", "hint")
        self.refresh = Button(
            _("Record's words"), "rotate-ccw", "link", compact=True,
            name=_("Take the record's words for the whole part"),
        )  # fmt: skip
        self.refresh.setObjectName("refreshPart")
        self.refresh.clicked.connect(self._refresh)
        top = layout.row(spacing=tokens.S)
        top.addWidget(self.label, 1)
        top.addWidget(self.origin)
        top.addWidget(self.refresh)
        column.addLayout(top)
        self.table = FindingsTable()
        column.addWidget(self.table)
        column.addWidget(self.text)
        self.bar = SentenceBar()
        self.bar.moved.connect(self._moved)
        self.bar.left_out.connect(self._left_out)
        self.bar.relinked.connect(self._relinked)
        column.addWidget(self.bar)
        self.out = LeftOut()
        self.out.back.connect(self._back)
        column.addWidget(self.out)

    @property
    def part(self) -> str:
        """Which part is being edited."""
        return self._part

    @property
    def place(self) -> int | None:
        """The sentence at the caret."""
        return letter_sentences.at(self._sentences, self.text.position())

    def show_part(self, part: Part, table: Table) -> None:
        self._part = part.id
        self.label.label.setText(part.title)
        self.text.setAccessibleName(part.title)
        self.origin.setText(_("edited by you") if part.edited else _("from the record"))
        if not part.composed and not part.edited:
            self.origin.setText(_("to be written by you") if part.required else "")
        self.refresh.setVisible(part.edited and bool(part.composed))
        self._sentences = letter_sentences.of(part)
        self._said = None
        self.text.put_text(part.text)
        self._said = self.text.value()
        self._mark()
        self.out.show_sentences(self._sentences)
        self.table.setVisible(part.has_table and bool(table))
        if part.has_table:
            self.table.show_table(table)

    def _mark(self) -> None:
        place = self.place
        self.text.show_sentences(self._sentences, place)
        self.bar.show_sentence(self._sentences, place)

    def _caret_moved(self) -> None:
        if self.text.value() == self._said:
            self._mark()

    def _typed(self) -> None:
        text = self.text.value()
        self._sentences = letter_sentences.rewritten(self._sentences, text)
        self._said = text
        self.typed.emit(self._part, self._sentences, text)

    def _moved(self, step: int) -> None:
        place = self.place
        if place is None:
            return
        shown = [index for index, one in enumerate(self._sentences) if one.included]
        to = shown.index(place) + step
        if 0 <= to < len(shown):
            made = letter_sentences.moved(self._sentences, place, step)
            self._arrange(made, _("move sentence"), shown[to])

    def _left_out(self) -> None:
        place = self.place
        if place is not None:
            made = letter_sentences.included(self._sentences, place, False)
            self._arrange(made, _("leave out sentence"))

    def _back(self, place: int) -> None:
        made = letter_sentences.included(self._sentences, place, True)
        self._arrange(made, _("bring back sentence"), place)
        self.text.setFocus()

    def _relinked(self) -> None:
        place = self.place
        if place is not None:
            made = letter_sentences.relinked(self._sentences, place)
            self._arrange(made, _("record's words"), place)

    def _arrange(self, made: tuple[Sentence, ...], word: str, caret: int | None = None) -> None:
        self.arranged.emit(self._part, made, word)
        spans = {place: first for place, first, _last in letter_sentences.spans(made)}
        if caret in spans:
            self.text.put_caret(spans[caret])

    def _refresh(self) -> None:
        self.refresh_asked.emit(self._part)
