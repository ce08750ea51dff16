"""Closed loops: what was asked of somebody else waits in sight until its answer is signed off.

A request ends in one of two ways, and by a person alone: its answer is filed, read and summed
up in one line; or it is ended without an answer, with the reason.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from clinic_desk.clinical import follow_up
from clinic_desk.clinical.findings import Urgency
from clinic_desk.errors import Locked, NotFound
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import file_queries, lock_queries, visit_acts
from clinic_desk.storage import loop_queries as rows
from clinic_desk.storage.models import Case, Document, FiledFile, Loop, LoopChase
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import (
    charts,
    files,
    imaging_results,
    letter_draft,
    lockbox,
    plain,
    typed,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.imaging_results import ImagingDetails
from clinic_desk.usecases.letter_views import Override
from clinic_desk.usecases.loop_views import Chase, LoopRow, LoopView, OrderDetails

__all__ = [
    "KINDS",
    "WAYS",
    "Chase",
    "LoopRow",
    "LoopView",
    "OrderDetails",
    "attach",
    "chase",
    "due_on",
    "end",
    "keep",
    "of_patient",
    "open_for_letter",
    "open_loop",
    "order",
    "sign_off",
    "waiting",
]

KINDS = {
    "imaging": _("Imaging"),
    "referral": _("Referral"),
    "test": _("Blood or other test"),
}
WAYS = {
    "phone": _("by phone"),
    "fax": _("by fax"),
    "e_mail": _("by e-mail"),
    "post": _("by post"),
    "in_person": _("in person"),
}
DRAFT = "loop"
_ASKING = {"referral": "referral", "imaging": "imaging"}  # beginning of a letter kind: our kind


def due_on(urgency: Urgency, ordered_on: date) -> date:
    """The day by which an answer is due; a working value."""
    return follow_up.due_on(urgency, ordered_on)


def open_for_letter(
    unit: UnitOfWork,
    desk: Desk,
    letter: Document,
    urgencies: Iterable[Urgency],
    see_by: date | None,
    kind_urgency: str = "",
) -> None:
    """A letter that asks for something waits for its answer from the moment that it is issued.

    Called with the letter's row, inside the unit that issues it. Others ask for nothing. A kind
    that is about today, such as one to an emergency department, is due today whatever else.
    """
    begins = letter.template.split("-", 1)[0]
    if begins not in _ASKING:
        return
    urgency = max(urgencies, key=lambda one: one.rank, default=Urgency.ROUTINE_GP)
    if see_by is not None and not urgency.blocks_signing:
        urgency = Urgency.URGENT_2W  # the letter asks for a day, whatever the reason
    today = desk.today()
    if kind_urgency == "today":
        urgency, see_by = Urgency.EMERGENCY_NOW, today
    unit.session.add(
        Loop(
            case_id=letter.case_id,
            document_id=letter.id,
            kind=_ASKING[begins],
            title=letter.title,
            recipient=letter.recipient,
            urgency=urgency.value,
            ordered_on=today,
            due_on=see_by or follow_up.due_on(urgency, today),
            opened_at=letter.issued_at,
            opened_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
    )
    unit.session.flush()


def end_corrected(unit: UnitOfWork, desk: Desk, corrected_id: UUID, reference: str) -> None:
    """A corrected letter no longer waits: its answer is waited for with the letter that corrects
    it. One whose answer came already stays, for that answer is still to be read.
    """
    loop = rows.waiting_for(unit.session, corrected_id)
    if loop is not None and not rows.answered(unit.session, [loop.id]):
        why = _("Corrected by letter {reference}; the answer is waited for with that one.")
        _close(unit, desk, loop, "no_answer", why.format(reference=reference))


def order(desk: Desk, case_id: UUID, details: OrderDetails) -> UUID:
    """Record a request that went out without a letter of ours. Raises InvalidInput."""
    title, recipient = typed.line(details.title), typed.line(details.recipient)
    note, today = typed.block(details.note), desk.today()
    ordered = details.ordered_on or today
    problems = typed.over_limit(
        {"title": title, "recipient": recipient, "note": note}, {"note": typed.BLOCK}
    )
    if details.kind not in KINDS:
        problems["kind"] = "Say what kind of request it is."
    if not title:
        problems["title"] = "Say what was asked for."
    problems["ordered_on"] = typed.past_day(ordered, today, "The order")
    due = details.due_on or follow_up.due_on(details.urgency, ordered)
    if due < ordered:
        problems["due_on"] = "The answer cannot be due before it was asked for."
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        case = unit.get(Case, case_id)
        row = Loop(
            case_id=case.id,
            kind=details.kind,
            title=title,
            recipient=recipient,
            urgency=details.urgency.value,
            ordered_on=ordered,
            due_on=due,
            note=note,
            opened_at=desk.now(),
            opened_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("order", "loop", row.id, at=desk.now())
        unit.commit()
        return row.id


def waiting(desk: Desk) -> tuple[LoopRow, ...]:
    """All open requests: the longest overdue first, then by the day due."""
    with desk.store.reading() as session:
        return open_rows(session, desk.today())


def open_rows(session: chart.Reading, today: date) -> tuple[LoopRow, ...]:
    """As `waiting`, within an open reading."""
    return _views(session, rows.open_loops(session), today)


def of_patient(desk: Desk, patient_id: UUID) -> tuple[LoopRow, ...]:
    """A patient's requests, closed ones last."""
    with desk.store.reading() as session:
        found = _views(session, rows.of_patient(session, patient_id), desk.today())
        return tuple(sorted(found, key=lambda one: not one.is_open))


