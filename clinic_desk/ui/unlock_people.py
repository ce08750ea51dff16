"""Whose passphrase is typed, where several people work in a practice."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import FieldLabel


class PersonChoice(QWidget):
    """The names that the key file offers; the one who was here last is chosen beforehand."""

    def __init__(
        self, people: Sequence[tuple[str, str]], last: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = ComboBox(_("Who are you"))
        self.box.setObjectName("whoUnlocks")
        self.box.fill(list(people))
        self.box.set_value(last)
        if self.box.currentIndex() < 0:
            self.box.setCurrentIndex(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(FieldLabel(_("Who are you"), self.box))
        column.addWidget(self.box)

    def person(self) -> str:
        """The id of the person chosen."""
        return str(self.box.value() or "")
