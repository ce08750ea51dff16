"""The address book: whom letters go to, who belongs to a case, and which entries were merged."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, Key, new_id
from clinic_desk.storage.models_practice import clinician_key


class Contact(Base):
    """Somebody whom letters go to.

    `addresses` is {"all": [{kind, lines, postcode, town, country}, …]} and `phones` is
    {"all": [{label, number, key}, …]}. `address` and `phone` are the postal address as a letter
    writes it and the first number, kept beside them so that a letter needs no more. The keys are
    folded: by them contacts are put in order, found and held to be the same.
    """

    __tablename__ = "contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(default="", server_default="")
    name: Mapped[str]
    salutation: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="gp", index=True)
    organisation: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")  # all that it is found by, folded
    fax: Mapped[str] = mapped_column(default="", server_default="")
    preferred: Mapped[str] = mapped_column(default="", server_default="")  # post, email, fax, hand
    note: Mapped[str] = mapped_column(default="", server_default="")
    addresses: Mapped[Mapping[str, object]] = mapped_column(
        default=lambda: {"all": []}, server_default=text("'{}'")
    )
    phones: Mapped[Mapping[str, object]] = mapped_column(
        default=lambda: {"all": []}, server_default=text("'{}'")
    )
    name_key: Mapped[str] = mapped_column(Key, default="", server_default="", index=True)
    archived_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CaseContact(Base):
    """A contact of a case, with the part that they have in it: GP, surgeon, coach."""

    __tablename__ = "case_contacts"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="RESTRICT"), index=True)
    contact_id: Mapped[UUID] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT"), index=True
    )
    role: Mapped[str]

    __table_args__ = (UniqueConstraint("case_id", "contact_id", "role"),)


class ContactMerge(Base):
    """One contact that was taken into another. The loser stays, archived; while `undone_at` is
    empty, whoever asks for it is told the winner. `before` is the winner as it was.
    """

    __tablename__ = "contact_merges"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    winner_id: Mapped[UUID] = mapped_column(
        ForeignKey("contacts.id", ondelete="RESTRICT"), index=True
    )
    loser_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    before: Mapped[Mapping[str, object]]
    merged_at: Mapped[datetime]
    merged_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())
    undone_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_contact_merges_loser_id_standing",
            "loser_id",
            unique=True,
            sqlite_where=text("undone_at IS NULL"),
            postgresql_where=text("undone_at IS NULL"),
        ),
    )


class ContactsApart(Base):
    """Two entries that look alike and are two: they are not offered for merging again."""

    __tablename__ = "contacts_apart"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    one_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("contacts.id", ondelete="RESTRICT"))

    __table_args__ = (UniqueConstraint("one_id", "other_id"),)
