"""Visits: start, keep while typing, sign for ever, add an addendum.

An unsigned visit lives in its draft; signing writes it into rows that nobody can change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clinic_desk.clinical.findings import Findings
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import Banner


@dataclass(frozen=True, slots=True)
class Note:
    """The four parts of a visit note, plain text."""

    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the clinician chose, beside what was suggested. Never made by the program."""

    subject: str  # grade | pattern | imaging:<id> | stage
    suggested: str | None
    decided: str
    reason: str  # required where decided differs from suggested
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FlagAction:
    """What was done about a red flag."""

    flag: str
    kind: str  # referred | phoned | sent_to_emergency | examined_and_cleared | override | noted
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VisitContent:
    """All that a draft holds."""

    note: Note = field(default_factory=Note)
    answers: Mapping[str, object] = field(default_factory=dict)  # item id -> plain JSON value
    decisions: tuple[Decision, ...] = ()
    flag_actions: tuple[FlagAction, ...] = ()
    written: Mapping[str, str] = field(
        default_factory=dict
    )  # what the evaluation last wrote into each note part


@dataclass(frozen=True, slots=True)
class Addendum:
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that signing waits for, with where to go to mend it."""

    kind: str  # red_flag | empty_note | decision_reason
    text: str
    flag: str = ""


@dataclass(frozen=True, slots=True)
class VisitView:
    id: UUID
    case_id: UUID
    patient_id: UUID
    number: int  # first visit of the case is 1
    kind: str  # first_evaluation | re_evaluation | follow_up
    care_at: datetime
    signed_at: datetime | None
    signed_by: str
    protocol: str
    protocol_version: str
    banner: Banner
    content: VisitContent
    addenda: tuple[Addendum, ...]
    draft_kept_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The newest signed visit of the case before this one."""

    id: UUID
    care_at: datetime
    note: Note
    answers: Mapping[str, object]


def start(desk: Desk, case_id: UUID, kind: str = "", care_at: datetime | None = None) -> UUID:
    """Start a visit now, or open the case's unsigned one again. Audited with its draft."""
    raise NotImplementedError


def open_visit(desk: Desk, visit_id: UUID) -> VisitView:
    """A visit, draft or signed. Raises NotFound."""
    raise NotImplementedError


def last_signed(desk: Desk, case_id: UUID, before: UUID | None = None) -> LastVisit | None:
    """The newest signed visit of the case, other than `before`."""
    raise NotImplementedError


def keep(desk: Desk, visit_id: UUID, content: VisitContent) -> datetime:
    """Keep the draft; returns when. Not audited at each write. Raises Locked if signed."""
    raise NotImplementedError


def discard(desk: Desk, visit_id: UUID) -> None:
    """Discard an unsigned visit and its draft; audited. Raises Locked if signed."""
    raise NotImplementedError


def blockers(desk: Desk, visit_id: UUID, content: VisitContent) -> tuple[Blocker, ...]:
    """What signing waits for: an open emergency, same-day or urgent flag without an action or a
    reasoned override, a routine flag that is not ticked (`noted`), a differing decision without
    a reason, an empty note.
    """
    raise NotImplementedError


def sign(desk: Desk, visit_id: UUID, content: VisitContent) -> datetime:
    """Sign for ever. Raises Locked with what it waits for."""
    raise NotImplementedError


def add_addendum(desk: Desk, visit_id: UUID, text: str) -> None:
    """Add to a signed visit. Raises InvalidInput (empty), Locked (not signed)."""
    raise NotImplementedError


def findings(desk: Desk, visit: VisitView, content: VisitContent) -> Findings:
    """The findings of the content's answers by the visit's own protocol version."""
    raise NotImplementedError


def write_into_note(desk: Desk, visit: VisitView, content: VisitContent) -> VisitContent:
    """The content with its note parts brought up to date from the evaluation.

    A part is replaced only while its text is empty or still exactly what was last written;
    text that the clinician touched is never overwritten.
    """
    raise NotImplementedError
