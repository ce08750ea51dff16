"""The practice's snippets in Settings: listed, added, changed and removed in place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import snippets
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.snippets import Snippet

_List = tuple[Snippet, ...]


class SnippetsCard(Card):
    """Each act is kept at once, and taken back by the message bar's Undo."""

    said = Signal(str, str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Snippets"), _("typed in notes and letters"), parent)
        self._desk, self._lanes = desk, lanes
        self._listed: _List = ()
        self._before: _List = ()
        self._after: _List = ()
        self._editing: Snippet | None = None
        self._rows: list[QWidget] = []
        self._done = ""
        self.new = Button(_("New snippet"), "plus", compact=True)
        self.new.setObjectName("newSnippet")
        self.new.clicked.connect(self._add)
        self.add_to_header(self.new)
        self.add(
            Label(
                _(
                    "Type a semicolon and the key, such as ;hep, then Space, Tab or Enter: the "
                    "text stands in its place."
                ),
                "quiet",
                wrap=True,
            )
        )
        holder = QWidget()
        self._list = layout.column(holder, tokens.S)
        self.add(holder)
        self.key = TextField(limit=snippets.LONGEST_KEY)
        self.key.setObjectName("snippetKey")
        self.text = TextArea(lines=4, most=10)
        self.text.setObjectName("snippetText")
        self.form = Form(1)
        self.form.add("key", _("Key, without the semicolon"), self.key, required=True)
        fields = ", ".join(f"{{{name}}}" for name in snippets.FIELDS)
        said = _("Filled from the case: {fields}.").format(fields=fields)
        self.form.add("text", _("Text"), self.text, required=True, help=said)
        self.save = Button(_("Save snippet"))
        self.save.setObjectName("saveSnippet")
        self.save.clicked.connect(self._save)
        cancel = Button(_("Cancel"), kind="link")
        cancel.clicked.connect(self._close)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.save)
        line.addWidget(cancel)
        line.addStretch(1)
        self.panel = QWidget()
        column = layout.column(self.panel, tokens.M)
        column.addWidget(self.form)
        column.addLayout(line)
        self.add(self.panel)
        self.panel.hide()

    def look(self) -> None:
        """Read the list again."""
        desk = self._desk
        self._lanes.run(lambda: snippets.listed(desk), self._show, replace_key="snippets: list")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.panel.isHidden():
            self._close()
            return
        super().keyPressEvent(event)

    def _show(self, listed: _List) -> None:
        self._listed = listed
        for widget in self._rows:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        for one in listed:
            held = QWidget()
            line = layout.row(held)
            words = layout.column(spacing=2)
            words.addWidget(Label(snippets.BEGINS + one.key, "strong"))
            words.addWidget(Label(" ".join(one.text.split()), "caption", wrap=True))
            line.addLayout(words, 1)
            for text, name, act in (
                (_("Edit"), _("Edit {key}"), self._edit),
                (_("Remove"), _("Remove {key}"), self._remove),
            ):
                button = Button(text, compact=True, name=name.format(key=one.key))
                button.setProperty("snippet", one)
                button.clicked.connect(act)
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._list.addWidget(held)
            self._rows.append(held)
        if not listed:
            nothing = Label(_("None yet."), "quiet")
            self._list.addWidget(nothing)
            self._rows.append(nothing)

    def _add(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        held = self.sender().property("snippet")
        if isinstance(held, Snippet):
            self._open(held)

    def _open(self, one: Snippet | None) -> None:
        self._editing = one
        self.key.set_value(one.key if one else "")
        self.text.set_value(one.text if one else "")
        self.form.clear_problems()
        self.panel.show()
        (self.text if one else self.key).setFocus()

    def _close(self) -> None:
        self.panel.hide()
        self.new.setFocus()

    def _save(self) -> None:
        made = Snippet(self.key.value().strip().removeprefix(snippets.BEGINS), self.text.value())
        was = self._editing
        after = (*(one for one in self._listed if one != was), made)
        done = _("Snippet added.") if was is None else _("Snippet changed.")
        self._put(self._listed, after, done)

    def _remove(self) -> None:
        held = self.sender().property("snippet")
        after = tuple(one for one in self._listed if one != held)
        self._put(self._listed, after, _("Snippet removed."))

    def _put(self, before: _List, after: _List, done: str) -> None:
        desk, self._done = self._desk, done

        def work() -> tuple[_List, _List]:
            snippets.save(desk, before, after)
            return before, snippets.listed(desk)

        self._lanes.run(work, self._kept, self._refused)

    def _kept(self, change: tuple[_List, _List]) -> None:
        self._before, self._after = change
        self.panel.hide()
        self._show(self._after)
        self.undoable.emit(self._done, self.take_back)

    def take_back(self) -> None:
        """Undo what was done last."""
        desk, before, after = self._desk, self._before, self._after

        def work() -> _List:
            snippets.save(desk, after, before)
            return snippets.listed(desk)

        self._lanes.run(work, self._show, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit(" ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
            self.look()
        else:
            raise error
