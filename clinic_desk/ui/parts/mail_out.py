"""A letter given to the person's own mail program. This program itself sends nothing."""

from urllib.parse import quote

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from clinic_desk.i18n import _


def link(address: str, reference: str, practice: str, file: str) -> QUrl:
    """A mailto link that says nothing of the patient; the file is attached by hand."""
    subject = _("Letter {reference}").format(reference=reference)
    body = _("Please find our letter {reference} attached ({file}).\n\n{practice}").format(
        reference=reference, file=file, practice=practice
    )
    # what stands in the address can add no header of its own
    to, about, words = quote(address, safe="@"), quote(subject), quote(body)
    return QUrl(f"mailto:{to}?subject={about}&body={words}", QUrl.ParsingMode.StrictMode)


def open_mail(url: QUrl) -> bool:
    """Open the mail program; false where the system has none."""
    return QDesktopServices.openUrl(url)
