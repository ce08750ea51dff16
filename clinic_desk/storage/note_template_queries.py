"""What the use cases read of the practice's note templates."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_note_templates import NoteTemplate


def listed(session: Session) -> Sequence[NoteTemplate]:
    """All templates by name."""
    return session.scalars(select(NoteTemplate).order_by(NoteTemplate.name)).all()
