"""Patients and their cases."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, Key, new_id, utc_now


class Patient(Base):
    """A patient. `serial` counts from 1 and is shown as `number` ("CD-00412").

    The folded columns are filled by `patient_queries` at each flush and are what the search
    looks into; `search_more` is what of it stands in other tables. `phone`, `address` and
    `birth_date` are the ones to use first; `allergies` and `consent_on` say in short what
    `models_patient_file` holds one by one.
    """

    __tablename__ = "patients"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    serial: Mapped[int] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    family_name: Mapped[str]
    given_name: Mapped[str]
    birth_date: Mapped[date | None] = mapped_column(index=True)
    sex: Mapped[str] = mapped_column(default="unknown")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    allergies: Mapped[str] = mapped_column(default="")
    alerts: Mapped[str] = mapped_column(default="")
    medicines: Mapped[str] = mapped_column(default="")
    occupation: Mapped[str] = mapped_column(default="")
    sport: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    consent_on: Mapped[date | None]
    preferred_name: Mapped[str] = mapped_column(default="")
    birth_part: Mapped[str] = mapped_column(default="")  # 1991 or 1991-06, without a birth_date
    gender: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    phone_kind: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")  # yes | no; "" not asked
    interpreter_language: Mapped[str] = mapped_column(default="")
    emergency_name: Mapped[str] = mapped_column(default="")
    emergency_relation: Mapped[str] = mapped_column(default="")
    emergency_phone: Mapped[str] = mapped_column(default="")
    funding: Mapped[str] = mapped_column(default="")
    claim_number: Mapped[str] = mapped_column(default="")
    dominant_hand: Mapped[str] = mapped_column(default="")  # left | right | both; "" not asked
    dominant_leg: Mapped[str] = mapped_column(default="")
    history: Mapped[str] = mapped_column(default="")
    no_allergies: Mapped[bool] = mapped_column(default=False)  # said so, not merely not asked
    archived_on: Mapped[date | None]
    hold_reason: Mapped[str] = mapped_column(default="")  # a legal hold while it is not empty
    merged_into: Mapped[UUID | None]  # by a standing PatientMerge
    search_more: Mapped[str] = mapped_column(Key, default="")
    registered_at: Mapped[datetime] = mapped_column(default=utc_now)
    family_key: Mapped[str] = mapped_column(Key)
    given_key: Mapped[str] = mapped_column(Key)
    search_text: Mapped[str] = mapped_column(Key)
    phone_key: Mapped[str] = mapped_column(Key, index=True, default="")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        CheckConstraint("serial > 0", name="serial"),
        Index(
            "ix_patients_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
        Index(  # the list of all, page by page
            "ix_patients_in_order",
            "family_key",
            "given_key",
            "serial",
            sqlite_where=text("merged_into IS NULL"),
            postgresql_where=text("merged_into IS NULL"),
        ),
        Index(None, "family_key", "given_key"),  # both together: near names need no row
        Index("ix_patients_by_given", "given_key", "family_key", "serial"),
    )


class Case(Base):
    """One episode of care for one complaint. Open while `closed_on` is empty. `goal` says the
    goals of `case_goals` in one text, for letters and lists.
    """

    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    patient_id: Mapped[UUID] = mapped_column(
        ForeignKey("patients.id", ondelete="RESTRICT"), index=True
    )
    title: Mapped[str]
    side: Mapped[str | None]  # left | right | both
    onset_on: Mapped[date | None]
    goal: Mapped[str] = mapped_column(default="")
    referrer_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT"), index=True
    )
    protocol: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")  # why it was closed, in words
    hold_since: Mapped[date | None]  # while treatment rests
    hold_reason: Mapped[str] = mapped_column(default="", server_default=text("''"))
    planned_visits: Mapped[int | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
