"""The patient's page: cases, the case in hand, and the journal of all that happened."""

from functools import cached_property
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from clinic_desk.errors import ClinicError
from clinic_desk.i18n import _
from clinic_desk.ui import theme, tokens
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.case_form import CaseForm
from clinic_desk.ui.parts.case_part import CASE_FORMS, CasePart
from clinic_desk.ui.parts.cases_card import CasesCard
from clinic_desk.ui.parts.contact_case_card import CaseContactsCard
from clinic_desk.ui.parts.details_page import DetailsPage
from clinic_desk.ui.parts.doing import Doing
from clinic_desk.ui.parts.facts import Facts
from clinic_desk.ui.parts.files_card import FilesPart
from clinic_desk.ui.parts.half_typed import HalfTyped
from clinic_desk.ui.parts.home_program import HomeProgramPart
from clinic_desk.ui.parts.import_export import ExportMenu
from clinic_desk.ui.parts.journal import Journal, place_of
from clinic_desk.ui.parts.loops_card import LoopsPart
from clinic_desk.ui.parts.new_case import NEW_CASE, NewCasePart
from clinic_desk.ui.parts.patient_form import PatientForm
from clinic_desk.ui.parts.patient_offers import Offers, OffersPart
from clinic_desk.ui.parts.person_facts import person_facts
from clinic_desk.ui.parts.progress_card import ProgressPart
from clinic_desk.ui.parts.stage_gates_card import StageGatesPart
from clinic_desk.ui.refs import CASE, Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.usecases import patients, visits
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.form_drafts import Kept
from clinic_desk.usecases.patient_views import CaseRow, JournalEntry, PatientFile

LEFT, LEFT_NARROW, NARROW = 340, 314, 1360  # px: the left column, and from which width on
MARGINS = 50  # px beside a case's button in it


def forms_of(patient: UUID, case: UUID | None) -> list[tuple[str, UUID]]:
    """The forms of the page that may have been left half typed, with what each is about."""
    of_case = [(form, case) for form in (*CASE_FORMS, "order") if case is not None]
    return [(NEW_CASE, patient), *of_case]