def open_loop(desk: Desk, loop_id: UUID) -> LoopView:
    """A request with all that is known of it. Raises NotFound."""
    with desk.store.reading() as session:
        found = rows.one(session, loop_id)
        if found is None:
            raise NotFound("This request is not in the record.", "Look again.")
        loop, case, who = found
        lockbox.refuse_hidden(session, case.id)
        files_closed = lock_queries.is_hidden(session, who.id, lockbox.FILES)
        (row,) = _views(session, [found], desk.today())
        name = words.sided(case.title, charts.side_of(case))
        draft = chart.draft(session, DRAFT, loop_id) if row.is_open else None
        return LoopView(
            row=row,
            note=loop.note,
            case=name,
            opened_by=loop.opened_by,
            chases=tuple(
                Chase(one.way, one.text, one.at, one.by) for one in rows.chases(session, [loop_id])
            ),
            files=tuple(
                files.view(filed, content, {case.id: name})
                for filed, content in file_queries.of_loops(session, [loop_id])
                if not files_closed
            ),
            results=tuple(
                one
                for one in imaging_results.of_case(desk, session, case)
                if one.loop_id == loop_id
            ),
            offered=imaging_results.offered(desk, case),
            banner=charts.banner(session, who, desk.today(), case.id),
            draft=dict(draft.payload) if draft else {},
            set_aside=_set_aside(session, loop),
        )


def _set_aside(session: chart.Reading, loop: Loop) -> tuple[Override, ...]:
    """What the letter that asks went in spite of; nothing of a request without a letter."""
    letter = session.get(Document, loop.document_id) if loop.document_id else None
    if letter is None:
        return ()
    return letter_draft.read(plain.inner(letter.content, "draft")).overrides


def chase(desk: Desk, loop_id: UUID, way: str, text: str) -> None:
    """Record that the answer was asked for again. Raises InvalidInput, Locked."""
    text = typed.block(text)
    problems = typed.over_limit({"text": text}, {"text": typed.BLOCK})
    if way not in WAYS:
        problems["way"] = "Say how it was asked for."
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        loop = _open(unit, loop_id)
        unit.session.add(
            LoopChase(
                loop_id=loop.id,
                way=way,
                text=text,
                at=desk.now(),
                by=desk.actor.name,
                clinician_id=desk.actor.id,
            )
        )
        unit.audit("chase", "loop", loop.id, at=desk.now())
        unit.commit()


def attach(desk: Desk, loop_id: UUID, file_id: UUID) -> None:
    """Take a file of the patient that is there already as the answer. Raises Locked, NotFound."""
    with desk.store.unit(desk.actor.id) as unit:
        loop, filed = _open(unit, loop_id), unit.get(FiledFile, file_id)
        if charts.case(unit.session, loop.case_id).patient_id != filed.patient_id:
            raise NotFound("This file is not one of the patient's.", "Look again.")
        if filed.loop_id not in (None, loop.id):
            raise Locked("This file is the answer to another request.")
        filed.loop_id, filed.case_id = loop.id, loop.case_id
        unit.audit("answer", "loop", loop.id, {"file": filed.id}, at=desk.now())
        unit.commit()


