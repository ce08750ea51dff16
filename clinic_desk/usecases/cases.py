"""Cases: one episode of care for one complaint."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from clinic_desk.clinical.measures import Side
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class CaseDetails:
    title: str  # the complaint, without the side: "hamstring strain"
    side: Side | None = None
    onset_on: date | None = None
    goal: str = ""
    referrer_id: UUID | None = None
    protocol: str = "posterior-thigh"


def open_case(desk: Desk, patient_id: UUID, details: CaseDetails) -> UUID:
    """Open a case. Raises InvalidInput (no title, onset in the future or before birth)."""
    raise NotImplementedError


def close_case(desk: Desk, case_id: UUID, reason: str) -> None:
    """Close a case with an outcome in words. Raises NotFound, Locked (a draft visit is open)."""
    raise NotImplementedError
