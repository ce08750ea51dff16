"""Moving what belongs to one patient to another, with a note of each row, and back again.

Whatever table points at patients is moved, but for the person's own lines (names, phones …) and
the trail of mergers itself: so a table that comes later is moved too.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from clinic_desk.storage.base import Base
from clinic_desk.storage.models_patient_file import (
    MergeMove,
    PatientAddress,
    PatientAllergy,
    PatientConsent,
    PatientContact,
    PatientIdentifier,
    PatientMerge,
    PatientName,
    PatientPhone,
)
from clinic_desk.storage.models_patients import Patient

_THEIR_OWN = {
    kind.__tablename__
    for kind in (
        PatientAddress, PatientAllergy, PatientConsent, PatientContact, PatientIdentifier,
        PatientName, PatientPhone, PatientMerge, Patient,
    )
}  # fmt: skip


def movable() -> Iterator[tuple[Table, Column[UUID]]]:
    """The tables whose rows go with a patient, and their column that says whose they are."""
    for table in Base.metadata.sorted_tables:
        if table.name in _THEIR_OWN or "id" not in table.c:
            continue
        for column in table.c:
            if any(key.column.table.name == "patients" for key in column.foreign_keys):
                yield table, column


def move(session: Session, merge: PatientMerge) -> int:
    """Hand the merged patient's rows to the kept one; says how many."""
    moved = 0
    for table, column in movable():
        rows = session.scalars(select(table.c.id).where(column == merge.merged_id)).all()
        if rows:
            session.execute(
                update(table).where(table.c.id.in_(rows)).values({column.name: merge.kept_id})
            )
        for row in rows:
            session.add(MergeMove(merge_id=merge.id, table_name=table.name, row_id=row))
            moved += 1
    return moved


def move_back(session: Session, merge: PatientMerge) -> int:
    """Hand back each row that the merger moved and that the kept patient still has."""
    moved = 0
    for table, column in movable():
        rows = select(MergeMove.row_id).where(
            MergeMove.merge_id == merge.id, MergeMove.table_name == table.name
        )
        done = session.execute(
            update(table)
            .where(table.c.id.in_(rows), column == merge.kept_id)
            .values({column.name: merge.merged_id})
        )
        moved += done.rowcount  # type: ignore[attr-defined]  # (an update has one)
    return moved


def standing(session: Session, patient_id: UUID) -> Sequence[PatientMerge]:
    """The mergers into this patient that were not undone, the newest first."""
    query = select(PatientMerge).where(
        PatientMerge.kept_id == patient_id, PatientMerge.undone_at.is_(None)
    )
    return session.scalars(query.order_by(PatientMerge.at.desc(), PatientMerge.id.desc())).all()
