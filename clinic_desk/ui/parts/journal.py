"""The journal: what happened, newest first, each line with its state and a way in."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Cell, Chipped, Column, RowsModel, RowsView, Stacked
from clinic_desk.ui.parts import list_out
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.cards import Card, EmptyState
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.usecases.patient_views import JournalEntry

ICONS = {
    "visit": "file-text",
    "addendum": "file-pen",
    "program": "clipboard-list",
    "handout": "printer",
    "letter": "mail",
    "file": "paperclip",
    "answer": "check",
    "contact": "phone",
}
STATES = {
    "draft": (_("Draft"), "caution", "pen-line"),
    "signed": (_("Signed"), "good", "lock"),
    "waiting": (_("To co-sign"), "caution", "hourglass"),
    "returned": (_("Given back"), "caution", "undo-2"),
    "issued": (_("Issued"), "neutral", "check"),
    "prescribed": (_("Prescribed"), "neutral", "check"),
}
FILTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("visits", ("visit", "addendum", "contact")),
    ("papers", ("letter", "handout")),
    ("programs", ("program",)),
    ("files", ("file", "answer")),
)


def _state(entry: JournalEntry) -> Cell:
    return Chipped(*STATES[entry.state]) if entry.state in STATES else ""


def _when(entry: JournalEntry) -> Cell:
    at = entry.at.astimezone()
    return Stacked(written_day(at.date()), f"{at:%H:%M}")


def _summary(entry: JournalEntry) -> str:
    return " ".join(entry.summary.split())


COLUMNS = (
    Column(_("When"), _when, width=112, plain=lambda e: e.at),
    Column(
        _("What"),
        lambda e: Stacked(e.title, _summary(e), ICONS.get(e.kind, "file-text")),
        type="strong",
        plain=lambda e: e.title,
    ),
    Column(_("Summary"), _summary, file_only=True),
    Column(_("State"), _state, width=124),
)


def place_of(entry: JournalEntry) -> Ref | None:
    """Where an entry is read in full."""
    if entry.kind in ("visit", "addendum"):
        return Ref(Place.VISIT, entry.id)
    if entry.kind in ("handout", "letter"):
        return Ref(Place.DOCUMENT, entry.id)
    if entry.kind == "contact":
        signed = entry.id if entry.state == "signed" else None
        return Ref(Place.CONTACT_ENTRY, signed, case=entry.case_id)
    if entry.kind in ("file", "answer"):
        return Ref(Place.FILE if entry.kind == "file" else Place.LOOP, entry.id)
    return Ref(Place.PROGRAM, entry.case_id) if entry.case_id is not None else None


class Journal(Card):
    """A card with a filter and the list; `opened` has the entry."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Journal"), "", parent, flush=True)
        self._entries: tuple[JournalEntry, ...] = ()
        self.filter = Segments(
            [
                ("all", _("All")),
                ("visits", _("Visits")),
                ("papers", _("Papers")),
                ("programs", _("Programs")),
                ("files", _("Files")),
            ],
            _("Show"),
            view=True,
        )
        self.filter.set_value("all")
        self.filter.changed.connect(self._show)
        self.add_to_header(self.filter)
        self.model = RowsModel(COLUMNS)
        self.rows = RowsView(self.model, _("Journal"), height=tokens.ROW_TALL)
        self.rows.opened.connect(self.opened)
        self.add(self.rows, 1)
        self.empty = EmptyState("")
        self.add(self.empty, 1)

    def offer_csv(self, screen: Screen, whose: Callable[[], UUID | None]) -> None:
        """Let what is shown be saved; `whose` journal it is stands in the audit trail."""
        self.out = list_out.of_view(screen, self.rows, "journal", self)
        self.out.patient = whose

    def show_entries(self, entries: Sequence[JournalEntry]) -> None:
        self._entries = tuple(entries)
        self._show()

    def _show(self) -> None:
        kinds = dict(FILTERS).get(str(self.filter.value()), ())
        self.model.set_rows([e for e in self._entries if not kinds or e.kind in kinds])
        found = self.model.rowCount() > 0
        self.rows.setVisible(found)
        self.empty.setVisible(not found)
        self.empty.sentence.setText(
            _("Nothing of this kind yet.")
            if self._entries
            else _("Nothing yet. Visits, letters, programs and files are listed here.")
        )
