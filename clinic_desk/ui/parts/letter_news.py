"""What the record says otherwise since the letter was composed, and taking it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _, ngettext
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Icon, Label
from clinic_desk.usecases.letters import Change, PartChanges

MOST_SHOWN = 6  # changes of one letter that are told in full


class RecordNews(Card):
    """Hidden while the letter says what the record says. `taken` names a part, or none for all."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("The record has changed since"), parent=parent, spacing=tokens.S)
        self.setObjectName("recordNews")
        self.body.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        self.take = Button(
            _("Take the changes"), "rotate-ccw", compact=True, hint="F5",
            name=_("Take the record's words of now; what you edited stays"),
        )  # fmt: skip
        self.take.setObjectName("takeChanges")
        self.take.clicked.connect(self._take)
        self.add_to_header(self.take)
        self._rows = QWidget()
        self._column = layout.column(self._rows, tokens.S)
        self.add(self._rows)
        self._shown: tuple[PartChanges | str, ...] = ()
        self._lines: list[QWidget] = []
        self.hide()

    def show_changes(self, changes: Sequence[PartChanges], whole: Sequence[str] = ()) -> None:
        """What is otherwise part by part, and what is otherwise about the whole letter."""
        if (*whole, *changes) == self._shown:
            return
        self._shown = (*whole, *changes)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        told = [*(("pen-line", words) for words in whole), *_told(changes)]
        for icon, words in told[:MOST_SHOWN]:
            self._say(icon, words)
        if len(told) > MOST_SHOWN:
            more = len(told) - MOST_SHOWN
            words = ngettext("and {n} more change", "and {n} more changes", more)
            self._say("", words.format(n=more))
        self.setAccessibleDescription(" ".join(words for _icon, words in told))
        self.setVisible(bool(told))

    def _say(self, icon: str, words: str) -> None:
        row = QWidget()
        line = layout.row(row, tokens.S)
        if icon:
            line.addWidget(Icon(icon, 16, "ink2"))
        line.addWidget(Label(words, "body", wrap=True), 1)
        row.setAccessibleName(words)
        self._column.addWidget(row)
        self._lines.append(row)

    def _take(self) -> None:
        self.taken.emit("")


def _told(changes: Sequence[PartChanges]) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    for part in changes:
        for one in part.sentences:
            said.append((_ICONS[one.kind], f"{part.title}: {_words(one)}"))
        if part.table:
            said.append(("pen-line", _("{part}: the rows of the table").format(part=part.title)))
        if part.chart:
            said.append(("pen-line", _("{part}: the marks of the chart").format(part=part.title)))
    return said


_ICONS = {"changed": "pen-line", "new": "plus", "gone": "minus"}


def _words(one: Change) -> str:
    """ "was “No bruise.”, now “A small bruise.”"."""
    match one.kind:
        case "new":
            return _("new “{now}”").format(now=one.after)
        case "gone":
            words = _("no longer “{was}”").format(was=one.before)
        case _:
            words = _("was “{was}”, now “{now}”").format(was=one.before, now=one.after)
    return _("{change}; yours stays").format(change=words) if one.kept else words
