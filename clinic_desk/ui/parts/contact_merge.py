"""Two entries side by side that may be one: field by field, what is kept of which."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.work_bar import WorkBar
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases import contact_merge
from clinic_desk.usecases.contact_merge import Pair
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped

LIST = 340  # px
FIELDS = {
    "title": _("Title"),
    "name": _("Name"),
    "salutation": _("Called in letters"),
    "role": _("Role"),
    "organisation": _("Practice or hospital"),
    "postal": _("Postal address"),
    "visiting": _("Address to visit"),
    "phones": _("Phones"),
    "fax": _("Fax"),
    "email": _("E-mail"),
    "preferred": _("Wants letters by"),
    "note": _("Note"),
}
WHYS = {
    "name": _("the same name"),
    "email": _("the same e-mail"),
    "phone": _("the same number"),
    "near_name": _("nearly the same name"),
}


def _names(pair: Pair) -> str:
    names = (pair.one.entry.written_name, pair.other.entry.written_name)
    return _("{one} and {other}").format(one=names[0], other=names[1])


COLUMNS = (Column(_("These may be one"), _names, type="strong"),)


class MergePage(QWidget):
    """`left` when the book is to be shown again; `undoable` after a merge."""

    left = Signal()
    said = Signal(str, str)
    undoable = Signal(str, object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._pair: Pair | None = None
        self._doing = Doing(desk, lanes, self)
        self._doing.taken_back.connect(self._two_again)
        self._merged: UUID | None = None
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Pairs that may be one contact"))
        self.rows.setFixedWidth(theme.px(LIST))
        self.rows.chosen.connect(self._chosen)
        self.why = Label("", "quiet", wrap=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.L)
        self._grid.setVerticalSpacing(tokens.S)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._cells: list[QWidget] = []
        self.keep: dict[str, Segments] = {}
        self.card = Card(_("Side by side"), _("the first one stands; the second goes into it"))
        self.card.add(self.why)
        self.card.body.addLayout(self._grid)
        scroller = Scroller(0)
        scroller.column.addWidget(self.card)
        scroller.column.addStretch(1)
        self.nothing = Label(_("No two contacts look alike."), "quiet", wrap=True)
        self.work = WorkBar()
        both = layout.row(spacing=tokens.L)
        both.addWidget(self.rows)
        both.addWidget(scroller, 1)
        page = QWidget()
        column = layout.column(page, tokens.M, tokens.XL)
        column.addWidget(self.nothing)
        column.addLayout(both, 1)
        column.addWidget(self.work)
        self.back = Button(_("Back to the contacts"), "arrow-left", "link")
        self.back.setObjectName("leaveMerge")
        self.back.clicked.connect(self._back)
        self.apart = Button(_("They are two"))
        self.apart.setObjectName("keepApart")
        self.apart.clicked.connect(self._keep_apart)
        self.merge = PrimaryButton(_("Merge into one"))
        self.merge.setObjectName("mergeContacts")
        self.merge.clicked.connect(self._merge)
        whole = layout.column(self)
        whole.addWidget(page, 1)
        whole.addWidget(layout.Footer([self.back], [self.apart, self.merge]))

    def look(self) -> None:
        """Compare the whole book."""
        self._show(())
        self.nothing.hide()
        step = self.work.begin(_("Comparing the contacts")).step
        self._lanes.run(
            lambda: contact_merge.pairs(self._desk, step),
            self._compared,
            self._refused,
            "papers",
            "contacts: pairs",
        )

    def _compared(self, pairs: tuple[Pair, ...]) -> None:
        self.work.end()
        self._show(pairs)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, pairs: tuple[Pair, ...]) -> None:
        self.model.set_rows(pairs)
        self.nothing.setVisible(not pairs)
        for widget in (self.rows, self.card):
            widget.setVisible(bool(pairs))
        for button in (self.apart, self.merge):
            button.setEnabled(bool(pairs))
        self._pair = None
        self.rows.choose(0)

    def _chosen(self, pair: object) -> None:
        if isinstance(pair, Pair) and pair is not self._pair:
            self._pair = pair
            self.why.setText(_("Offered for {why}.").format(why=WHYS[pair.why]))
            self._show_fields(pair)

    def _show_fields(self, pair: Pair) -> None:
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells, self.keep = [], {}
        heads = ("", _("First, the older"), _("Second"), _("Keep"))
        for column, words in enumerate(heads):
            self._put(Label(words, "strong"), 0, column)
        choices = contact_merge.proposed(pair)
        for row, field in enumerate(contact_merge.FIELDS, start=1):
            mine = _said(pair, field, True)
            yours = _said(pair, field, False)
            if not (mine or yours):
                continue
            self._put(Label(FIELDS[field], "quiet", wrap=True), row, 0)
            if field not in choices:
                self._put(Label(mine, "body", wrap=True), row, 1)
                self._put(Label(_("the same"), "quiet"), row, 2)
                continue
            self._put(Label(mine or _("nothing"), "body" if mine else "quiet", wrap=True), row, 1)
            self._put(Label(yours or _("nothing"), "body" if yours else "quiet", wrap=True), row, 2)
            options = [("one", _("First")), ("other", _("Second"))]
            if contact_merge.may_keep_both(field):
                options.append(("both", _("Both")))
            keep = Segments(options, _("Keep {field}").format(field=FIELDS[field]))
            keep.set_value(choices[field])
            self.keep[field] = keep
            self._put(keep, row, 3)

    def _put(self, cell: QWidget, row: int, column: int) -> None:
        self._cells.append(cell)
        self._grid.addWidget(cell, row, column)

    def choices(self) -> dict[str, str]:
        """What is kept of which, by field."""
        return {field: keep.value() or "one" for field, keep in self.keep.items()}

    # Acts

    def _merge(self) -> None:
        pair, choices = self._pair, self.choices()
        if pair is not None:
            self._busy(True)
            self._lanes.run(
                lambda: contact_merge.merge(self._desk, pair, choices), self._was_merged, self._not
            )

    def _was_merged(self, merged: UUID) -> None:
        self._merged = merged
        if self._pair is not None:
            words = _("{names} are one now. Issued letters stay as they are.")
            self.undoable.emit(words.format(names=_names(self._pair)), self.part)
        self.look()

    def part(self) -> None:
        """Take the last merge back."""
        if self._merged is not None:
            self.take_back(self._merged)

    def take_back(self, merge: UUID) -> None:
        """Part two that were merged."""
        self._lanes.run(lambda: contact_merge.part(self._desk, merge), self._parted, self._not)

    def _parted(self, whole: bool) -> None:
        words = (
            _("They are two again, as before.")
            if whole
            else _("They are two again. The first was changed since, and stays as it is now.")
        )
        self.said.emit(words, "done")
        if self.isVisible():
            self.look()
        else:
            self.left.emit()

    def _keep_apart(self) -> None:
        pair = self._pair
        if pair is not None:
            self._busy(True)
            act = partial(contact_merge.keep_apart, self._desk, pair)
            words = _("{names} stay two.").format(names=_names(pair))
            self._doing.do(act, words, self._are_two, self._not)

    def _are_two(self, _nothing: object) -> None:
        gone = self._pair
        pairs = tuple(pair for pair in self.model.rows() if isinstance(pair, Pair))
        self._show(tuple(pair for pair in pairs if pair is not gone))

    def _two_again(self) -> None:
        if self.isVisible():
            self.look()

    def _busy(self, on: bool) -> None:
        for button in (self.apart, self.merge):
            button.setEnabled(not on)

    def _back(self) -> None:
        self.work.stop()
        self.left.emit()

    def _not(self, error: Exception) -> None:
        self._busy(False)
        self._refused(error)

    def _refused(self, error: Exception) -> None:
        self.work.end()
        if isinstance(error, Stopped):
            self.left.emit()
        elif isinstance(error, InvalidInput):
            self.said.emit(" ".join(error.fields.values()), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(f"{error} {error.hint}".strip(), "problem")
        else:
            raise error


def _said(pair: Pair, field: str, first: bool) -> str:
    entry = pair.one.entry if first else pair.other.entry
    words = contact_merge.said(entry, field)
    words = contact_words.breakable(words)
    if field == "role":
        return contact_words.role(words)
    if field == "preferred":
        return contact_words.WAYS.get(words, "")
    return words
