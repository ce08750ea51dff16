"""Contacts from files and to files: chosen, read, looked at, taken, written."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui.parts.contact_import import ImportPage
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import contact_files, paper_file
from clinic_desk.usecases.contact_files import Looked, Taken
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped

KINDS = (
    ("csv", _("CSV table"), "contacts.csv"),
    ("4.0", _("vCard 4.0"), "contacts.vcf"),
    ("3.0", _("vCard 3.0"), "contacts.vcf"),
)


class ContactFiles(ImportPage):
    """The page of an import, with the work behind it. `opened` when there is a file to look at,
    `left` when the book is to be shown again.
    """

    opened = Signal()
    left = Signal()
    said = Signal(str, str)
    undoable = Signal(str, object)
    changed = Signal()  # the book is another one

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._name, self._data = "", b""
        self._doing = Doing(desk, lanes, self)
        self._doing.changed.connect(self.changed)
        self.again.connect(self._look)
        self.take_asked.connect(self._take)
        self.closed.connect(self._close)

    # In

    def choose(self) -> None:
        """Ask for a file."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Take contacts from a file"),
            "",
            _("Contacts (*.vcf *.vcard *.csv *.tsv *.txt);;All files (*)"),
        )
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read a file and show what it holds."""
        self.opened.emit()
        self.waiting(path.name)
        self._name = path.name
        self._lanes.run(
            lambda: contact_files.from_file(path), self._was_read, self._unreadable, "papers"
        )

    def _was_read(self, data: bytes) -> None:
        self._data = data
        self._look()

    def _look(self, delimiter: str = "", encoding: str = "") -> None:
        desk, name, data = self._desk, self._name, self._data
        # with another delimiter or encoding the columns are other ones
        same = self._looked is not None and self._looked.delimiter == delimiter
        same = same and self._looked is not None and self._looked.encoding == encoding
        fields = self.fields() if same else None
        step = self.work.begin(_("Comparing with the book")).step
        self.working(True)
        self._lanes.run(
            lambda: contact_files.look(desk, name, data, delimiter, encoding, step, fields),
            self._was_looked,
            self._not_looked,
            "papers",
        )

    def _was_looked(self, looked: Looked) -> None:
        self.work.end()
        self.working(False)
        self.show_looked(looked)

    def _not_looked(self, error: Exception) -> None:
        self.work.end()
        self.working(False)
        self._unreadable(error)

    def _unreadable(self, error: Exception) -> None:
        """Where nothing was shown yet there is nothing to stay for."""
        if not self.model.rows():
            self._close()
        self._refused(error)

    def _take(self) -> None:
        desk, rows = self._desk, self.chosen()
        step = self.work.begin(_("Taking in")).step
        self.working(True)
        act = partial(contact_files.take, desk, rows, step)
        self._doing.do(act, _told, self._was_taken, self._not_taken)

    def _was_taken(self, _taken: Taken) -> None:
        self.work.end()
        self.working(False)
        self._close()

    def _not_taken(self, error: Exception) -> None:
        self.work.end()
        self.working(False)
        self._refused(error)

    def _close(self) -> None:
        self._data = b""
        self.left.emit()

    # Out

    def menu(self, parent: QWidget) -> QMenu:
        """The kinds of file that the book can be saved as."""
        made = QMenu(parent)
        for kind, words, _name in KINDS:
            made.addAction(words).setData(kind)
        made.triggered.connect(self._export)
        return made

    def _export(self, action: QAction) -> None:
        kind = str(action.data())
        name = next(name for key, _words, name in KINDS if key == kind)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the contacts"), name)
        if chosen:
            self.save_to(Path(chosen), kind)

    def save_to(self, path: Path, kind: str) -> None:
        """Write the whole book; an old file stays until the new one is whole."""
        desk = self._desk

        def work() -> str:
            paper_file.write(contact_files.export(desk, kind), path)
            return path.name

        self._lanes.run(work, self._written, self._refused)

    def _written(self, name: str) -> None:
        self.said.emit(_("Saved as {name}.").format(name=name), "done")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self.said.emit(_("Stopped; nothing was taken."), "info")
        elif isinstance(error, InvalidInput):
            told = "; ".join(f"{place}: {why}" for place, why in list(error.fields.items())[:3])
            self.said.emit(f"{self._name}: {told}", "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(f"{error} {error.hint}".strip(), "problem")
        else:
            raise error


def _told(taken: Taken) -> str:
    words = ngettext("{n} contact added", "{n} contacts added", taken.added)
    told = [words.format(n=f"{taken.added:,}")]
    if taken.filled:
        told.append(_("{n} filled up").format(n=f"{taken.filled:,}"))
    if taken.left:
        told.append(_("{n} left out").format(n=f"{taken.left:,}"))
    return f"{', '.join(told)}."
