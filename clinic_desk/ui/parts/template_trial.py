"""A letter template tried on a real case: the page that it makes, or its faults."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.paper_pages import PdfPages
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import letter_templates, template_preview
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import Edited
from clinic_desk.usecases.template_preview import Tried, TriedCase

PREVIEW_MS = 150


class TemplateTrial(QFrame):
    """`tried` holds the faults; a template with faults keeps the page that was drawn last."""

    tried = Signal(object)  # Tried
    refused = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self._edited: Edited | None = None
        self._timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._timer.timeout.connect(self._try)
        self.setProperty("surface", "pane-right")
        self.case = ComboBox(_("Case to try it on"))
        self.case.setObjectName("templateCase")
        self.case.chosen.connect(self._try)
        self.pages = PdfPages(lanes, _("Preview"))
        self.pages.setMinimumWidth(theme.px(340))
        column = layout.column(self)
        column.setContentsMargins(1, 0, 0, 0)
        above = layout.row(spacing=tokens.S)
        above.setContentsMargins(tokens.M, tokens.S, tokens.M, 0)
        above.addWidget(Label(_("On the case of"), "caption"))
        above.addWidget(self.case, 1)
        column.addLayout(above)
        column.addWidget(self.pages, 1)

    def offer(self, cases: Sequence[TriedCase]) -> None:
        """The cases to try on; the chosen one stays."""
        kept = self.case.value()
        self.case.fill([(one.id, one.name) for one in cases])
        self.case.set_value(kept or (cases[0].id if cases else None))

    def show_template(self, edited: Edited) -> None:
        """Draw it now."""
        self._edited = edited
        self._try()

    def follow(self, edited: Edited) -> None:
        """Draw it once the person pauses."""
        self._edited = edited
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _try(self, _case: object = None) -> None:
        edited, case = self._edited, self.case.value()
        if edited is None:
            return
        if case is None:
            self._tried(Tried(b"", 0, letter_templates.faults(edited)))
            return
        self._lanes.run(
            lambda: template_preview.tried(self._desk, edited, case),  # type: ignore[arg-type]
            self._tried,
            self._refuse,
            lane="papers",
            replace_key="templates: preview",
        )

    def _tried(self, found: Tried) -> None:
        if found.pdf:
            self.pages.show_pdf(found.pdf, found.pages)
        self.tried.emit(found)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
