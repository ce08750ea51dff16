"""A list of any length that holds only the pages around what is shown."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clinic_desk.ui.lists.rows import Column, Index, RowsModel, RowsView

PAGE = 100  # rows that are read together
KEPT = 12  # pages that are held; the farthest from what is shown goes first


class PagedModel(RowsModel):
    """Knows how many rows there are; a row that is not here yet is empty, and `missed`."""

    missed = Signal()

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(columns)
        self.setParent(parent)
        self._count = 0
        self._pages: dict[int, tuple[object, ...]] = {}
        self._said = False

    def set_count(self, count: int) -> None:
        """Begin anew with so many rows, none of which is read yet."""
        self.beginResetModel()
        self._count = count
        self._pages.clear()
        self._said = False
        self.endResetModel()

    def add_page(self, page: int, rows: Sequence[object]) -> None:
        """Take in what was read; what is farthest from it is forgotten."""
        self._pages[page] = tuple(rows)
        while len(self._pages) > KEPT:
            del self._pages[max(self._pages, key=lambda one: abs(one - page))]
        first = self.index(page * PAGE, 0)
        last = self.index(min(self._count, (page + 1) * PAGE) - 1, len(self.columns) - 1)
        self.dataChanged.emit(first, last)

    def lacking(self, first: int, last: int) -> tuple[int, ...]:
        """The pages between two rows that are not here; asking for them ends `missed`."""
        self._said = False
        last = min(last, self._count - 1)
        wanted = range(max(0, first) // PAGE, last // PAGE + 1) if last >= 0 else range(0)
        return tuple(page for page in wanted if page not in self._pages)

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(len(rows) for rows in self._pages.values())

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def row_at(self, index: Index) -> object | None:
        if not index.isValid() or not 0 <= index.row() < self._count:
            return None
        page, place = divmod(index.row(), PAGE)
        rows = self._pages.get(page)
        if rows is not None:
            return rows[place] if place < len(rows) else None
        if not self._said:
            self._said = True
            self.missed.emit()
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """The order is the database's."""


class PagedView(RowsView):
    """Asks for the pages that are looked at: `pages_wanted(pages)`."""

    pages_wanted = Signal(object)  # tuple[int, …]

    def __init__(self, model: PagedModel, name: str) -> None:
        super().__init__(model, name)
        self._paged = model
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)
        model.missed.connect(self._timer.start)

    def ask_now(self) -> None:
        """Ask without waiting to be painted: the list begins."""
        self._timer.start()

    def _ask(self) -> None:
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        pages = self._paged.lacking(first, last if last >= 0 else first + PAGE)
        if pages:
            self.pages_wanted.emit(pages)
