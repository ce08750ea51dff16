"""The change log of a letter template: who, when, what; an older version to look at or restore."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout, paper_words
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases.letter_templates import SHIPPED, Version


def _number(row: Version) -> str:
    return _("as shipped") if row.revision == SHIPPED else str(row.revision)


def _when(row: Version) -> str:
    return paper_words.day_and_time(row.at) if row.at is not None else ""


_COLUMNS = (
    Column(_("Version"), _number, width=90),
    Column(_("When"), _when, width=165, plain=lambda row: row.at),
    Column(_("Who"), lambda row: row.by, width=110, spare=1),
    Column(_("What"), lambda row: row.note),
)


class TemplateLog(QWidget):
    """The versions, the newest first."""

    looked = Signal(int)  # version to look at
    restored = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowsModel(_COLUMNS)
        self.rows = RowsView(self.model, _("Change log"))
        self.rows.setObjectName("templateLog")
        self.rows.opened.connect(self._look)
        self.rows.chosen.connect(self._chosen)
        self.look = Button(_("Look at it"), "eye")
        self.look.setObjectName("lookVersion")
        self.look.clicked.connect(self._look)
        self.restore = Button(_("Restore it"), "rotate-ccw")
        self.restore.setObjectName("restoreVersion")
        self.restore.clicked.connect(self._restore)
        self.hint = Label(
            _("Restoring makes a new version; no version is ever lost."), "caption", wrap=True
        )
        whole = layout.column(self, tokens.M)
        whole.addWidget(self.rows, 1)
        line = layout.row(spacing=tokens.S)
        line.addWidget(self.hint, 1)
        line.addWidget(self.look)
        line.addWidget(self.restore)
        whole.addLayout(line)

    def show_log(self, versions: tuple[Version, ...]) -> None:
        self.model.set_rows(versions)
        self.rows.choose(0)
        self._chosen()

    def _version(self) -> Version | None:
        row = self.rows.current()
        return row if isinstance(row, Version) else None

    def _chosen(self, _row: object = None) -> None:
        one = self._version()
        self.look.setEnabled(one is not None and one.content)
        self.restore.setEnabled(
            one is not None and one.content and self.rows.currentIndex().row() > 0
        )

    def _look(self, _row: object = None) -> None:
        one = self._version()
        if one is not None and one.content:
            self.looked.emit(one.revision)

    def _restore(self) -> None:
        one = self._version()
        if one is not None:
            self.restored.emit(one.revision)
