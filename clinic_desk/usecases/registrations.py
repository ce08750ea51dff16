"""Half-typed new patients: kept inside the encryption while they are typed, offered again after a
restart, dropped when the patient is registered or the person says so.

What is kept is what stands in the fields, readable or not: a date half typed comes back half
typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.library import handout_words
from clinic_desk.storage import registration_queries as drafts
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import Draft
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

Values = Mapping[str, object]  # text, truth values, lists of such mappings


@dataclass(frozen=True, slots=True)
class Begun:
    """A registration that was not finished."""

    id: UUID
    values: Values
    kept_at: datetime

    @property
    def name(self) -> tuple[str, str]:
        """Family and given name as far as they were typed."""
        return str(self.values.get("family_name", "")), str(self.values.get("given_name", ""))


def begun(desk: Desk) -> tuple[Begun, ...]:
    """What this person began and did not finish, the newest first."""
    with desk.store.reading() as session:
        return tuple(
            Begun(one.ref_id, one.payload, one.kept_at)
            for one in drafts.drafts(session, desk.actor.id)
        )


def new() -> UUID:
    """A key for a registration that begins now; nothing is written before `keep`."""
    return new_id()


def keep(desk: Desk, registration_id: UUID, values: Values) -> datetime:
    """Keep what is typed. Audited when begun, not at each write."""
    now = desk.now()
    plain = {key: _storable(value) for key, value in values.items()}
    with desk.store.unit(desk.actor.id) as unit:
        row = drafts.draft(unit.session, registration_id)
        if row is None:
            row = Draft(
                kind=drafts.KIND,
                ref_id=registration_id,
                clinician_id=desk.actor.id,
                payload=plain,
                started_at=now,
                kept_at=now,
            )
            unit.session.add(row)
            unit.audit("begin", "registration", registration_id, at=now)
            unit.commit()
            return now
        row.payload, row.kept_at = plain, now
        unit.commit(drafts_only=True)
    return now


def drop(desk: Desk, registration_id: UUID) -> Begun | None:
    """Drop a half-typed registration; gives what it held, so that it can be taken back."""
    with desk.store.unit(desk.actor.id) as unit:
        row = drafts.draft(unit.session, registration_id)
        if row is None:
            return None
        held = Begun(row.ref_id, row.payload, row.kept_at)
        unit.session.delete(row)
        unit.audit("discard", "registration", registration_id, at=desk.now())
        unit.commit()
        return held


def _storable(value: object) -> object:
    """The same without what no database can keep (NUL, half a surrogate pair)."""
    if isinstance(value, str):
        return typed.storable(value)
    if isinstance(value, Mapping):
        return {str(key): _storable(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_storable(one) for one in value]
    return value


def languages(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The languages that handouts are written in: code and name."""
    return tuple(
        (code, handout_words.language_name(code, handout_words.SOURCE))
        for code in desk.library.languages()
    )
