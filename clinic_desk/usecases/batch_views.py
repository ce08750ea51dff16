"""A letter of a batch: for whom, in which words, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.usecases.letter_views import LetterDraft

# unread: not yet composed; failed: cannot be issued; warned: can, after a look
UNREAD, READY, WARNED, FAILED, ISSUED = "unread", "ready", "warned", "failed", "issued"


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter of a batch, from the choice of its case to the issued paper."""

    case_id: UUID | None  # none: there is no case to keep it in, and it cannot be written
    patient_id: UUID
    patient: str
    case: str
    seen: datetime | None
    kind: str
    recipient_id: UUID | None
    recipient: str
    to_patient: bool = False
    language: str = ""  # of a letter to the patient, by its name
    said: tuple[str, ...] = ()  # what the choice says already, such as a letter that went before
    recall_id: UUID | None = None  # the recall that it is about, where there is one
    included: bool = True
    state: str = UNREAD
    why: tuple[str, ...] = ()  # what preflight says, the blocking first
    empty: tuple[tuple[str, str], ...] = ()  # parts that the record left empty: id and title
    draft: LetterDraft | None = None
    document_id: UUID | None = None
    reference: str = ""

    @property
    def key(self) -> UUID:
        """What tells the letters of a batch apart."""
        return self.case_id or self.recall_id or self.patient_id
