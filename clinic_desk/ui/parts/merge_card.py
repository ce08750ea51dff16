"""Two registrations of one person: those who may be it, a look at both beside each other, the
merger, and what was merged before.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout, patient_fields
from clinic_desk.ui.parts.likeness_card import LikenessCard
from clinic_desk.ui.parts.paper_words import day_and_time
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases.likeness import Likeness
from clinic_desk.usecases.mergers import Comparison, Merger
from clinic_desk.usecases.patient_views import PatientDetails, PatientRow


def _labels() -> dict[str, str]:
    fields = [field for _name, _title, part in patient_fields.sections() for field in part]
    return {field.key: field.label for field in fields} | {
        "family_name": _("Family name"),
        "given_name": _("Given name"),
        "birth_date": _("Birth date"),
        "birth_part": _("Birth date"),
        "sex": _("Sex"),
        "phone": _("Phone"),
        "email": _("E-mail"),
    }


class MergersCard(Card):
    """What was merged into this patient; each can be taken apart."""

    apart_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Merged into this one"), parent=parent)
        self.rows: list[QWidget] = []
        self.hide()

    def show_mergers(self, found: Sequence[Merger]) -> None:
        for widget in self.rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for one in found:
            held = QWidget()
            line = layout.row(held, 8)
            family, given = one.name
            name = ", ".join(filter(None, (one.number, family.upper(), given)))
            texts = layout.column(spacing=2)
            texts.addWidget(Label(name, "strong", wrap=True))
            said = _("Merged {moment}").format(moment=day_and_time(one.at))
            texts.addWidget(Label(said, "caption"))
            line.addLayout(texts, 1)
            button = Button(_("Take apart"), compact=True, name=f"{_('Take apart')}: {name}")
            button.setProperty("merge", str(one.id))
            button.clicked.connect(self._apart)
            line.addWidget(button)
            self.add(held)
            self.rows.append(held)
        self.setVisible(bool(found))

    def _apart(self) -> None:
        self.apart_asked.emit(UUID(self.sender().property("merge")))


class MergeCard(Card):
    """Find the other registration, compare, merge."""

    find_asked = Signal(str)
    compare_asked = Signal(object)  # the other patient's id
    merge_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Registered twice?"), parent=parent)
        about = _("Cases and papers of the other one come here. It can be taken apart again.")
        self.add(Label(about, "quiet", wrap=True))
        self.field = TextField(
            _("Find the other registration"),
            placeholder=_("Name, number or birth date of the other one"),
            icon="search",
        )
        self.field.changed.connect(self._find)
        self.add(self.field)
        self.found = LikenessCard(_("Compare"))
        self.found.setProperty("surface", "none")
        self.found.body.setContentsMargins(0, 0, 0, 0)
        self.found.header.hide()
        self.found.chosen.connect(self.compare_asked)
        self.add(self.found)
        self.beside = QWidget()
        self._beside = layout.column(self.beside, tokens.S)
        self.add(self.beside)
        self.beside.hide()
        self._other: UUID | None = None

    def show_found(self, found: Sequence[Likeness], searched: bool = False) -> None:
        """Those who may be the same, or those that were searched for."""
        hint = _("Nobody else is found.") if searched else _("Nobody like this one is registered.")
        if found:
            hint = _("Found:") if searched else _("These may be the same person:")
        self.found.show_found(found, hint)

    def show_rows(self, rows: Sequence[PatientRow]) -> None:
        """What was searched for by hand."""
        self.show_found([Likeness(row, 0.0, (), ()) for row in rows], searched=True)

    def show_comparison(self, both: Comparison, other: UUID) -> None:
        """Both beside each other, with what will stand."""
        self._other = other
        self._clear()
        labels = _labels()
        grid_holder = QWidget()
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        heads = ("", _("{n}, stays").format(n=both.kept_number), both.other_number)
        for column, words in enumerate(heads):
            grid.addWidget(Label(words, "strong", wrap=True), 0, column)
        rows = [
            (_("Name"), _name(both.kept), _name(both.other)),
            (_("Cases"), str(both.kept_cases), str(both.other_cases)),
            *(
                (labels.get(one.field, one.field), one.kept, one.other)
                for one in both.differences
                if one.field not in ("family_name", "given_name")
            ),
        ]
        for place, (word, mine, theirs) in enumerate(rows, 1):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Label(word, "quiet"), place, 0, top)
            grid.addWidget(Label(_said(mine), "body", wrap=True), place, 1, top)
            grid.addWidget(Label(_said(theirs), "body", wrap=True), place, 2, top)
        self._beside.addWidget(grid_holder)
        said = _(
            "Where both say something, the left one stands; what only the right one says is "
            "added. Allergies, alerts, phones and names of both are kept."
        )
        self._beside.addWidget(Label(said, "caption", wrap=True))
        words = _("Merge {other} into {kept}").format(
            other=both.other_number, kept=both.kept_number
        )
        merge, cancel = Button(words), Button(_("Not the same person"), kind="link")
        merge.setObjectName("mergeNow")
        merge.clicked.connect(self._merge)
        cancel.clicked.connect(self.stop_comparing)
        line = layout.row(spacing=tokens.S)
        line.addWidget(merge)
        line.addWidget(cancel)
        line.addStretch(1)
        holder = QWidget()
        holder.setLayout(line)
        self._beside.addWidget(holder)
        self.beside.show()
        self.found.hide()

    def stop_comparing(self) -> None:
        self._other = None
        self._clear()
        self.beside.hide()
        self.found.show()

    def _clear(self) -> None:
        while self._beside.count():
            item = self._beside.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _find(self) -> None:
        self.stop_comparing()
        self.find_asked.emit(self.field.value().strip())

    def _merge(self) -> None:
        if self._other is not None:
            self.merge_asked.emit(self._other)


def _name(details: PatientDetails) -> str:
    family, given = details.family_name, details.given_name
    return ", ".join(filter(None, (family.upper(), given)))


def _said(text: str) -> str:
    return text or _("not said")
