"""The two acts on a visit that need an order: keeping its draft, and closing it for ever."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from clinic_desk.storage.base import new_id
from clinic_desk.storage.models_desk import Draft
from clinic_desk.storage.models_visits import Visit


def keep_draft(
    session: Session,
    kind: str,
    ref_id: UUID,
    clinician_id: UUID,
    payload: Mapping[str, object],
    at: datetime,
) -> None:
    """Keep unfinished work: one statement, whether it is the first time or not."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(Draft)
        .values(
            id=new_id(),
            kind=kind,
            ref_id=ref_id,
            clinician_id=clinician_id,
            payload=payload,
            started_at=at,
            kept_at=at,
        )
        .on_conflict_do_update(
            index_elements=[Draft.kind, Draft.ref_id],
            set_={"payload": payload, "kept_at": at},  # it stays whose it was
        )
    )


def sign(session: Session, visit: Visit, clinician_id: UUID, name: str, at: datetime) -> None:
    """Close a visit for ever. All that hangs on it is written first: afterwards the database
    takes nothing more for it but addenda.
    """
    session.flush()
    visit.status = "signed"
    visit.signed_at = at
    visit.signed_by = name
    visit.signed_by_id = clinician_id
    session.flush()
