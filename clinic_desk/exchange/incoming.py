"""Contacts on their way in from a file: each with its place, or with why it is refused."""

from collections.abc import Callable
from dataclasses import dataclass

from clinic_desk.exchange.contact_entry import Entry

Progress = Callable[[int, int], None]  # done, of how many; it raises to stop the work


def unwatched(_done: int, _of: int) -> None:
    """Nobody looks how far the work is."""


@dataclass(frozen=True, slots=True)
class Incoming:
    place: str  # "line 7", "card 3, line 41"
    entry: Entry | None
    refused: str = ""  # why there is no entry
    name: str = ""  # what the file calls it, where it is refused
    told: str = ""  # what of it is not taken, or is to be looked at


# What roles are called in files from elsewhere; the first word that is found decides.
_ROLE_WORDS = (
    ("gp", ("general practitioner", "family doctor", "family physician", "gp", "hausarzt",
            "medecin traitant", "medico de cabecera", "primary care")),
    ("emergency", ("emergency", "a e", "accident", "notaufnahme", "urgences", "urgencias")),
    ("orthopaedics", ("orthop", "trauma", "surgeon", "chirurg")),
    ("radiology", ("radiolog", "imaging", "mri", "radiologie")),
    ("vascular", ("vascular", "gefass", "vascul")),
    ("rheumatology", ("rheumat", "rhumat", "reumat")),
    ("neurology", ("neurolog",)),
    ("oncology", ("oncolog", "onkolog", "sarcoma")),
    ("physiotherapist", ("physio", "kine", "fisio")),
    ("employer", ("employer", "arbeitgeber", "employeur")),
    ("club", ("club", "school", "coach", "verein", "schule", "ecole")),
    ("insurer", ("insur", "versicher", "assur", "seguro")),
)  # fmt: skip


def role_of(folded: str) -> str:
    """The role that folded words speak of; empty where they speak of none."""
    padded = f" {folded} "
    for role, words in _ROLE_WORDS:
        if any(f" {word}" in padded for word in words):
            return role
    return ""
