"""The handout as it would be issued now, in place of the library."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.usecases import papers
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.papers import Preview
from clinic_desk.usecases.programs import ProgramContent


class HandoutPreview(PdfPages):
    """Drawn in the papers lane; the newest wins."""

    closed = Signal()
    refused = Signal(str)  # what cannot be printed

    def __init__(self, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(lanes, _("Handout"), parent)
        self._size = "a4"
        back = Button(_("Back to the exercises"), "arrow-left", "link", compact=True)
        back.setObjectName("backToExercises")
        back.clicked.connect(self.closed)
        self.add_to_bar(back)

    def draw(self, desk: Desk, case: UUID, content: ProgramContent) -> None:
        """Draw a program's handout."""
        self._size = content.paper
        self._lanes.run(
            lambda: papers.preview_handout(desk, case, content),
            self._drawn,
            lane="papers",
            replace_key="program: preview",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _drawn(self, preview: Preview) -> None:
        blocking = [one for one in preview.problems if one.blocking]
        if blocking:
            self.refused.emit(blocking[0].text)
        else:
            self.show_pdf(preview.pdf, preview.pages, self._size)
