"""The practice's own layouts of a note."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id


class NoteTemplate(Base):
    """Headings of a note, and the kinds of visit that begin with them. A note keeps its own copy,
    so a template may change or go.
    """

    __tablename__ = "note_templates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    content: Mapped[Mapping[str, object]]  # kinds, sections (title, part)
