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
from clinic_desk.storage import batch_queries as queries
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage.models import Case, Patient
from clinic_desk.usecases import (
    case_contacts,
    charts,
    letters,
    papers,
    plain,
    typed,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import LetterDraft

Whom = Literal["seen_today", "seen_since", "open", "overdue"]
WHOM: tuple[Whom, ...] = ("seen_today", "seen_since", "open", "overdue")
# unread: not yet composed; failed: cannot be issued; warned: can, after a look
UNREAD, READY, WARNED, FAILED, ISSUED = "unread", "ready", "warned", "failed", "issued"


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter of a batch, from the choice of its case to the issued paper."""

    case_id: UUID
    patient_id: UUID
    patient: str
    case: str
    seen: datetime | None
    kind: str
    recipient_id: UUID | None
    recipient: str
    included: bool = True
    state: str = UNREAD
    why: tuple[str, ...] = ()  # what preflight says, the blocking first
    empty: tuple[tuple[str, str], ...] = ()  # parts that the record left empty: id and title
    draft: LetterDraft | None = None
    document_id: UUID | None = None
    reference: str = ""


def choose(
    desk: Desk, whom: Whom, kind: str, role: str, since: date | None = None
) -> tuple[Planned, ...]:
    """The letters that would be written, none of them composed yet.

    Raises InvalidInput (no day to count from, one in the future, or a role without a name).
    """
    today = desk.today()
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
            to = case_contacts.of_role(held.get(case.id, ()), role)
            if to is None and whom == "open":
                continue  # those with somebody of the role are what was asked for
            found.append(
                Planned(
                    case.id,
                    who.id,
                    words.list_name(who.given_name, who.family_name),
                    words.sided(case.title, charts.side_of(case)),
                    seen,
                    kind,
                    to.contact_id if to else None,
                    to.name if to else "",
                )
            )
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
    if one.recipient_id is None:
        nobody = "Nobody of this role is among the contacts of the case."
        return replace(one, state=FAILED, why=(nobody,))
    if letters.kept(desk, one.case_id) is not None:
        kept = "An unfinished letter of this case is kept; issue or discard it first."
        return replace(one, state=FAILED, why=(kept,))
    draft = letters.compose(desk, one.case_id, one.kind, one.recipient_id)
    empty = tuple((part.id, part.title) for part in draft.parts if part.required and not part.text)
    draft = _with_texts(draft, texts or {})
    problems = letters.preview(desk, one.case_id, draft).problems
    state = READY if not problems else WARNED
    if any(problem.blocking for problem in problems):
        state = FAILED
    why = tuple(problem.text for problem in problems)
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
    if one.draft is None or one.state not in (READY, WARNED):
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
