"""Save as CSV, the same for every list: a button at the right of its heading, and the menu of the
list itself. What is written is the list as it is shown, with all its rows in their order.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QTableView, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _, ngettext
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.usecases import list_files, lockbox, paper_file
from clinic_desk.usecases.desk import Desk

Read = Callable[[], Iterable[object]]  # reads the rows, off the GUI thread
ENDING = ".csv"


class Seat(Protocol):
    """A screen, or whatever else knows who is at the desk when a list is asked for."""

    desk: Desk
    lanes: Lanes


class ListOut(QObject):
    """One list on its way into a file.

    `ask` is called when the person asks, and notes what is chosen; what it returns reads the rows
    in the lane. Rows that stand for a closed part of a file are left out.
    """

    said = Signal(str, str)

    def __init__(
        self,
        seat: Seat,
        owner: QWidget,
        what: str,
        title: str,
        columns: Callable[[], Sequence[Column]],
        ask: Callable[[], Read],
    ) -> None:
        super().__init__(owner)
        self.what, self.title = what, title
        self.columns = columns
        self.ask = ask
        self.patient: Callable[[], UUID | None] = lambda: None
        self._seat, self._owner = seat, owner
        self.button = Button(_("CSV"), "download", parent=owner, compact=True)
        self.button.setObjectName("saveAsCsv")
        self.button.clicked.connect(self.ask_where)
        self.act = QAction(_("Save as CSV"), self)
        self.act.triggered.connect(self.ask_where)
        self.call(title)

    def call(self, title: str) -> None:
        """Give the list another name."""
        self.title = title
        words = _("Save as CSV: {list}").format(list=title)
        self.button.setAccessibleName(words)
        self.button.setToolTip(words)

    def offer_on(self, view: QTableView) -> None:
        """Put the act into the menu of a list and of its header."""
        for widget in (view, view.horizontalHeader()):
            widget.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
            widget.addAction(self.act)

    def ask_where(self) -> None:
        """Ask for a name and write the list as it is when the person asks."""
        read = self.ask()
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(places[0]) if places else Path.home()
        name = paper_file.name_for(self.title, self._seat.desk.today().isoformat())
        chosen, _kind = QFileDialog.getSaveFileName(
            self._owner,
            _("Save as CSV"),
            str(start / (name.removesuffix(".pdf") + ENDING)),
            _("CSV (*.csv)"),
        )
        if chosen:
            self._write(Path(chosen), read)

    def save(self, target: Path) -> None:
        """Write the list as it is shown now."""
        self._write(target, self.ask())

    def _write(self, target: Path, read: Read) -> None:
        target = target if target.suffix else target.with_suffix(ENDING)
        shown = named(self.columns())
        header = tuple(column.title for column in shown)
        desk, what, patient = self._seat.desk, self.what, self.patient()

        def work() -> tuple[str, int, int]:
            rows = list(read())
            open_rows = [row for row in rows if not lockbox.stands_for_closed(row)]
            lines = ([column.kept(row) for column in shown] for row in open_rows)
            count = list_files.save(desk, what, header, lines, target, patient)
            return target.name, count, len(rows) - count

        self.button.setEnabled(False)
        self._seat.lanes.run(work, self._saved, self._refused, lane="papers")

    def _saved(self, result: tuple[str, int, int]) -> None:
        name, count, left_out = result
        self.button.setEnabled(True)
        words = ngettext("{n} row saved as {name}.", "{n} rows saved as {name}.", count)
        told = words.format(n=f"{count:,}", name=name)
        if left_out:
            told += " " + _("Left out, as closed at the patient's wish: {n}.").format(n=left_out)
        self.said.emit(told, "done")

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")


def of_view(
    screen: Screen,
    view: RowsView,
    what: str,
    card: Card | None = None,
    ask: Callable[[], Read] | None = None,
) -> ListOut:
    """The act for a list of a screen, with its button in the heading of the card around it.

    Without `ask` the rows are those in the list.
    """
    model = view.listed
    out = ListOut(
        screen,
        view,
        what,
        view.accessibleName(),
        lambda: model.columns,
        ask or shown_rows(model),
    )
    out.said.connect(screen.said)
    out.offer_on(view)
    if card is not None:
        card.add_to_header(out.button)
    else:
        out.button.hide()  # the menu alone has it
    return out


def of_card(
    seat: Seat,
    card: Card,
    what: str,
    title: str,
    columns: Sequence[Column],
    rows: Callable[[], Iterable[object]],
) -> ListOut:
    """The act for a short list that a card shows in lines of its own; its button in the heading."""

    def ask() -> Read:
        shown = tuple(rows())
        return lambda: shown

    out = ListOut(seat, card, what, title, lambda: columns, ask)
    card.add_to_header(out.button)
    return out


def shown_rows(model: RowsModel) -> Callable[[], Read]:
    """The rows that a list holds: all of it, where it is read whole."""

    def ask() -> Read:
        rows = model.rows()
        return lambda: rows

    return ask


def named(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of the file: one without a heading only shows more of the one before it."""
    return tuple(column for column in columns if column.title)
