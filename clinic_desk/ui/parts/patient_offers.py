"""What the patient form offers from the record: the address book, the languages of handouts."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desk.i18n import _
from clinic_desk.ui.tasks import Lanes
from clinic_desk.usecases import contacts, registrations
from clinic_desk.usecases.desk import Desk

AFTER_MS = 250  # the page is filled, and nothing that stands on it needs them


@dataclass(frozen=True, slots=True)
class Offers:
    contacts: tuple[tuple[str, str], ...]  # id, name
    languages: tuple[tuple[str, str], ...]  # code, name


def offers(desk: Desk) -> Offers:
    """Read them; runs on the lane of the records."""
    book = tuple((str(key), name) for key, name in contacts.named(desk))
    return Offers(book, registrations.languages(desk))


class OffersPart(QObject):
    """Reads them once the page stands, or at once where they are wanted. `found` has them."""

    found = Signal(object)  # Offers

    def __init__(self, desk: Desk, lanes: Lanes, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._lanes = desk, lanes
        self.known = Offers((), (("en", _("English")),))
        self._timer = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._timer.timeout.connect(self.read)

    def read_soon(self) -> None:
        """When the page has been filled."""
        self._timer.start()

    def hurry(self) -> None:
        """Read now what is still to be read."""
        if self._timer.isActive():
            self.read()

    def stop(self) -> None:
        """The page is left."""
        self._timer.stop()

    def read(self) -> None:
        """Read now."""
        self._timer.stop()
        self._lanes.run(lambda: offers(self._desk), self._found, replace_key="patient: offers")

    def _found(self, found: Offers) -> None:
        self.known = found
        self.found.emit(found)
