"""What the screens see of a visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical.protocol import Case
from clinic_desk.usecases.cosign_state import Cosigning
from clinic_desk.usecases.patient_views import Banner
from clinic_desk.usecases.program_views import Line


@dataclass(frozen=True, slots=True)
class Note:
    """The four parts of a visit note, plain text."""

    subjective: str = ""
    objective: str = ""
    assessment: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One field of a note under its own heading. Whatever the headings, each belongs to one of the
    four parts, so that letters and lists read every note alike.
    """

    id: str  # the part's name, for its first section; "plan.2" for the second one
    title: str
    part: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class NoteLayout:
    """The sections of a note, kept with it; without any it is the four parts as they are."""

    name: str = ""
    sections: tuple[Section, ...] = ()


SOAP = NoteLayout()


@dataclass(frozen=True, slots=True)
class Decision:
    """What the clinician chose, beside what was suggested. Never made by the program."""

    subject: str  # urgency | grade | pattern | pattern:<id> | imaging:<id> | stage | advice:<id>
    suggested: str | None
    decided: str
    reason: str  # required where decided differs from suggested
    by: str
    at: datetime
    superseded_at: datetime | None = None  # when it was changed or taken back


@dataclass(frozen=True, slots=True)
class FlagAction:
    """What was done about a red flag."""

    flag: str
    kind: str  # referred | phoned | sent_to_emergency | examined_and_cleared | override | noted
    text: str
    by: str
    at: datetime
    urgency: str = ""  # of the flag when this was recorded
    because: tuple[str, ...] = ()  # the items that had made it fire by then
    presumed: bool = False  # whether it fired only because "unsure" counts as yes
    letter: str = ""  # the reference of the letter that did it; it can't be taken back


@dataclass(frozen=True, slots=True)
class Carried:
    """The latest signed value of an item, brought along from an earlier visit."""

    value: object
    on: date
    fact: bool = False  # counts until it is changed; anything else must be confirmed or asked
    source: str = ""  # where it comes from, if not from a visit: "report of 02 Feb 2026"


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done in the clinic: an exercise with its dose, or a treatment."""

    kind: str  # exercise | treatment
    id: str
    name: str  # as the note says it
    line: Line | None = None  # an exercise's dose
    dose: str = ""  # a treatment's: "10 min"
    pain: int | None = None  # 0 to 10, the worst while it was done; None: not asked
    note: str = ""


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
    confirmed: Mapping[str, object] = field(
        default_factory=dict
    )  # item id -> the unusual value that the clinician said is right
    carried: Mapping[str, Carried] = field(default_factory=dict)
    planned: tuple[str, ...] = ()  # what the last plan said to re-test
    retest: tuple[str, ...] = ()  # what this plan says to re-test next time
    superseded: tuple[Decision, ...] = ()  # decided in this visit and not standing any more
    done: tuple[Done, ...] = ()  # in the clinic at this visit
    brought: Mapping[str, str] = field(
        default_factory=dict
    )  # section -> the last visit's words as they were carried forward
    layout: NoteLayout = field(default_factory=lambda: SOAP)

    @property
    def standing(self) -> Mapping[str, object]:
        """What counts: today's answers, and the facts that were carried and not touched."""
        facts = {name: one.value for name, one in self.carried.items() if one.fact}
        return {**facts, **self.answers} if facts else self.answers


@dataclass(frozen=True, slots=True)
class Addendum:
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that signing waits for, with where to go to mend it."""

    kind: str  # red_flag | empty_note | decision_reason | answer; doubt in notes only
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
    case: Case = field(default_factory=lambda: Case(on=date.min))  # as on the day of care
    day: int | None = None  # days since onset on the day of care
    late: bool = False  # written or signed on a later day than its care
    past: tuple[Decision, ...] = ()  # of the case's earlier signed visits, in the order of time
    home: str = ""  # what came back about the home program since the last signed visit
    begun_by: str = ""  # whose draft it is, where it is a colleague's
    cosigning: Cosigning | None = None  # of a visit under supervision


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The newest signed visit of the case before this one."""

    id: UUID
    care_at: datetime
    note: Note
    answers: Mapping[str, object]  # of the newest visit that asked anything
    asked_at: datetime | None = None  # that visit's care, if it was an earlier one
    layout: NoteLayout = SOAP

    @property
    def evaluated_at(self) -> datetime:
        """When the answers were given."""
        return self.asked_at or self.care_at
