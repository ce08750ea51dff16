"""What a letter kind is: its parts, what it needs before it goes, its words around the parts.

What a kind needs before it goes is declared with it, and checked by whoever issues the letter. A
kind in another language than English is the same kind with that language's words; its id is
`<kind>@<language>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic_desk.library import letter_templates
from clinic_desk.library.letter_fields import Value

LEAD = "lead"  # the part that says in one sentence what the letter is for; it has no heading
BANNER = "URGENT REFERRAL"

URGENCIES = ("flags", "none", "today", "two_weeks")
"""By when somebody is to be seen: as the red flags say, never said, or at the latest then."""

IDENTITIES = ("full", "discreet", "number")
"""Who it is about, on every page: with the complaint; name, birth date and number; number only."""

NEEDS = (
    "recipient",
    "question",
    "consent",
    "contact",
    "imaging_safety",
    "evaluation",
    "gaps",
    "side",
    "red_flags",
)
"""What must be there before it goes: an addressee with an address, a clinical question, consent to
share, no refusal to be written to, every safety question answered, an evaluation, no gap left
open, parts that agree about left and right, no red flag that nothing was done about."""

SILENT = " "  # how a part is told that only draws, or that the practice left without a word

PATIENT = "patient"  # the role of a kind that goes to the patient

ROWS = ("findings", "measures")  # what a part's table shows


@dataclass(frozen=True, slots=True)
class LetterPartKind:
    """One part of a letter kind, in one language."""

    id: str
    title: str
    required: bool
    included: bool  # whether it is ticked at first
    table: bool  # a table stands in it
    text: str  # template
    bold: tuple[str, ...] = ()  # lead words that are printed bold
    chart: bool = False  # the body chart is drawn in it
    rows: str = "findings"
    language: str = "en"
    note: str = ""  # ends the title where the text is in another language than the letter
    spoken: str = ""  # template that tells the record in the letter's own language

    @property
    def told(self) -> str:
        """The template that speaks first: in the letter's own language, where it has one."""
        if self.spoken:
            return "" if self.spoken == SILENT else self.spoken
        return self.text

    def fill(self, values: Mapping[str, Value]) -> str:
        """The part in words. Raises LibraryInvalid where it grows past its limits."""
        return letter_templates.fill(self.text, values, self.id, self.language)


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """What a letter says around its parts. A word in braces is replaced by that value."""

    dear: str = "Dear {name},"
    dear_colleague: str = "Dear colleague,"
    our_ref: str = "Our ref {number}"
    registration: str = "registration {number}"
    signed: str = "Signed {moment}."
    copies: str = "Separate copies: {names}."
    see_today: str = "please see today"
    see_by: str = "please see by {date}"
    identity_apart: str = "named in the enclosed document"
    words: Mapping[str, str] = field(default_factory=dict)  # of the page: page, born, draft, …


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One kind of letter in one language."""

    id: str
    version: str
    name: str
    role: str  # contact role that it goes to
    title: str
    closing: tuple[str, ...]  # templates of the paragraphs after the parts
    valediction: str
    parts: tuple[LetterPartKind, ...]
    language: str = "en"
    urgency: str = URGENCIES[0]
    banner: str = BANNER  # what stands before the day to be seen by
    identity: str = IDENTITIES[0]
    needs: tuple[str, ...] = ()
    greeting: str = ""  # of a letter to nobody by name, where "Dear colleague" would be wrong
    frame: LetterFrame = LetterFrame()
    english: str = ""  # what ends a heading over English words, in a letter of another language
    reviewed: bool = True  # whether a clinician has read the words of this language

    @property
    def base(self) -> str:
        """The kind, whatever the language."""
        return self.id.split("@", 1)[0]

    @property
    def required(self) -> tuple[str, ...]:
        """The parts that may not be empty."""
        return tuple(part.id for part in self.parts if part.required)

    @property
    def optional(self) -> tuple[str, ...]:
        return tuple(part.id for part in self.parts if not part.required)

    @property
    def has_measures(self) -> bool:
        """Whether its table tells of measures then and now."""
        return any(part.table and part.rows == "measures" for part in self.parts)

    def part(self, part_id: str) -> LetterPartKind:
        return next(part for part in self.parts if part.id == part_id)

    def close(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """The paragraphs after the parts, without the empty ones."""
        filled = (
            letter_templates.fill(text, values, "closing", self.language) for text in self.closing
        )
        return tuple(text for text in filled if text)
