"""Visits: start, keep while typing, sign for ever, add an addendum.

An unsigned visit lives in its draft; signing writes it into rows that nobody can change.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from clinic_desk.clinical import births
from clinic_desk.clinical.findings import Findings
from clinic_desk.errors import InvalidInput, Locked, NotFound
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import day_queries, visit_acts
from clinic_desk.storage.models import Addendum as AddendumRow
from clinic_desk.storage.models import (
    Case,
    Clinician,
    Draft,
    Visit,
)
from clinic_desk.usecases import (
    carrying,
    charts,
    cosign,
    cosign_state,
    decision_history,
    flag_state,
    home_kept,
    note_layouts,
    note_words,
    plain,
    signing,
    typed,
    visit_beginning,
    visit_content,
    visit_rows,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letterhead import day_number
from clinic_desk.usecases.reckoning import Reckoning, protocol_of, reckoning
from clinic_desk.usecases.visit_views import (
    Addendum,
    Blocker,
    Decision,
    FlagAction,
    LastVisit,
    Note,
    VisitContent,
    VisitView,
)

__all__ = [
    "Addendum",
    "Blocker",
    "Decision",
    "FlagAction",
    "LastVisit",
    "Note",
    "VisitContent",
    "VisitView",
    "add_addendum",
    "blockers",
    "discard",
    "findings",
    "keep",
    "last_signed",
    "open_visit",
    "sign",
    "start",
    "unconfirmed",
    "write_into_note",
]

KIND = "visit"  # of the draft
NOTE_ONLY = flag_state.NOTE_ONLY


def start(desk: Desk, case_id: UUID, kind: str = "", care_at: datetime | None = None) -> UUID:
    """Start a visit now, or open the case's unsigned one again. Audited with its draft.

    Raises InvalidInput (care in the future or before birth, unknown kind), Locked (closed case).
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        case = unit.get(Case, case_id)
        existing = chart.open_visit(unit.session, case_id)
        if existing is not None:
            unit.audit("resume", "visit", existing.id, at=now)
            unit.commit()
            return existing.id
        if case.closed_on is not None:
            raise Locked("This case is closed.", "Open a new case for a new episode of care.")
        if case.hold_since is not None:
            raise Locked("This case is on hold.", "Resume it on the patient's page first.")
        number = chart.highest_number(unit.session, case_id) + 1
        kind = kind or ("first_evaluation" if number == 1 else visit_beginning.RE_EVALUATION)
        problems = {}
        if kind not in charts.KINDS:
            problems["kind"] = f"A visit is one of {', '.join(charts.KINDS)}."
        if care_at is not None and care_at > now:
            problems["care_at"] = "The care lies in the future."
        who = charts.patient(unit.session, case.patient_id)
        born = births.between(who.birth_date, who.birth_part)
        if care_at is not None and born is not None and words.local(care_at).date() < born[0]:
            problems["care_at"] = "The care lies before the patient's birth."
        typed.refuse(problems)
        protocol = protocol_of(desk.library, case.protocol)
        visit = Visit(
            case_id=case.id,
            number=number,
            kind=kind,
            care_at=care_at or now,
            clinician_id=desk.actor.id,
            protocol=protocol.id,
            protocol_version=protocol.version,
        )
        unit.session.add(visit)
        unit.session.flush()
        unit.session.add(
            Draft(
                kind=KIND,
                ref_id=visit.id,
                clinician_id=desk.actor.id,
                payload=visit_beginning.payload(
                    unit.session, case, visit, _reckoning(desk, unit.session, visit)
                ),
                started_at=now,
                kept_at=now,
            )
        )
        unit.audit("start", "visit", visit.id, at=now)
        unit.commit()
        return visit.id


def open_visit(desk: Desk, visit_id: UUID) -> VisitView:
    """A visit, draft or signed. Raises NotFound."""
    with desk.store.reading() as session:
        visit = _visit(session, visit_id)
        case = charts.case(session, visit.case_id)
        who = charts.patient(session, case.patient_id)
        draft = chart.draft(session, KIND, visit_id) if visit.status == "draft" else None
        content = visit_content.content(draft.payload) if draft else _signed(session, visit)
        return VisitView(
            id=visit.id,
            case_id=case.id,
            patient_id=who.id,
            number=visit.number,
            kind=visit.kind,
            care_at=visit.care_at,
            signed_at=visit.signed_at,
            signed_by=visit.signed_by,
            protocol=visit.protocol,
            protocol_version=visit.protocol_version,
            banner=charts.banner(session, who, desk.today(), case.id),
            content=content,
            addenda=tuple(
                Addendum(one.at, one.by, one.text) for one in chart.addenda(session, [visit.id])
            ),
            draft_kept_at=draft.kept_at if draft else None,
            case=reckoning(desk.library, who, case, visit, session).case,
            day=day_number(case.onset_on, words.local(visit.care_at).date()),
            late=charts.late(visit.care_at, visit.signed_at or desk.now()),
            past=decision_history.before(session, visit),
            begun_by=_begun_by(desk, session, visit),
            cosigning=cosign_state.of_visits(session, [visit.id]).get(visit.id),
            home=_home(session, visit),
        )


