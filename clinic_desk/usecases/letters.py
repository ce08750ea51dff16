"""Letters: composed from the record, edited, checked, issued and kept."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.papers import DocumentView, Preview


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

    @property
    def edited(self) -> bool:
        return self.text != self.composed


@dataclass(frozen=True, slots=True)
class LetterDraft:
    kind: str  # letter kind id: referral-orthopaedics | referral-gp
    recipient_id: UUID | None
    copies: tuple[str, ...]
    see_by: date | None
    parts: tuple[Part, ...]
    paper: str = "a4"
    table: tuple[tuple[str, ...], ...] = ()  # findings table, header first
    visit_id: UUID | None = None
    flags: tuple[str, ...] = ()  # red flags that this letter acts on
    side: str = ""


@dataclass(frozen=True, slots=True)
class KindRow:
    id: str
    name: str
    role: str  # contact role it goes to: orthopaedics, gp


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


def kinds(desk: Desk) -> tuple[KindRow, ...]:
    """The letter kinds that ship."""
    raise NotImplementedError


def compose(desk: Desk, case_id: UUID, kind: str, recipient_id: UUID | None = None) -> LetterDraft:
    """A draft from the record of the case, in sentences."""
    raise NotImplementedError


def refresh(desk: Desk, case_id: UUID, draft: LetterDraft) -> LetterDraft:
    """Compose again; parts that the clinician edited stay as they are."""
    raise NotImplementedError


def kept(desk: Desk, case_id: UUID) -> LetterDraft | None:
    """The unfinished letter of a case, if there is one."""
    raise NotImplementedError


def keep(desk: Desk, case_id: UUID, draft: LetterDraft) -> datetime:
    """Keep the draft."""
    raise NotImplementedError


def preview(desk: Desk, case_id: UUID, draft: LetterDraft) -> Preview:
    """The very PDF, marked DRAFT, with what preflight says."""
    raise NotImplementedError


def issue(desk: Desk, case_id: UUID, draft: LetterDraft) -> DocumentView:
    """Check, sign and keep for ever. Raises Locked with the first blocking problem."""
    raise NotImplementedError


def recent(desk: Desk, limit: int = 100) -> tuple[LetterRow, ...]:
    """Unissued drafts first, then issued letters, newest first."""
    raise NotImplementedError
