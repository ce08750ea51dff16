"""What the screens see of a letter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clinic_desk.usecases.paper_views import DocumentView, Preview


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a part: the record's until it is edited, or the clinician's own."""

    text: str  # as it is printed
    composed: str = ""  # what the record said; empty for one's own
    lead: str = " "  # what parts it from the one before: a space, a new line, or nothing
    included: bool = True

    @property
    def linked(self) -> bool:
        """Whether it still says what the record said."""
        return bool(self.composed) and self.text.strip() == self.composed

    @property
    def edited(self) -> bool:
        """Whether the clinician wrote the record's sentence otherwise."""
        return bool(self.composed) and not self.linked


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter: text that was composed until the clinician edits it."""

    id: str  # question | history | red_flags | findings | grade | treatment | goal
    title: str
    included: bool
    required: bool
    text: str  # plain text; for `findings` the paragraphs below the table
    composed: str  # what the record said when it was composed or refreshed
    origin: str  # "From evaluations 23 Jan and 03 Feb 2026"
    has_table: bool = False
    has_chart: bool = False
    sentences: tuple[Sentence, ...] = ()  # how the text is made up; see letter_sentences
    language: str = ""  # in which it was composed; empty in a draft of an earlier version

    @property
    def edited(self) -> bool:
        return self.text != self.composed


@dataclass(frozen=True, slots=True)
class Override:
    """A check that stops the letter, set aside with a reason."""

    check: str  # "consent", "side:history"
    reason: str
    by: str = ""
    at: datetime | None = None
    problem: str = ""  # what was set aside, as it was said; empty in older drafts


@dataclass(frozen=True, slots=True)
class LetterDraft:
    kind: str  # letter kind id, with its language: referral-gp, certificate-work@fr
    recipient_id: UUID | None
    copies: tuple[str, ...]  # who gets one of their own: a name, then the lines of an address
    see_by: date | None
    parts: tuple[Part, ...]
    paper: str = "a4"
    table: tuple[tuple[str, ...], ...] = ()  # findings table, header first
    visit_id: UUID | None = None
    flags: tuple[str, ...] = ()  # red flags that this letter acts on
    side: str = ""
    chart: Mapping[str, object] | None = None  # the body chart as it was recorded
    case_id: UUID | None = None  # whose letter it is; it is refused in any other case
    corrects: UUID | None = None  # the issued letter that this one corrects
    enclosures: tuple[str, ...] = ()  # what goes with it, by name
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What taking the record's words again would do to one sentence."""

    kind: str  # changed | new | gone
    before: str
    after: str
    kept: bool = False  # it was edited or left out: it stays as the clinician has it


@dataclass(frozen=True, slots=True)
class PartChanges:
    """What the record says otherwise since a part was composed."""

    part: str
    title: str
    sentences: tuple[Change, ...] = ()
    table: bool = False  # the rows of its table
    chart: bool = False  # the marks of its body chart


@dataclass(frozen=True, slots=True)
class LetterPreview(Preview):
    """The page, what is wrong with it, and what the record says otherwise by now."""

    changes: tuple[PartChanges, ...] = ()


@dataclass(frozen=True, slots=True)
class KindRow:
    id: str
    name: str
    role: str  # contact role it goes to: orthopaedics, gp
    languages: tuple[tuple[str, str], ...] = ()  # code and own name, English first


@dataclass(frozen=True, slots=True)
class LetterView:
    id: UUID
    document: DocumentView
    draft: LetterDraft
    issued_at: datetime = field(default_factory=datetime.now)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """One line of the Letters list: an unissued draft or an issued letter."""

    case_id: UUID
    patient_id: UUID
    patient: str
    kind: str
    title: str
    at: datetime
    state: str  # draft | issued
    document_id: UUID | None = None
