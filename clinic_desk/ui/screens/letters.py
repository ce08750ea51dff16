"""Letters: drafts that wait, and letters that were issued."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Chipped, Column, RowsModel, RowsView
from clinic_desk.ui.parts import layout, list_out, paper_words
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import letters
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import LetterRow

MOST = 200


def _state(row: LetterRow) -> Chipped:
    if row.state == "draft":
        return Chipped(_("Draft"), "caution", "pen-line")
    return Chipped(_("Issued"), "good")


COLUMNS = (
    Column(_("State"), _state, width=110, sort=lambda row: row.state),
    Column(_("Patient"), lambda row: row.patient, type="strong", sort=lambda row: row.patient),
    Column(_("Letter"), lambda row: row.title, sort=lambda row: row.title),
    Column(
        _("Kept or issued"),
        lambda row: paper_words.day_and_time(row.at),
        width=180,
        sort=lambda row: row.at,
        plain=lambda row: row.at,
    ),
)


class LettersScreen(Screen):
    """Drafts first, then what was issued, newest first."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._all: tuple[LetterRow, ...] = ()
        self.field = TextField(
            _("Find a letter"), placeholder=_("Patient, addressee or kind"), icon="search"
        )
        self.field.setObjectName("letterSearch")
        self.field.changed.connect(self._filter)
        self.field.returnPressed.connect(self._open_current)
        self.start = PrimaryButton(_("Open letter"))
        self.start.clicked.connect(self._open_current)
        self.many = Button(_("Letters for many…"), "users")
        self.many.setObjectName("lettersForMany")
        self.many.clicked.connect(self._to_many)
        self.templates = Button(_("Letter templates"), "file-pen")
        self.templates.setObjectName("openTemplates")
        self.templates.clicked.connect(self._to_templates)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Letters"))
        self.rows.opened.connect(self._open_row)
        self.card = Card(flush=True)
        self.card.add(self.rows, 1)
        self.out = list_out.of_view(self, self.rows, "letters", self.card, self._every)
        self.hint = Label(_("A new letter is begun on the patient's page."), "caption")
        self.empty = EmptyState(
            _("No letter yet. A letter is begun on the patient's page."), _("Go to patients")
        )
        self.empty.pressed.connect(self._to_patients)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.pages.addWidget(self.empty)
        top = layout.row()
        top.addWidget(self.field, 1)
        top.addWidget(self.many)
        top.addWidget(self.templates)
        top.addWidget(self.start)
        whole = layout.column(self, tokens.L, tokens.XL)
        whole.addLayout(top)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.hint)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Letters"), "")
        self.lanes.run(
            lambda: letters.recent(self.desk, MOST),
            self._show,
            self._refused,
            replace_key="letters: recent",
        )

    def primary(self) -> QAbstractButton:
        return self.start

    def search_field(self) -> QWidget:
        return self.field

    def _show(self, rows: tuple[LetterRow, ...]) -> None:
        self._all = rows
        self._filter()
        self.rows.setFocus()

    def _fitting(self) -> Callable[[Iterable[LetterRow]], list[LetterRow]]:
        """The words that are looked for, as a filter."""
        words = self.field.value().casefold().split()

        def fits(row: LetterRow) -> bool:
            return all(word in f"{row.patient} {row.title}".casefold() for word in words)

        return lambda rows: [row for row in rows if fits(row)]

    def _every(self) -> list_out.Read:
        """The letters that fit, also those too old to be shown."""
        fitting, ordered, desk = self._fitting(), self.model.ordered, self.desk
        return lambda: ordered(fitting(letters.recent(desk, letters.ALL)))

    def _filter(self) -> None:
        found = self._fitting()(self._all)
        self.model.set_rows(found)
        self.rows.choose(0)
        drafts = sum(row.state == "draft" for row in found)
        hint = _("{drafts} unfinished, {issued} issued").format(
            drafts=drafts, issued=len(found) - drafts
        )
        self.card.header.set("", hint)
        self.pages.setCurrentIndex(0 if self._all else 1)
        self.hint.setVisible(bool(self._all))
        self.start.setEnabled(bool(found))

    def _open_current(self) -> None:
        self._open_row(self.rows.current())

    def _open_row(self, row: object) -> None:
        if not isinstance(row, LetterRow):
            return
        if row.document_id is not None:
            self.open_requested.emit(Ref(Place.DOCUMENT, row.document_id))
        else:
            self.open_requested.emit(Ref(Place.LETTER, row.case_id, extra=row.kind))

    def _to_many(self) -> None:
        self.open_requested.emit(Ref(Place.BATCH))

    def _to_templates(self) -> None:
        self.open_requested.emit(Ref(Place.LETTER_TEMPLATES))

    def _to_patients(self) -> None:
        self.open_requested.emit(Ref(Place.PATIENTS))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
