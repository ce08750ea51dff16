"""Keeps what is half typed in a form that is saved by its button, and brings it back.

A form is begun (empty, or with what the record says). What was half typed in it before comes back
then, and what is typed from then on is kept by itself. It ends when it is saved, or when the person
gives it up, which can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import patient_fields
from clinic_desk.ui.screen import KEPT_AT_ONCE, KeepsTyped
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.usecases import form_drafts
from clinic_desk.usecases.form_drafts import Kept

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clinic_desk.ui.forms.fields import Form
    from clinic_desk.ui.refs import Ref
    from clinic_desk.ui.screen import Screen

TYPED = "typed"  # all values together: they are kept and brought back as one


class FormDraft(KeepsTyped):
    """Of one form. `controls` by the name each is kept under."""

    taken = Signal()  # what was half typed stands in the form now

    def __init__(
        self, screen: Screen, form: QWidget, name: str, controls: Mapping[str, QWidget]
    ) -> None:
        super().__init__(form)
        form.setProperty(KEPT_AT_ONCE, True)
        self._screen, self._form, self.name = screen, form, name
        self._controls = dict(controls)
        self._about: UUID | None = None
        self._place: Ref | None = None
        self._begun: dict[str, object] = {}
        self._more: dict[str, str] = {}
        self._held = False  # whether any of it is kept
        self._given_up: Kept | None = None
        self._sheet = Sheet(self._keep, self)
        for control in self._controls.values():
            patient_fields.on_change(control, self.changed)
        screen.kept_forms.append(self)

    # What is typed

    def begin(self, about: UUID, place: Ref, **more: str) -> None:
        """The form stands as it begins; `place` is where it is opened again. `more` says which of
        several things the form changes: what was typed about another is not brought back here.
        """
        self.flush()
        self._about, self._place, self._more = about, place, more
        self._begun, self._held = self.values(), False
        self._sheet.load({})
        desk, wanted = self._screen.desk, [(self.name, about)]
        self._screen.lanes.run(
            lambda: form_drafts.kept(desk, wanted), self._found, replace_key=f"kept {id(self)}"
        )

    def _found(self, found: tuple[Kept, ...]) -> None:
        for one in found:
            same = all(one.values.get(key) == value for key, value in self._more.items())
            if one.about == self._about and same and not self.touched:
                self._take(one)

    def _take(self, kept: Kept) -> None:
        for key, control in self._controls.items():
            if key in kept.values:
                _write(control, kept.values[key])
        self._held = True
        if any(kept.begun.get(key, value) != value for key, value in self._begun.items()):
            words = _(
                "This is what you had typed. The record was changed since: look before you save."
            )
        else:
            words = _("This is what you had typed. It is not saved yet.")
        if self._screen.isVisible():
            self._screen.said.emit(words, "info")
        self.taken.emit()

    def values(self) -> dict[str, object]:
        """What stands in the fields, plain."""
        return {key: _read(control) for key, control in self._controls.items()} | self._more

    @property
    def touched(self) -> bool:
        """Whether anything else stands there than when it was begun."""
        return self._about is not None and self.values() != self._begun

    def changed(self) -> None:
        """Something was typed or chosen."""
        if self._about is not None:
            self._sheet.put(TYPED, self.values())

    # Keeping

    def flush(self) -> None:
        self._sheet.flush()

    def refused(self) -> bool:
        return self._sheet.refused

    def _keep(self, typed: dict[str, object]) -> None:
        desk, about, values = self._screen.desk, self._about, typed[TYPED]
        if about is None or not isinstance(values, dict):
            return
        if values != self._begun:
            self._held = True
            work = partial(form_drafts.keep, desk, self.name, about, values, dict(self._begun))
            self._screen.lanes.run(work, None, self._not_kept)
        elif self._held:
            self._held = False
            self._forget(about)

    def _not_kept(self, error: Exception) -> None:
        self._sheet.not_kept(error)
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(str(error), "problem")

    def _forget(self, about: UUID) -> None:
        work = partial(form_drafts.drop, self._screen.desk, self.name, about)
        self._screen.lanes.run(work, None, self._not_forgotten)

    def _not_forgotten(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(str(error), "problem")

    # Its end

    def end(self) -> None:
        """It was saved, or nothing of it is wanted: no longer kept."""
        about, self._about = self._about, None
        self._sheet.load({})
        if about is not None and self._held:
            self._held = False
            self._forget(about)

    def give_up(self) -> None:
        """The person goes back without saving; what was typed can be taken back."""
        about, values, touched = self._about, self.values(), self.touched
        self.end()
        if about is not None and touched:
            desk = self._screen.desk
            self._given_up = Kept(self.name, about, values, dict(self._begun), desk.now())
            self._screen.undoable.emit(_("What you had typed was dropped."), self._take_back)

    def _take_back(self) -> None:
        kept, self._given_up = self._given_up, None
        if kept is not None:
            self._screen.lanes.run(
                partial(
                    form_drafts.keep,
                    self._screen.desk,
                    kept.form,
                    kept.about,
                    kept.values,
                    kept.begun,
                ),
                self._taken_back,
                self._not_forgotten,
            )

    def _taken_back(self, _moment: object) -> None:
        if self._place is not None:
            self._screen.came_back.emit(self._place)

    def escaped(self, event: QKeyEvent, leave: Callable[[], object]) -> bool:
        """Whether Esc was pressed. It leaves the form only where nothing would be lost."""
        if event.key() != Qt.Key.Key_Escape:
            return False
        if not self.holds():
            leave()
        return True

    def holds(self) -> bool:
        """Whether leaving by Esc would lose something; it is said then."""
        if self.touched:
            self._screen.said.emit(_("Not saved yet: save it, or go back without saving."), "info")
        return self.touched


def controls(form: Form) -> dict[str, QWidget]:
    """All controls of a plain form, by their keys."""
    return {key: row.control for key, row in form.rows.items()}


@runtime_checkable
class Plain(Protocol):
    """A control of several parts that can say plainly what stands in it."""

    def plain(self) -> object: ...
    def set_plain(self, value: object) -> None: ...


def _read(control: QWidget) -> object:
    """A day as it is typed, though it cannot be read yet."""
    if isinstance(control, Plain):
        return control.plain()
    if isinstance(control, DateField):
        return control.field.text()
    value = patient_fields.read(control)
    return str(value) if isinstance(control, ComboBox) else value


def _write(control: QWidget, value: object) -> None:
    """A choice is found by its words: what it stands for may be a key of the record."""
    if isinstance(control, Plain):
        control.set_plain(value)
    elif isinstance(control, ComboBox):
        for row in range(control.count()):
            data = control.itemData(row)
            if ("" if data is None else str(data)) == value:
                control.setCurrentIndex(row)
    else:
        patient_fields.write(control, value)