def _begun_by(desk: Desk, session: chart.Reading, visit: Visit) -> str:
    """Whose draft it is, where it is a colleague's."""
    if visit.status != "draft" or visit.clinician_id == desk.actor.id:
        return ""
    return session.get_one(Clinician, visit.clinician_id).name


def _home(session: chart.Reading, visit: Visit) -> str:
    """What came back about the home program since the last signed visit before this one."""
    signed = [
        one.signed_at
        for one in chart.visits(session, [visit.case_id])
        if one.id != visit.id and one.signed_at is not None and one.care_at <= visit.care_at
    ]
    return home_kept.line_since(session, visit.case_id, max(signed, default=None))


def last_signed(desk: Desk, case_id: UUID, before: UUID | None = None) -> LastVisit | None:
    """The newest signed visit of the case; with `before`, of the care earlier than in that visit,
    which may itself be signed long ago or written late. Raises NotFound, AccessDenied.
    """
    with desk.store.reading() as session:
        charts.case(session, case_id)
        signed = [one for one in chart.visits(session, [case_id]) if one.status == "signed"]
        if before is not None:
            mine = _visit(session, before)
            now = (mine.care_at, mine.number)
            signed = [one for one in signed if (one.care_at, one.number) < now]
        if not signed:
            return None
        newest = signed[0]
        note = Note(*(getattr(newest, part) for part in visit_content.PARTS))
        layout = note_layouts.stored(newest.layout)
        for visit in signed:
            evaluation = chart.evaluation(session, visit.id)
            if evaluation is not None and evaluation.answers:
                answers = dict(evaluation.answers)
                at = visit.care_at
                return LastVisit(newest.id, newest.care_at, note, answers, at, layout)
        return LastVisit(newest.id, newest.care_at, note, {}, layout=layout)


def keep(desk: Desk, visit_id: UUID, content: VisitContent) -> datetime:
    """Keep the draft; returns when. Not audited at each write. Raises Locked if signed."""
    content = visit_content.limited(content)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        visit, draft = _draft(unit.session, visit_id)
        content = visit_content.with_referrals(content, visit_content.content(draft.payload))
        found = _reckoning(desk, unit.session, visit).of(content)
        draft.payload = visit_content.payload(content, found.red_flags)
        draft.kept_at = now
        unit.commit(drafts_only=True)
    return now


def discard(desk: Desk, visit_id: UUID) -> None:
    """Discard an unsigned visit and its draft; audited. Raises Locked if signed."""
    with desk.store.unit(desk.actor.id) as unit:
        visit, draft = _draft(unit.session, visit_id)
        for booked in day_queries.of_visit(unit.session, visit_id):
            booked.visit_id = None
        unit.session.delete(draft)
        unit.session.delete(visit)
        unit.audit("discard", "visit", visit_id, at=desk.now())
        unit.commit()


def blockers(desk: Desk, visit_id: UUID, content: VisitContent) -> tuple[Blocker, ...]:
    """What signing waits for: an open emergency, same-day or urgent flag without an action or a
    reasoned override, a routine flag that is not ticked (`noted`), a differing decision without
    a reason, an empty note, an answer that cannot be taken.
    """
    with desk.store.reading() as session:
        reckoned = _reckoning(desk, session, _visit(session, visit_id))
        draft = chart.draft(session, KIND, visit_id)
        if draft is not None:
            content = visit_content.with_referrals(content, visit_content.content(draft.payload))
    return signing.blockers(reckoned, content, reckoned.of(content))


def unconfirmed(desk: Desk, visit_id: UUID, content: VisitContent) -> tuple[Blocker, ...]:
    """The doubtful values that nobody said are right. Signing names them and does not wait."""
    with desk.store.reading() as session:
        reckoned = _reckoning(desk, session, _visit(session, visit_id))
    return signing.unconfirmed(reckoned, content, reckoned.of(content))


