"""Letters: composed from the record, edited, checked, issued and kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from clinic_desk.clinical.findings import FlagFinding
from clinic_desk.documents import letter as paper
from clinic_desk.documents import raster
from clinic_desk.errors import Locked, NotFound
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import lock_queries, numbers, visit_acts
from clinic_desk.storage.models import Document, Visit
from clinic_desk.usecases import (
    acted,
    addressee,
    charts,
    flag_state,
    letter_draft,
    letter_dress,
    letter_ground,
    letter_kinds,
    letter_page,
    loops,
    papers,
    plain,
    preflight,
    preflight_identity,
    typed,
    visit_content,
    words,
)
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_ground import Ground
from clinic_desk.usecases.letter_views import (
    Change,
    KindRow,
    LetterDraft,
    LetterPreview,
    LetterRow,
    LetterView,
    Override,
    Part,
    PartChanges,
    Sentence,
)
from clinic_desk.usecases.paper_views import DocumentView, Problem
from clinic_desk.usecases.practice import view as practice_view
from clinic_desk.usecases.preflight_facts import Facts
from clinic_desk.usecases.visit_views import FlagAction

__all__ = [
    "Change",
    "DocumentView",
    "KindRow",
    "LetterDraft",
    "LetterPreview",
    "LetterRow",
    "LetterView",
    "Override",
    "Part",
    "PartChanges",
    "Problem",
    "Sentence",
    "compose",
    "discard",
    "issue",
    "keep",
    "kept",
    "kinds",
    "open_letter",
    "preview",
    "recent",
    "refresh",
    "set_aside",
]

KIND = "letter"  # of the draft and of the document


def kinds(desk: Desk) -> tuple[KindRow, ...]:
    """The letter kinds of the practice: those that ship, and its own."""
    return tuple(
        KindRow(one.id, one.name, one.role, letter_kinds.languages(desk, one))
        for one in letter_kinds.all_in_use(desk)
    )


def compose(desk: Desk, case_id: UUID, kind: str, recipient_id: UUID | None = None) -> LetterDraft:
    """A draft from the record of the case, in sentences."""
    found_kind = letter_kinds.in_use(desk, kind)
    with desk.store.reading() as session:
        found = letter_draft.source(desk, session, case_id, found_kind)
        size = chart.practice(session).paper
        return letter_draft.composed(found_kind, found, recipient_id, size, desk.today())


def refresh(desk: Desk, case_id: UUID, draft: LetterDraft, part: str = "") -> LetterDraft:
    """Take the record's words of now, in all parts or in one; what the clinician edited, left out
    or set in order stays.
    """
    fresh = compose(desk, case_id, draft.kind, draft.recipient_id)
    return letter_draft.refreshed(draft, fresh, part)


def kept(desk: Desk, case_id: UUID) -> LetterDraft | None:
    """The unfinished letter of a case, if there is one. Raises NotFound, AccessDenied."""
    with desk.store.reading() as session:
        charts.case(session, case_id)
        row = chart.draft(session, KIND, case_id)
        draft = letter_draft.read(row.payload) if row else None
        return draft and _readdressed(session, draft)


def keep(desk: Desk, case_id: UUID, draft: LetterDraft) -> datetime:
    """Keep the draft; audited only when it is started. Raises Locked for another case's."""
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        _refuse_strange(unit.session, case_id, draft)
        started = chart.draft(unit.session, KIND, case_id) is None
        payload = plain.table(draft)
        visit_acts.keep_draft(unit.session, KIND, case_id, desk.actor.id, payload, now)
        if started:
            unit.audit("start", "letter", case_id, at=now)
        unit.commit(drafts_only=not started)
    return now


def _refuse_strange(session: chart.Reading, case_id: UUID, draft: LetterDraft) -> None:
    """Raise Locked for a draft that was written from another case's record."""
    visit = session.get(Visit, draft.visit_id) if draft.visit_id else None
    if draft.case_id not in (None, case_id) or (visit is not None and visit.case_id != case_id):
        raise Locked(
            "This letter was written from the record of another case.",
            "Nothing was kept here; open that case's letter, or compose a new one.",
        )


