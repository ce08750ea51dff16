"""Who works here, in Settings: each with a role, a supervisor where one is needed, and a
passphrase of their own.
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout, list_out
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.form_draft import FormDraft, controls
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.parts.person_form import ROLES, PersonForm
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import people
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept
from clinic_desk.usecases.people import Person

COLUMNS = (
    Column(_("Name"), lambda one: one.details.name),
    Column(_("Role"), lambda one: dict(ROLES)[one.details.role]),
    Column(_("Profession"), lambda one: one.details.profession),
    Column(_("Registration"), lambda one: one.details.registration),
    Column(_("Supervised by"), lambda one: one.supervisor),
    Column(_("Works here"), lambda one: _("Yes") if one.active else _("No")),
)


class PeopleCard(Card):
    """The list, and under it the form for one person."""

    said = Signal(str, str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Clinicians"), _("who works here"), parent)
        self.desk, self.lanes = desk, lanes
        self.doing = Doing(desk, lanes, self)
        self.doing.changed.connect(self.look)
        self._people: tuple[Person, ...] = ()
        self._editing: Person | None = None
        self._draft: FormDraft | None = None
        self._half_typed: HalfTyped | None = None
        self._rows: list[QWidget] = []
        self._done = ""
        self.new = Button(_("Add a person"), "user-plus", compact=True)
        self.new.setObjectName("addPerson")
        self.new.clicked.connect(self._add)
        self.add_to_header(self.new)
        self.out = list_out.of_card(
            self, self, "clinicians", _("Clinicians"), COLUMNS, lambda: self._people
        )
        self.out.said.connect(self.said)
        may = not desk.actor.supervised
        self.new.setVisible(may)
        words = (
            _(
                "Everybody opens the records with a passphrase of their own and signs in their own "
                "name. What a student or an assistant signs waits for a co-signature."
            )
            if may
            else _("Only a physiotherapist changes who works here.")
        )
        self.add(Label(words, "quiet", wrap=True))
        holder = QWidget()
        self._list = layout.column(holder, tokens.S)
        self.add(holder)
        self.form = PersonForm()
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._give_up)
        self.form.left.connect(self._leave)
        self.form.let_in.connect(self._let_in)
        self.add(self.form)
        self.form.hide()

    def keep_typed(self, screen: Screen) -> None:
        """Keep what is half typed of a person; passphrases never."""
        fields = controls(self.form.who) | controls(self.form.under)
        self._draft = FormDraft(screen, self.form, "person", fields)
        self._draft.taken.connect(self.form.show_supervisor)
        self._half_typed = HalfTyped(screen)
        self._half_typed.found.connect(self._go_on)

    def resume(self) -> None:
        """Open the form again where it was left half typed; the list was asked for before."""
        if self._draft is not None and self._half_typed is not None and self.form.isHidden():
            self._half_typed.look([(self._draft.name, self.desk.actor.id)])

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        key = found[0].values.get("person")
        was = next((one for one in self._people if str(one.id) == key), None)
        if self.form.isHidden() and (was is not None or not key):
            self._open(was)

    def look(self) -> None:
        """Read the list again."""
        self.lanes.run(lambda: people.people(self.desk), self._show, replace_key="people: list")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        draft = self._draft
        if self.form.isHidden() or draft is None or not draft.escaped(event, self._close):
            super().keyPressEvent(event)

    def _show(self, listed: tuple[Person, ...]) -> None:
        self._people = listed
        for widget in self._rows:
            self._list.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = [self._row(place, one) for place, one in enumerate(listed)]
        for row in self._rows:
            self._list.addWidget(row)

    def _row(self, place: int, one: Person) -> QWidget:
        held = QWidget()
        line = layout.row(held)
        words = layout.column(spacing=2)
        words.addWidget(Label(one.details.name, "strong" if one.active else "quiet", wrap=True))
        words.addWidget(Label(said_of(one), "caption", wrap=True))
        line.addLayout(words, 1)
        if one.me:
            line.addWidget(Chip(_("You"), "info"))
        elif not one.active:
            line.addWidget(Chip(_("Not here"), "neutral"))
        elif not one.opens and self.desk.store.folder is not None:
            line.addWidget(Chip(_("No passphrase"), "caution"))
        if not self.desk.actor.supervised:
            name = _("Edit {what}").format(what=one.details.name)
            button = Button(_("Edit"), compact=True, name=name)
            button.setProperty("place", place)
            button.clicked.connect(self._edit)
            line.addWidget(button)
        return held

    # -- acts ---------------------------------------------------------------------

    def _add(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        self._open(self._people[int(self.sender().property("place"))])

    def _open(self, one: Person | None) -> None:
        self._editing = one
        self.form.begin(one, self._people)
        if self._draft is not None:
            person = str(one.id) if one is not None else ""
            self._draft.begin(self.desk.actor.id, Ref(Place.SETTINGS), person=person)
        self.form.show()
        self.form.name.setFocus()

    def _give_up(self) -> None:
        if self._draft is not None:
            self._draft.give_up()
        self._close()

    def _close(self) -> None:
        self.form.forget()
        self.form.hide()
        self.new.setFocus()

    def _save(self) -> None:
        desk, one, details = self.desk, self._editing, self.form.details()
        if one is None:
            if not self.form.passphrases_fit():
                return
            own, fresh = self.form.own.value(), self.form.fresh.value()
            self._work(_("Added."), lambda: people.add(desk, details, own, fresh))
        else:
            key, version = one.id, one.version
            self.form.setEnabled(False)
            words = _("{name} changed.").format(name=details.name)
            act = partial(people.correct, desk, key, version, details)
            self.doing.do(act, words, self._changed, self._refused)

    def _let_in(self) -> None:
        one = self._editing
        if one is None or not self.form.passphrases_fit():
            return
        desk, key = self.desk, one.id
        own, fresh = self.form.own.value(), self.form.fresh.value()
        self._work(_("A new passphrase is set."), lambda: people.let_in(desk, key, own, fresh))

    def _leave(self) -> None:
        one = self._editing
        if one is None:
            return
        desk, key = self.desk, one.id
        self._work(
            _("No longer works here. What they signed stays theirs."),
            lambda: people.deactivate(desk, key),
        )

    def _work(self, done: str, act: Callable[[], UUID | None]) -> None:
        self._done = done
        self.form.setEnabled(False)

        def work() -> tuple[Person, ...]:
            act()
            return people.people(self.desk)

        self.lanes.run(work, self._worked, self._refused)

    def _changed(self, _nothing: object) -> None:
        self.form.setEnabled(True)
        self._end()

    def _end(self) -> None:
        if self._draft is not None:
            self._draft.end()
        self._close()

    def _worked(self, listed: tuple[Person, ...]) -> None:
        self.form.setEnabled(True)
        self._end()
        self._show(listed)
        self.said.emit(self._done, "done")

    def _refused(self, error: Exception) -> None:
        self.form.setEnabled(True)
        if isinstance(error, InvalidInput):
            self.form.show_problems(error.fields)
        elif isinstance(error, ClinicError):
            self.form.problem.set(str(error))
        else:
            raise error


def said_of(one: Person) -> str:
    """ "physiotherapy student, supervised by Dana Demo"."""
    role = dict(ROLES)[one.details.role].lower()
    parts = [one.details.profession]
    if role not in one.details.profession.casefold():
        parts.append(role)
    if one.details.registration:
        parts.append(one.details.registration)
    if one.supervisor:
        parts.append(_("supervised by {who}").format(who=one.supervisor))
    return ", ".join(part for part in parts if part)
