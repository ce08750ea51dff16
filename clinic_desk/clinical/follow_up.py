"""By when an answer is due to what was asked of somebody else."""

from collections.abc import Mapping
from datetime import date, timedelta

from clinic_desk.clinical.findings import Urgency

SOURCE = (
    "Time frames of the red-flag levels: assessed today, seen within 2 weeks, usually within "
    "4 to 6 weeks"
)
WORKING = True
"""That the answer is due when the patient should have been seen is a working value."""

ANSWER_DAYS: Mapping[Urgency, int] = {
    Urgency.EMERGENCY_NOW: 0,
    Urgency.SAME_DAY: 0,
    Urgency.URGENT_2W: 14,
    Urgency.ROUTINE_GP: 42,
}


def due_on(urgency: Urgency, ordered_on: date) -> date:
    """The day by which the answer to an order of this urgency is due."""
    return ordered_on + timedelta(days=ANSWER_DAYS[urgency])


def days_overdue(due: date, today: date) -> int:
    """How many days ago it was due; 0 while it is not yet overdue."""
    return max(0, (today - due).days)
