"""A short list of the practice's own things in Settings: added, changed and removed in place.

Each act is kept at once, as a whole list in place of the one that was read; Undo puts back what of
the list it changed.
"""

from collections.abc import Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.former_values import OWN_FIELDS
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept

T = TypeVar("T")


class KeptList(Card, Generic[T]):
    """What a subclass says: how the list is read and kept, how one thing reads and is edited."""

    said = Signal(str, str)
    undoable = Signal(str, object)
    what = ""  # the list in the audit, where it is saved as a file
    columns: Sequence[Column] = ()  # of that file

    def __init__(
        self,
        desk: Desk,
        lanes: Lanes,
        title: tuple[str, str],
        new: str,
        help: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(*title, parent)
        self.desk, self.lanes, self._title = desk, lanes, title[0]
        self._listed: tuple[T, ...] = ()
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self.look)
        self._editing: T | None = None
        self._draft: FormDraft | None = None
        self._half_typed: HalfTyped | None = None
        self._rows: list[QWidget] = []
        self.new = Button(new, "plus", compact=True)
        self.new.clicked.connect(self._add)
        self.add_to_header(self.new)
        self.out = list_out.of_card(
            self, self, self.what, self._title, self.columns, lambda: self._listed
        )
        self.out.said.connect(self.said)
        self.add(Label(help, "quiet", wrap=True))
        holder = QWidget()
        self._list = layout.column(holder, tokens.S)
        self.add(holder)
        self.form = Form(1)
        self.save = Button(_("Save"), name=_("Save: {what}").format(what=self._title))
        self.save.clicked.connect(self._save)
        cancel = Button(_("Cancel"), kind="link")
        cancel.clicked.connect(self._give_up)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.save)
        line.addWidget(cancel)
        line.addStretch(1)
        self.panel = QWidget()
        self.panel.setProperty(OWN_FIELDS, True)
        column = layout.column(self.panel, tokens.M)
        column.addWidget(self.form)
        column.addLayout(line)
        self.add(self.panel)
        self.panel.hide()

    def keep_typed(self, screen: Screen) -> None:
        """Keep what is half typed in the form; called when all its fields are there."""
        self._draft = FormDraft(screen, self.panel, self.what, self.fields())
        self._half_typed = HalfTyped(screen)
        self._half_typed.found.connect(self._go_on)

    def resume(self) -> None:
        """Open the form again where it was left half typed; the list was asked for before."""
        if self._draft is not None and self._half_typed is not None and self.panel.isHidden():
            self._half_typed.look([(self._draft.name, self.desk.actor.id)])

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        called = found[0].values.get("called")
        was = next((one for one in self._listed if self.words(one)[0] == called), None)
        if self.panel.isHidden():
            self._open(was, str(called))

    # -- for subclasses -----------------------------------------------------------

    def read(self) -> tuple[T, ...]:
        """The list as it is kept; runs in the records lane."""
        raise NotImplementedError

    def keep(self, before: tuple[T, ...], after: tuple[T, ...]) -> None:
        """Put a list in place of another; runs in the records lane."""
        raise NotImplementedError

    def words(self, one: T) -> tuple[str, str]:
        """What a thing is called, and what it says."""
        raise NotImplementedError

    def fill(self, one: T | None) -> QWidget:
        """Show a thing, or a new one, in the form; returns where typing begins."""
        raise NotImplementedError

    def made(self) -> T:
        """The thing as it stands in the form."""
        raise NotImplementedError

    def fields(self) -> dict[str, QWidget]:
        """The controls of the form."""
        return controls(self.form)

    # -- showing ------------------------------------------------------------------

    def look(self) -> None:
        """Read the list again."""
        self.lanes.run(self.read, self._show, replace_key=f"list {id(self)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        draft = self._draft
        if self.panel.isHidden() or draft is None or not draft.escaped(event, self._close):
            super().keyPressEvent(event)

    def _show(self, listed: tuple[T, ...]) -> None:
        self._listed = listed
        for widget in self._rows:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        for place, one in enumerate(listed):
            name, said = self.words(one)
            held = QWidget()
            line = layout.row(held)
            words = layout.column(spacing=2)
            words.addWidget(Label(name, "strong", wrap=True))
            words.addWidget(Label(said, "caption", wrap=True))
            line.addLayout(words, 1)
            for text, full, act in (
                (_("Edit"), _("Edit {what}"), self._edit),
                (_("Remove"), _("Remove {what}"), self._remove),
            ):
                button = Button(text, compact=True, name=full.format(what=name))
                button.setProperty("place", place)
                button.clicked.connect(act)
                line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._list.addWidget(held)
            self._rows.append(held)
        if not listed:
            nothing = Label(_("None yet."), "quiet")
            self._list.addWidget(nothing)
            self._rows.append(nothing)

    # -- acts ---------------------------------------------------------------------

    def _pressed(self) -> T:
        return self._listed[int(self.sender().property("place"))]

    def _add(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        self._open(self._pressed())

    def _open(self, one: T | None, called: str = "") -> None:
        """One of them, or a new one; `called` as what was typed about goes by."""
        self._editing = one
        target = self.fill(one)
        self.form.clear_problems()
        if self._draft is not None:
            called = self.words(one)[0] if one is not None else called
            self._draft.begin(self.desk.actor.id, Ref(Place.SETTINGS), called=called)
        self.panel.show()
        target.setFocus()

    def _give_up(self) -> None:
        if self._draft is not None:
            self._draft.give_up()
        self._close()

    def _close(self) -> None:
        self.panel.hide()
        self.new.setFocus()

    def _save(self) -> None:
        was = self._editing
        made = self.made()
        after = (*(one for one in self._listed if one != was), made)
        words = _("{name} added.") if was is None else _("{name} changed.")
        self._put(after, words.format(name=self.words(made)[0]))

    def _remove(self) -> None:
        gone = self._pressed()
        self.new.setFocus()
        words = _("{name} removed.").format(name=self.words(gone)[0])
        self._put(tuple(one for one in self._listed if one != gone), words)

    def _put(self, after: tuple[T, ...], done: str) -> None:
        act = partial(self.keep, self._listed, after)
        self.doing.do(act, f"{self._title}: {done}", self._kept, self._refused)

    def _kept(self, _nothing: object) -> None:
        if self._draft is not None and not self.panel.isHidden():
            self._draft.end()
        self.panel.hide()

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
