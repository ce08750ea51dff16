"""Settings: letterhead and clinician, how the windows look, contacts, the passphrase."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

from clinic_desk import settings
from clinic_desk.errors import ClinicError, InvalidInput
from clinic_desk.i18n import _
from clinic_desk.settings import Settings
from clinic_desk.ui import theme
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.contacts_card import ContactsCard
from clinic_desk.ui.parts.import_export import ExportCard
from clinic_desk.ui.parts.letterhead_pictures import LetterheadPicture
from clinic_desk.ui.parts.note_templates_card import NoteTemplatesCard
from clinic_desk.ui.parts.people_card import PeopleCard
from clinic_desk.ui.parts.snippets_card import SnippetsCard
from clinic_desk.ui.refs import Place, Ref
from clinic_desk.ui.screen import Screen
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button, PrimaryButton
from clinic_desk.ui.widgets.cards import Card, Scroller
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.numbers import Stepper
from clinic_desk.ui.widgets.segments import Segments
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.ui.widgets.toggle import CheckBox
from clinic_desk.usecases import exports, letterhead_trial, paper_file, practice
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.practice import ClinicianDetails, PracticeDetails, PracticeView

_LETTERHEAD = (
    "name",
    "subtitle",
    "address",
    "phone",
    "email",
    "website",
    "registrations",
    "envelope",
)


def _signing() -> str:
    """Whether letters can be signed digitally, and if not, why."""
    if exports.can_sign():
        return _(
            "A letter can also be signed digitally with your own certificate (PKCS #12), on its "
            "page under “Password or signature”."
        )
    return _(
        "Digital signatures are not available: pyHanko is not installed. Install Clinic Desk "
        "with its extra “signing” to have them."
    )


class SettingsScreen(Screen):
    """What a practice sets once. Looks apply at once; the letterhead when it is saved."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(desk, lanes, parent)
        layout.canvas(self)
        self._view: PracticeView | None = None
        self._folder: Path | None = desk.store.folder

        self.name, self.subtitle, self.phone, self.email = (TextField() for _n in range(4))
        self.website = TextField()
        self.address, self.registrations = TextArea(lines=3), TextArea(lines=3)
        self.emergency = TextField(limit=20)
        self.paper = ComboBox()
        self.paper.fill([("a4", "A4"), ("letter", "US Letter")])
        self.form = Form(2)
        self.form.add("name", _("Practice"), self.name, required=True)
        self.form.add("subtitle", _("Line below the name"), self.subtitle)
        self.form.add("address", _("Address"), self.address)
        self.form.add(
            "registrations",
            _("Registration numbers"),
            self.registrations,
            help=_("One a line, as they stand in the letterhead."),
        )
        self.form.add("phone", _("Phone"), self.phone)
        self.form.add("email", _("E-mail"), self.email)
        self.form.add("website", _("Website"), self.website)
        self.form.add("paper", _("Paper"), self.paper)
        self.envelope = ComboBox()
        self.envelope.fill(
            [
                ("none", _("No window")),
                ("dl", _("DL, window left")),
                ("c5", _("C5, window left")),
                ("us10", _("US #10, window left")),
            ]
        )
        self.form.add(
            "envelope",
            _("Envelope"),
            self.envelope,
            help=_("Where the address stands on letters. Print the test page to see it."),
        )
        self.form.add(
            "emergency_number",
            _("Emergency number"),
            self.emergency,
            help=_("Printed on handouts, such as 112, 999 or 911."),
        )
        head = Card(_("Practice and letterhead"))
        head.add(self.form)
        self.logo = LetterheadPicture(
            desk, lanes, "logo", _("Logo"), _("JPEG, PNG or WebP; cut to what is drawn.")
        )
        head.add(self.logo)
        self.test = Button(_("Save a test page"), "download")
        self.test.setObjectName("testPage")
        self.test.clicked.connect(self._ask_test)
        at_foot = layout.row()
        at_foot.addWidget(self.test)
        at_foot.addStretch(1)
        head.body.addLayout(at_foot)

        self.clinician, self.profession, self.registration = (TextField() for _n in range(3))
        self.who = Form(2)
        self.who.add("clinician", _("Name on letters"), self.clinician, required=True)
        self.who.add("profession", _("Profession"), self.profession)
        self.who.add("registration", _("Registration number"), self.registration)
        person = Card(_("You"), _("on letters and in the record"))
        person.add(self.who)
        self.signature = LetterheadPicture(
            desk,
            lanes,
            "signature",
            _("Your signature"),
            _("Stands only on letters that you issue yourself. A photo of it on paper will do."),
        )
        person.add(self.signature)
        for picture in (self.logo, self.signature):
            picture.said.connect(self.said)
        self.signing = Label(_signing(), "caption", wrap=True)
        self.signing.setObjectName("signingSaid")
        person.add(self.signing)
        self.save = PrimaryButton(_("Save"))
        self.save.clicked.connect(self._save)

        self.theme = Segments(
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            _("Theme"),
        )
        self.zoom = Stepper(_("Zoom"), *settings.ZOOM_RANGE, step=10, unit="%")
        looks = Card(_("Look and papers"), _("applies at once"))
        looks_form = Form(2)
        looks_form.add("theme", _("Theme"), self.theme)
        looks_form.add("zoom", _("Zoom"), self.zoom)
        looks.add(looks_form)
        self.unreviewed = CheckBox(_("Say on handouts that a translation is not yet reviewed"))
        self.unreviewed.setObjectName("printUnreviewed")
        looks.add(self.unreviewed)
        self.unreviewed.clicked.connect(self._look)
        self.theme.changed.connect(self._look)
        self.zoom.changed.connect(self._look)

        self.people = PeopleCard(desk, lanes)
        self.people.said.connect(self.said)
        self.contacts = ContactsCard(desk, lanes)
        self.contacts.said.connect(self.said)
        self.snippets, self.notes = SnippetsCard(desk, lanes), NoteTemplatesCard(desk, lanes)
        for own in (self.snippets, self.notes):
            own.said.connect(self.said)
            own.undoable.connect(self.undoable)

        self.exchange = ExportCard(desk, lanes)
        self.exchange.said.connect(self.said)
        self.exchange.import_asked.connect(self._import)

        self.old, self.new, self.again = (TextField(limit=1000) for _n in range(3))
        for field in (self.old, self.new, self.again):
            field.setEchoMode(TextField.EchoMode.Password)
        self.keys = Form(3)
        self.keys.add("old", _("Passphrase now"), self.old)
        self.keys.add("passphrase", _("New passphrase"), self.new)
        self.keys.add("again", _("New passphrase again"), self.again)
        change = Button(_("Change passphrase"), "key-round")
        change.clicked.connect(self._change)
        secret = Card(_("Passphrase"))
        secret.add(
            Label(
                _(
                    "The recovery sheet stays valid. Without passphrase and sheet nobody can read "
                    "these records, not even the makers of this program."
                ),
                "quiet",
                wrap=True,
            )
        )
        secret.add(self.keys)
        line = layout.row()
        line.addWidget(change)
        line.addStretch(1)
        secret.body.addLayout(line)
        place = Card(_("Where the records are"))
        place.add(Label(str(self._folder or ""), "body", wrap=True))

        self.templates = Button(_("Letter templates"), "file-pen")
        self.templates.setObjectName("openTemplates")
        self.templates.clicked.connect(self._to_templates)
        papers = Card(_("Letters"))
        papers.add(Label(_("The texts of each kind of letter, and your own kinds."), "quiet"))
        papers.add(self.templates)

        left, right = Scroller(), Scroller()
        for card in (head, person):
            left.column.addWidget(card)
        left.column.addStretch(1)
        for card in (self.people, looks, self.contacts, self.snippets, self.notes, papers,
                     self.exchange, secret, place):  # fmt: skip
            right.column.addWidget(card)
        right.column.addStretch(1)
        across = layout.row(spacing=0)
        across.addWidget(left, 1)
        across.addWidget(right, 1)
        whole = layout.column(self)
        whole.addLayout(across, 1)
        whole.addWidget(layout.Footer([], [self.save]))
        secret.setVisible(not desk.demo)
        place.setVisible(not desk.demo)

    def open(self, ref: Ref) -> None:
        self.heading_changed.emit(_("Settings"), "")
        kept = settings.load(self._folder) if self._folder else Settings()
        self.theme.set_value(kept.theme)
        self.zoom.set_value(kept.zoom)
        self.unreviewed.setChecked(kept.print_unreviewed)
        self.people.look()
        self.contacts.look()
        self.snippets.look()
        self.notes.look()
        self.logo.look()
        self.signature.look()
        self.lanes.run(lambda: practice.view(self.desk), self._show, replace_key="settings")

    def _to_templates(self) -> None:
        self.open_requested.emit(Ref(Place.LETTER_TEMPLATES))

    def _import(self) -> None:
        self.open_requested.emit(Ref(Place.IMPORT))

    def primary(self) -> QAbstractButton:
        return self.save

    def _show(self, view: PracticeView) -> None:
        self._view = view
        self.form.clear_problems()
        self.who.clear_problems()
        for name in _LETTERHEAD:
            getattr(self, name).set_value(getattr(view.practice, name))
        self.emergency.set_value(view.practice.emergency_number)
        self.paper.set_value(view.practice.paper)
        self.clinician.set_value(view.clinician.name)
        self.profession.set_value(view.clinician.profession)
        self.registration.set_value(view.clinician.registration)

    def _typed(self) -> tuple[PracticeDetails, ClinicianDetails]:
        details = PracticeDetails(
            name=self.name.value(),
            subtitle=self.subtitle.value(),
            address=self.address.value(),
            phone=self.phone.value(),
            email=self.email.value(),
            paper=str(self.paper.value()),
            emergency_number=self.emergency.value(),
            website=self.website.value(),
            registrations=self.registrations.value(),
            envelope=str(self.envelope.value()),
        )
        who = ClinicianDetails(
            self.clinician.value(), self.profession.value(), self.registration.value()
        )
        return details, who

    def leave(self) -> None:
        """What was typed is saved, as all else here is at once."""
        view = self._view
        if view is not None and self._typed() != (view.practice, view.clinician):
            self._save()

    def _save(self) -> None:
        view = self._view
        if view is None:
            return
        details, who = self._typed()
        self.lanes.run(
            lambda: practice.correct(self.desk, view.version, details, who),
            self._saved,
            self._refused,
        )

    def _ask_test(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.test.text(), "letterhead.pdf", _("PDF (*.pdf)")
        )
        if chosen:
            self.save_test(Path(chosen))

    def save_test(self, target: Path) -> None:
        """Keep what was typed, and write the test page to a file."""
        view = self._view
        if view is None:
            return
        details, who = self._typed()

        def work() -> None:
            if (details, who) != (view.practice, view.clinician):
                practice.correct(self.desk, view.version, details, who)
            paper_file.write(letterhead_trial.page(self.desk), target)

        self.lanes.run(work, self._test_saved, self._refused)

    def _test_saved(self, _nothing: object) -> None:
        self.said.emit(_("Test page saved. Print it at its true size."), "done")
        self.lanes.run(lambda: practice.view(self.desk), self._show, replace_key="settings")

    def _saved(self, _version: int) -> None:
        self.said.emit(_("Saved."), "done")
        self.lanes.run(lambda: practice.view(self.desk), self._show, replace_key="settings")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInput) and not self.isVisible():
            words = _("The letterhead was not saved. {why}")
            self.said.emit(words.format(why=" ".join(error.fields.values())), "problem")
        elif isinstance(error, InvalidInput):
            left = self.form.show_problems(error.fields)
            rest = {key: text for key, text in error.fields.items() if text in left}
            homeless = self.who.show_problems(rest)
            if homeless:
                self.said.emit(" ".join(homeless), "problem")
        elif isinstance(error, ClinicError):
            self.said.emit(str(error), "problem")
        else:
            raise error

    def _look(self) -> None:
        chosen = self.theme.value()
        before = settings.load(self._folder) if self._folder else Settings()
        kept = Settings(
            theme=chosen if chosen in ("system", "light", "dark") else before.theme,  # type: ignore[arg-type]
            zoom=int(self.zoom.value() or before.zoom),
            print_unreviewed=self.unreviewed.isChecked(),
            last_person=before.last_person,
        )
        if self._folder is not None and kept != before:
            settings.save(self._folder, kept)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, kept.theme, kept.zoom)

    def _change(self) -> None:
        folder = self._folder
        if folder is None:
            return
        if self.new.value() != self.again.value():
            self.keys.show_problems({"again": _("The two new passphrases differ.")})
            return
        old, new = self.old.value(), self.new.value()
        self.lanes.run(
            lambda: practice.change_passphrase(self.desk, folder, old, new),
            self._changed,
            self._not_changed,
        )

    def _changed(self, _nothing: object) -> None:
        self.keys.clear_problems()
        for field in (self.old, self.new, self.again):
            field.clear()
        self.said.emit(_("Passphrase changed. It is asked for at the next start."), "done")

    def _not_changed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.keys.show_problems(error.fields)
        elif isinstance(error, ClinicError):
            self.keys.show_problems({"old": str(error)})
        else:
            raise error
