"""What goes onto paper, as plain data: the same content always gives the same bytes.

Every text here is text from people or from the library, never markup. Dates and numbers
arrive already written out in the reader's language.
"""

from dataclasses import dataclass
from typing import Literal

from clinic_desk.clinical.measures import BodyChart
from clinic_desk.drawing.shapes import Picture
from clinic_desk.drawing.trend import Trend

Paper = Literal["a4", "letter"]
Window = Literal["none", "dl", "c5", "us10"]  # the envelope whose window shows the address
Preset = Literal["standard", "large-print", "large-print-20", "easy-read", "ink-saver", "clinician"]


@dataclass(frozen=True, slots=True)
class Wording:
    """The few words that a page adds by itself, in the reader's language.

    A word in braces is replaced by that value.
    """

    page: str = "Page {page} of {pages}"
    born: str = "born {date}"
    born_unknown: str = "birth date unknown"
    age: str = "({age})"
    patient: str = "Patient {number}"
    phone: str = "phone {number}"
    phone_line: str = "Phone {number}"
    confidential: str = "Confidential."
    fingerprint: str = "Fingerprint {fingerprint}"
    filed_as: str = "Copy filed as {reference}"
    sore_side: str = "Sore side:"
    copies: str = "Separate copies: {names}."
    copy_to: str = "Copy to {name}."
    original_to: str = "The letter itself went to {name}."
    corrects: str = "This letter corrects our letter {reference} of {date}."
    enclosures: str = "Enclosures: {names}."
    awaits_cosigning: str = "Notes signed under supervision: they still await a co-signature."
    cosigned: str = "Notes signed under supervision: co-signed by {name}, {moment}."
    draft: str = "DRAFT: not signed, not for use"
    draft_short: str = "DRAFT"

    def birth(self, date: str) -> str:
        """When somebody was born, or that it is unknown: a page is never silent about it."""
        return self.born.replace("{date}", date) if date else self.born_unknown


@dataclass(frozen=True, slots=True)
class LetterImage:
    """A logo or a signature: JPEG bytes that were cleaned before, and their size in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    name: str
    subtitle: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    registrations: tuple[str, ...] = ()  # "Company number 0123456", each a line
    logo: LetterImage | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the page is about; printed on every page."""

    name: str  # as written in letters: "Alex EXAMPLE"
    born: str  # "14 Jun 1991"; empty where it is unknown
    age: str  # "34 years"
    number: str  # "CD-00412"
    phone: str = ""
    address: str = ""
    case_line: str = ""  # "LEFT hamstring strain, day 13"


@dataclass(frozen=True, slots=True)
class HandoutExercise:
    """`tag` names the language of a text that stands in another one than the page's."""

    name: str
    dosage: str  # "2 sets of 8, hold 2 sec, rest 20 sec"
    steps: tuple[str, ...]
    start: Picture
    finish: Picture
    start_caption: str = "Start"
    finish_caption: str = "Finish"
    short_name: str = ""  # for the tick grid
    note: str = ""
    position: str = ""  # how to begin, where a preset has room for it
    doses: tuple[str, ...] = ()  # the dosage in parts, one idea each
    rules: tuple[tuple[str, str], ...] = ()  # bold words and the exercise's own stop rules
    tag: str = ""
    language: str = ""  # of its texts, where it is not the page's
    mark: str = ""  # "A1" in a superset; its number where empty


@dataclass(frozen=True, slots=True)
class TickGrid:
    """Days as (weekday letter, day of month); `month` names the first day's month."""

    month: str
    days: tuple[tuple[str, str], ...]
    pain_row: str = "Worst pain 0 to 10"


