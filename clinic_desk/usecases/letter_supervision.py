"""What a letter says of notes that were signed under supervision: that they wait, or who
co-signed them. A reader must be able to tell a note that nobody qualified has seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.library import letter_templates
from clinic_desk.library.letter_fields import NEUTRAL, in_english
from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.library.letters import LetterKind
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Visit
from clinic_desk.usecases import cosign_state, letter_frame
from clinic_desk.usecases.letter_views import LetterDraft


@dataclass(frozen=True, slots=True)
class Supervision:
    """How the notes of a case stand that a letter is written from."""

    waiting: int = 0  # signed visits that are not co-signed yet
    by: str = ""  # who co-signed the note behind the letter
    at: datetime | None = None


def of_case(session: chart.Reading, visits: Sequence[Visit], behind: UUID | None) -> Supervision:
    """The notes of a case, newest first; `behind` is the visit that was evaluated last."""
    states = cosign_state.of_visits(session, [one.id for one in visits])
    waiting = sum(one.open for one in states.values())
    newest = behind or (visits[0].id if visits else None)
    last = states.get(newest) if newest else None
    if last is None or last.open:
        return Supervision(waiting)
    return Supervision(waiting, last.last.by, last.last.at)


def tells_nothing(kind: LetterKind, draft: LetterDraft) -> bool:
    """Whether a letter to the patient holds nothing that was examined."""
    if kind.role != PATIENT:
        return False
    going = {one.id for one in draft.parts if one.included}
    named = [
        name
        for part in kind.parts
        if part.id in going
        for name in letter_templates.written(part.text)
    ]
    return not any(in_english(name) and not name.startswith("recall_") for name in named)


def rests_on_record(kind: LetterKind) -> bool:
    """Whether a kind says more out of the record than whom it is about and who writes it."""
    return any(
        part.table or part.chart or letter_templates.written(part.text) - NEUTRAL
        for part in kind.parts
    )


def line(kind: LetterKind, draft: LetterDraft, found: Supervision) -> str:
    """The printed line; none where nothing is told, as on a cover sheet without a name."""
    if kind.identity == "number" or tells_nothing(kind, draft):
        return ""
    words = letter_frame.wording(kind)
    if found.waiting:
        return words.awaits_cosigning
    if found.at is None:
        return ""
    when = letter_frame.moment(kind, found.at)
    return words.cosigned.replace("{name}", found.by).replace("{moment}", when)
