"""The practice's snippets: short words that a note field turns into whole texts."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id


class Snippet(Base):
    """`;key` is replaced by the text, whose `{fields}` are filled from the case."""

    __tablename__ = "snippets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
