"""A contact by phone, e-mail or message: written and kept, then signed, with its addenda."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.ui import tokens
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.forms.sheet import Sheet
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.cosign_card import CosignCard, signed_words
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.paper_keys import add_keys
from clinic_desk.ui.parts.paper_words import kept_at, not_kept
from clinic_desk.ui.parts.snippet_typing import SnippetTyping
from clinic_desk.ui.parts.visit_cards import AddendaCard
from clinic_desk.ui.parts.visit_typing import SheetUndo
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.chips import Chip
from clinic_desk.ui.widgets.dates import DateField, written_day
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases import contact_entries
from clinic_desk.usecases.contact_entries import EntryContent, EntryView
from clinic_desk.usecases.cosign import NoteRef
from clinic_desk.usecases.desk import Desk

KINDS = (
    ("phone", _("Phone")),
    ("email", _("E-mail")),
    ("message", _("Message")),
    ("in_person", _("Talk")),
)


class ContactEntryScreen(Screen):
    """`ref.id` is a signed contact; without it `ref.case` has one that is being written."""

    keeps_drafts = True

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._view: EntryView | None = None
        self._ref: Ref | None = None
        self._busy = False
        self._gone: tuple[UUID, UUID] | None = None  # case and patient of what was discarded
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._back_again)
        self.sheet = Sheet(self._keep, self)
        self.sheet.changed.connect(self._follow)
        self.sheet.undo_changed.connect(self._show_undo)
        self.kind = Segments(list(KINDS), _("Kind"), always=True)
        self.kind.changed.connect(self._kind)
        self.whom, self.day = TextField(), DateField(_("Day"), latest=desk.today())
        self.time = TextField(limit=5, placeholder="10:24")
        self.text = TextArea(lines=8, most=20)
        self.text.setUndoRedoEnabled(False)
        undo = SheetUndo(self)
        self._fields: dict[str, TextField | TextArea] = {
            "with_whom": self.whom,
            "day": self.day.field,
            "time": self.time,
            "text": self.text,
        }
        for field in self._fields.values():
            field.installEventFilter(undo)
            field.changed.connect(self._typed)
        self.day.changed.connect(self._picked)
        self.form = Form(2)
        self.form.add("kind", _("Kind"), self.kind, span=2)
        self.form.add(
            "with_whom", _("With whom"), self.whom, required=True, span=2,
            help=_("Such as the patient, the GP, a parent."),
        )  # fmt: skip
        self.form.add("at", _("Day"), self.day, required=True)
        self.form.add("time", _("Time"), self.time, required=True)
        self.form.add("text", _("What was said or written"), self.text, required=True, span=2)
        self.undo = Button(_("Undo"), "undo-2", compact=True)
        self.undo.clicked.connect(self.sheet.undo)
        self.card = Card(_("New entry"))
        self.card.add_to_header(self.undo)
        self.card.add(self.form)
        self.addenda = AddendaCard(self)
        self.add = PrimaryButton(_("Add addendum"), icon="plus")
        self.add.clicked.connect(self._add)
        self.supervision = CosignCard(desk, lanes, self.add, self.addenda.text)
        self.supervision.changed.connect(self._supervised)
        self.snippets = SnippetTyping(desk, lanes, self, self.sheet.apart)
        self.snippets.watch(self.text, self.addenda.text)
        scroller = Scroller(tokens.XL)
        for card in (self.supervision, self.card, self.addenda):
            scroller.column.addWidget(card)
        scroller.column.addStretch(1)
        self.back = Button(_("Back to patient"), "arrow-left", "link")
        self.back.clicked.connect(self._go_back)
        self.discard = Button(_("Discard entry"), "trash-2", "quiet")
        self.discard.clicked.connect(self._discard)
        self.state = Chip("", "good")
        self.sign = PrimaryButton(_("Sign"), icon="pen-line")
        self.sign.clicked.connect(self._sign)
        whole = layout.column(self)
        whole.addWidget(scroller, 1)
        acts = [self.sign, self.add, self.supervision.cosign]
        whole.addWidget(layout.Footer([self.back, self.discard, self.state], acts))
        add_keys(self, self.sheet)

    # -- the screen's duties ------------------------------------------------------

    def open(self, ref: Ref) -> None:
        self.leave()
        self._ref, self._view = ref, None
        self.heading_changed.emit(_("Call or message"), "")
        desk, entry, case = self.desk, ref.id, ref.case
        if entry is not None:
            self._read(lambda: contact_entries.open_entry(desk, entry))
        elif case is not None:
            self._read(lambda: contact_entries.begin(desk, case))

    def _read(self, work: Callable[[], EntryView]) -> None:
        self.lanes.run(work, self._show, self.lost, replace_key="contact entry: open")

    def primary(self) -> QAbstractButton:
        signed = self._view is not None and self._view.id is not None
        return self.supervision.filled if signed else self.sign

    def leave(self) -> None:
        self.snippets.close()
        self.sheet.flush()

    def unkept(self) -> bool:
        return self.sheet.refused

    # -- showing ------------------------------------------------------------------

    def _show(self, view: EntryView) -> None:
        self._view, self._busy = view, False
        signed = view.signed_at is not None
        self.keeps_drafts = not signed
        self.banner_changed.emit(view.banner)
        at = view.content.at.astimezone() if view.content.at else None
        self.sheet.load(
            {
                "kind": view.content.kind,
                "with_whom": view.content.with_whom or None,
                "day": written_day(at.date()) if at else None,
                "time": f"{at:%H:%M}" if at else None,
                "text": view.content.text or None,
            }
        )
        for key in ("kind", *self._fields):
            self._follow(key)
        self.form.clear_problems()
        said = _("Late entry: signed on a later day than the contact") if view.late else ""
        self.card.header.set(
            contact_entries.title(view.content.kind, view.content.with_whom)
            if signed
            else _("New entry"),
            said,
        )
        for field in self._fields.values():
            field.setReadOnly(signed)
        self.kind.setEnabled(not signed)
        self.day.button.setEnabled(not signed)
        writing: tuple[QWidget, ...] = (self.undo, self.sign, self.discard)
        reading: tuple[QWidget, ...] = (self.addenda, self.state)
        for widget in writing:
            widget.setVisible(not signed)
        for widget in reading:
            widget.setVisible(signed)
        if view.signed_at is not None:
            here = view.signed_at.astimezone()
            words = _("Signed by {who}, {day} {time}").format(
                who=view.signed_by, day=written_day(here.date()), time=f"{here:%H:%M}"
            )
            self.state.set(*signed_words(words, view.cosigning))
        self.addenda.show_for(view.addenda)
        if signed and view.id is not None:
            self.addenda.begin(view.id, Ref(Place.CONTACT_ENTRY, view.id))
        self.supervision.show_for(NoteRef(contact_id=view.id), view.cosigning, signed)
        self.snippets.read(view.case_id)
        self._show_undo()
        self.status_changed.emit("")
        read = self.supervision.cosign if self.supervision.may else self.back
        self.take_focus(read if signed else self.whom)

    def _follow(self, key: str) -> None:
        value = self.sheet.value(key)
        if key == "kind":
            self.kind.set_value(value)
        elif (field := self._fields.get(key)) is not None and field.value() != (value or ""):
            field.set_value(value)

    def _show_undo(self) -> None:
        self.undo.setEnabled(self.sheet.can_undo)

    # -- writing ------------------------------------------------------------------

    def _kind(self) -> None:
        self.sheet.set("kind", self.kind.value(), _("kind"))

    def _typed(self) -> None:
        for key, field in self._fields.items():
            if field is self.sender():
                self.sheet.set(key, field.value() or None, _("typing"))

    def _picked(self) -> None:
        """A day of the calendar."""
        self.sheet.set("day", self.day.field.text() or None, _("day"))

    def _content(self, values: dict[str, object]) -> EntryContent:
        day, hour = self.day.day(), _hour(str(values.get("time") or ""))
        at = datetime.combine(day, hour).astimezone() if day and hour else None
        return EntryContent(
            str(values.get("kind") or ""),
            str(values.get("with_whom") or ""),
            at,
            str(values.get("text") or ""),
        )

    def _keep(self, values: dict[str, object]) -> None:
        view = self._view
        if view is None or view.id is not None:
            return
        desk, case, content = self.desk, view.case_id, self._content(values)
        self.lanes.run(
            lambda: contact_entries.keep(desk, case, content),
            self._kept,
            self._not_kept,
            replace_key=f"contact entry: keep {case}",
        )

    def _kept(self, when: datetime) -> None:
        self.status_changed.emit(kept_at(when))

    def _not_kept(self, error: Exception) -> None:
        self.sheet.not_kept(error)
        self.status_changed.emit(not_kept())
        self._cannot(error)

    # -- acts ---------------------------------------------------------------------

    def _sign(self) -> None:
        view = self._view
        if view is None or self._busy:
            return
        wrong = {}
        if self.day.problem() or self.day.day() is None:
            wrong["at"] = self.day.problem() or _("Say on which day.")
        if _hour(self.time.value()) is None:
            wrong["time"] = _("Type the time as 10:24.")
        if wrong:
            self.form.show_problems(wrong)
            return
        self._busy = True
        self.sheet.flush()
        desk, case, content = self.desk, view.case_id, self._content(self.sheet.values())
        self.lanes.run(
            lambda: contact_entries.sign(desk, case, content), self._signed, self._refused
        )

    def _signed(self, entry: UUID) -> None:
        self._busy = False
        self.sheet.load({})
        self.open_requested.emit(Ref(Place.CONTACT_ENTRY, entry))
        self.said.emit(_("Signed."), "done")  # a screen that is opened begins without a message

    def _add(self) -> None:
        view, text = self._view, self.addenda.text.value()
        if view is None or view.id is None or self._busy:
            return
        if not text.strip():
            self.addenda.problem.set(_("Write the addendum first."))
            self.addenda.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, entry = self.desk, view.id

        def work() -> EntryView:
            contact_entries.add_addendum(desk, entry, text)
            return contact_entries.open_entry(desk, entry)

        self._busy = True
        self.lanes.run(work, self._added, self._refused)

    def _added(self, view: EntryView) -> None:
        self.addenda.added()
        self._show(view)

    def _supervised(self, said: str) -> None:
        view = self._view
        if view is not None and view.id is not None:
            self.said.emit(said, "done")
            desk, entry = self.desk, view.id
            self._read(lambda: contact_entries.open_entry(desk, entry))

    def _discard(self) -> None:
        """Away with the draft; the message bar's Undo brings it back."""
        view = self._view
        if view is None or self._busy:
            return
        self.sheet.flush()
        self._gone = (view.case_id, view.patient_id)
        self.sheet.load({})
        act = partial(contact_entries.discard, self.desk, view.case_id)
        self.doing.do(act, _("Entry discarded."), self._discarded, self._refused)

    def _discarded(self, _nothing: object) -> None:
        if self._gone is not None:
            self._view = None
            case, patient = self._gone
            self.open_requested.emit(Ref(Place.PATIENT, patient, case=case))

    def _back_again(self) -> None:
        if self._gone is not None:
            self.came_back.emit(Ref(Place.CONTACT_ENTRY, case=self._gone[0]))

    def _go_back(self) -> None:
        if self._view is not None:
            self.leave()
            ref = Ref(Place.PATIENT, self._view.patient_id, case=self._view.case_id)
            self.open_requested.emit(ref)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, InvalidInput):
            homeless = self.form.show_problems(error.fields)
            if homeless:
                self.said.emit(" ".join(homeless), "problem")
        else:
            self._cannot(error)

    def _cannot(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")


def _hour(text: str) -> time | None:
    """A time of day as it is typed: 10:24, 10.24 or 9:05."""
    try:
        return datetime.strptime(text.strip().replace(".", ":"), "%H:%M").time()
    except ValueError:
        return None
