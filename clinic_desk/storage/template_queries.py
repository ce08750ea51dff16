"""What the use cases read of the clinic's program templates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_templates import ClinicTemplate

Stamp = tuple[int, int, datetime | None]


def stamp(session: Session) -> Stamp:
    """Another one when anything of the clinic's templates changed, at whichever desk."""
    row = session.execute(
        select(
            func.count(ClinicTemplate.id),
            func.coalesce(func.sum(ClinicTemplate.version), 0),
            func.max(ClinicTemplate.changed_at),
        )
    ).one()
    return int(row[0]), int(row[1]), row[2]


def clinic_templates(session: Session) -> Sequence[ClinicTemplate]:
    """All of them, oldest first."""
    return session.scalars(select(ClinicTemplate).order_by(ClinicTemplate.id)).all()


def clinic_template(session: Session, template: str) -> ClinicTemplate | None:
    """What the clinic made of one template."""
    return session.scalars(
        select(ClinicTemplate).where(ClinicTemplate.template == template)
    ).one_or_none()
