"""The state of a case's red flags: which are open, and what was done about the others.

A flag of the unsigned visit is open until an action on it is recorded; one of a signed visit
was acted on when that visit was signed, and stays visible as long as the case is open.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from clinic_desk.clinical.findings import Urgency
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.chart_queries import DocumentLine
from clinic_desk.storage.models import Draft, Evaluation, FlagActionRow, Visit
from clinic_desk.usecases import acted as acted_on
from clinic_desk.usecases import plain, visit_content, words

NOTE_ONLY = "follow_up"  # the kind of a visit that may stand without an evaluation

_DONE: Mapping[str, str] = {
    "referred": "referral sent",
    "phoned": "phoned",
    "sent_to_emergency": "sent to emergency",
    "examined_and_cleared": "examined and cleared",
    "override": "set aside with a reason",
    "noted": "noted",
}


@dataclass(frozen=True, slots=True)
class Acted:
    """One thing that was done about a flag."""

    flag: str
    kind: str
    at: datetime
    text: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A flag of the newest evaluation that waits for an action."""

    id: str
    label: str  # text id
    urgency: Urgency
    because: tuple[str, ...] = ()  # the items that made it fire
    presumed: bool = False


@dataclass(frozen=True, slots=True)
class FlagState:
    """What a case's banner says about red flags."""

    open: tuple[OpenFlag, ...] = ()  # the most urgent first
    acted: tuple[Acted, ...] = ()  # the newest first
    # the visit in which the most urgent open flag fired, else the one that was acted on last
    visit_id: UUID | None = field(default=None, compare=False)

    @property
    def state(self) -> str:
        """ "", "open" or "acted". A routine flag alone does not ring."""
        if any(one.urgency.blocks_signing for one in self.open):
            return "open"
        return "acted" if self.acted else ""

    @property
    def text(self) -> str:
        """ "Red flag open", "Red flag, referral sent 03 Feb"."""
        waiting = sum(one.urgency.blocks_signing for one in self.open)
        if waiting:
            return "Red flag open" if waiting == 1 else f"{waiting} red flags open"
        if not self.acted:
            return ""
        last = self.acted[0]
        done = _DONE.get(last.kind, last.kind.replace("_", " "))
        return f"Red flag, {done} {words.short_day(words.local(last.at).date())}"

    @property
    def locking(self) -> tuple[OpenFlag, ...]:
        """Open flags that lock exercises."""
        return tuple(one for one in self.open if one.urgency.locks_exercises)


def of_case(session: chart.Reading, case_id: UUID) -> FlagState:
    """The state of one case's flags."""
    return of_cases(session, (case_id,))[case_id]


def of_cases(session: chart.Reading, case_ids: Sequence[UUID]) -> dict[UUID, FlagState]:
    """The state of several cases' flags, in a handful of queries."""
    visits = chart.visits(session, case_ids)
    case_of = {visit.id: visit.case_id for visit in visits}
    drafts = {
        draft.ref_id: draft
        for draft in chart.drafts(session, [one.id for one in visits if one.status == "draft"])
        if draft.kind == "visit"
    }
    rows = chart.flag_actions(session, list(case_of))
    evaluated = chart.evaluations(session, case_ids)
    letters = [one for one in chart.documents(session, case_ids) if one.kind == "letter"]
    found = {}
    for case_id in case_ids:
        found[case_id] = _state(
            [one for one in visits if one.case_id == case_id],
            drafts,
            [row for row in rows if case_of[row.visit_id] == case_id],
            [pair for pair in evaluated if pair[0].case_id == case_id],
            [one for one in letters if one.case_id == case_id],
        )
    return found


def _state(
    visits: Sequence[Visit],
    drafts: Mapping[UUID, Draft],
    rows: Sequence[FlagActionRow],
    evaluated: Sequence[tuple[Visit, Evaluation]],
    letters: Sequence[DocumentLine],
) -> FlagState:
    referred = [
        Acted(flag, "referred", one.issued_at, one.reference, one.issued_by)
        for one in letters
        if isinstance(one.content, Mapping)
        for flag in plain.texts(one.content, "flags")
    ]
    acted = [Acted(row.flag, row.kind, row.at, row.text, row.by) for row in rows]
    still: list[OpenFlag] = []
    seen: dict[str, UUID] = {}  # the visit in which each flag fired last
    asked = False  # whether something that was looked at so far asked the screening questions

    def look(visit: Visit, fired: Sequence[OpenFlag], done: AbstractSet[str]) -> None:
        still.extend(one for one in fired if one.id not in done and one.id not in seen)
        for one in fired:
            seen.setdefault(one.id, visit.id)

    unsigned = next((one for one in visits if one.id in drafts), None)
    if unsigned is not None:
        draft = drafts[unsigned.id]
        content = visit_content.content(draft.payload)
        acted += [
            Acted(one.flag, one.kind, one.at, one.text, one.by) for one in content.flag_actions
        ]
        fired = fired_in(plain.tables(draft.payload, "flags"))
        settled = {
            flag.id
            for flag in fired
            for one in content.flag_actions
            if one.flag == flag.id
            and acted_on.settles(one, flag.urgency, flag.because, flag.presumed)
        }
        look(unsigned, fired, settled)
        asked = unsigned.kind != NOTE_ONLY or bool(content.answers)
    letters_sent = {one.flag for one in referred}
    for visit, evaluation in evaluated:
        if asked:
            break
        # a note that asked nothing leaves the flags of the evaluation before it as they were
        acted_then = {row.flag for row in rows if row.visit_id == visit.id}
        look(visit, fired_in(snapshot_flags(evaluation.findings)), acted_then | letters_sent)
        asked = visit.kind != NOTE_ONLY or bool(evaluation.answers)
    acted += [one for one in referred if not _also_recorded(one, acted)]
    acted.sort(key=lambda one: one.at, reverse=True)
    still.sort(key=lambda one: -one.urgency.rank)
    first = still[0].id if still else acted[0].flag if acted else ""
    return FlagState(tuple(still), tuple(acted), seen.get(first))


def _also_recorded(letter: Acted, acted: Sequence[Acted]) -> bool:
    return any(one.flag == letter.flag and one.kind == "referred" for one in acted)


def snapshot_flags(findings: Mapping[str, object]) -> Sequence[plain.Plain]:
    """The red flags of kept findings."""
    return plain.tables(findings, "red_flags")


def fired_in(flags: Sequence[plain.Plain]) -> tuple[OpenFlag, ...]:
    """Flags of a draft's summary or of kept findings, the most urgent first."""
    found = [
        OpenFlag(
            plain.text(one, "id"),
            plain.text(one, "label"),
            Urgency(plain.text(one, "urgency")),
            plain.texts(one, "because"),
            plain.flag(one, "presumed"),
        )
        for one in flags
    ]
    return tuple(sorted(found, key=lambda one: -one.urgency.rank))
