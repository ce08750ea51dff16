"""Prescribing a program and issuing its handout as one act."""

from dataclasses import dataclass
from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.i18n import _
from clinic_desk.usecases import papers, programs
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import ProgramContent

_FIELDS = ("pain_limit", "review_on", "paper")


@dataclass(frozen=True, slots=True)
class Issued:
    """The handout that was made."""

    document: UUID
    reference: str


def issue(desk: Desk, case_id: UUID, content: ProgramContent) -> Issued:
    """Prescribe, then keep the handout. What cannot be printed is refused before anything is
    prescribed. Raises InvalidInput, Locked.
    """
    for one in papers.preview_handout(desk, case_id, content).problems:
        # faults of a field are raised by `prescribe`, by their field
        if one.blocking and one.field not in _FIELDS and not one.field.startswith("lines["):
            raise Locked(one.text, _("Nothing was prescribed; the draft is kept."))
    program = programs.prescribe(desk, case_id, content)
    made = papers.issue_handout(desk, program)
    return Issued(made.id, made.reference)
