"""One unit of work: one transaction of one person, with its entry in the audit trail."""

from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from clinic_desk.errors import EditConflict, NotFound
from clinic_desk.storage import audit, dues, reversals
from clinic_desk.storage.base import Base
from clinic_desk.storage.models_desk import Audit, Draft
from clinic_desk.storage.models_practice import Counter

_Row = TypeVar("_Row", bound=Base)


class UnitOfWork:
    """What a use case writes with. Nothing is kept unless `commit` is called."""

    def __init__(self, session: Session, actor_id: UUID, key: bytes) -> None:
        self.session = session
        self.actor_id = actor_id
        self._key = key
        self._entries: list[audit.Entry] = []
        self._touched: set[type[Base] | None] = set()
        self._due = dues.Touched()
        self._committing = False
        self._watched = reversals.watched()
        self._notes = reversals.Notes(session)
        event.listen(session, "before_flush", self._note_objects)
        event.listen(session, "do_orm_execute", self._note_statement)
        event.listen(session, "before_commit", self._refuse_bare_commit)

    def audit(
        self,
        act: str,
        subject: str,
        subject_id: UUID | None = None,
        details: dict[str, "audit.Detail"] | None = None,
        at: datetime | None = None,
    ) -> None:
        """Say what this unit does: `audit("sign", "visit", visit_id)`. Ids and words only."""
        self._entries.append(
            audit.Entry(
                (at or datetime.now(UTC)).astimezone(UTC),
                self.actor_id,
                act,
                subject,
                subject_id,
                audit.plain_details(details or {}),
            )
        )

    def get(self, kind: type[_Row], key: UUID, version: int | None = None) -> _Row:
        """A row to change. Raises NotFound, or EditConflict when it is no longer at `version`."""
        row = self.session.get(kind, key)
        if row is None:
            raise NotFound("This is no longer in the record.", "Look again.")
        if version is not None and getattr(row, "version", version) != version:
            raise EditConflict(
                "Somebody else changed this first; nothing was overwritten.",
                "Look at the newer text and repeat your change.",
            )
        return row

    def commit(self, *, drafts_only: bool = False) -> None:
        """Keep everything. A write needs an audit entry, except for a draft kept while typing.

        Raises EditConflict, Locked, StorageUnavailable (all through the store's edge).
        """
        self.session.flush()
        self._due.settle(self.session)
        written = self._touched - {Audit}
        if drafts_only and written - {Draft}:
            raise RuntimeError("only drafts are kept without an audit entry")
        if written - {Counter} and not drafts_only and not self._entries:
            raise RuntimeError("a write needs an audit entry")
        if self._entries:
            audit.append(self.session, self._key, self._entries)
        changes = self._notes.changes() if self._watched is not None else []
        self._committing = True
        try:
            self.session.commit()
        finally:
            self._committing = False
        if self._watched is not None:
            said = [(one.act, one.subject, one.subject_id) for one in self._entries]
            self._watched.add(changes, said)
            self._notes = reversals.Notes(self.session)
        self._entries.clear()
        self._touched.clear()

    def _refuse_bare_commit(self, _: Session) -> None:
        if not self._committing:
            raise RuntimeError("commit the unit of work, not its session")

    def _note_objects(self, session: Session, *_: object) -> None:
        changed = (
            *session.new,
            *session.deleted,
            *(o for o in session.dirty if session.is_modified(o)),
        )
        self._touched.update(type(row) for row in changed)
        self._due.note(changed)
        if self._watched is not None:
            self._notes.objects()

    def _note_statement(self, state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete:
            mapper = state.bind_mapper
            self._touched.add(None if mapper is None else mapper.class_)
            if self._watched is not None:
                self._notes.statement(state)
