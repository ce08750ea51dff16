"""When running cases are to be evaluated again, reckoned at each write: Today reads it from here
and not from all visits that ever were. Visits that are not signed get an index of their own.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
_CASES = sa.table(
    "cases",
    sa.column("id", sa.Uuid()),
    sa.column("patient_id", sa.Uuid()),
    sa.column("planned_visits", sa.Integer()),
    sa.column("closed_on", sa.Date()),
    sa.column("hold_since", sa.Date()),
)
_PATIENTS = sa.table("patients", sa.column("id", sa.Uuid()), sa.column("archived_on", sa.Date()))
_VISITS = sa.table(
    "visits",
    sa.column("id", sa.Uuid()),
    sa.column("case_id", sa.Uuid()),
    sa.column("number", sa.Integer()),
    sa.column("kind", sa.Text()),
    sa.column("status", sa.Text()),
    sa.column("care_at", sa.DateTime(timezone=True)),
)
_EVALUATIONS = sa.table("evaluations", sa.column("visit_id", sa.Uuid()), sa.column("retest", _JSON))
_PROGRAMS = sa.table(
    "programs",
    sa.column("id", sa.Uuid()),
    sa.column("case_id", sa.Uuid()),
    sa.column("content", _JSON),
    sa.column("prescribed_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Make the table and fill it for the cases that run now."""
    dues = op.create_table(
        "case_dues",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("retest_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["cases.id"],
            name=op.f("fk_case_dues_case_id_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_dues")),
    )
    for column in ("due_on", "retest_from"):
        op.create_index(op.f(f"ix_case_dues_{column}"), "case_dues", [column])
    unsigned = sa.text("status = 'draft'")
    op.create_index(
        "ix_visits_unsigned",
        "visits",
        ["care_at", "id"],
        sqlite_where=unsigned,
        postgresql_where=unsigned,
    )
    rows = list(_rows(op.get_bind()))
    if rows:
        op.bulk_insert(dues, rows)


def _rows(bind: sa.Connection) -> Iterator[dict[str, object]]:
    running = (
        sa.select(_CASES.c.id)
        .join(_PATIENTS, _PATIENTS.c.id == _CASES.c.patient_id)
        .where(_CASES.c.closed_on.is_(None), _PATIENTS.c.archived_on.is_(None))
    )
    visits: dict[UUID, list[tuple[UUID, int, str, str, datetime]]] = {}
    seen = sa.select(
        _VISITS.c.case_id,
        _VISITS.c.id,
        _VISITS.c.number,
        _VISITS.c.kind,
        _VISITS.c.status,
        _VISITS.c.care_at,
    ).where(_VISITS.c.case_id.in_(running))
    for case_id, *visit, care_at in bind.execute(seen):
        visits.setdefault(case_id, []).append((*visit, _utc(care_at)))
    programs: dict[UUID, tuple[datetime, UUID, date | None]] = {}
    made = sa.select(_PROGRAMS).where(_PROGRAMS.c.case_id.in_(running))
    for key, case_id, content, prescribed_at in bind.execute(made):
        on = content.get("review_on")
        newest = (_utc(prescribed_at), key, date.fromisoformat(on) if on else None)
        programs[case_id] = max(newest, programs.get(case_id, newest), key=lambda one: one[:2])
    plans = sa.select(_CASES.c.id, _CASES.c.planned_visits, _CASES.c.hold_since)
    for case_id, planned, hold in bind.execute(plans.where(_CASES.c.id.in_(running))):
        mine = sorted(visits.get(case_id, ()), key=lambda one: (one[4], one[1]))
        days = [_review(programs[case_id], mine)] if case_id in programs else []
        if planned is not None and hold is None and _is_due(planned, mine):
            days.append(_day(mine[-1][4]))
        due_on = min((one for one in days if one is not None), default=None)
        retest_from = _planned_to_retest(bind, mine)
        if due_on is not None or retest_from is not None:
            yield {"case_id": case_id, "due_on": due_on, "retest_from": retest_from}


def _review(
    program: tuple[datetime, UUID, date | None],
    visits: list[tuple[UUID, int, str, str, datetime]],
) -> date | None:
    """The day of review, unless an evaluation was begun since."""
    prescribed_at, _key, on = program
    kinds = ("first_evaluation", "re_evaluation")
    return None if any(one[2] in kinds and one[4] > prescribed_at for one in visits) else on


def _is_due(planned: int, visits: list[tuple[UUID, int, str, str, datetime]]) -> bool:
    signed = sum(one[3] == "signed" for one in visits)
    places = (place for place, one in enumerate(visits, 1) if one[2] == "re_evaluation")
    evaluated = max(places, default=0)
    return any(
        visit > 1 and signed >= visit - 1 and evaluated < visit
        for visit in ((planned + 1) // 2, planned)
    )


def _planned_to_retest(
    bind: sa.Connection, visits: list[tuple[UUID, int, str, str, datetime]]
) -> date | None:
    if not visits:
        return None
    key, _number, _kind, status, care_at = max(visits, key=lambda one: one[1])
    query = sa.select(_EVALUATIONS.c.retest).where(_EVALUATIONS.c.visit_id == key)
    return _day(care_at) if status == "signed" and bind.execute(query).scalar() else None


def _day(at: datetime) -> date:
    return at.astimezone().date()


def _utc(at: datetime) -> datetime:
    """A moment as it was written; SQLite keeps it without its zone."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
