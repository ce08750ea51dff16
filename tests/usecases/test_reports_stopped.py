"""A report that takes long says how far it is, and ends where it is told to."""

from uuid import UUID

import pytest
from sqlalchemy import text

from clinic_desk.storage.watched import watched
from clinic_desk.usecases import reports
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Stopped
from tests.support.desk import Clock
from tests.usecases.answers import STRAIN
from tests.usecases.test_outcomes import visited
from tests.usecases.test_reports import SPRING

LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000) "
    "SELECT count(*) FROM n"
)


def stop(_done: int = 0, _of: int = 0) -> None:
    raise Stopped


def test_a_statement_that_runs_long_is_ended_in_its_middle(desk: Desk) -> None:
    with pytest.raises(Stopped), desk.store.reading() as session, watched(session, stop):
        session.execute(LONG)
    with desk.store.reading() as session:  # and the next reading runs as ever
        assert session.execute(text("SELECT 1")).scalar() == 1


@pytest.mark.parametrize("kind", ["outcomes", "notes"])
def test_a_report_ends_between_two_batches_and_says_how_far_it_is(
    desk: Desk, strain: UUID, clock: Clock, kind: str
) -> None:
    for pain in (7, 4):
        visited(desk, strain, STRAIN | {"pain_now": pain})
        clock.move(days=7)
    told: list[tuple[int, int]] = []
    whole = reports.make(desk, kind, SPRING, lambda done, of: told.append((done, of)))
    assert whole == reports.make(desk, kind, SPRING)
    assert (2, 2) in told
    with pytest.raises(Stopped):
        reports.make(desk, kind, SPRING, stop)
