"""Who acts, as they stand on letters and in the record."""

from PySide6.QtWidgets import QWidget

from clinic_desk.i18n import _
from clinic_desk.ui.forms.fields import Form
from clinic_desk.ui.parts.letterhead_pictures import LetterheadPicture
from clinic_desk.ui.tasks import Lanes
from clinic_desk.ui.widgets.cards import Card
from clinic_desk.ui.widgets.labels import Label
from clinic_desk.ui.widgets.texts import TextField
from clinic_desk.usecases import exports
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.practice import ClinicianDetails


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


class YouCard(Card):
    """Name, profession, registration and signature of the clinician."""

    def __init__(self, desk: Desk, lanes: Lanes, parent: QWidget | None = None) -> None:
        super().__init__(_("You"), _("on letters and in the record"), parent)
        self.name, self.profession, self.registration = (TextField() for _n in range(3))
        self.form = Form(2)
        self.form.add("clinician", _("Name on letters"), self.name, required=True)
        self.form.add("profession", _("Profession"), self.profession)
        self.form.add("registration", _("Registration number"), self.registration)
        self.add(self.form)
        self.signature = LetterheadPicture(
            desk,
            lanes,
            "signature",
            _("Your signature"),
            _("Stands only on letters that you issue yourself. A photo of it on paper will do."),
        )
        self.add(self.signature)
        self.signing = Label(_signing(), "caption", wrap=True)
        self.signing.setObjectName("signingSaid")
        self.add(self.signing)

    def details(self) -> ClinicianDetails:
        return ClinicianDetails(
            self.name.value(), self.profession.value(), self.registration.value()
        )
