"""The audit trail: every entry is chained to the one before it by a keyed hash.

Who holds the file but not the data key can't forge an entry; who changes, removes or
inserts one breaks the chain at that place.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from clinic_desk.storage.models_desk import Audit

_START = "0" * 64
_WORD = re.compile(r"[\w.:/+-]{0,120}", re.ASCII)
_CHAIN_LOCK = 0x636C696E  # any number of our own

Detail = str | int | bool | None | UUID | Sequence["Detail"] | Mapping[str, "Detail"]


@dataclass(frozen=True, slots=True)
class BrokenEntry:
    """The first place where the trail isn't what was written."""

    sequence: int
    reason: str  # missing | moved | altered


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written: an act on a subject."""

    at: datetime
    actor_id: UUID
    act: str
    subject: str
    subject_id: UUID | None
    details: Mapping[str, object]


def audit_key(data_key: bytes) -> bytes:
    """The chain's own key, drawn from the data key."""
    return hmac.digest(data_key, b"clinic-desk audit chain 1", "sha256")


def plain_details(details: Mapping[str, Detail]) -> Mapping[str, object]:
    """Details as JSON. Raises ValueError for free text: names and answers stay out of the trail."""
    return {name: _plain(value) for name, value in details.items()}


def _plain(value: Detail) -> object:
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        if _WORD.fullmatch(value) is None:
            raise ValueError("the audit trail takes ids and single words only")
        return value
    if isinstance(value, Mapping):
        return plain_details(value)
    if isinstance(value, Sequence):
        return [_plain(part) for part in value]
    raise ValueError(f"the audit trail cannot hold a {type(value).__name__}")


def _hash(key: bytes, sequence: int, previous: str, entry: Entry) -> str:
    canonical = json.dumps(
        {
            "sequence": sequence,
            "at": entry.at.isoformat(),
            "actor": str(entry.actor_id),
            "act": entry.act,
            "subject": entry.subject,
            "id": str(entry.subject_id),
            "details": entry.details,
        },
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.digest(key, previous.encode() + canonical.encode(), hashlib.sha256).hex()


def append(session: Session, key: bytes, entries: Sequence[Entry]) -> None:
    """Add entries at the end of the chain, inside the session's transaction."""
    if session.get_bind().dialect.name == "postgresql":
        # SQLite has one writer; a server needs the end of the chain for this one alone
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CHAIN_LOCK})
    sequence, previous = head(session)
    for entry in entries:
        sequence += 1
        digest = _hash(key, sequence, previous, entry)
        session.add(
            Audit(
                sequence=sequence,
                at=entry.at,
                actor_id=entry.actor_id,
                act=entry.act,
                subject=entry.subject,
                subject_id=entry.subject_id,
                details=entry.details,
                previous=previous,
                hash=digest,
            )
        )
        previous = digest
    session.flush()


def head(session: Session) -> tuple[int, str]:
    """The last entry's sequence and hash; a backup's manifest holds it, for a chain alone
    can't tell that its end was cut off.
    """
    found = session.execute(
        select(Audit.sequence, Audit.hash).order_by(Audit.sequence.desc()).limit(1)
    ).first()
    return (0, _START) if found is None else (found.sequence, found.hash)


def first_broken(session: Session, key: bytes) -> BrokenEntry | None:
    """Walk the whole chain."""
    expected, previous = 1, _START
    query = select(Audit.__table__).order_by(Audit.sequence).execution_options(yield_per=500)
    with session.execute(query) as rows:
        for row in rows:
            if row.sequence != expected:
                return BrokenEntry(expected, "missing")
            if row.previous != previous:
                return BrokenEntry(expected, "moved")
            entry = Entry(row.at, row.actor_id, row.act, row.subject, row.subject_id, row.details)
            if not hmac.compare_digest(_hash(key, expected, previous, entry), row.hash):
                return BrokenEntry(expected, "altered")
            expected, previous = expected + 1, row.hash
    return None
