"""The files of a patient on the patient's page: the list, adding by dialog or by dropping."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.lists.rows import Column
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.files_adding import FilesAdding
from clinic_desk.ui.parts.files_drop import FileDrop
from clinic_desk.ui.parts.list_out import ListOut, Read
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.dates import written_day
from clinic_desk.ui.widgets.labels import Icon, Label, OneLine
from clinic_desk.usecases import files
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.files import Added, FileRow
from clinic_desk.usecases.taking_back import Undo

MOST = 6  # lines until the person wants all
ICONS = {"photo": "eye", "imaging": "eye", "letter": "mail"}


def file_words(row: FileRow) -> str:
    """What a file is, in one quiet line: "Report, 02 Feb 2026, Sample Imaging"."""
    kind = files.KINDS.get(row.details.kind, row.details.kind)
    dated = written_day(row.details.dated_on) if row.details.dated_on else ""
    added = written_day(row.added_at.astimezone().date())
    parts = [kind, dated or _("added {day}").format(day=added), row.details.source]
    return ", ".join(part for part in parts if part)


COLUMNS = (
    Column(_("Title"), lambda row: row.details.title),
    Column(_("Kind"), lambda row: files.KINDS.get(row.details.kind, row.details.kind)),
    Column(
        _("Date"),
        lambda row: written_day(row.details.dated_on) if row.details.dated_on else "",
        plain=lambda row: row.details.dated_on,
    ),
    Column(_("Source"), lambda row: row.details.source),
    Column(_("Case"), lambda row: row.case),
    Column(_("File name"), lambda row: row.name),
    Column(_("Bytes"), lambda row: f"{row.size:,}", plain=lambda row: row.size),
    Column(
        _("Added"),
        lambda row: written_day(row.added_at.astimezone().date()),
        plain=lambda row: row.added_at,
    ),
    Column(_("Added by"), lambda row: row.added_by),
    Column(_("State"), lambda row: _("Archived") if row.archived_at else ""),
)


class FilesCard(Card):
    """`opened` has the file's id; `add_asked` comes when files are to be chosen."""

    opened = Signal(object)
    add_asked = Signal()

    def __init__(self, adding: FilesAdding, parent: QWidget | None = None) -> None:
        super().__init__(_("Files"), "", parent)
        self.setObjectName("files")
        self.add_files = Button(_("Add file"), kind="link", compact=True)
        self.add_files.setObjectName("addFile")
        self.add_files.clicked.connect(self.add_asked)
        self.add_to_header(self.add_files)
        self.nothing = Label(_("Drop a scan, a PDF or a picture here."), "quiet", wrap=True)
        self.add(self.nothing)
        self.add(adding)
        self._holder = QWidget()
        self._list = layout.column(self._holder, tokens.S)
        self.add(self._holder)
        self.more = Button("", kind="link", compact=True)
        self.more.setObjectName("moreFiles")
        self.more.clicked.connect(self._all)
        self.add(self.more)
        self.more.hide()  # it has no words yet
        self._rows: tuple[FileRow, ...] = ()
        self._whole = False
        self._lines: list[QWidget] = []

    def show_files(self, rows: Sequence[FileRow], *, anew: bool) -> None:
        """Show a patient's files; `anew` folds the list again."""
        self._rows = tuple(rows)
        self._whole = self._whole and not anew
        self._build()

    def listed(self) -> tuple[FileRow, ...]:
        """All files; those that are archived where they are shown too."""
        here = [row for row in self._rows if row.archived_at is None]
        put_by = [row for row in self._rows if row.archived_at is not None]
        return (*here, *put_by) if self._whole else tuple(here)

    def _all(self) -> None:
        self._whole = not self._whole
        self._build()

    def _build(self) -> None:
        for line in self._lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        here = [row for row in self._rows if row.archived_at is None]
        put_by = len(self._rows) - len(here)
        shown = self.listed() if self._whole else here[:MOST]
        for row in shown:
            self._lines.append(self._line(row))
            self._list.addWidget(self._lines[-1])
        self.header.set(_("Files"), str(len(here)) if here else "")
        self.nothing.setVisible(not here)
        self._holder.setVisible(bool(shown))
        hidden = len(self._rows) - len(shown)
        text = _("Show fewer") if self._whole else _("Show {n} more").format(n=hidden)
        if not self._whole and put_by:
            text = _("Show {n} more, {m} archived").format(n=hidden, m=put_by)
        self.more.setText(text)
        self.more.setVisible(hidden > 0 or (self._whole and len(self._rows) > min(MOST, len(here))))

    def _line(self, row: FileRow) -> QWidget:
        held = QWidget()
        line = layout.row(held, tokens.S)
        icon, role = ICONS.get(row.details.kind, "file-text"), "ink2"
        if row.warning:
            icon, role = "triangle-alert", "caution"
        line.addWidget(Icon(icon, 16, role))
        words = layout.column(spacing=0)
        title = row.details.title
        words.addWidget(OneLine(title, "quiet" if row.archived_at else "strong"))
        about = file_words(row)
        if row.archived_at:
            about = _("Archived. {about}").format(about=about)
        words.addWidget(OneLine(row.warning or about, "caution" if row.warning else "caption"))
        line.addLayout(words, 1)
        button = Button(
            _("Open"), compact=True, name=_("Open the file {title}").format(title=title)
        )
        button.setProperty("file", str(row.id))
        button.clicked.connect(self._open)
        line.addWidget(button)
        return held

    def _open(self) -> None:
        self.opened.emit(UUID(self.sender().property("file")))


