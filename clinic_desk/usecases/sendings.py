"""How issued documents went out, their separate copies, and which letter corrects which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from uuid import UUID

from clinic_desk.errors import InvalidInput, Locked, NotFound, StorageDamaged
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import sending_queries, visit_acts
from clinic_desk.storage.models import Contact, Document, DocumentCopy, Sending
from clinic_desk.storage.sending_queries import Named
from clinic_desk.usecases import letter_draft, lockbox, plain
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_views import Override
from clinic_desk.usecases.sent_words import FORMS, WAYS

__all__ = ["CopyView", "Named", "Sent", "Story", "copy_pdf", "correction", "record", "story"]


@dataclass(frozen=True, slots=True)
class CopyView:
    """A separate copy without its bytes."""

    id: UUID
    recipient: str


@dataclass(frozen=True, slots=True)
class Sent:
    """One way that a document went, when and by whom."""

    way: str
    form: str
    to: str  # the copy's recipient; empty for the document itself
    at: datetime
    by: str

    @property
    def words(self) -> str:
        """ "Printed, copy to Dr Pat Sample"."""
        parts = (WAYS.get(self.way, self.way), FORMS.get(self.form, self.form))
        copy = f"copy to {self.to}" if self.to else ""
        return ", ".join(part for part in (*parts, copy) if part)


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a document since it was issued."""

    recipient: str
    email: str  # of the contact that it went to, as it is today
    template: str  # "referral-gp 1.0.0"
    copies: tuple[CopyView, ...]
    sent: tuple[Sent, ...]
    corrects: Named | None
    corrected_by: Named | None
    set_aside: tuple[Override, ...] = ()  # what it went in spite of, each with its reason


def story(desk: Desk, document_id: UUID) -> Story:
    """What became of a document. Raises NotFound."""
    with desk.store.reading() as session:
        row = _document(session, document_id)
        copies = tuple(
            CopyView(one.id, one.recipient) for one in sending_queries.copies(session, document_id)
        )
        contact = session.get(Contact, row.recipient_id) if row.recipient_id else None
        return Story(
            recipient=row.recipient,
            email=contact.email if contact else "",
            template=" ".join(part for part in (row.template, row.template_version) if part),
            copies=copies,
            sent=_sent(session, document_id, copies),
            corrects=sending_queries.corrects(session, [document_id]).get(document_id),
            corrected_by=sending_queries.corrected(session, [document_id]).get(document_id),
            set_aside=letter_draft.read(plain.inner(row.content, "draft")).overrides,
        )


def _document(session: chart.Reading, document_id: UUID) -> Document:
    row = session.get(Document, document_id)
    if row is None:
        raise NotFound("This document is not in the record.", "Look again.")
    lockbox.refuse_hidden(session, row.case_id)
    return row


def _sent(
    session: chart.Reading, document_id: UUID, copies: Sequence[CopyView]
) -> tuple[Sent, ...]:
    names = {one.id: one.recipient for one in copies}
    return tuple(
        Sent(one.way, one.form, names.get(one.copy_id, "") if one.copy_id else "", one.at, one.by)
        for one in sending_queries.sendings(session, [document_id])
    )


def copy_pdf(desk: Desk, copy_id: UUID) -> bytes:
    """The exact bytes of a copy, checked against their kept SHA-256 (StorageDamaged)."""
    with desk.store.reading() as session:
        row = session.get(DocumentCopy, copy_id)
        if row is None:
            raise NotFound("This copy is not in the record.", "Look again.")
        pdf, kept = row.bytes, row.sha256
    if not compare_digest(sha256(pdf).hexdigest(), kept):
        raise StorageDamaged(
            f"The kept copy to {row.recipient} is not what was issued.",
            "Put back the data folder from a backup.",
        )
    return pdf


def record(
    desk: Desk,
    document_id: UUID,
    way: str,
    pdf: bytes,
    copy_id: UUID | None = None,
    form: str = "issued",
) -> Story:
    """Note that a document or one of its copies went out as this very file."""
    if way not in WAYS or form not in FORMS:
        raise InvalidInput({"way": f"A way is one of {', '.join(WAYS)}."})
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        _document(unit.session, document_id)
        known = {one.id for one in sending_queries.copies(unit.session, document_id)}
        if copy_id is not None and copy_id not in known:
            raise NotFound("This copy is not one of this letter.", "Look again.")
        unit.session.add(
            Sending(
                document_id=document_id,
                copy_id=copy_id,
                way=way,
                form=form,
                sha256=sha256(pdf).hexdigest(),
                at=now,
                by=desk.actor.name,
                clinician_id=desk.actor.id,
            )
        )
        unit.audit("send", "document", document_id, {"way": way}, at=now)
        unit.commit()
    return story(desk, document_id)


def correction(desk: Desk, document_id: UUID) -> UUID:
    """Begin the letter that corrects an issued one: its draft is the old letter's. Returns the
    case.

    Raises Locked where the case has an unfinished letter, or a newer one corrects this already.
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        session = unit.session
        row = _document(session, document_id)
        if row.kind != "letter":
            raise Locked("Only a letter is corrected by a letter.", "Issue a new handout instead.")
        newer = sending_queries.corrected(session, [document_id]).get(document_id)
        if newer is not None:
            raise Locked(
                f"{row.reference} was corrected by {newer.reference} already.",
                f"Open {newer.reference} and correct that one.",
            )
        if chart.draft(session, "letter", row.case_id) is not None:
            raise Locked(
                "This case has an unfinished letter.",
                "Issue or discard it first; then write the correction.",
            )
        draft = letter_draft.read(plain.inner(row.content, "draft"))
        draft = replace(draft, corrects=document_id, case_id=row.case_id)
        visit_acts.keep_draft(
            session, "letter", row.case_id, desk.actor.id, plain.table(draft), now
        )
        unit.audit("start", "letter", row.case_id, at=now)
        unit.commit()
        return row.case_id
