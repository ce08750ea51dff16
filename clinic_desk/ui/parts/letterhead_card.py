"""The practice as it stands at the head of every paper, with a page to try it on."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts import layout
from clinic_desk.ui.parts.letterhead_pictures import LetterheadPicture
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.buttons import Button
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.choices import ComboBox
from clinic_desk.ui.widgets.texts import TextArea, TextField
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.practice import PracticeDetails

FIELDS = (
    "name",
    "subtitle",
    "address",
    "phone",
    "email",
    "website",
    "registrations",
    "envelope",
    "emergency_number",
    "paper",
)


class LetterheadCard(Card):
    """The practice's lines, paper, envelope and logo, named as in PracticeDetails."""

    test_asked = Signal(Path)  # where the test page goes

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("Practice and letterhead"), parent=parent)
        self.name, self.subtitle, self.phone, self.email = (TextField() for _n in range(4))
        self.website = TextField()
        self.address, self.registrations = TextArea(lines=3), TextArea(lines=3)
        self.emergency_number = TextField(limit=20)
        self.paper, self.envelope = ComboBox(), ComboBox()
        self.paper.fill([("a4", "A4"), ("letter", "US Letter")])
        self.envelope.fill(
            [
                ("none", _("No window")),
                ("dl", _("DL, window left")),
                ("c5", _("C5, window left")),
                ("us10", _("US #10, window left")),
            ]
        )
        self.form = self._form()
        self.add(self.form)
        self.logo = LetterheadPicture(
            desk, lanes, "logo", _("Logo"), _("JPEG, PNG or WebP; cut to what is drawn.")
        )
        self.add(self.logo)
        self.test = Button(_("Save a test page"), "download")
        self.test.setObjectName("testPage")
        self.test.clicked.connect(self._ask_test)
        at_foot = layout.row()
        at_foot.addWidget(self.test)
        at_foot.addStretch(1)
        self.body.addLayout(at_foot)

    def _form(self) -> Form:
        form = Form(2)
        form.add("name", _("Practice"), self.name, required=True)
        form.add("subtitle", _("Line below the name"), self.subtitle)
        form.add("address", _("Address"), self.address)
        form.add(
            "registrations",
            _("Registration numbers"),
            self.registrations,
            help=_("One a line, as they stand in the letterhead."),
        )
        form.add("phone", _("Phone"), self.phone)
        form.add("email", _("E-mail"), self.email)
        form.add("website", _("Website"), self.website)
        form.add("paper", _("Paper"), self.paper)
        form.add(
            "envelope",
            _("Envelope"),
            self.envelope,
            help=_("Where the address stands on letters. Print the test page to see it."),
        )
        form.add(
            "emergency_number",
            _("Emergency number"),
            self.emergency_number,
            help=_("Printed on handouts, such as 112, 999 or 911."),
        )
        return form

    def details(self) -> PracticeDetails:
        return PracticeDetails(
            name=self.name.value(),
            subtitle=self.subtitle.value(),
            address=self.address.value(),
            phone=self.phone.value(),
            email=self.email.value(),
            paper=str(self.paper.value()),
            emergency_number=self.emergency_number.value(),
            website=self.website.value(),
            registrations=self.registrations.value(),
            envelope=str(self.envelope.value()),
        )

    def _ask_test(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.test.text(), "letterhead.pdf", _("PDF (*.pdf)")
        )
        if chosen:
            self.test_asked.emit(Path(chosen))