class FilesPart(QObject):
    """The card, the line that tells of adding, and dropping onto the screen that it stands on."""

    def __init__(
        self, desk: Desk, lanes: Lanes, screen: Screen, holder: QWidget | None = None
    ) -> None:
        super().__init__(screen)
        self._desk, self._lanes, self._screen = desk, lanes, screen
        self._patient: UUID | None = None
        self._case: UUID | None = None
        self._anew = True
        self._just: list[Added] = []
        self._undos: list[Undo] = []
        self.adding = FilesAdding(desk, lanes)
        self.adding.added.connect(self._added)
        self.adding.finished.connect(self._finished)
        self.adding.said.connect(screen.said)
        self.card = FilesCard(self.adding, holder)
        self.card.opened.connect(self._open)
        self.card.add_asked.connect(self._ask)
        self.out = ListOut(screen, self.card, "files", _("Files"), lambda: COLUMNS, self._listed)
        self.out.patient = self._whose
        self.out.said.connect(screen.said)
        self.card.add_to_header(self.out.button)
        self.drop = FileDrop(screen)
        self.drop.dropped.connect(self.add)

    def _listed(self) -> Read:
        rows = self.card.listed()
        return lambda: rows

    def _whose(self) -> UUID | None:
        return self._patient

    def show_patient(self, patient: UUID, case: UUID | None) -> None:
        """Show the files of a patient; what is added goes to the case in hand."""
        self._anew = patient != self._patient
        self._patient, self._case = patient, case
        if self._anew:
            self.card.show_files((), anew=True)
        self._look()

    def add(self, paths: Sequence[Path]) -> None:
        """Add files to the patient in hand."""
        if self._patient is not None:
            self.adding.add(list(paths), self._patient, self._case)

    def _look(self) -> None:
        patient = self._patient
        if patient is not None:
            self._lanes.run(
                lambda: (patient, files.listed(self._desk, patient)),
                self._show,
                self._refused,
                replace_key="files: list",
            )

    def _show(self, found: tuple[UUID, tuple[FileRow, ...]]) -> None:
        if found[0] == self._patient:
            self.card.show_files(found[1], anew=self._anew)
            self._anew = False

    def _ask(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self._screen, _("Add files"))
        self.add([Path(one) for one in chosen])

    def _added(self, added: Added, undo: Undo | None) -> None:
        self._just.append(added)
        if undo is not None and not added.before:
            self._undos.append(undo)

    def _finished(self) -> None:
        just, self._just = self._just, []
        undos, self._undos = self._undos, []
        back = partial(self._take_back, undos)
        self._look()
        new = [one for one in just if not one.before]
        known = [one for one in just if one.before]
        if len(new) == 1:
            text = _("Filed: {title}. Open it to say what it is.").format(title=new[0].title)
            self._screen.undoable.emit(text, back)
        elif new:
            self._screen.undoable.emit(_("{n} files added.").format(n=len(new)), back)
        if known:
            titles = ", ".join(one.title for one in known)
            text = _("Filed already, nothing was added twice: {titles}.")
            self._screen.said.emit(text.format(titles=titles), "info")

    def _take_back(self, undos: list[Undo]) -> None:
        """Undo of adding: archived, since nothing is ever deleted."""

        def work() -> None:
            for undo in undos:
                undo()

        self._lanes.run(work, self._taken_back, self._refused)

    def _taken_back(self, _nothing: object) -> None:
        self._screen.said.emit(_("Archived what was just added."), "done")
        self._look()

    def _open(self, file: UUID) -> None:
        self._screen.open_requested.emit(Ref(Place.FILE, file))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self._screen.said.emit(str(error), "problem")
