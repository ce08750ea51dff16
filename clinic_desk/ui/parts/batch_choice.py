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
    "recalls": _("Due for recall"),
}
PATIENT = "patient"


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
        self.until = DateField(_("Due by"))
        self.until.set_day(today)
        self.kind = ComboBox(_("Kind of letter"))
        self.role = ComboBox(_("To"))
        self.role.fill([(one, word) for one, word in contact_words.PARTS.items()
                        if one != "referrer"])  # fmt: skip
        row = layout.row(self, tokens.M)
        self.days = {
            "seen_since": stacked(FieldLabel(_("Since"), self.since), self.since),
            "recalls": stacked(FieldLabel(_("Due by"), self.until), self.until),
        }
        for combo, words in ((self.whom, _("Which patients")), (self.kind, _("Kind of letter")),
                             (self.role, _("To"))):  # fmt: skip
            combo.setMinimumWidth(theme.px(190))
            row.addWidget(stacked(FieldLabel(words, combo), combo), 1)
        for place, day in enumerate(self.days.values(), 1):
            row.insertWidget(place, day)
            day.hide()
        self.whom.chosen.connect(self._whom)
        self.kind.chosen.connect(self._kind)
        self.role.chosen.connect(self._told)
        self.since.changed.connect(self._day)
        self.until.changed.connect(self._day)

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
        """Whom, kind, role, and since when; of recalls until when."""
        whom: Whom = self.whom.value() or "seen_today"  # type: ignore[assignment]
        asked = {"seen_since": self.since, "recalls": self.until}.get(whom)
        since = asked.day() if asked is not None else None
        return whom, str(self.kind.value() or ""), str(self.role.value() or ""), since

    def recall(self) -> None:
        """The patients who are due for recall, with a letter to themselves."""
        self.whom.set_value("recalls")
        self._show_day()
        mine = next((kind.id for kind in self._kinds.values() if kind.role == PATIENT), None)
        if mine is not None:
            self.kind.set_value(mine)
            self._set_role()

    def _set_role(self) -> None:
        kind = self._kinds.get(str(self.kind.value()))
        mine = kind is not None and kind.role == PATIENT
        parts = [(one, word) for one, word in contact_words.PARTS.items() if one != "referrer"]
        self.role.fill([(PATIENT, _("The patient"))] if mine else parts)
        role = kind.role if kind else ""
        self.role.set_value(role if mine or role in contact_words.PARTS else "gp")
        self.role.setEnabled(not mine)

    def _whom(self, _value: object) -> None:
        self._show_day()
        if self.whom.value() == "recalls":
            self.recall()
        self.changed.emit()

    def _show_day(self) -> None:
        """Which day is asked for: the first of care, or the last that a recall is due by."""
        for whom, day in self.days.items():
            day.setVisible(whom == self.whom.value())

    def _kind(self, _value: object) -> None:
        self._set_role()
        self.changed.emit()

    def _told(self, _value: object) -> None:
        self.changed.emit()

    def _day(self) -> None:
        if not (self.since.problem() or self.until.problem()):
            self.changed.emit()
