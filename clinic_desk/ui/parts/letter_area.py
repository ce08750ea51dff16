"""The text of a letter part, in which the record's own sentences are tinted.

A person types into one text. `Alt` with the arrows moves the sentence at the caret, `Alt+Delete`
leaves it out.
"""

from itertools import islice

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme
from clinic_desk.ui.widgets.texts import TextArea
from clinic_desk.usecases import letter_sentences
from clinic_desk.usecases.letters import Sentence

MOST_TYPED = 200_000  # characters; a paste above it is not taken in at all
_AS_SHOWN = {0x2028: "\n", 0x2029: "\n", 0x0D: "\n", 0xFDD0: "\n", 0xFDD1: "\n"}
_MOST_TINTED = 300  # sentences; a longer text is hardly the record's


class SentenceArea(TextArea):
    """`caret_moved` when the caret is elsewhere; `moved` and `left_out` for the sentence at it;
    `refused` says why a paste was not taken.
    """

    caret_moved = Signal()
    moved = Signal(int)
    left_out = Signal()
    refused = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent, lines=4, most=12)
        self.setUndoRedoEnabled(False)  # the sheet's undo knows of the sentences too
        self._sentences: tuple[Sentence, ...] = ()
        self._at: int | None = None
        self.cursorPositionChanged.connect(self.caret_moved)
        theme.changed.connect(self._tint)

    def show_sentences(self, sentences: tuple[Sentence, ...], at: int | None) -> None:
        """Which sentences the text is made of, and the one at the caret."""
        self._sentences, self._at = sentences, at
        self._tint()

    def put_text(self, text: str) -> None:
        """Another text, changed only where it differs, so that the caret keeps its place."""
        old, text = self.toPlainText(), text.translate(_AS_SHOWN)
        if text == old:
            return
        first = _alike(old, text)
        most = min(len(old), len(text)) - first
        last = _alike(old[::-1], text[::-1], most)
        self._setting = True
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(old, first))
        cursor.setPosition(_units(old, len(old) - last), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[first : len(text) - last])
        self._setting = False
        if self.toPlainText() != text:  # a half of a pair of surrogates, or a sign Qt turns
            self.set_value(text)

    def toPlainText(self) -> str:
        """The text with the spaces that keep a mark with its word, which Qt's own makes plain."""
        return self.document().toRawText().translate(_AS_SHOWN)

    def position(self) -> int:
        """The caret's place in the text, counted in characters."""
        before = self.textCursor().position()
        text = self.toPlainText()
        if text.isascii():
            return before
        units = text.encode("utf-16-le", "surrogatepass")[: 2 * before]
        return len(units.decode("utf-16-le", "replace"))

    def put_caret(self, position: int) -> None:
        """The caret before the character of this number."""
        cursor = self.textCursor()
        cursor.setPosition(_units(self.toPlainText(), position))
        self.setTextCursor(cursor)

    def _tint(self) -> None:
        """The record's sentences on a tint with a dotted line; the one at the caret with a full
        line, so that nothing is said by colour alone.
        """
        marks = []
        text = self.toPlainText()
        plain = text.isascii()
        for place, first, last in islice(letter_sentences.spans(self._sentences), _MOST_TINTED):
            one = self._sentences[place]
            here = place == self._at
            if not (one.linked or here) or not one.text.strip():
                continue
            last = first + len(one.text.rstrip())
            form = QTextCharFormat()
            if one.linked:
                form.setBackground(theme.colour("tint"))
            style = QTextCharFormat.UnderlineStyle
            form.setUnderlineStyle(style.SingleUnderline if here else style.DotLine)
            form.setUnderlineColor(theme.colour("primary"))
            cursor = QTextCursor(self.document())
            cursor.setPosition(first if plain else _units(text, first))
            cursor.setPosition(
                last if plain else _units(text, last), QTextCursor.MoveMode.KeepAnchor
            )
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = form
            marks.append(mark)
        self.setExtraSelections(marks)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """A paste, unless it is so long that no letter holds it."""
        text = source.text()
        if len(text) + len(self.toPlainText()) > MOST_TYPED:
            words = _("That text has {n} characters, more than a letter holds. Nothing was pasted.")
            self.refused.emit(words.format(n=f"{len(text):,}"))
            return
        self.insertPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if alt == Qt.KeyboardModifier.AltModifier:
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
                return
            if key == Qt.Key.Key_Delete:
                self.left_out.emit()
                return
        super().keyPressEvent(event)


def _alike(one: str, other: str, most: int | None = None) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other)) if most is None else most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _units(text: str, position: int) -> int:
    """A place in a text as Qt counts it: a sign beyond the first plane counts twice."""
    if text.isascii():
        return position
    return len(text[:position].encode("utf-16-le", "surrogatepass")) // 2
