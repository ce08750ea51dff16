"""The medication list: a name is typed, completed with its class, and Enter adds it.

Raw value: a list of {name, class, dose}; [] says that none is taken, None that nobody asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QListView, QVBoxLayout, QWidget

from clinic_desk.clinical import medicines
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.buttons import Button, IconButton
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.labels import Label, OneLine
from clinic_desk.ui.widgets.medicine_line import CLASS, Line, Offer

MOST = 60


@dataclass(frozen=True, slots=True)
class Known:
    """One class as the field shows it: what it is called, why it matters, who belongs to it."""

    id: str
    label: str
    why: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is known of names, handed in so that the field itself knows no medicine."""

    known: Sequence[Known]
    classes: Callable[[str], tuple[str, ...]]
    parted: Callable[[str], tuple[str, str]]
    offered: Callable[[str], str]
    several: Callable[[str], tuple[str, ...]]


class _Row(QWidget):
    """One medicine: name, class, dose, and a button that takes it off the list."""

    changed = Signal()
    removed = Signal()
    renamed = Signal(str)
    left = Signal()

    def __init__(self, entry: Mapping[str, object], lookup: Lookup, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = dict(entry)
        name = self.name
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(tokens.S))
        line.addWidget(OneLine(name, "medium"))
        for one in self._classes(lookup):
            chip = Chip(one.label, "info")
            chip.setToolTip(one.why)
            line.addWidget(chip)
        if not self.classes(lookup):
            unknown = Chip(_("Class not known"), "caution")
            unknown.setToolTip(_("No rule can tell what this medicine does; it is never guessed."))
            line.addWidget(unknown)
            near = lookup.offered(name)
            if near:
                offer = Button(_("Is it {name}?").format(name=near), "", "quiet", compact=True)
                offer.clicked.connect(lambda: self.renamed.emit(near))
                line.addWidget(offer)
        line.addStretch(1)
        dose = _("{name}: dose and how often").format(name=name)
        self.dose = Line(dose, placeholder=_("Dose, how often"), limit=120)
        self.dose.setFixedWidth(theme.px(190))
        self.dose.set_value(self.entry.get("dose", ""))
        self.dose.changed.connect(self._dosed)
        self.dose.entered.connect(self.left)
        line.addWidget(self.dose)
        self.off = IconButton("x", _("Take {name} off the list").format(name=name), compact=True)
        self.off.clicked.connect(self.removed)
        line.addWidget(self.off)

    @property
    def name(self) -> str:
        return str(self.entry["name"])

    def classes(self, lookup: Lookup) -> tuple[str, ...]:
        """The ids: what the data know of the name, and what was recorded with it."""
        found = lookup.classes(self.name)
        stated = self.entry.get("class")
        return found if not isinstance(stated, str) or stated in found else (*found, stated)

    def _classes(self, lookup: Lookup) -> tuple[Known, ...]:
        ids = self.classes(lookup)
        return tuple(one for one in lookup.known if one.id in ids)

    def takes_dose(self, text: str) -> bool:
        """Take a dose where none is said yet, silently; whether it now holds what was said."""
        if text and "dose" not in self.entry:
            self.entry["dose"] = text
            self.dose.set_value(text)
        return not text or text == self.entry["dose"]

    def _dosed(self) -> None:
        text = self.dose.value().strip()
        if text:
            self.entry["dose"] = text
        else:
            self.entry.pop("dose", None)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class MedicinesField(QWidget):
    """The list with a line to type the next name into; an empty line's Enter goes on."""

    changed = Signal()  # by the person

    def __init__(self, name: str, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._lookup = lookup
        self._none = False
        self._rows: list[_Row] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(tokens.S))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(tokens.XS))
        column.addLayout(self._list)
        entry = QHBoxLayout()
        entry.setSpacing(theme.px(tokens.S))
        self.field = Line(
            _("{name}: add a medicine").format(name=name),
            placeholder=_("Name, then Enter"),
            icon="plus",
            limit=200,
        )
        self.field.setMaximumWidth(theme.px(360))
        self.field.entered.connect(self._enter)
        entry.addWidget(self.field, 1)
        self.none = Button(_("Takes none"), "", "plain", compact=True)
        self.none.setCheckable(True)
        self.none.setAccessibleName(_("{name}: takes none").format(name=name))
        self.none.clicked.connect(self._took_none)
        entry.addWidget(self.none)
        entry.addStretch(1)
        column.addLayout(entry)
        self.problem_text = Label("", "hint")
        self.problem_text.hide()
        column.addWidget(self.problem_text)
        self._complete()
        self.setFocusProxy(self.field)

    def _complete(self) -> None:
        model = QStandardItemModel(self)
        labels: dict[str, list[str]] = {}
        for one in self._lookup.known:
            for name in one.names:
                labels.setdefault(name, []).append(one.label)
        for name in sorted(labels, key=str.casefold):
            item = QStandardItem(name)
            item.setData(", ".join(labels[name]), CLASS)
            model.appendRow(item)
        self.completer = QCompleter(model, self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setMaxVisibleItems(8)
        self.popup = popup = QListView()
        popup.setAccessibleName(_("Medicines that begin so"))
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.completer.setPopup(popup)
        popup.setItemDelegate(Offer(popup))
        self.field.setCompleter(self.completer)
        # After the line has put the name into itself, so that it can be emptied again.
        self.completer.activated.connect(self._picked, Qt.ConnectionType.QueuedConnection)

    # -- its value ----------------------------------------------------------------

    def value(self) -> list[dict[str, object]] | None:
        if self._rows:
            return [dict(row.entry) for row in self._rows]
        return [] if self._none else None

    def set_value(self, value: object) -> None:
        """Show a list without saying `changed`."""
        entries = [_entry(one) for one in value] if isinstance(value, (list, tuple)) else []
        self._none = isinstance(value, (list, tuple)) and not entries
        self._show(entries)

    # -- what the person does -----------------------------------------------------

    def add(self, typed: str) -> None:
        """Put what was typed on the list: one medicine, or several of a pasted list."""
        before, said, left = self.value(), "", list[str]()
        for one in self._lookup.several(typed):
            refused = self._add_one(*self._lookup.parted(one))
            if refused:
                said, left = refused, [*left, one]
        self.field.setText(", ".join(left))
        self._say(said)
        if self.value() != before:
            self.changed.emit()

    def _add_one(self, name: str, dose: str) -> str:
        """Put one medicine on the list; why not, in words, where it cannot stand there."""
        same = self._same_as(name)
        if medicines.says_none(name):
            return self._say_none()
        if same is not None:
            same.dose.setFocus(Qt.FocusReason.OtherFocusReason)
            if same.takes_dose(dose):
                return ""
            words = _("{name} is on the list already. Change its dose there.")
            return words.format(name=same.name)
        if len(self._rows) >= MOST:
            return _("At most {number} medicines.").format(number=MOST)
        if len(name) > medicines.LONGEST_NAME or len(dose) > medicines.LONGEST_DOSE:
            words = _("A name has at most {name} signs, a dose at most {dose}.")
            return words.format(name=medicines.LONGEST_NAME, dose=medicines.LONGEST_DOSE)
        entry: dict[str, object] = {"name": name}
        classes = self._lookup.classes(name)
        if classes:
            entry["class"] = classes[0]
        if dose:
            entry["dose"] = dose
        self._none = False
        self._show([*(row.entry for row in self._rows), entry])
        return ""

    def _same_as(self, name: str, but: _Row | None = None) -> _Row | None:
        """The row that holds this medicine already."""
        wanted = medicines.folded(name)
        rows = (row for row in self._rows if row is not but)
        return next((row for row in rows if medicines.folded(row.name) == wanted), None)

    def _enter(self) -> None:
        typed = self.field.text().strip()
        if typed and self.popup.isVisible():
            typed = self.completer.currentCompletion() or typed  # what stands first is marked
            self.popup.hide()
        if typed:
            self.add(typed)
        else:
            self.focusNextChild()

    def _picked(self, name: str) -> None:
        if self.field.text():  # else Enter has added it already
            self.add(name)

    def _took_none(self) -> None:
        if self._none:
            self._none = False
            self._show([])
        else:
            self._say(self._say_none())
        self.changed.emit()

    def _say_none(self) -> str:
        """None is taken; why that cannot be, in words, where medicines are on the list."""
        if not self._rows:
            self._none = True
            self._show([])
            return ""
        self.none.setChecked(False)
        return _("There are medicines on the list. Take them off first.")

    def _remove(self, gone: _Row) -> None:
        self._show([row.entry for row in self._rows if row is not gone])
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _rename(self, row: _Row, name: str) -> None:
        same = self._same_as(name, but=row)
        if same is not None:  # it stands on the list already: a list names each once
            same.takes_dose(row.dose.value().strip())
            self._remove(row)
            return
        entries = [dict(one.entry) for one in self._rows]
        place = self._rows.index(row)
        entries[place] = {**entries[place], "name": name}
        classes = self._lookup.classes(name)
        if classes:
            entries[place]["class"] = classes[0]
        self._show(entries)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    # -- showing ------------------------------------------------------------------

    def _say(self, text: str) -> None:
        self.problem_text.setText(text)
        self.problem_text.setVisible(bool(text))

    def _show(self, entries: Sequence[Mapping[str, object]]) -> None:
        self._say("")
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
        for entry in entries:
            row = _Row(entry, self._lookup, self)
            row.changed.connect(self.changed)
            row.removed.connect(lambda row=row: self._remove(row))
            row.renamed.connect(lambda name, row=row: self._rename(row, name))
            row.left.connect(self._back)
            row.dose.emptied.connect(lambda row=row: self._remove(row))
            self._rows.append(row)
            self._list.addWidget(row)
        self.none.setChecked(self._none)
        self.none.set_kind("chosen" if self._none else "plain")
        self._order()

    def _order(self) -> None:
        """Tab goes through the rows from above, then to the line for the next one."""
        stops: list[QWidget] = [part for row in self._rows for part in (row.dose, row.off)]
        stops += [self.field, self.none]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _back(self) -> None:
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


def _entry(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {"name": str(value)}