@dataclass(frozen=True, slots=True)
class AdviceText:
    """An advice card: a title and short paragraphs."""

    title: str
    text: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class ClinicianTable:
    """The clinician's page: facts above, then a row for each exercise."""

    facts: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class HandoutContent:
    """`other` is the same sheet in a second language, which then stands beside the first."""

    practice: Letterhead
    identity: Identity
    patient_name: str
    date_line: str  # "03 Feb 2026, from Dana Demo"
    title: str
    frequency: str  # "Once a day"
    minutes: str  # "About 10 minutes"
    equipment: str  # "No equipment"
    sore_side: str  # "LEFT", "RIGHT", "BOTH SIDES"
    stop_lead: str  # bold: "Stop and phone us"
    stop_text: str  # "if the leg tingles more or pain goes above 3 of 10."
    emergency_lead: str  # bold: "Go to an emergency department"
    emergency_text: str
    exercises: tuple[HandoutExercise, ...]
    stop_points: tuple[str, ...] = ()  # the same, one idea each
    emergency_points: tuple[str, ...] = ()
    note_lead: str = ""  # "From Dana:"
    note: str = ""
    next_lead: str = ""  # bold: "Next appointment:"
    next_visit: str = ""  # "10 Feb 2026, 10:30"
    advice: tuple[AdviceText, ...] = ()
    grid_title: str = ""
    grids: tuple[TickGrid, ...] = ()
    qr_text: str = ""
    qr_caption: str = "Scan to keep this as text. No internet needed."
    reference: str = ""  # "H-2026-014"
    language: str = "en"
    paper: Paper = "a4"
    preset: Preset = "standard"
    clinician: ClinicianTable | None = None  # what that preset shows
    remark: str = ""  # a small line at the end: that a translation is not yet reviewed
    draft: bool = False
    words: Wording = Wording()
    other: "HandoutContent | None" = None


@dataclass(frozen=True, slots=True)
class LetterTable:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LetterChart:
    """Marks on the body, drawn in the views that show them; the words stand beside as text."""

    chart: BodyChart
    views: tuple[tuple[str, str], ...]  # view id and its name: ("back", "Back")
    legend: tuple[tuple[str, str], ...]  # type id and its name: ("pain", "Pain")
    right: str = "Right"
    left: str = "Left"
    rated: str = "Numbers: strength, 0 to 10"


@dataclass(frozen=True, slots=True)
class LetterTrend:
    """One measure over time; the table beside it says the same in words."""

    name: str
    trend: Trend
    note: str  # "20 Jan 2026 to 03 Feb 2026", and below it "lower is better"


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One headed part. A paragraph is runs of (text, bold)."""

    heading: str
    paragraphs: tuple[tuple[tuple[str, bool], ...], ...] = ()
    table: LetterTable | None = None
    after: tuple[tuple[tuple[str, bool], ...], ...] = ()  # paragraphs below the table
    chart: LetterChart | None = None
    trends: tuple[LetterTrend, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterContent:
    practice: Letterhead
    recipient: tuple[str, ...]  # name, then address lines
    date: str
    reference: str  # "Our ref CD-00412 / 2026-031"
    identity: Identity
    salutation: str
    parts: tuple[LetterPart, ...]
    closing: tuple[str, ...]  # paragraphs after the parts
    valediction: str  # "Yours sincerely,"
    author: str  # "Dana Demo"
    author_line: str  # ", physiotherapist, registration PH-EXAMPLE-01"
    signed_line: str = ""  # "Signed 03 Feb 2026 10:58. Separate copies: ..."
    urgency: str = ""  # "URGENT REFERRAL: please see by 17 Feb 2026 (within 2 weeks)"
    title: str = "Referral"
    language: str = "en"
    paper: Paper = "a4"
    draft: bool = True
    fingerprint: str = ""  # of the letter's content, shown in the footer of an issued letter
    words: Wording = Wording()
    signature: LetterImage | None = None
    enclosures: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()  # who gets one: a name, then address lines
    copy_to: str = ""  # one of `copies` where this page is that copy
    corrects: str = ""  # "This letter corrects our letter L-2026-012 of 03 Feb 2026."
    window: Window = "none"
    supervision: str = ""  # notes behind it await a co-signature, or who gave one


@dataclass(frozen=True, slots=True)
class RecoverySheetContent:
    practice: Letterhead
    clinician: str
    code: str
    made_on: str
    data_folder: str
    paper: Paper = "a4"
    words: Wording = Wording()


@dataclass(frozen=True, slots=True)
class ContactSheetEntry:
    id: str
    name: str
    about: str  # "stage 2, 3 min"
    start: Picture
    finish: Picture


@dataclass(frozen=True, slots=True)
class ContactSheetContent:
    title: str
    stages: tuple[tuple[str, tuple[ContactSheetEntry, ...]], ...]  # heading, exercises
    paper: Paper = "a4"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class UnprintableCharacter:
    """A character that no shipped font has: where it stands, and which one it is."""

    field: str
    character: str
    name: str = ""
