"""Practice and patient as they stand at the top of every paper."""

from datetime import date
from typing import TYPE_CHECKING

from clinic_desk.clinical.measures import Side
from clinic_desk.documents.content import (
    Identity,
    Letterhead,
    LetterImage,
    Paper,
    Window,
    Wording,
)
from clinic_desk.usecases import typed, words
from clinic_desk.usecases.practice import PracticeDetails

if TYPE_CHECKING:
    from clinic_desk.storage.models import Case, Patient


def letterhead(practice: PracticeDetails, logo: LetterImage | None = None) -> Letterhead:
    """The practice's letterhead."""
    return Letterhead(
        name=practice.name,
        subtitle=practice.subtitle,
        address=typed.lines(practice.address),
        phone=practice.phone,
        email=practice.email,
        website=practice.website,
        registrations=typed.lines(practice.registrations),
        logo=logo,
    )


def window_of(practice: PracticeDetails) -> Window:
    """The envelope of the practice by its name; none where it is not known."""
    names: dict[str, Window] = {"dl": "dl", "c5": "c5", "us10": "us10"}
    return names.get(practice.envelope, "none")


def leaves_window(practice: PracticeDetails) -> bool:
    """Whether the letterhead leaves the window of the practice's envelope free."""
    from clinic_desk.documents import letter_head  # ReportLab, and only where a window is set

    return letter_head.fits(
        letterhead(practice), Wording(), window_of(practice), paper_of(practice.paper)
    )


def paper_of(name: str) -> Paper:
    """A paper size by its name; A4 where it is not US Letter."""
    return "letter" if name == "letter" else "a4"


def identity(patient: "Patient", case: "Case", today: date) -> Identity:
    """Who the page is about."""
    return Identity(
        name=words.full_name(patient.given_name, patient.family_name),
        born=words.birth(patient.birth_date, patient.birth_part),
        age=words.age_text(patient.birth_date, today, patient.birth_part),
        number=patient.number,
        phone=patient.phone,
        address=", ".join(typed.lines(patient.address)),
        case_line=case_line(case, today),
    )


def case_line(case: "Case", today: date) -> str:
    """ "LEFT hamstring strain, day 13"."""
    side = Side(case.side) if case.side else None
    title = f"{words.side_upper(side)} {words.lowered(case.title)}" if side else case.title
    day = day_number(case.onset_on, today)
    return title if day is None else f"{title}, day {day}"


def day_number(onset: date | None, on: date) -> int | None:
    """Days since onset; day 0 is the day of onset. None where it is unknown or still to come."""
    if onset is None or on < onset:
        return None
    return (on - onset).days
