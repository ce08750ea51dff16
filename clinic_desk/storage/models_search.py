"""What notes and letters are found by: their words, folded, beside the record itself.

A row is written in the flush that signs a visit, adds to it or issues a letter. The full-text
index above the words is kept by the database's own triggers. Drafts are never in it.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, delete, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from clinic_desk.storage.base import Base
from clinic_desk.storage.folding import note_words
from clinic_desk.storage.models_papers import Document
from clinic_desk.storage.models_visits import Addendum, Visit

VISIT, ADDENDUM, LETTER = "visit", "addendum", "letter"


class SearchText(Base):
    """The words of one note, addendum or letter. Newer rows have higher ids."""

    __tablename__ = "search_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # visit | addendum | letter
    source_id: Mapped[UUID] = mapped_column(unique=True)
    opens_id: Mapped[UUID]  # the visit or document in which it is read
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    words: Mapped[str]


def note_text(visit: Visit) -> str:
    """What a visit's note says, its four parts under each other."""
    parts = (visit.subjective, visit.objective, visit.assessment, visit.plan)
    return "\n".join(part for part in parts if part)


def letter_text(title: str, recipient: str, content: Mapping[str, Any]) -> str:
    """What stands in an issued letter: heading, recipient, and its included parts."""
    return "\n".join(part for part in (title, recipient, *_parts(content)) if part)


def _parts(content: Mapping[str, Any]) -> Iterator[str]:
    draft = content.get("draft")
    parts = draft.get("parts") if isinstance(draft, Mapping) else None
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, Mapping) and part.get("included"):
            yield str(part.get("text") or "")


def _keep(connection: Connection, text: str, **row: object) -> None:
    words = " ".join(sorted(set(note_words(text))))
    connection.execute(delete(SearchText).where(SearchText.source_id == row["source_id"]))
    connection.execute(insert(SearchText).values(words=words, **row))


@event.listens_for(Visit, "after_insert")
@event.listens_for(Visit, "after_update")
def _visit(_mapper: Mapper[Visit], connection: Connection, visit: Visit) -> None:
    if visit.status == "signed" and inspect(visit).attrs.status.history.has_changes():
        _keep(
            connection,
            note_text(visit),
            kind=VISIT,
            source_id=visit.id,
            opens_id=visit.id,
            case_id=visit.case_id,
            at=visit.care_at,
        )


@event.listens_for(Addendum, "after_insert")
def _addendum(_mapper: Mapper[Addendum], connection: Connection, added: Addendum) -> None:
    case = connection.execute(select(Visit.case_id).where(Visit.id == added.visit_id)).scalar_one()
    _keep(
        connection,
        added.text,
        kind=ADDENDUM,
        source_id=added.id,
        opens_id=added.visit_id,
        case_id=case,
        at=added.at,
    )


@event.listens_for(Document, "after_insert")
def _letter(_mapper: Mapper[Document], connection: Connection, row: Document) -> None:
    if row.kind == LETTER:
        _keep(
            connection,
            letter_text(row.title, row.recipient or "", row.content),
            kind=LETTER,
            source_id=row.id,
            opens_id=row.id,
            case_id=row.case_id,
            at=row.issued_at,
        )


@event.listens_for(Visit, "after_delete")
@event.listens_for(Document, "after_delete")
def _gone(_mapper: Mapper[Any], connection: Connection, row: Visit | Document) -> None:
    connection.execute(delete(SearchText).where(SearchText.opens_id == row.id))
