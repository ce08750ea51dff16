"""The rows behind a number of a report; the chosen one is told in full below the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.lists.rows import Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.usecases import reports
from clinic_desk.usecases.report_views import Counted, Listed

WIDE = 430  # px
IN_FULL = (  # the columns of a file
    Column(_("Patient"), lambda row: row.who),
    Column(_("Number"), lambda row: row.number),
    Column(_("Case"), lambda row: row.case),
    Column(_("Day"), lambda row: written_day(row.on), plain=lambda row: row.on),
    Column(_("What"), lambda row: row.said),
)

_NO_LIMIT = 16_777_215  # QWIDGETSIZE_MAX, which the binding does not name


class BehindCard(Card):
    """`opened` has where a row leads."""

    opened = Signal(object)  # Ref
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Behind the number"), "", parent)
        self.setObjectName("behindNumber")
        self.setFixedWidth(theme.px(WIDE))
        self.close_list = Button(_("Close"), kind="link", compact=True)
        self.close_list.setObjectName("closeList")
        self.close_list.clicked.connect(self._close)
        self.add_to_header(self.close_list)
        self.model = RowsModel(
            (
                Column(
                    _("Day"),
                    lambda row: written_day(row.on),
                    width=116,
                    sort=lambda row: (row.on is None, row.on),
                ),
                Column(
                    _("Patient"),
                    lambda row: row.who,
                    type="strong",
                    sort=lambda row: row.who.casefold(),
                ),
            )
        )
        self.rows = RowsView(self.model, _("Behind the number"))
        self.rows.verticalHeader().setDefaultSectionSize(theme.px(36))
        self.rows.chosen.connect(self._tell)
        self.rows.opened.connect(self._open_row)
        self.add(self.rows, 1)
        self.hint = Label("", "caption", wrap=True)
        self.add(self.hint)
        self.facts = Facts()
        self.add(self.facts)
        self.there = Button("", "arrow-right")
        self.there.setObjectName("openCounted")
        self.there.clicked.connect(self._open_current)
        foot = layout.row(spacing=tokens.S)
        foot.addWidget(self.there)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.hide()

    def fill(self, alone: bool) -> None:
        """Take all the room where it stands alone."""
        self.setMaximumWidth(_NO_LIMIT if alone else theme.px(WIDE))

    def show_list(self, found: Listed) -> None:
        """The rows of a number, the first one chosen."""
        self.header.set(found.title, str(len(found.rows)))
        self.rows.setAccessibleName(found.title)
        self.model.set_rows(found.rows)
        said = [reports.closed_words(found.closed)] if found.closed else []
        if found.more:
            said.append(_("There are more; the CSV has all of them."))
        self.hint.setText(". ".join(said))
        self.hint.setVisible(bool(said))
        self.show()
        self._tell(None)
        self.rows.choose(0)
        self.rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)

    def _tell(self, row: object) -> None:
        """The chosen row in full."""
        has = isinstance(row, Counted)
        self.facts.setVisible(has)
        self.there.setVisible(has)
        if not isinstance(row, Counted):
            return
        self.facts.show_facts(
            [
                (_("Patient"), f"{row.who}, {row.number}"),
                (_("Case"), row.case),
                (_("What"), row.said),
            ]
        )
        words = _("Open the patient's page")
        if row.visit_id is not None:
            words = _("Open the visit")
        elif row.loop_id is not None:
            words = _("Open the request")
        self.there.setText(words)

    def _open_current(self) -> None:
        self._open_row(self.rows.current())

    def _open_row(self, row: object) -> None:
        if not isinstance(row, Counted):
            return
        if row.visit_id is not None:
            self.opened.emit(Ref(Place.VISIT, row.visit_id))
        elif row.loop_id is not None:
            self.opened.emit(Ref(Place.LOOP, row.loop_id))
        else:
            self.opened.emit(Ref(Place.PATIENT, row.patient_id, row.case_id))

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
