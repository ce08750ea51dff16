"""One change for all lines of a program: sets, repetitions, how often, side, limits."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.program_words import SIDES
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.choices import ComboBox, Flow
from clinic_desk.ui.widgets.labels import FieldLabel, SectionHeader, stacked

_FIELDS = (
    ("sets", _("Sets"), range(1, 11)),
    ("reps", _("Reps"), range(1, 31)),
    ("rest_s", _("Rest, s"), range(0, 181, 10)),
    ("times_per_day", _("Per day"), range(1, 7)),
    ("days_per_week", _("Days a week"), range(1, 8)),
    ("effort", _("Effort"), range(11)),
    ("pain_limit", _("Pain limit"), range(11)),
)


class BulkPanel(QFrame):
    """`applied` gives the fields that are to change; what is not chosen stays on each line."""

    applied = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkPanel")
        self.setProperty("surface", "sunken")
        column = layout.column(self, tokens.S)
        column.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        column.addWidget(SectionHeader(_("Change all lines")))
        fields = QWidget()
        flow = Flow(fields, tokens.S)
        self.fields: dict[str, ComboBox] = {}
        for key, label, numbers in _FIELDS:
            field = ComboBox(_("{field} of all lines").format(field=label))
            field.fill([(n, str(n)) for n in numbers], none=_("as is"))
            field.setMinimumContentsLength(4)
            self._add(key, label, field, flow)
        side = ComboBox(_("{field} of all lines").format(field=_("Side")))
        side.fill(SIDES, none=_("as is"))
        side.setMinimumContentsLength(10)
        self._add("side", _("Side"), side, flow)
        column.addWidget(fields)
        self.apply = Button(_("Change all"), "check", compact=True)
        self.apply.setObjectName("bulkApply")
        self.apply.clicked.connect(self._apply)
        self.close_button = Button(_("Close"), kind="quiet", compact=True)
        self.close_button.setObjectName("bulkClose")
        self.close_button.clicked.connect(self.closed)
        acts = layout.row(spacing=tokens.S)
        acts.addWidget(self.apply)
        acts.addWidget(self.close_button)
        acts.addStretch(1)
        column.addLayout(acts)
        self._follow()
        self.hide()

    def _add(self, key: str, label: str, field: ComboBox, flow: Flow) -> None:
        field.setObjectName(f"bulk:{key}")
        field.chosen.connect(self._follow)
        self.fields[key] = field
        flow.addWidget(stacked(FieldLabel(label, field), field))

    def begin(self) -> None:
        """Open with nothing chosen."""
        for field in self.fields.values():
            field.set_value(None)
        self._follow()
        self.show()
        self.fields["sets"].setFocus()

    def values(self) -> dict[str, object]:
        """The chosen fields."""
        held = {key: field.value() for key, field in self.fields.items()}
        return {key: value for key, value in held.items() if value is not None}

    def _follow(self, _value: object = None) -> None:
        self.apply.setEnabled(bool(self.values()))

    def _apply(self) -> None:
        self.applied.emit(self.values())
