"""What the use cases read of letterhead images, copies, ways out and corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_sendings import Correction, DocumentCopy, LetterheadImage, Sending


def image(session: Session, clinician: UUID | None) -> LetterheadImage | None:
    """A clinician's signature; the logo of the practice where no clinician is named."""
    mine = (
        LetterheadImage.clinician_id.is_(None)
        if clinician is None
        else LetterheadImage.clinician_id == clinician
    )
    # NULL may stand in a unique column more than once: the newest logo counts
    query = select(LetterheadImage).where(mine).order_by(LetterheadImage.id.desc())
    return session.scalars(query).first()


def copies(session: Session, document_id: UUID) -> Sequence[DocumentCopy]:
    """The separate copies of a letter, in their order."""
    query = select(DocumentCopy).where(DocumentCopy.document_id == document_id)
    return session.scalars(query.order_by(DocumentCopy.place)).all()


def sendings(session: Session, document_ids: Sequence[UUID]) -> Sequence[Sending]:
    """How documents went out, in the order of time."""
    if not document_ids:
        return ()
    query = select(Sending).where(Sending.document_id.in_(document_ids))
    return session.scalars(query.order_by(Sending.at, Sending.id)).all()


@dataclass(frozen=True, slots=True)
class Named:
    """Another letter: enough to name it and to go there."""

    id: UUID
    reference: str
    issued_at: datetime


def corrected(session: Session, document_ids: Sequence[UUID]) -> dict[UUID, Named]:
    """By corrected document, the letter that corrects it; the newest where there are more."""
    if not document_ids:
        return {}
    query = (
        select(Correction.corrects_id, Document.id, Document.reference, Document.issued_at)
        .join(Document, Document.id == Correction.document_id)
        .where(Correction.corrects_id.in_(document_ids))
        .order_by(Document.issued_at, Document.id)
    )
    return {old: Named(key, name, at) for old, key, name, at in session.execute(query)}


def corrects(session: Session, document_ids: Sequence[UUID]) -> dict[UUID, Named]:
    """By correcting letter, the one that it corrects."""
    if not document_ids:
        return {}
    query = (
        select(Correction.document_id, Document.id, Document.reference, Document.issued_at)
        .join(Document, Document.id == Correction.corrects_id)
        .where(Correction.document_id.in_(document_ids))
    )
    return {new: Named(key, name, at) for new, key, name, at in session.execute(query)}


@dataclass(frozen=True, slots=True)
class Known:
    """A file that this clinic issued, or sent out in another form."""

    reference: str
    kind: str
    title: str
    issued_at: datetime
    issued_by: str
    recipient: str
    form: str


def known(session: Session, sha256: str) -> Known | None:
    """The issued document, copy or export that has this SHA-256."""
    about = (
        Document.reference,
        Document.kind,
        Document.title,
        Document.issued_at,
        Document.issued_by,
    )
    row = session.execute(
        select(*about, Document.recipient).where(Document.sha256 == sha256)
    ).first()
    if row is not None:
        return Known(*row, "issued")
    row = session.execute(
        select(*about, DocumentCopy.recipient)
        .join(DocumentCopy, DocumentCopy.document_id == Document.id)
        .where(DocumentCopy.sha256 == sha256)
    ).first()
    if row is not None:
        return Known(*row, "copy")
    sent = session.execute(
        select(*about, Document.recipient, Sending.form)
        .join(Sending, Sending.document_id == Document.id)
        .where(Sending.sha256 == sha256)
    ).first()
    return Known(*sent) if sent is not None else None


def named(session: Session, references: Sequence[str]) -> Document | None:
    """The first document that has one of these references."""
    return session.scalars(select(Document).where(Document.reference.in_(references))).first()
