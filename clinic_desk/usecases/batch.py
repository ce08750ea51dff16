"""Letters for many: chosen, each composed and checked, then issued one by one in its own case.

Each letter is an act of its own, so that a batch that ends half-way leaves whole letters only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from clinic_desk.documents import bundle
from clinic_desk.errors import InvalidInput, Locked
from clinic_desk.library.letter_kind import PATIENT
from clinic_desk.storage import batch_queries as queries
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import (
    case_contacts,
    charts,
    letters,
    papers,
    plain,
    recall_letters,
    typed,
    words,
)
from clinic_desk.usecases.case_contacts import CaseContactRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft

Whom = Literal["seen_today", "seen_since", "open", "overdue", "recalls"]
WHOM: tuple[Whom, ...] = ("seen_today", "seen_since", "open", "overdue", "recalls")
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


def choose(
    desk: Desk, whom: Whom, kind: str, role: str, since: date | None = None
) -> tuple[Planned, ...]:
    """The letters that would be written, none of them composed yet. `since`: the first day of
    care; of recalls, the last day that they are due by.

    Raises InvalidInput (no day to count from, one in the future, or a role without a name).
    """
    today = desk.today()
    if whom == "recalls":
        return _recalled(desk, kind, role, since or today)
    begin = today if whom == "seen_today" else since
    if whom == "seen_since" and begin is None:
        raise InvalidInput({"since": "Say since when."})
    if begin is not None:
        typed.refuse({"since": typed.past_day(begin, today, "The day")})
    with desk.store.reading() as session:
        cases = _cases(session, whom, begin or today, today)
        ids = [case.id for case, _who, _seen in cases]
        held = case_contacts.read(session, ids)
        found = []
        for case, who, seen in cases:
            patient = words.list_name(who.given_name, who.family_name)
            one = Planned(
                case.id,
                who.id,
                patient,
                words.sided(case.title, charts.side_of(case)),
                seen,
                kind,
                None,
                "",
            )
            one = _to(one, role, held.get(case.id, ()))
            if one.recipient or whom != "open":
                found.append(one)  # of open cases, those with somebody of the role
        return tuple(found)


def _to(one: Planned, role: str, contacts: Sequence[CaseContactRow]) -> Planned:
    """The letter with its addressee: the patient, or who holds the role in the case."""
    if role == PATIENT:
        return replace(one, to_patient=True, recipient=one.patient)
    to = case_contacts.of_role(contacts, role)
    return replace(one, recipient_id=to.contact_id, recipient=to.name) if to else one


def _recalled(desk: Desk, kind: str, role: str, until: date) -> tuple[Planned, ...]:
    """The letters about the recalls that are due by a day. One who was written to since the
    recall was noted is left out, until a person takes them back.
    """
    due = recall_letters.due(desk, until, kind)
    cases = [one.case_id for one in due if one.case_id is not None]
    with desk.store.reading() as session:
        held = case_contacts.read(session, cases)
        last = {case: _utc(at) for case, at in queries.last_seen(session).items()}
    found = []
    for one in due:
        said = [one.why] if one.why else []
        if one.written_at is not None:
            day = words.day(words.local(one.written_at).date())
            said.append(f"A letter about this recall went on {day}.")
        planned = Planned(
            one.case_id,
            one.patient_id,
            one.patient,
            f"{one.about} (due {words.day(one.due_on)})",
            last.get(one.case_id) if one.case_id else None,
            kind,
            None,
            "",
            said=tuple(said),
            recall_id=one.recall_ids[0],
            included=one.written_at is None,
        )
        found.append(_to(planned, role, held.get(one.case_id, ()) if one.case_id else ()))
    return tuple(found)


def _cases(
    session: chart.Reading, whom: Whom, begin: date, today: date
) -> Sequence[tuple[Case, Patient, datetime | None]]:
    if whom in ("seen_today", "seen_since"):
        since = datetime.combine(begin, time.min).astimezone()
        until = datetime.combine(today + timedelta(days=1), time.min).astimezone()
        seen: dict[UUID, tuple[Case, Patient, datetime | None]] = {}
        for visit, case, who in chart.day_visits(session, since, until):
            seen[case.id] = (case, who, visit.care_at)  # in the order of the first visit
        return list(seen.values())
    last = {case: _utc(at) for case, at in queries.last_seen(session).items()}
    rows = [(case, who, last.get(case.id)) for case, who in queries.open_cases(session)]
    if whom == "overdue":
        due = _due(session)
        rows = [row for row in rows if _is_overdue(due.get(row[0].id), row[2], today)]
    return rows


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _due(session: chart.Reading) -> dict[UUID, date | None]:
    """The review day of each case's standing program."""
    programs = queries.standing_programs(session)
    return {case: plain.maybe_day(held, "review_on") for case, held in programs.items()}


def _is_overdue(due: date | None, seen: datetime | None, today: date) -> bool:
    """Whether a review day has passed without the patient being seen on it or after."""
    if due is None or due >= today:
        return False
    return seen is None or words.local(seen).date() < due


def plan(desk: Desk, one: Planned, texts: Mapping[str, str] | None = None) -> Planned:
    """Compose one letter and check it as before any issue. Nothing is kept. `texts`: what the
    person wrote for all, by part; it stands only where the record says nothing.
    """
    if one.case_id is None:
        return replace(one, state=FAILED, why=one.said)
    if one.recipient_id is None and not one.to_patient:
        nobody = "Nobody of this role is among the contacts of the case."
        return replace(one, state=FAILED, why=(nobody, *one.said))
    if letters.kept(desk, one.case_id) is not None:
        kept = "An unfinished letter of this case is kept; issue or discard it first."
        return replace(one, state=FAILED, why=(kept, *one.said))
    draft = letters.compose(desk, one.case_id, one.kind, one.recipient_id)
    empty = tuple((part.id, part.title) for part in draft.parts if part.required and not part.text)
    draft = _with_texts(draft, texts or {})
    problems = letters.preview(desk, one.case_id, draft).problems
    why = (*(problem.text for problem in problems), *one.said)
    state = WARNED if why else READY
    if any(problem.blocking for problem in problems):
        state = FAILED
    return replace(one, state=state, why=why, empty=empty, draft=draft)


def _with_texts(draft: LetterDraft, texts: Mapping[str, str]) -> LetterDraft:
    given = {part: typed.block(text) for part, text in texts.items()}
    parts = tuple(
        replace(part, text=given[part.id], included=True)
        if part.required and not part.text and given.get(part.id)
        else part
        for part in draft.parts
    )
    return replace(draft, parts=parts)


def issue(desk: Desk, one: Planned) -> Planned:
    """Issue one letter as it was planned: in its own case, for ever.

    Raises Locked (it cannot be issued, or the case has an unfinished letter by now) and whatever
    keeps a letter from being issued; then nothing of it is kept.
    """
    if one.case_id is None or one.draft is None or one.state not in (READY, WARNED):
        raise Locked("This letter cannot be issued.", "Mend it on its own page, or leave it out.")
    if letters.kept(desk, one.case_id) is not None:
        raise Locked("An unfinished letter of this case is kept.", "Issue or discard it first.")
    made = letters.issue(desk, one.case_id, one.draft)
    return replace(one, state=ISSUED, document_id=made.id, reference=made.reference)


def together(desk: Desk, document_ids: Sequence[UUID]) -> bytes:
    """The issued letters as one paper in this order, to be printed or saved at once.

    Each is checked against its fingerprint, as whenever it is opened.
    """
    return bundle.joined([papers.open_document(desk, one).pdf for one in document_ids])
