"""One run of an import: which file it is, who watches and stops it, and how it is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import ImportRun
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_views import ImportReport, RunRow

NEW = "new"  # a person's word on a row that may be somebody known
STEP = 500  # rows between two words on how far it is

Progress = Callable[[int, int], bool]  # done, of how many; false stops it


class Stopped(Exception):
    """The person stopped the run; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Source:
    """Which file it was."""

    kind: str  # csv | day | fhir | archive
    name: str
    sha256: str


def go_on(_done: int, _of: int) -> bool:
    """Nobody watches, nobody stops."""
    return True


def begin(desk: Desk, unit: UnitOfWork, source: Source, report: ImportReport) -> UUID:
    """Write down the run that a unit makes, with its entry in the trail."""
    run_id = new_id()
    unit.session.add(
        ImportRun(
            id=run_id,
            kind=source.kind,
            source=typed.line(source.name)[: typed.LINE],
            sha256=source.sha256,
            done_at=desk.now(),
            done_by=desk.actor.name,
            clinician_id=desk.actor.id,
            read=report.read,
            added=report.new,
            changed=report.changed,
            refused=len(report.refused),
        )
    )
    unit.session.flush()
    unit.audit(
        "import",
        "import_run",
        run_id,
        {
            "kind": source.kind,
            "read": report.read,
            "new": report.new,
            "changed": report.changed,
            "refused": len(report.refused),
        },
        at=desk.now(),
    )
    return run_id


def runs(desk: Desk, limit: int = 50) -> tuple[RunRow, ...]:
    """The earlier runs, the newest first."""
    with desk.store.reading() as session:
        return tuple(
            RunRow(
                row.id,
                row.kind,
                row.source,
                row.done_at,
                row.done_by,
                row.added,
                row.changed,
                row.refused,
                row.undone_at,
            )
            for row in kept.runs(session, limit)
        )
