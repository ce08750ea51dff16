"""What the clinic made of the program templates."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_desk.storage.base import Base, new_id
from clinic_desk.storage.models_practice import clinician_key


class ClinicTemplate(Base):
    """A template that the clinic made, changed or hid. Never deleted: a program may name it.

    `content` has the shape of a program file; none where a shipped one is only hidden.
    `based_on` is the fingerprint of the shipped one when it was changed.
    """

    __tablename__ = "clinic_templates"
    __table_args__ = (UniqueConstraint("template"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column()
    template: Mapped[str]
    content: Mapped[Mapping[str, object] | None]
    based_on: Mapped[str] = mapped_column(default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    clinician_id: Mapped[UUID] = mapped_column(clinician_key())

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