def keep(desk: Desk, loop_id: UUID, payload: plain.Plain) -> datetime:
    """Keep what is typed about an answer that is not signed off. Raises Locked."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        _open(unit, loop_id)
        held = plain.table(payload)
        visit_acts.keep_draft(unit.session, DRAFT, loop_id, desk.actor.id, held, now)
        unit.commit(drafts_only=True)
    return now


def sign_off(
    desk: Desk,
    loop_id: UUID,
    version: int,
    summary: str,
    result: ImagingDetails | None = None,
    file_id: UUID | None = None,
) -> None:
    """The answer was read: sum it up in one line and close for ever, with what imaging showed.

    Raises InvalidInput by field, Locked (no answer is filed), EditConflict.
    """
    with desk.store.unit(desk.actor.id) as unit:
        loop = _open(unit, loop_id, version)
        case = charts.case(unit.session, loop.case_id)
        summary = typed.line(summary)
        problems = _line_problems(summary, "summary", _("Sum the answer up in one line."))
        if result is not None:
            problems |= imaging_results.problems(desk, case, result)
        typed.refuse(problems)
        answers = file_queries.of_loops(unit.session, [loop.id])
        if not answers:
            raise Locked(
                "No answer is filed yet.",
                "Drop the scan or the PDF here, or end the request with a reason.",
            )
        if result is not None:
            report = file_id or answers[0][0].id
            imaging_results.enter(unit, desk, case, result, loop.id, report)
        _close(unit, desk, loop, "answered", summary)
        unit.commit()


def end(desk: Desk, loop_id: UUID, version: int, reason: str) -> None:
    """End a request that gets no answer, with the reason. Raises InvalidInput, EditConflict."""
    reason = typed.line(reason)
    missing = _("Say why no answer is waited for any more.")
    typed.refuse(_line_problems(reason, "reason", missing))
    with desk.store.unit(desk.actor.id) as unit:
        loop = _open(unit, loop_id, version)
        _close(unit, desk, loop, "no_answer", reason)
        unit.commit()


def _close(unit: UnitOfWork, desk: Desk, loop: Loop, outcome: str, summary: str) -> None:
    loop.outcome, loop.summary = outcome, summary
    loop.closed_at, loop.closed_by = desk.now(), desk.actor.name
    loop.closed_by_id = desk.actor.id
    chart.discard_draft(unit.session, DRAFT, loop.id)
    unit.session.flush()
    unit.audit("sign_off" if outcome == "answered" else "end", "loop", loop.id, at=desk.now())


def _line_problems(text: str, field: str, missing: str) -> dict[str, str]:
    problems = typed.over_limit({field: text}, {})
    return problems if text else {field: missing}


def _open(unit: UnitOfWork, loop_id: UUID, version: int | None = None) -> Loop:
    loop = unit.get(Loop, loop_id, version)
    if loop.closed_at is not None:
        raise Locked("This request is closed.", "What was signed off stands.")
    return loop


def _views(session: chart.Reading, found: Sequence[rows.Found], today: date) -> tuple[LoopRow, ...]:
    ids = [loop.id for loop, _case, _who in found]
    answered = rows.answered(session, ids)
    chased: dict[UUID, LoopChase] = {}
    for one in rows.chases(session, ids):
        chased.setdefault(one.loop_id, one)
    views = []
    hidden = lock_queries.hidden_cases(session)
    for loop, case, who in found:
        overdue = follow_up.days_overdue(loop.due_on, today)
        last = chased.get(loop.id)
        state = loop.outcome
        if not state:
            waits = "overdue" if overdue else "waiting"
            state = "unread" if loop.id in answered else waits
        views.append(
            LoopRow(
                id=loop.id,
                version=loop.version,
                case_id=loop.case_id,
                patient_id=case.patient_id,
                patient=words.list_name(who.given_name, who.family_name),
                kind=loop.kind,
                title=lockbox.CLOSED_CASE if case.id in hidden else loop.title,
                recipient="" if case.id in hidden else loop.recipient,
                urgency=Urgency(loop.urgency),
                ordered_on=loop.ordered_on,
                due_on=loop.due_on,
                overdue=0 if loop.outcome else overdue,
                state=state,
                chased=_chased(last) if last else "",
                summary=loop.summary,
                closed_at=loop.closed_at,
                closed_by=loop.closed_by,
                document_id=loop.document_id,
            )
        )
    return tuple(views)


def _chased(last: LoopChase) -> str:
    day = words.day(words.local(last.at).date())
    return _("Chased {day} {way}").format(day=day, way=WAYS.get(last.way, last.way))
