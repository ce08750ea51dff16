"""What the screens see of a request that waits for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.findings import Urgency
from clinic_desk.usecases.files import FileRow
from clinic_desk.usecases.imaging_results import ImagingView, Offered
from clinic_desk.usecases.letter_views import Override
from clinic_desk.usecases.patient_views import Banner


@dataclass(frozen=True, slots=True)
class LoopRow:
    """One request. `state`: waiting | overdue | unread (answered, not signed off) | answered |
    no_answer.
    """

    id: UUID
    version: int
    case_id: UUID
    patient_id: UUID
    patient: str  # "EXAMPLE, Alex"
    kind: str  # referral | imaging | test
    title: str
    recipient: str
    urgency: Urgency
    ordered_on: date
    due_on: date
    overdue: int  # days
    state: str
    chased: str  # "Chased 02 Feb 2026 by phone" or ""
    summary: str
    closed_at: datetime | None
    closed_by: str
    document_id: UUID | None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Chase:
    way: str
    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LoopView:
    row: LoopRow
    note: str
    case: str
    opened_by: str
    chases: tuple[Chase, ...]
    files: tuple[FileRow, ...]
    results: tuple[ImagingView, ...]
    offered: Offered
    banner: Banner
    draft: Mapping[str, object]  # what was typed about the answer and not signed off
    set_aside: tuple[Override, ...] = ()  # what our letter went in spite of, each with its reason


@dataclass(frozen=True, slots=True)
class OrderDetails:
    """A request that went out without a letter of ours."""

    kind: str
    title: str
    recipient: str = ""
    urgency: Urgency = Urgency.ROUTINE_GP
    ordered_on: date | None = None
    due_on: date | None = None  # None: by the urgency
    note: str = ""
