"""The answer to a request: which files, one line that sums it up, and what imaging showed."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.files_card import file_words
from clinic_desk.ui.parts.loops_result import ResultForm
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import CheckChip
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import plain
from clinic_desk.usecases.files import FileRow
from clinic_desk.usecases.imaging_results import ImagingDetails
from clinic_desk.usecases.loops import LoopView


class AnswerFiles(Card):
    """The files of an answer. `chosen` has the one to look at; `add_asked` for one more."""

    chosen = Signal(object)  # FileRow
    add_asked = Signal()
    details_asked = Signal(object)  # the file's id

    def __init__(self, adding: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(_("Answer"), "", parent)
        self.more = Button(_("Add file"), kind="link", compact=True)
        self.more.setObjectName("addAnswer")
        self.more.clicked.connect(self.add_asked)
        self.add_to_header(self.more)
        self._holder = QWidget()
        self._list = layout.column(self._holder, tokens.S)
        self.nothing = Label(
            _("Not there yet. Drop the scan or the PDF onto this page."), "quiet", wrap=True
        )
        for widget in (self.nothing, self._holder, adding):
            self.add(widget)
        self._buttons: list[tuple[FileRow, Button, QWidget]] = []

    def show_files(self, rows: Sequence[FileRow], now: UUID | None, *, still_open: bool) -> None:
        for _row, _button, held in self._buttons:
            self._list.removeWidget(held)
            held.hide()
            held.deleteLater()
        self._buttons = []
        for row in rows:
            held = QWidget()
            column = layout.column(held, 2)
            words = row.details.title.replace("&", "&&")
            kind = "chosen" if row.id == now else "plain"
            button = Button(words, "paperclip", kind, compact=True)
            button.setToolTip(row.details.title)
            button.setMaximumWidth(self.width() or 340)
            button.setProperty("file", str(row.id))
            button.clicked.connect(self._choose)
            column.addWidget(button)
            about = Label(row.warning or file_words(row), "caption", wrap=True)
            if row.warning:
                about.set_type("caution")
            below = layout.row(spacing=tokens.S)
            below.addWidget(about, 1)
            details = Button(
                _("Details"),
                kind="link",
                compact=True,
                name=_("Details of {title}").format(title=row.details.title),
            )
            details.setProperty("file", str(row.id))
            details.clicked.connect(self._ask_details)
            below.addWidget(details)
            column.addLayout(below)
            self._list.addWidget(held)
            self._buttons.append((row, button, held))
        self.nothing.setVisible(not rows)
        self._holder.setVisible(bool(rows))
        self.more.setVisible(still_open)

    def mark(self, file: UUID) -> None:
        """Show which file is looked at."""
        for row, button, _held in self._buttons:
            button.set_kind("chosen" if row.id == file else "plain")

    def _ask_details(self) -> None:
        self.details_asked.emit(UUID(self.sender().property("file")))

    def _choose(self) -> None:
        wanted = self.sender().property("file")
        for row, _button, _held in self._buttons:
            if str(row.id) == wanted:
                self.chosen.emit(row)


class SignOffCard(Card):
    """One line, and the report in fields where it is imaging. `changed` at every key."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_("What it says"), "", parent)
        self.summary = TextField(placeholder=_("Partial tear, 7 cm, no tendon; no surgery"))
        self.summary.setObjectName("answerSummary")
        self.form = Form(1)
        self.form.add("summary", _("In one line"), self.summary, required=True)
        self.add(self.form)
        self.with_result = CheckChip("result", _("Enter an imaging report"))
        self.with_result.setObjectName("withResult")
        self.with_result.clicked.connect(self._turn)
        self.add(self.with_result)
        self.hint = Label(
            _("These stand beside their questions in the next evaluation until you confirm them."),
            "caption",
            wrap=True,
        )
        self.add(self.hint)
        self.result = ResultForm(today)
        self.add(self.result)
        self.summary.changed.connect(self.changed)
        self.result.changed.connect(self.changed)

    def begin(self, view: LoopView) -> None:
        """What was typed and not signed off, or an empty form."""
        held = view.draft
        self.summary.set_value(plain.text(held, "summary"))
        imaging = view.row.kind == "imaging"
        self.with_result.setChecked(plain.flag(held, "with_result") if held else imaging)
        known = plain.inner(held, "result")
        if not known and view.offered.side is not None:
            known = {"side": view.offered.side.value}
        self.result.begin(view.offered, known)
        self.form.clear_problems()
        self._fit()

    def payload(self) -> plain.Plain:
        """All that is typed, for the draft."""
        return {
            "summary": self.summary.value(),
            "with_result": self.with_result.isChecked(),
            "result": plain.plain(self.result.details()),
        }

    def details(self) -> ImagingDetails | None:
        """The report in fields, if it is to be entered."""
        return self.result.details() if self.with_result.isChecked() else None

    def wrong(self) -> dict[str, str]:
        return self.result.wrong() if self.with_result.isChecked() else {}

    def show_problems(self, fields: Mapping[str, str]) -> list[str]:
        left = self.form.show_problems(fields)
        if not left:
            self.result.clear_problems()
            return []
        rest = {name: text for name, text in fields.items() if name not in self.form.rows}
        return self.result.show_problems(rest)

    def _turn(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        on = self.with_result.isChecked()
        self.result.setVisible(on)
        self.hint.setVisible(on)
