"""What the builder asks of the use cases: to open, to fetch a line, to issue as one act."""

from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.i18n import _
from clinic_desk.usecases import exercise_marks, papers, patients, programs
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patients import Banner
from clinic_desk.usecases.programs import Builder, Line, ProgramContent

_FIELDS = ("pain_limit", "review_on", "paper")


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the screen needs at first."""

    builder: Builder
    banner: Banner


@dataclass(frozen=True, slots=True)
class Fetched:
    """A default line, and where it goes: a place, or -1 for the end."""

    line: Line
    place: int
    case: UUID


@dataclass(frozen=True, slots=True)
class Preferred:
    """What an exercise begins with from now on: one's own dose, or None for its own."""

    case: UUID
    exercise: str
    mine: Line | None
    minutes: float


@dataclass(frozen=True, slots=True)
class Issued:
    """The handout that was made."""

    document: UUID
    reference: str


def load(desk: Desk, case_id: UUID) -> Opened:
    """The builder of a case, and whose it is. Raises NotFound."""
    return Opened(programs.builder(desk, case_id), patients.case_banner(desk, case_id))


def line_of(desk: Desk, case_id: UUID, exercise: str, reason: str, place: int) -> Fetched:
    """An exercise with its default dose and the reason it was added for. Raises NotFound."""
    line = programs.line_for(desk, case_id, exercise)
    return Fetched(replace(line, override_reason=reason), place, case_id)


def prefer(desk: Desk, case_id: UUID, line: Line, wanted: bool) -> Preferred:
    """Keep a line's dose as one's own default, or forget it. Raises InvalidInput, NotFound."""
    if wanted:
        exercise_marks.save_default(desk, line)
    else:
        exercise_marks.forget_default(desk, line.exercise)
    return preferred_now(desk, case_id, line.exercise)


def preferred_now(desk: Desk, case_id: UUID, exercise: str) -> Preferred:
    """The dose that an exercise begins with, as it is kept."""
    mine, minutes = programs.preferred(desk, case_id, exercise)
    return Preferred(case_id, exercise, mine, minutes)


def with_reasons(lines: tuple[Line, ...], before: tuple[Line, ...]) -> tuple[Line, ...]:
    """New lines; reasons that were given for an exercise stay with it."""
    reasons = {line.exercise: line.override_reason for line in before}
    return tuple(replace(line, override_reason=reasons.get(line.exercise, "")) for line in lines)


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
