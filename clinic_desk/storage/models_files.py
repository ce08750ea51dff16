"""What is filed with a patient: scans, reports, pictures, anything else as it is.

The content is kept once for each SHA-256, in pieces, so that a large file is never whole in
memory to be written; what a person says about a file stands in its own row and can be mended.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class FileContent(Base):
    """One content, however often it was filed. `media` was read from the bytes, not the name."""

    __tablename__ = "file_contents"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]
    media: Mapped[str]

    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("size > 0", name="size"),
    )


class FilePiece(Base):
    """A piece of a content; `place` counts from 0."""

    __tablename__ = "file_pieces"

    content_id: Mapped[UUID] = mapped_column(
        ForeignKey("file_contents.id", ondelete="RESTRICT"), primary_key=True
    )
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bytes: Mapped[bytes] = mapped_column(LargeBinary)


class FiledFile(Base):
    """A file of a patient, with what is said about it. Archived, never deleted."""

    __tablename__ = "files"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="RESTRICT"), index=True
    )
    case_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("cases.id", ondelete="RESTRICT"), index=True
    )
    loop_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("loops.id", ondelete="RESTRICT"), index=True
    )  # whose answer it is
    content_id: Mapped[UUID] = mapped_column(
        ForeignKey("file_contents.id", ondelete="RESTRICT"), index=True
    )
    name: Mapped[str]  # the file's name when it was added, without its folders
    kind: Mapped[str] = mapped_column(default="other")
    title: Mapped[str]
    dated_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    archived_at: Mapped[datetime | None]
    archived_by: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
