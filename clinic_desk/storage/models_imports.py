"""What was taken in from files: each run, and each row that it made or changed, for the undo."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class ImportRun(Base):
    """One run, taken in whole. `undone_at` is set when it was taken back, whole as well."""

    __tablename__ = "import_runs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]  # csv | day | fhir | archive
    source: Mapped[str]  # the file's name
    sha256: Mapped[str]  # of the file, to know it again
    done_at: Mapped[datetime]
    done_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    refused: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")

    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)


class ImportItem(Base):
    """A row that a run made or changed. `version` is the row's version after the run; a later
    version means that somebody has worked on it. `before` has what a change replaced.
    """

    __tablename__ = "import_items"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_runs.id", ondelete="RESTRICT"), index=True
    )
    subject: Mapped[str]  # the table
    subject_id: Mapped[UUID]
    act: Mapped[str]  # added | changed
    outside: Mapped[str] = mapped_column(default="")  # its number where it came from
    version: Mapped[int]
    before: Mapped[Mapping[str, object]]

    __table_args__ = (
        Index("ix_import_items_outside", "subject", "outside"),
        CheckConstraint("act IN ('added', 'changed')", name="act_known"),
    )