def discard(desk: Desk, case_id: UUID) -> None:
    """Discard the unfinished letter of a case, if there is one; audited."""
    with desk.store.unit(desk.actor.id) as unit:
        chart.discard_draft(unit.session, KIND, case_id)
        unit.audit("discard", "letter", case_id, at=desk.now())
        unit.commit()


def preview(
    desk: Desk, case_id: UUID, draft: LetterDraft, ground: Ground | None = None
) -> LetterPreview:
    """The very PDF, marked DRAFT, with what preflight says. A draft with a character that no
    font has is not drawn: the PDF is empty and the problem names the field.

    `ground` is the record as it was read a moment ago; without it, it is read now.
    """
    if ground is None or not ground.fits(case_id, draft.kind, desk.today()):
        ground = letter_ground.read(desk, case_id, draft.kind)
    kind, seen, found, flags = ground.kind, ground.seen, ground.found, ground.flags
    now = desk.now()
    with desk.store.reading() as session:
        _refuse_strange(session, case_id, draft)
        recipient = addressee.of(session, kind, found.patient, draft.recipient_id, desk.today())
        content = letter_page.page(kind, draft, found, seen, recipient, now)
        content = letter_dress.dressed(desk, session, draft, content, seen)
    changes = letter_draft.changes(kind, draft, found)
    facts = Facts(
        kind, draft, found, recipient, flags, content, desk.today(), changes, desk.actor.supervised
    )
    problems = tuple(preflight.problems(facts))
    too_long = any(one.check.startswith("length") for one in problems)
    if too_long or papers.unprintable(content, {}):
        return LetterPreview(b"", 0, problems, changes)
    pdf = paper.render(content)
    said = raster.texts(pdf)
    unnamed = tuple(preflight_identity.problems(content.identity, said))
    return LetterPreview(pdf, len(said), (*unnamed, *problems), changes)


def set_aside(
    desk: Desk, draft: LetterDraft, check: str, reason: str, problem: str = ""
) -> LetterDraft:
    """The draft with a reason to go in spite of a check; an empty reason takes it back. Where the
    problem is told, the reason holds for it alone, and another one of that check stops again.

    Raises InvalidInput for a reason that is too long.
    """
    reason = typed.line(reason)
    typed.refuse(typed.over_limit({"reason": reason}, {}))
    others = tuple(one for one in draft.overrides if one.check != check)
    made = (Override(check, reason, desk.actor.name, desk.now(), problem),) if reason else ()
    return replace(draft, overrides=(*others, *made))


def _readdressed(session: chart.Reading, draft: LetterDraft) -> LetterDraft:
    """The draft to who stands for its addressee after mergers of contacts."""
    return replace(draft, recipient_id=addressee.standing(session, draft.recipient_id))


