"""Which column of a table is what of a contact: guessed, and said otherwise by the person."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel, Problem, stacked
from clinic_desk.usecases.contact_files import FIELDS

WORDS = {
    "title": _("Title"),
    "name": _("Whole name"),
    "given": _("Given name"),
    "family": _("Family name"),
    "salutation": _("Called in letters"),
    "role": _("Role"),
    "organisation": _("Practice or hospital"),
    "lines": _("Postal address"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "country": _("Country"),
    "visiting lines": _("Address to visit"),
    "visiting postcode": _("Postcode to visit"),
    "visiting town": _("Town to visit"),
    "visiting country": _("Country to visit"),
    "phone": _("Phone"),
    "mobile": _("Mobile"),
    "other phone": _("Other phone"),
    "fax": _("Fax"),
    "email": _("E-mail"),
    "preferred": _("Wants letters by"),
    "note": _("Note"),
}
ACROSS = 4


class ColumnsCard(Card):
    """A list for each column; `asked` when the table is to be read by them."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Columns"), _("what each one is; one column for each"), parent)
        self.read = Button(_("Read with these columns"))
        self.read.setObjectName("readColumns")
        self.read.clicked.connect(self.asked)
        self.add_to_header(self.read)
        self.problem = Problem()
        self.add(self.problem)
        scroller = Scroller(0)
        scroller.setFixedHeight(theme.px(170))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.M)
        self._grid.setVerticalSpacing(tokens.S)
        scroller.column.addLayout(self._grid)
        scroller.column.addStretch(1)
        self.add(scroller)
        self.lists: dict[str, ComboBox] = {}
        self._held: list[QWidget] = []

    def show_columns(self, columns: Sequence[tuple[str, str]], problem: str) -> None:
        """The columns with what each is taken for."""
        for widget in self._held:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._held, self.lists = [], {}
        for place, (column, field) in enumerate(columns):
            combo = ComboBox(_("Column {name}").format(name=column))
            combo.fill([(one, WORDS[one]) for one in FIELDS], none=_("Left out"))
            combo.set_value(field or None)
            self.lists[column] = combo
            held = stacked(FieldLabel(column[:40], combo), combo)
            self._held.append(held)
            self._grid.addWidget(held, place // ACROSS, place % ACROSS)
        self.problem.set(problem)

    def fields(self) -> dict[str, str]:
        """What each column is declared to be; empty where it is left out."""
        return {column: str(combo.value() or "") for column, combo in self.lists.items()}
