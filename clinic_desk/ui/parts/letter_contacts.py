"""The contacts beside a letter: listed by role, added or mended in place."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from clinic_desk.errors import InvalidInput
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.parts.letter_finder import LetterFinder
from clinic_desk.ui.parts.letter_head import LetterHead
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import contacts
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept


class LetterContacts(QObject):
    """Fills the head's list. `saved` names the contact that was added or mended, `found` the one
    that was chosen out of the whole book.
    """

    listed = Signal()
    saved = Signal(object)
    found = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, lanes: Lanes, head: LetterHead, screen: Screen) -> None:
        super().__init__(screen)
        self.case: UUID | None = None  # whose own contacts come first
        self._desk, self._lanes, self._head = desk, lanes, head
        self._sought: UUID | None = None
        self.finder = LetterFinder(desk, lanes)
        self.finder.found.connect(self._seek)
        head.add_finder(self.finder)
        head.contact_saved.connect(self._save)
        self._draft = head.form.keep_typed(screen)
        head.contact_asked.connect(self._asked)
        head.form.cancelled.connect(self._draft.give_up)
        self._half_typed = HalfTyped(screen)
        self._half_typed.found.connect(self._go_on)

    def resume(self) -> None:
        """Open the form again where a contact was left half typed beside this letter."""
        if self.case is not None:
            self._half_typed.look([(self._draft.name, self.case)])

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        if found[0].about != self.case or not self._head.card.isHidden():
            return
        mended = str(found[0].values.get("mended", ""))
        if not mended:
            self._head.ask_contact()
        elif mended == str(self._head.to.value()):
            self._head.mend_contact()

    def _asked(self) -> None:
        editing = self._head.editing
        if self.case is not None:
            mended = str(editing.id) if editing is not None else ""
            self._draft.begin(self.case, Ref(Place.LETTER, self.case), mended=mended)

    def list(self) -> None:
        """The contacts again, those of the kind's role first."""
        desk, role, case = self._desk, self._head.role(), self.case
        self._lanes.run(
            lambda: contacts.listed(desk, role=role, case_id=case),
            self._listed,
            replace_key="letter: contacts",
        )

    def _listed(self, rows: tuple[ContactRow, ...]) -> None:
        self._head.fill_contacts(rows)
        self.listed.emit()

    def _seek(self, contact: UUID) -> None:
        """Put one into the list that is too short for them, then choose them."""
        desk, role, case = self._desk, self._head.role(), self.case
        self._sought = contact
        self._lanes.run(
            lambda: contacts.listed(desk, role=role, case_id=case, also=contact),
            self._there,
            replace_key="letter: contacts",
        )

    def _there(self, rows: tuple[ContactRow, ...]) -> None:
        self._listed(rows)
        self.found.emit(self._sought)

    def _save(self) -> None:
        desk, role, case = self._desk, self._head.role(), self.case
        details, editing = self._head.form.details(), self._head.editing

        def work() -> tuple[UUID, tuple[ContactRow, ...]]:
            if editing is None:
                made = contacts.add(desk, details)
            else:
                made = editing.id
                contacts.correct(desk, made, editing.version, details)
            return made, contacts.listed(desk, role=role, case_id=case, also=made)

        self._lanes.run(work, self._saved, self._not_saved)

    def _saved(self, saved: tuple[UUID, tuple[ContactRow, ...]]) -> None:
        made, rows = saved
        self._draft.end()
        self._head.card.hide()
        self._listed(rows)
        self.saved.emit(made)

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self._head.form.show_problems(error.fields)
        else:
            self.refused.emit(error)
