"""Visits and what hangs on them. A signed visit and its rows are closed for ever by triggers.

While a visit is a draft its content lives in `Draft`; signing writes these rows first and
turns the visit's status last (`visit_acts.sign`).
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


def _visit_key() -> ForeignKey:
    return ForeignKey("visits.id", ondelete="RESTRICT")


class Visit(Base):
    """One visit of a case; `number` counts from 1 in the case. status: draft | signed."""

    __tablename__ = "visits"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"))
    number: Mapped[int]
    kind: Mapped[str]  # first_evaluation | re_evaluation | follow_up
    care_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(default="draft")
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())  # who started it
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str] = mapped_column(default="")  # the name as it was at that moment
    signed_by_id: Mapped[UUID | None] = mapped_column(clinician_key())
    protocol: Mapped[str]
    protocol_version: Mapped[str]
    subjective: Mapped[str] = mapped_column(default="")
    objective: Mapped[str] = mapped_column(default="")
    assessment: Mapped[str] = mapped_column(default="")
    plan: Mapped[str] = mapped_column(default="")
    layout: Mapped[Mapping[str, object]] = mapped_column(default=dict, server_default=text("'{}'"))

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        Index(
            "uq_visits_one_draft",
            "case_id",
            unique=True,
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
        Index(  # what is not signed, by the time of care
            "ix_visits_unsigned",
            "care_at",
            "id",
            sqlite_where=text("status = 'draft'"),
            postgresql_where=text("status = 'draft'"),
        ),
        CheckConstraint(
            "(status = 'draft' AND signed_at IS NULL AND signed_by_id IS NULL) OR "
            "(status = 'signed' AND signed_at IS NOT NULL AND signed_by_id IS NOT NULL)",
            name="signature",
        ),
    )


class Evaluation(Base):
    """The answers of a visit and a snapshot of what was found in them."""

    __tablename__ = "evaluations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(_visit_key(), unique=True)
    side: Mapped[str | None]
    protocol: Mapped[str]
    protocol_version: Mapped[str]
    answers: Mapped[Mapping[str, object]]
    findings: Mapped[Mapping[str, object]]
    carried: Mapped[Mapping[str, object]] = mapped_column(default=dict, server_default=text("'{}'"))
    retest: Mapped[Mapping[str, object]] = mapped_column(default=dict, server_default=text("'{}'"))
    done: Mapped[Mapping[str, object]] = mapped_column(default=dict, server_default=text("'{}'"))
    # what of the person it was reckoned with: a correction changes no signed visit
    person: Mapped[Mapping[str, object]] = mapped_column(default=dict, server_default=text("'{}'"))


class DecisionRow(Base):
    """What was suggested and what the clinician decided."""

    __tablename__ = "decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(_visit_key(), index=True)
    subject: Mapped[str]
    suggested: Mapped[str | None]
    decided: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("visit_id", "subject"),)


class SupersededDecision(Base):
    """A decision that was changed or taken back before its visit was signed."""

    __tablename__ = "superseded_decisions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(_visit_key(), index=True)
    subject: Mapped[str]
    suggested: Mapped[str | None]
    decided: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    superseded_at: Mapped[datetime]


class FlagActionRow(Base):
    """What was done about a red flag."""

    __tablename__ = "flag_actions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(_visit_key(), index=True)
    flag: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]


class Addendum(Base):
    """What was added to a signed visit afterwards."""

    __tablename__ = "addenda"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    visit_id: Mapped[UUID] = mapped_column(_visit_key(), index=True)
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    by: Mapped[str]
    at: Mapped[datetime]
    text: Mapped[str]
