"""Which letters to whom: the choice above the list of a batch."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import contact_words, layout
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.dates import DateField
from clinic_desk.ui.widgets.labels import FieldLabel, stacked
from clinic_desk.usecases.batch import Whom
from clinic_desk.usecases.letters import KindRow

WHOM: dict[Whom, str] = {
    "seen_today": _("Seen today"),
    "seen_since": _("Seen since a day"),
    "open": _("Open cases with this contact"),
    "overdue": _("Review day passed unseen"),
}


class BatchChoice(QWidget):
    """`changed` when other letters are meant."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: dict[str, KindRow] = {}
        self.whom = ComboBox(_("Which patients"))
        self.whom.fill(list(WHOM.items()))
        self.since = DateField(_("Seen since"), latest=today)
        self.since.set_day(today)
        self.kind = ComboBox(_("Kind of letter"))
        self.role = ComboBox(_("To"))
        self.role.fill([(one, word) for one, word in contact_words.PARTS.items()
                        if one != "referrer"])  # fmt: skip
        row = layout.row(self, tokens.M)
        self.day = stacked(FieldLabel(_("Since"), self.since), self.since)
        for combo, words in ((self.whom, _("Which patients")), (self.kind, _("Kind of letter")),
                             (self.role, _("To"))):  # fmt: skip
            combo.setMinimumWidth(theme.px(190))
            row.addWidget(stacked(FieldLabel(words, combo), combo), 1)
        row.insertWidget(1, self.day)
        self.day.hide()
        self.whom.chosen.connect(self._whom)
        self.kind.chosen.connect(self._kind)
        self.role.chosen.connect(self._told)
        self.since.changed.connect(self._day)

    def fill(self, kinds: tuple[KindRow, ...]) -> None:
        """The kinds that there are; what was chosen stays chosen."""
        before = self.kind.value()
        self._kinds = {kind.id: kind for kind in kinds}
        self.kind.fill([(kind.id, kind.name) for kind in kinds])
        if before in self._kinds:
            self.kind.set_value(before)
            return
        to_gp = next((kind.id for kind in kinds if kind.role == "gp"), None)
        self.kind.set_value(to_gp or (kinds[0].id if kinds else None))
        self._set_role()

    def value(self) -> tuple[Whom, str, str, date | None]:
        """Whom, kind, role, and since when."""
        whom: Whom = self.whom.value() or "seen_today"  # type: ignore[assignment]
        since = self.since.day() if whom == "seen_since" else None
        return whom, str(self.kind.value() or ""), str(self.role.value() or ""), since

    def _set_role(self) -> None:
        kind = self._kinds.get(str(self.kind.value()))
        self.role.set_value(kind.role if kind and kind.role in contact_words.PARTS else "gp")

    def _whom(self, _value: object) -> None:
        self.day.setVisible(self.whom.value() == "seen_since")
        self.changed.emit()

    def _kind(self, _value: object) -> None:
        self._set_role()
        self.changed.emit()

    def _told(self, _value: object) -> None:
        self.changed.emit()

    def _day(self) -> None:
        if not self.since.problem():
            self.changed.emit()
