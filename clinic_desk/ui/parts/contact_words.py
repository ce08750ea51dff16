"""How the roles, parts and ways of contacts are called."""

import re

from clinic_desk.i18n import _, ngettext
from clinic_desk.usecases.address_book import Entry

ROLES = {
    "gp": _("GP"),
    "orthopaedics": _("Orthopaedics"),
    "emergency": _("Emergency department"),
    "radiology": _("Radiology"),
    "vascular": _("Vascular"),
    "rheumatology": _("Rheumatology"),
    "neurology": _("Neurology"),
    "oncology": _("Sarcoma and oncology"),
    "physiotherapist": _("Physiotherapist"),
    "employer": _("Employer"),
    "club": _("School or club"),
    "insurer": _("Insurer"),
    "other": _("Other"),
}
# what somebody may be in one case besides their role
PARTS = {
    **ROLES,
    "surgeon": _("Surgeon"),
    "coach": _("Coach"),
    "referrer": _("Sent the patient"),
}
WAYS = {"post": _("Post"), "email": _("E-mail"), "fax": _("Fax"), "hand": _("Given by hand")}


def role(key: str) -> str:
    """A role, or what stands for it in a file from elsewhere."""
    return PARTS.get(key, key)


def in_line(key: str) -> str:
    """The same inside a line: orthopaedics, but GP."""
    word = role(key)
    return word if word[:2].isupper() else word[:1].lower() + word[1:]


def breakable(text: str) -> str:
    """The text with places to break in words too long for a narrow column; only for the eye."""
    return re.sub(r"(\S{10})(?=\S{5})", "\\1\u200b", text)


def place(entry: Entry) -> str:
    """The town of an entry, or the last line of its address."""
    town = next((one.town for one in entry.addresses if one.town), "")
    return town or entry.postal.split("\n")[-1]


def first_phone(entry: Entry) -> str:
    return entry.phones[0].number if entry.phones else ""


def counted(shown: int, total: int) -> str:
    """How many there are, and that the list holds only the first of them."""
    words = ngettext("{n} contact", "{n} contacts", total).format(n=total)
    if shown < total:
        return _("{all}; the first {n} are shown, type more to narrow it").format(
            all=words, n=shown
        )
    return words
