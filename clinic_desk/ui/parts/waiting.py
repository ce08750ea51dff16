"""A page for what takes more than a moment: what is happening, and a moving bar."""

from PySide6.QtWidgets import QProgressBar, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.unlock import CentredCard, sign


class WaitingPage(CentredCard):
    """Says what is being done."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.column.addWidget(sign("Clinic Desk", words))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(_("Working"))
        self.column.addWidget(bar)