class PatientScreen(Screen):
    """One patient; one of their cases is in hand."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._file: PatientFile | None = None
        self._case: CaseRow | None = None

        self._offers = OffersPart(desk, lanes, self)
        self._half_typed = HalfTyped(self)
        self._half_typed.found.connect(self._go_on)
        self._looked_for: tuple[UUID, UUID | None] | None = None  # patient and case
        self.doing = Doing(desk, lanes, self)
        self.doing.taken_back.connect(self._again)
        self._offers.found.connect(self._offer)
        # from the outside in: a widget that is moved has all below it styled anew
        self.pages = QStackedWidget(self)
        layout.column(self).addWidget(self.pages)
        page = QWidget(self.pages)
        self.pages.addWidget(page)
        whole = layout.column(page, tokens.L, tokens.XL)
        self.bar = QWidget(page)
        whole.addWidget(self.bar)
        columns = layout.row(spacing=tokens.XL)
        whole.addLayout(columns, 1)
        left = self.left = Scroller(0, page)
        columns.addWidget(left)
        right = layout.column(spacing=tokens.L)
        columns.addLayout(right, 1)

        self.start = PrimaryButton(_("Start visit"))
        self.start.setObjectName("startVisit")
        self.start.clicked.connect(self._start)
        self.note = Button(_("Note only"), "file-text")
        self.note.setObjectName("startNote")
        self.note.setToolTip(_("A follow-up note without an evaluation"))
        self.note.clicked.connect(self._start_note)
        self.talk = Button(
            _("Call or message"), "phone", name=_("Write down a call, e-mail or message")
        )
        self.talk.clicked.connect(self._write_contact)
        self.program = Button(_("Program"), "clipboard-list")
        self.program.clicked.connect(self._open_program)
        self.letter = Button(_("Letter"), "mail")
        self.letter.clicked.connect(self._open_letter)
        self.edit = Button(_("Details"), "pen-line")
        self.edit.clicked.connect(self._edit)
        self.hand_out = ExportMenu(desk, lanes)
        self.hand_out.said.connect(self.said)
        top = layout.row(self.bar, tokens.S)
        top.addStretch(1)
        for button in (self.hand_out, self.edit, self.letter, self.program, self.talk, self.note,
                       self.start):  # fmt: skip
            top.addWidget(button)

        place = layout.column()
        left.column.addLayout(place)
        self.cases = CasesCard(left.holder)
        self.cases.new_asked.connect(self._ask_for_case)
        self.cases.chosen.connect(self._choose_case)
        self._just_opened = False
        self._asked_for = ""  # the field of the file that another screen asks to be mended
        left.column.addWidget(self.cases)
        self.new_case = NewCasePart(self, self.doing, place, self.cases.new)
        self.new_case.turned.connect(self._show_start)
        self.new_case.opened.connect(self._case_opened)
        self.case_part = CasePart(desk, lanes, self, left.holder)
        self.case_part.changed.connect(self._case_changed)
        self.loops = LoopsPart(desk, lanes, self, left.holder)
        self.home = HomeProgramPart(desk, lanes, self, left.holder)
        self.home.said.connect(self.said)
        self.files = FilesPart(desk, lanes, self, left.holder)
        self.contacts = CaseContactsCard(desk, lanes, left.holder)
        self.contacts.tell(self)
        self.person = Card(_("Person"), parent=left.holder)
        self.person_facts = Facts(self.person)
        self.person.add(self.person_facts)
        self.whole_file = Button(_("Patient file"), kind="link", compact=True)
        self.whole_file.setToolTip(_("Close parts, merge, archive, legal hold"))
        self.whole_file.clicked.connect(self._open_whole_file)
        self.person.add_to_header(self.whole_file)
        left.column.addLayout(self.case_part.place)
        left.column.addWidget(self.case_part.card)
        left.column.addLayout(self.loops.place)
        for card in (self.loops.card, self.home.card, self.files.card, self.contacts, self.person):
            left.column.addWidget(card)
        left.column.addStretch(1)

        self.journal = self.home.then = Journal(page)
        self.journal.opened.connect(self._open_entry)
        self.journal.offer_csv(self, self._whose)
        right.addLayout(self.home.place)
        right.addWidget(self.journal, 1)
        self.progress = ProgressPart(desk, lanes, self, left.holder)
        self.progress.said.connect(self.said)
        self.progress.place(left.column, columns)
        self.gates = StageGatesPart(self, self.progress, self.home)

    @property
    def case_form(self) -> CaseForm:
        """What opens a case."""
        return self.new_case.form

    @cached_property
    def details(self) -> DetailsPage:
        """Where the details are changed; made when it is first wanted."""
        page = DetailsPage(self.desk, self.lanes, self.pages)
        page.offer(self._offers.known)
        page.left.connect(self._show_page)
        page.saved.connect(self._saved)
        page.said.connect(self.said)
        page.undoable.connect(self.undoable)
        page.doing.taken_back.connect(self._again)
        self.pages.addWidget(page)
        return page

    @property
    def form(self) -> PatientForm:
        """The fields of the details."""
        return self.details.form

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Patients"), "")
        self._just_opened, self._asked_for = True, ref.extra
        self.pages.setCurrentIndex(0)
        self._looked_for = None
        self.new_case.put_away()
        self.case_part.show_case(None)
        self.home.show_case(None)
        self.progress.show_case(None)
        self.gates.show_case(None)
        self.contacts.show_case(None)
        self.new_case.read_regions()
        if ref.extra:
            self._offers.read()  # the form opens at once
        self._load(ref.id, ref.case)

    def _offer(self, found: Offers) -> None:
        if "details" in self.__dict__:
            self.details.offer(found)

    def leave(self) -> None:
        self._offers.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.left.setFixedWidth(theme.px(LEFT_NARROW if self.width() < theme.px(NARROW) else LEFT))
        self.cases.set_widest(self.left.maximumWidth() - theme.px(MARGINS))

    def _whose(self) -> UUID | None:
        return self._file.id if self._file is not None else None

    def held(self) -> str:
        """The details are fifty fields, saved together: going elsewhere would drop them."""
        on = self.pages.currentIndex() == 1 and self.details.form.touched()
        return _("Not saved yet: save, or go back without saving.") if on else ""

    def unkept(self) -> bool:
        return bool(self.held())

    def primary(self) -> QAbstractButton:
        if self.pages.currentIndex() == 1:
            return self.details.save
        return self.case_form.open_case if self.new_case.asks else self.start

    # Loading and showing

    def _load(self, patient: UUID | None, case: UUID | None) -> None:
        if patient is None:
            return
        self.lanes.run(
            lambda: patients.open_file(self.desk, patient, case),
            self._show,
            self.lost,
            replace_key="patient: open",
        )

    def _show(self, file: PatientFile) -> None:
        same_person = self._file is not None and self._file.id == file.id
        self._file = file
        self.hand_out.show_patient(file.id)
        wanted = file.banner.case_id
        self._case = next((row for row in file.cases if row.id == wanted), None)
        self.banner_changed.emit(file.banner)
        self.cases.show_cases(file.cases, self._case.id if self._case else None)
        self._show_facts(file)
        self.journal.show_entries(file.journal)
        open_case = self._case is not None and self._case.closed_on is None
        for button in (self.start, self.program, self.letter, self.note, self.talk):
            button.setEnabled(open_case)
        draft = any(
            entry.kind == "visit" and entry.state == "draft" and entry.case_id == wanted
            for entry in file.journal
        )
        number = (self._case.visits if self._case else 0) + (0 if draft else 1)
        self.note.setVisible(not draft)  # the open one is continued
        words = _("Continue visit {n}") if draft else _("Start visit {n}")
        self.start.setText(words.format(n=number))
        just_opened, self._just_opened = self._just_opened, False
        if just_opened:
            self.take_focus(self.start if open_case else self.cases.new)
            self.case_part.edit_soon(self._asked_for == CASE)
            if self._asked_for not in ("", CASE):
                self._edit()
                self.details.ask_for(self._asked_for)
        shown = self._case if self._case is not None and not self._case.hidden else None
        self.case_part.show_case(shown.id if shown else None, file.id)
        self.home.show_case(self._case)
        self.contacts.show_case(self._case.id if self._case else None)
        self.loops.show_patient(file.id, wanted)
        self.files.show_patient(file.id, wanted)
        self.gates.show_case(self._case)
        self.progress.show_case(self._case)  # last: it takes the longest
        if just_opened:
            self._offers.read_soon()
        if not file.cases and not (self.new_case.asks and same_person):
            self._ask_for_case()
        wanted_of = (file.id, shown.id if shown else None)
        if wanted_of != self._looked_for:
            self._looked_for = wanted_of
            self._half_typed.look(forms_of(*wanted_of))

    def _show_facts(self, file: PatientFile) -> None:
        self.person_facts.show_facts(
            person_facts(file),
            nothing=_("Nothing more is recorded."),
        )

    # Going elsewhere

    def _open_whole_file(self) -> None:
        if self._file is not None:
            self.open_requested.emit(Ref(Place.PATIENT_FILE, self._file.id))

    def _choose_case(self, row: CaseRow) -> None:
        if row.hidden:
            self._open_whole_file()  # it opens there, with a reason
        elif self._file is not None:
            self._load(self._file.id, row.id)

    def _open_entry(self, entry: JournalEntry) -> None:
        where = place_of(entry)
        if where is not None:
            self.open_requested.emit(where)

    def _open_program(self) -> None:
        if self._case is not None:
            self.open_requested.emit(Ref(Place.PROGRAM, self._case.id))

    def _write_contact(self) -> None:
        if self._case is not None:
            self.open_requested.emit(Ref(Place.CONTACT_ENTRY, case=self._case.id))

    def _open_letter(self) -> None:
        if self._case is not None:
            self.open_requested.emit(Ref(Place.LETTER, self._case.id))

    # Acts

    def _start(self) -> None:
        case = self._case
        if case is not None:
            self.lanes.run(lambda: visits.start(self.desk, case.id), self._started, self._refused)

    def _start_note(self) -> None:
        case = self._case
        if case is not None:
            kind = visits.NOTE_ONLY
            self.lanes.run(
                lambda: visits.start(self.desk, case.id, kind), self._started, self._refused
            )

    def _started(self, visit: UUID) -> None:
        self.open_requested.emit(Ref(Place.VISIT, visit))

    def _go_on(self, found: tuple[Kept, ...]) -> None:
        """The forms that were left half typed are open again."""
        for one in found:
            if self._file is not None and (one.form, one.about) == (NEW_CASE, self._file.id):
                if not self.new_case.asks:
                    self._ask_for_case()
            else:
                self.case_part.go_on(one.form, one.about)
                self.loops.go_on(one.form, one.about)

    def _ask_for_case(self) -> None:
        if self._file is not None:
            self.new_case.ask(self._file.id, first=not self._file.cases)

    def _show_start(self) -> None:
        asks = self.new_case.asks  # Ctrl+Enter is written on the button that it presses
        self.start.set_kind("plain" if asks else "primary")
        self.start.set_hint("" if asks else "Ctrl+Enter")

    def _case_opened(self, case: UUID) -> None:
        self._just_opened = True
        if self._file is not None:
            self._load(self._file.id, case)

    def _case_changed(self) -> None:
        if self._file is not None and self._case is not None:
            self._load(self._file.id, self._case.id)

    def _edit(self) -> None:
        self._offers.hurry()
        if self._file is not None:
            self.details.fill(self._file)
            self.pages.setCurrentWidget(self.details)
            self.details.form.focus_first()

    def _show_page(self) -> None:
        self.pages.setCurrentIndex(0)
        self.edit.setFocus()

    def _saved(self) -> None:
        self._show_page()
        self._again()

    def _again(self) -> None:
        if self._file is not None:
            self._load(self._file.id, self._case.id if self._case else None)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ClinicError):
            raise error
        self.said.emit(str(error), "problem")
