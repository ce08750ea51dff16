"""The practice, who works in it, and its running numbers."""

from uuid import UUID

from sqlalchemy import ForeignKey, text, true
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id


class Practice(Base):
    """The letterhead and what holds for everyone in the practice; there is one row."""

    __tablename__ = "practice"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    name: Mapped[str]
    subtitle: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="a4")
    emergency_number: Mapped[str] = mapped_column(default="112")
    country: Mapped[str] = mapped_column(default="")  # two letters: numbering plan and retention
    website: Mapped[str] = mapped_column(default="")
    registrations: Mapped[str] = mapped_column(default="")  # lines
    envelope: Mapped[str] = mapped_column(default="none")  # none | dl | c5 | us10

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Clinician(Base):
    """A person who acts. The id is also the person's id in the key file. Who left, or came only
    as the author of an imported record, is not `active`; nobody who acted is ever deleted.
    """

    __tablename__ = "clinicians"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    name: Mapped[str]
    profession: Mapped[str] = mapped_column(default="physiotherapist")
    registration: Mapped[str] = mapped_column(default="")
    # physiotherapist | student | assistant
    role: Mapped[str] = mapped_column(
        default="physiotherapist", server_default=text("'physiotherapist'")
    )
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    supervisor_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("clinicians.id", ondelete="RESTRICT")
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Counter(Base):
    """The last number given of a running series, such as `patient` or `letter:2026`."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


def clinician_key() -> ForeignKey:
    """The clinician who did it; people who acted are never deleted."""
    return ForeignKey("clinicians.id", ondelete="RESTRICT")
