"""What stands around a letter's parts, in the letter's language and as openly as its kind says."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from clinic_desk.documents.content import Identity, Wording
from clinic_desk.library.letter_kind import LEAD, LetterFrame
from clinic_desk.library.letter_templates import day
from clinic_desk.library.letters import LetterKind
from clinic_desk.usecases import letterhead, words
from clinic_desk.usecases.letter_views import Part

if TYPE_CHECKING:
    from clinic_desk.storage.models import Case, Patient


def identity(
    kind: LetterKind, patient: "Patient", case: "Case", today: date, case_line: str = ""
) -> Identity:
    """Who the letter is about: what an employer or a fax machine shows is not what a colleague
    reads. `case_line` is the complaint in the letter's language, where that can say it.
    """
    full = letterhead.identity(patient, case, today)
    born = day(patient.birth_date, kind.language)
    if kind.identity == "number":
        return Identity(patient.number, "", "", "")
    if kind.identity == "discreet":
        return Identity(full.name, born, "", full.number)
    if kind.language == "en":
        return full
    if case_line:
        return replace(full, born=born, age="", case_line=case_line)
    # the birth date tells the age; the complaint keeps its side, in the record's English
    note = next((one.note for one in kind.parts if one.note), "")
    line = f"{full.case_line} ({note})" if note else ""
    return replace(full, born=born, age="", case_line=line)


def wording(kind: LetterKind) -> Wording:
    """The page's own words."""
    made = replace(Wording(), **kind.frame.words)
    if kind.identity == "number":
        return replace(made, born_unknown=kind.frame.identity_apart)
    return made


def salutation(kind: LetterKind, name: str) -> str:
    """ "Dear Dr Sample," or "Dear colleague,"."""
    frame: LetterFrame = kind.frame
    if name:
        return frame.dear.replace("{name}", name)
    return kind.greeting or frame.dear_colleague


def heading(kind: LetterKind, part: Part, english: str, own: str = "") -> str:
    """A part's heading; `english` is the one that tells more in an English letter, `own` in a
    letter of another language whose part is told in it.

    A part that still holds the record's English words in another language says so, until it is
    written anew.
    """
    if part.id == LEAD:
        return ""
    if kind.language == "en" or own:
        return own or english
    found = next((one for one in kind.parts if one.id == part.id), None)
    return (
        f"{part.title} ({found.note})" if found and found.note and not part.edited else part.title
    )


def date_line(kind: LetterKind, today: date) -> str:
    return day(today, kind.language)


def reference(kind: LetterKind, number: str) -> str:
    """ "Our ref CD-00412 / 2026-031"."""
    return kind.frame.our_ref.replace("{number}", number)


def signed(kind: LetterKind, now: datetime, copies: str) -> str:
    """ "Signed 03 Feb 2026 10:58. Separate copies: …"."""
    here = words.local(now)
    moment = f"{day(here.date(), kind.language)} {here:%H:%M}"
    said = kind.frame.signed.replace("{moment}", moment)
    return f"{said} {kind.frame.copies.replace('{names}', copies)}" if copies else said


def registration(kind: LetterKind, number: str) -> str:
    """ "registration PH-EXAMPLE-01"; empty without a number."""
    return kind.frame.registration.replace("{number}", number) if number else ""
