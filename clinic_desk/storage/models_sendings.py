"""What goes with issued letters: images on them, separate copies, ways out, corrections."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class LetterheadImage(Base):
    """The practice's logo (of no clinician), or a clinician's own signature."""

    __tablename__ = "letterhead_images"
    __table_args__ = (UniqueConstraint("clinician_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    clinician_id: Mapped[UUID | None] = mapped_column(clinician_key())
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]


def _document() -> ForeignKey:
    return ForeignKey("documents.id", ondelete="RESTRICT")


class DocumentCopy(Base):
    """A separate copy that was issued with a letter: its own exact bytes. Written once."""

    __tablename__ = "document_copies"
    __table_args__ = (
        UniqueConstraint("document_id", "place"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(_document())
    place: Mapped[int]
    recipient: Mapped[str]
    bytes: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str]


class Sending(Base):
    """How a document or a copy of it went out, and the SHA-256 of the file that did.

    `way` is printed, saved, emailed, post, fax or handed; `form` is issued, password, signed or
    signed_password. Written once.
    """

    __tablename__ = "sendings"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    document_id: Mapped[UUID] = mapped_column(_document(), index=True)
    copy_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("document_copies.id", ondelete="RESTRICT")
    )
    way: Mapped[str]
    form: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())


class Correction(Base):
    """A letter that corrects an older one. Written once."""

    __tablename__ = "corrections"
    __table_args__ = (CheckConstraint("document_id <> corrects_id", name="another"),)

    document_id: Mapped[UUID] = mapped_column(_document(), primary_key=True)
    corrects_id: Mapped[UUID] = mapped_column(_document(), index=True)
