"""What a patient's file holds in several: names, numbers, addresses, phones, allergies, consents;
and what may be done with the whole file: closed parts, mergers.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from clinic_desk.storage.base import Base, Key, new_id
from clinic_desk.storage.models_practice import clinician_key


class _OfPatient:
    """A row that belongs to one patient; `place` keeps the order in which it was typed."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    place: Mapped[int] = mapped_column(default=0)

    @declared_attr
    def patient_id(cls) -> Mapped[UUID]:  # noqa: N805  (SQLAlchemy hands over the class)
        return mapped_column(ForeignKey("patients.id", ondelete="RESTRICT"), index=True)


class PatientName(_OfPatient, Base):
    """A name that the patient had, or is also known by."""

    __tablename__ = "patient_names"

    family_name: Mapped[str]
    given_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="former")  # former | also
    key: Mapped[str] = mapped_column(Key, index=True)  # folded family name


class PatientIdentifier(_OfPatient, Base):
    """A number that somebody else gave the patient, such as an insurer."""

    __tablename__ = "patient_identifiers"

    system: Mapped[str]
    value: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(Key, index=True)  # folded value, without spaces


class PatientAddress(_OfPatient, Base):
    """An address beside the one that letters go to, or one of earlier years."""

    __tablename__ = "patient_addresses"

    address: Mapped[str]
    kind: Mapped[str] = mapped_column(default="other")
    since: Mapped[date | None]
    until: Mapped[date | None]


class PatientPhone(_OfPatient, Base):
    """A phone beside the first one. `key` is its digits."""

    __tablename__ = "patient_phones"

    number: Mapped[str]
    kind: Mapped[str] = mapped_column(default="other")
    key: Mapped[str] = mapped_column(Key, index=True)


class PatientAllergy(_OfPatient, Base):
    """One allergy or intolerance."""

    __tablename__ = "patient_allergies"

    substance: Mapped[str]
    reaction: Mapped[str] = mapped_column(default="")
    severity: Mapped[str] = mapped_column(default="")  # mild | moderate | severe; "" not known


class PatientConsent(_OfPatient, Base):
    """What the patient agreed to, when, how and to whom; withdrawn when a day stands there."""

    __tablename__ = "patient_consents"

    what: Mapped[str] = mapped_column(default="record")
    given_on: Mapped[date]
    how: Mapped[str] = mapped_column(default="")  # written | spoken | electronic
    by_whom: Mapped[str] = mapped_column(default="")  # a parent or guardian; "" the patient
    withdrawn_on: Mapped[date | None]


class PatientContact(_OfPatient, Base):
    """Somebody else who cares for the patient, such as the GP."""

    __tablename__ = "patient_contacts"

    contact_id: Mapped[UUID] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[str] = mapped_column(default="gp")


class PatientLock(Base):
    """A part of a file that the patient wants closed. Lifted when a moment stands there."""

    __tablename__ = "patient_locks"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="RESTRICT"), index=True
    )
    part: Mapped[str]  # case | history | files
    case_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("cases.id", ondelete="RESTRICT"), index=True
    )
    note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime]
    closed_by: Mapped[UUID] = mapped_column(clinician_key())
    lifted_at: Mapped[datetime | None]


class LockOpening(Base):
    """Who looked into a closed part, when, and the reason that they gave. Written once."""

    __tablename__ = "lock_openings"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    lock_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient_locks.id", ondelete="RESTRICT"), index=True
    )
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    at: Mapped[datetime]
    reason: Mapped[str]


class PatientMerge(Base):
    """Two registrations of one person put together. Undone when a moment stands there.

    `before` and `after` are the kept patient's details around the merger, so that undoing takes
    back what the merger brought and nothing that was typed later.
    """

    __tablename__ = "patient_merges"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kept_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="RESTRICT"), index=True
    )
    merged_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="RESTRICT"), index=True
    )
    at: Mapped[datetime]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    before: Mapped[Mapping[str, object]]
    after: Mapped[Mapping[str, object]]
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_patient_merges_standing",
            "merged_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )


class MergeMove(Base):
    """One row that a merger moved from the merged patient to the kept one."""

    __tablename__ = "merge_moves"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    merge_id: Mapped[UUID] = mapped_column(
        ForeignKey("patient_merges.id", ondelete="RESTRICT"), index=True
    )
    table_name: Mapped[str]
    row_id: Mapped[UUID]
