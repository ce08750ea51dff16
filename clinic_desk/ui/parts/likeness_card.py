"""Who is registered already and may be the person at hand, with what matches; one click opens
them, or takes them as the same person.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.parts import layout
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import Flow
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.part_dates import written_birth
from clinic_desk.usecases.likeness import Likeness
from clinic_desk.usecases.patient_views import PatientRow

WORDS = {
    "family name": _("family name"),
    "given name": _("given name"),
    "names the other way round": _("names the other way round"),
    "birth date": _("birth date"),
    "phone": _("phone"),
    "number": _("number"),
}


def shown_name(row: PatientRow) -> str:
    """EXAMPLE, Alex (Sandy)."""
    name = f"{row.family_name.upper()}, {row.given_name}".rstrip(", ")
    return f"{name} ({row.preferred_name})" if row.preferred_name else name


class LikenessCard(Card):
    """A card of people; `chosen` when one is said to be the same person."""

    chosen = Signal(object)  # the patient's id

    def __init__(self, act: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Registered already?"), parent=parent)
        self._act = act
        self.hint = Label("", "quiet", wrap=True)
        self.add(self.hint)
        self.rows: list[QWidget] = []

    def show_found(self, found: Sequence[Likeness], hint: str) -> None:
        """Show those people; `hint` is said above them, or instead of them."""
        for widget in self.rows:
            self.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows = []
        self.hint.setText(hint)
        for one in found:
            row = self._row(one)
            self.add(row)
            self.rows.append(row)

    def _row(self, one: Likeness) -> QWidget:
        held = QWidget()
        whole = layout.column(held, 4)
        name = shown_name(one.row)
        whole.addWidget(Label(name, "strong", wrap=True))
        button = Button(self._act, compact=True, name=f"{self._act}: {name}")
        button.setProperty("patient", str(one.row.id))
        button.clicked.connect(self._chosen)
        about = [
            written_birth(one.row.birth_date, one.row.birth_part),
            one.row.number,
            one.row.open_case,
            _("archived") if one.row.archived else "",
        ]
        whole.addWidget(Label(", ".join(filter(None, about)), "caption", wrap=True))
        chips = QWidget()
        flow = Flow(chips, 6)
        for word in one.same:
            flow.addWidget(Chip(_("Same {what}").format(what=WORDS[word]), "caution", "check"))
        for word in one.near:
            flow.addWidget(Chip(_("Nearly: {what}").format(what=WORDS[word]), "outline"))
        whole.addWidget(chips)
        whole.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return held

    def _chosen(self) -> None:
        self.chosen.emit(UUID(self.sender().property("patient")))