def sign(desk: Desk, visit_id: UUID, content: VisitContent) -> datetime:
    """Sign for ever. Raises Locked with what it waits for."""
    content = visit_content.cleaned(content)
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        visit, draft = _draft(unit.session, visit_id)
        content = visit_content.with_referrals(content, visit_content.content(draft.payload))
        reckoned = _reckoning(desk, unit.session, visit)
        found = reckoned.of(content)
        waiting = signing.blockers(reckoned, content, found)
        if waiting:
            raise Locked(
                "This visit cannot be signed yet. " + " ".join(one.text for one in waiting),
                "Nothing is lost: the draft is kept.",
            )
        unit.session.add_all(visit_rows.rows(visit, reckoned, content, found, now))
        unit.session.delete(draft)
        for part in visit_content.PARTS:
            setattr(visit, part, getattr(content.note, part))
        visit.layout = plain.table(content.layout) if content.layout.sections else {}
        visit_acts.sign(unit.session, visit, desk.actor.id, desk.actor.name, now)
        cosign.ask(unit, desk, cosign.NoteRef(visit_id=visit.id), now)
        unit.audit("sign", "visit", visit.id, at=now)
        unit.commit()
    return now


def add_addendum(desk: Desk, visit_id: UUID, text: str) -> None:
    """Add to a signed visit. Raises InvalidInput (empty), Locked (not signed)."""
    text = typed.block(text)
    if not text:
        raise InvalidInput({"text": "An addendum needs its text."})
    typed.refuse(typed.over_limit({"text": text}, {"text": typed.NOTE}))
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        visit = _visit(unit.session, visit_id)
        if visit.status != "signed":
            raise Locked("This visit is not signed yet.", "Write it into the note itself.")
        unit.session.add(
            AddendumRow(
                visit_id=visit.id,
                clinician_id=desk.actor.id,
                by=desk.actor.name,
                at=now,
                text=text,
            )
        )
        cosign.ask(unit, desk, cosign.NoteRef(visit_id=visit.id), now)
        unit.audit("add", "addendum", visit.id, at=now)
        unit.commit()


def findings(desk: Desk, visit: VisitView, content: VisitContent) -> Findings:
    """The findings of the content's answers by the visit's own protocol version."""
    return of_view(desk, visit).of(content)


def of_view(desk: Desk, visit: VisitView) -> Reckoning:
    """The visit's protocol version with its case."""
    return Reckoning(protocol_of(desk.library, visit.protocol, visit.protocol_version), visit.case)


def write_into_note(
    desk: Desk, visit: VisitView, content: VisitContent, last: LastVisit | None = None
) -> VisitContent:
    """The content with its note parts brought up to date from the evaluation.

    A part is replaced only while its text is empty or still exactly what was last written;
    text that the clinician touched is never overwritten. Outcome measures are compared with `last`.
    """
    earlier = replace(last, care_at=last.evaluated_at) if last is not None else None
    return note_words.brought_up_to_date(
        desk.library, of_view(desk, visit), content, earlier, visit.past, visit.home
    )


def _visit(session: chart.Reading, visit_id: UUID) -> Visit:
    found = session.get(Visit, visit_id)
    if found is None:
        raise NotFound("This visit is not in the record.", "It may have been discarded.")
    return found


def _draft(session: chart.Reading, visit_id: UUID) -> tuple[Visit, Draft]:
    visit = _visit(session, visit_id)
    if visit.status == "signed":
        raise Locked("This visit is signed.", "Add an addendum instead.")
    draft = chart.draft(session, KIND, visit_id)
    if draft is None:
        raise NotFound("The draft of this visit is not in the record.")
    return visit, draft


def _reckoning(desk: Desk, session: chart.Reading, visit: Visit) -> Reckoning:
    case = charts.case(session, visit.case_id)
    return reckoning(desk.library, charts.patient(session, case.patient_id), case, visit, session)


def _signed(session: chart.Reading, visit: Visit) -> VisitContent:
    evaluation = chart.evaluation(session, visit.id)
    return VisitContent(
        note=Note(visit.subjective, visit.objective, visit.assessment, visit.plan),
        answers=dict(evaluation.answers) if evaluation else {},
        carried=carrying.stored(evaluation.carried) if evaluation else {},
        retest=tuple(evaluation.retest) if evaluation else (),
        done=visit_content.done(evaluation.done) if evaluation else (),
        layout=note_layouts.stored(visit.layout),
        decisions=decision_history.standing(session, [visit.id]),
        superseded=decision_history.superseded(session, [visit.id]),
        flag_actions=tuple(
            FlagAction(one.flag, one.kind, one.text, one.by, one.at)
            for one in chart.flag_actions(session, [visit.id])
        ),
    )
