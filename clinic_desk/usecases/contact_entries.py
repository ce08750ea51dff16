"""Contacts outside a visit: kept while typing, signed for ever, added to by addenda.

There is one unfinished contact in a case at a time; it is a draft that hangs on the case.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from clinic_desk.errors import InvalidInput, Locked, NotFound
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_entry_queries as queries
from clinic_desk.storage import visit_acts
from clinic_desk.storage.models import ContactAddendum, ContactEntry
from clinic_desk.usecases import charts, cosign, cosign_state, plain, typed, words
from clinic_desk.usecases.contact_journal import DRAFT, KINDS, title
from clinic_desk.usecases.cosign_state import Cosigning
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.patient_views import Banner
from clinic_desk.usecases.visit_views import Addendum

__all__ = [
    "KINDS",
    "EntryContent",
    "EntryView",
    "add_addendum",
    "begin",
    "discard",
    "keep",
    "open_entry",
    "sign",
    "title",
]


@dataclass(frozen=True, slots=True)
class EntryContent:
    """What is typed of a contact."""

    kind: str = "phone"
    with_whom: str = ""
    at: datetime | None = None  # None while what is typed is no time
    text: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    id: UUID | None  # none while it is not signed
    case_id: UUID
    patient_id: UUID
    banner: Banner
    content: EntryContent
    signed_at: datetime | None
    signed_by: str
    addenda: tuple[Addendum, ...]
    late: bool  # signed on a later day than the contact
    kept_at: datetime | None
    cosigning: Cosigning | None = None  # of a contact that was signed under supervision


def begin(desk: Desk, case_id: UUID) -> EntryView:
    """The case's unfinished contact, or a new one. Raises NotFound, AccessDenied."""
    with desk.store.reading() as session:
        held = chart.draft(session, DRAFT, case_id)
        content = _content(held.payload) if held else EntryContent(at=desk.now())
        return _view(desk, session, case_id, content, kept_at=held.kept_at if held else None)


def open_entry(desk: Desk, entry_id: UUID) -> EntryView:
    """A signed contact. Raises NotFound, AccessDenied."""
    with desk.store.reading() as session:
        row = session.get(ContactEntry, entry_id)
        if row is None:
            raise NotFound("This contact is not in the record.", "Look again.")
        content = EntryContent(row.kind, row.with_whom, row.at, row.text)
        return _view(desk, session, row.case_id, content, row)


def keep(desk: Desk, case_id: UUID, content: EntryContent) -> datetime:
    """Keep the draft; returns when. Raises InvalidInput (over the limits)."""
    content = replace(
        content, with_whom=typed.storable(content.with_whom), text=typed.storable(content.text)
    )
    typed.refuse(_too_long(content))
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        visit_acts.keep_draft(
            unit.session, DRAFT, case_id, desk.actor.id, plain.table(content), now
        )
        unit.commit(drafts_only=True)
    return now


def discard(desk: Desk, case_id: UUID) -> None:
    """Discard the unfinished contact of a case; audited."""
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        chart.discard_draft(unit.session, DRAFT, case_id)
        unit.audit("discard", "contact_entry", case_id, at=desk.now())
        unit.commit()


def sign(desk: Desk, case_id: UUID, content: EntryContent) -> UUID:
    """Sign for ever. Raises InvalidInput (kind, with_whom, at, text)."""
    content = replace(
        content, with_whom=typed.line(content.with_whom), text=typed.block(content.text)
    )
    now = desk.now()
    problems = _too_long(content)
    if content.kind not in KINDS:
        problems["kind"] = f"A contact is one of {', '.join(KINDS)}."
    if not content.with_whom:
        problems["with_whom"] = "Say with whom."
    if not content.text:
        problems["text"] = "Say what was said or written."
    if content.at is None:
        problems["at"] = "Say when it was."
    elif content.at > now:
        problems["at"] = "This lies in the future."
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        charts.case(unit.session, case_id)
        row = ContactEntry(
            case_id=case_id,
            kind=content.kind,
            with_whom=content.with_whom,
            at=content.at,
            text=content.text,
            signed_at=now,
            signed_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        chart.discard_draft(unit.session, DRAFT, case_id)
        cosign.ask(unit, desk, cosign.NoteRef(contact_id=row.id), now)
        unit.audit("sign", "contact_entry", row.id, at=now)
        unit.commit()
        return row.id


def add_addendum(desk: Desk, entry_id: UUID, text: str) -> None:
    """Add to a signed contact. Raises InvalidInput (empty, too long), NotFound."""
    text = typed.block(text)
    if not text:
        raise InvalidInput({"text": "An addendum needs its text."})
    typed.refuse(typed.over_limit({"text": text}, {"text": typed.NOTE}))
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(ContactEntry, entry_id)
        charts.case(unit.session, row.case_id)
        unit.session.add(
            ContactAddendum(
                entry_id=entry_id, clinician_id=desk.actor.id, by=desk.actor.name, at=now, text=text
            )
        )
        cosign.ask(unit, desk, cosign.NoteRef(contact_id=entry_id), now)
        unit.audit("add", "contact_addendum", entry_id, at=now)
        unit.commit()


def _too_long(content: EntryContent) -> dict[str, str]:
    texts = {"with_whom": content.with_whom, "text": content.text}
    return typed.over_limit(texts, {"text": typed.NOTE})


def _content(data: plain.Plain) -> EntryContent:
    return EntryContent(
        plain.text(data, "kind"),
        plain.text(data, "with_whom"),
        plain.maybe_moment(data, "at"),
        plain.text(data, "text"),
    )


def _view(
    desk: Desk,
    session: chart.Reading,
    case_id: UUID,
    content: EntryContent,
    row: ContactEntry | None = None,
    kept_at: datetime | None = None,
) -> EntryView:
    case = charts.case(session, case_id)
    if row is None and case.closed_on is not None and kept_at is None:
        raise Locked("This case is closed.", "Open it again to write a contact into it.")
    who = charts.patient(session, case.patient_id)
    added = queries.addenda(session, [row.id]) if row is not None else ()
    entered = row.signed_at if row is not None else desk.now()
    return EntryView(
        id=row.id if row is not None else None,
        case_id=case_id,
        patient_id=who.id,
        banner=charts.banner(session, who, desk.today(), case_id),
        content=content,
        signed_at=row.signed_at if row is not None else None,
        signed_by=row.signed_by if row is not None else "",
        addenda=tuple(Addendum(one.at, one.by, one.text) for one in added),
        late=content.at is not None
        and words.local(entered).date() > words.local(content.at).date(),
        kept_at=kept_at,
        cosigning=cosign_state.of_contacts(session, [row.id]).get(row.id) if row else None,
    )