def issue(desk: Desk, case_id: UUID, draft: LetterDraft) -> DocumentView:
    """Check, sign and keep for ever. Raises Locked with the first blocking problem.

    Records the referral as the action on the red flags that the letter acts on: in the open
    visit, or, where the visit is signed, with the letter itself.
    """
    kind = letter_kinds.in_use(desk, draft.kind)
    seen = practice_view(desk)
    now, today = desk.now(), desk.today()
    with desk.store.unit(desk.actor.id) as unit:
        session = unit.session
        _refuse_strange(session, case_id, draft)
        found = letter_draft.source(desk, session, case_id, kind)
        draft = _readdressed(session, draft)
        recipient = addressee.of(session, kind, found.patient, draft.recipient_id, today)
        flags = flag_state.of_case(session, case_id)
        number, reference = numbers.next_document(session, KIND, today.year)
        content = letter_page.page(kind, draft, found, seen, recipient, now, reference)
        content = letter_dress.dressed(desk, session, draft, content, seen)
        changes = letter_draft.changes(kind, draft, found)
        facts = Facts(
            kind, draft, found, recipient, flags, content, today, changes, desk.actor.supervised
        )
        problems = preflight.problems(facts)
        blocking = [one for one in problems if one.blocking]
        if blocking:
            raise Locked(blocking[0].text, "Nothing was issued; the draft is kept.")
        # a reason for what was mended since is no reason of this letter
        draft = replace(draft, overrides=preflight.set_aside(draft, problems))
        referred = letter_draft.referred_flags(draft, found)
        to = recipient.name if recipient else ""
        _record_referral(desk, session, draft, referred, to, reference, now)
        pdf = paper.render(content)
        preflight_identity.hold(content.identity, pdf)
        row = Document(
            case_id=case_id,
            visit_id=draft.visit_id if found.visit_signed else None,
            kind=KIND,
            year=today.year,
            number=number,
            reference=reference,
            title=kind.name,
            recipient=to,
            recipient_id=draft.recipient_id,
            template=kind.id,
            template_version=kind.version,
            content={
                "draft": plain.plain(draft),
                "flags": [one.id for one in referred],
                "fingerprint": content.fingerprint,
            },
            bytes=pdf,
            sha256=sha256(pdf).hexdigest(),
            issued_at=now,
            issued_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        session.add(row)
        chart.discard_draft(session, KIND, case_id)
        session.flush()
        asked = [one.urgency for one in referred]
        loops.open_for_letter(unit, desk, row, asked, draft.see_by, kind.urgency)
        if draft.corrects is not None:
            loops.end_corrected(unit, desk, draft.corrects, reference)
        letter_dress.keep(session, row.id, draft, content)
        unit.audit("issue", "letter", row.id, {"sha256": row.sha256}, at=now)
        for one in draft.overrides:
            check = one.check.replace(":", ".")
            unit.audit("set_aside", "letter", row.id, {"check": check}, at=now)
        unit.commit()
        return papers.view(row)


def _record_referral(
    desk: Desk,
    session: chart.Reading,
    draft: LetterDraft,
    referred: Sequence[FlagFinding],
    recipient: str,
    reference: str,
    now: datetime,
) -> None:
    visit = session.get(Visit, draft.visit_id) if draft.visit_id else None
    open_draft = chart.draft(session, "visit", visit.id) if visit else None
    if visit is None or visit.status == "signed" or open_draft is None:
        return
    content = visit_content.content(open_draft.payload)
    text = f"Letter {reference} to {recipient}" if recipient else f"Letter {reference}"
    by = desk.actor.name
    done = tuple(
        acted.stamped(FlagAction(one.id, "referred", text, by, now, letter=reference), one)
        for one in referred
    )
    content = replace(content, flag_actions=(*content.flag_actions, *done))
    open_draft.payload = {**open_draft.payload, "content": plain.plain(content)}
    open_draft.kept_at = now


def open_letter(desk: Desk, document_id: UUID) -> LetterView:
    """An issued letter with what it was made from; its bytes are checked as by
    `papers.open_document`.
    """
    document = papers.open_document(desk, document_id)
    if document.kind != KIND:
        raise NotFound("This document is not a letter.")
    with desk.store.reading() as session:
        row = session.get(Document, document_id)
        held = plain.inner(row.content, "draft") if row else {}
    return LetterView(document.id, document, letter_draft.read(held), document.issued_at)


ALL = 10_000_000  # more letters than a practice writes


def recent(desk: Desk, limit: int = 100) -> tuple[LetterRow, ...]:
    """Unissued drafts first, then issued letters, newest first."""
    names = {one.id: one.name for one in letter_kinds.all_in_use(desk)}
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        drafts = [
            one for one in chart.drafts(session) if one.kind == KIND and one.ref_id not in hidden
        ]
        people = chart.cases_with_patients(session, [one.ref_id for one in drafts])
        rows = []
        for draft in drafts:
            case, who = people[draft.ref_id]
            kind = plain.text(draft.payload, "kind")
            rows.append(
                LetterRow(
                    case_id=case.id,
                    patient_id=who.id,
                    patient=words.list_name(who.given_name, who.family_name),
                    kind=kind,
                    title=names.get(kind.partition("@")[0], kind),
                    at=draft.kept_at,
                    state="draft",
                )
            )
        for line, who in chart.letters(session, limit):
            if line.case_id in hidden:
                continue
            rows.append(
                LetterRow(
                    case_id=line.case_id,
                    patient_id=who.id,
                    patient=words.list_name(who.given_name, who.family_name),
                    kind=line.template,
                    title=f"{line.title}, to {line.recipient}" if line.recipient else line.title,
                    at=line.issued_at,
                    state="issued",
                    document_id=line.id,
                )
            )
    return tuple(rows[:limit])
