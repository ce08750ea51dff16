"""The parts of a file that the patient wants closed: close one, open one with a reason, lift it;
and who looked in.
"""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.form_draft import FormDraft
from clinic_desk.ui.parts.paper_words import day_and_time
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card, Divider
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.lockbox import ClosedPart, Opening
from clinic_desk.usecases.patient_views import PatientFile

PARTS = {"history": _("History"), "files": _("Files"), "case": _("Notes of a case")}
OFFERED = ("history", "files")  # beside the cases


class ClosedPartsCard(Card):
    """What is closed, with its acts below each."""

    close_asked = Signal(str, object, str)  # part, case id or None, note
    open_asked = Signal(object, str)  # lock id, reason
    shut_asked = Signal(object)
    lift_asked = Signal(object)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Closed at the patient's wish"),
            parent=parent,
        )
        about = _(
            "A closed part is in no list, search, letter or export until somebody opens it with "
            "a reason. Allergies, alerts and red flags are always shown."
        )
        self.add(Label(about, "quiet", wrap=True))
        self._held: list[QWidget] = []
        self.reasons: dict[UUID, TextField] = {}
        self.part = ComboBox(_("Part to close"))
        self.note = TextArea(_("What the patient said"), lines=2)
        self.form = Form(1)
        self.form.add("part", _("Close a part"), self.part)
        self.form.add("note", _("What the patient said"), self.note)
        self.close_part = Button(_("Close this part"), "lock")
        self.close_part.clicked.connect(self._close)
        self.lines = layout.column(spacing=12)
        self.body.addLayout(self.lines)
        self.add(Divider())
        self.add(self.form)
        self.body.addWidget(self.close_part, 0, Qt.AlignmentFlag.AlignLeft)
        self.seen = Label("", "caption", wrap=True)
        self.add(self.seen)
        self.draft = FormDraft(screen, self.form, "close_part", {"note": self.note})

    def begin(self, patient: UUID) -> None:
        """Another patient's file."""
        self.note.set_value("")
        self.draft.begin(patient, Ref(Place.PATIENT_FILE, patient))

    def show_file(self, file: PatientFile, openings: Sequence[Opening]) -> None:
        """Show what is closed, what can be closed, and who looked in."""
        for widget in self._held:
            self.lines.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._held, self.reasons = [], {}
        titles = {row.id: row.title for row in file.cases}
        for one in file.closed:
            self._hold(self._line(one, titles))
        if not file.closed:
            self._hold(Label(_("Nothing is closed."), "body"))
        closed = {(one.part, one.case_id) for one in file.closed}
        options: list[tuple[object, str]] = [
            ((part, None), PARTS[part]) for part in OFFERED if (part, None) not in closed
        ]
        options += [
            (("case", row.id), _("Notes of: {case}").format(case=row.title))
            for row in file.cases
            if ("case", row.id) not in closed
        ]
        self.part.fill(options)
        for widget in (self.form, self.close_part):
            widget.setVisible(bool(options))
        said = [
            _("{moment}, {who}: {reason}").format(
                moment=day_and_time(one.at), who=one.by, reason=one.reason
            )
            for one in openings[:10]
        ]
        self.seen.setText(_("Opened by:") + "\n" + "\n".join(said) if said else "")
        self.seen.setVisible(bool(said))

    def _hold(self, widget: QWidget) -> None:
        self.lines.addWidget(widget)
        self._held.append(widget)

    def _line(self, one: ClosedPart, titles: dict[UUID, str]) -> QWidget:
        held = QWidget()
        whole = layout.column(held, 6)
        name = PARTS[one.part]
        if one.case_id is not None and one.opened:
            name = _("Notes of: {case}").format(case=titles.get(one.case_id, ""))
        head = layout.row(spacing=8)
        head.addWidget(Label(name, "strong", wrap=True), 1)
        head.addWidget(
            Chip(_("Open to you"), "caution", "eye")
            if one.opened
            else Chip(_("Closed"), "outline", "lock")
        )
        whole.addLayout(head)
        said = _("Since {moment}").format(moment=day_and_time(one.closed_at))
        whole.addWidget(Label(f"{said}. {one.note}".strip(". ") + ".", "caption", wrap=True))
        line = layout.row(spacing=8)
        if one.opened:
            for words, act in (
                (_("Hide it again"), self._shut),
                (_("No longer closed"), self._lift),
            ):
                line.addWidget(self._button(words, name, one.id, act))
            line.addStretch(1)
        else:
            reason = TextField(
                _("Reason for opening: {what}").format(what=name),
                placeholder=_("Reason; it is kept with your name"),
            )
            self.reasons[one.id] = reason
            line.addWidget(reason, 1)
            line.addWidget(self._button(_("Open"), name, one.id, self._open))
            reason.returnPressed.connect(self._entered)
        whole.addLayout(line)
        return held

    def _button(self, words: str, name: str, lock: UUID, act: object) -> Button:
        button = Button(words, compact=True, name=f"{words}: {name}")
        button.setProperty("lock", str(lock))
        button.clicked.connect(act)
        return button

    def _close(self) -> None:
        chosen = self.part.value()
        if isinstance(chosen, tuple):
            self.close_asked.emit(*chosen, self.note.value())
        self.note.set_value("")
        self.draft.changed()

    def _entered(self) -> None:
        for lock, field in self.reasons.items():
            if field is self.sender():
                self.open_asked.emit(lock, field.value())

    def _open(self) -> None:
        lock = UUID(self.sender().property("lock"))
        self.open_asked.emit(lock, self.reasons[lock].value())

    def _shut(self) -> None:
        self.shut_asked.emit(UUID(self.sender().property("lock")))

    def _lift(self) -> None:
        self.lift_asked.emit(UUID(self.sender().property("lock")))
