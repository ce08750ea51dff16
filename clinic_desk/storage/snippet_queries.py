"""What the use cases read of the practice's snippets."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_snippets import Snippet


def listed(session: Session) -> Sequence[Snippet]:
    """All snippets by their key."""
    return session.scalars(select(Snippet).order_by(Snippet.key)).all()
