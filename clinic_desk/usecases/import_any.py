"""Taking one file in, whatever it is: the one path of the commands and of the assistant."""

from dataclasses import replace
from pathlib import Path

from clinic_desk.exchange.map_file import MapFile
from clinic_desk.usecases import import_files, importing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_files import People
from clinic_desk.usecases.import_views import ImportReport


def take(
    desk: Desk,
    path: Path,
    kind: str | None = None,
    declared: MapFile | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Take a file in, or say what would be done. Raises InvalidInput by place, NotFound."""
    kind = kind or import_files.kind_of(path)
    people = import_files.people_of(import_files.open_csv(path, declared))
    return of_people(desk, people, dry_run)


def of_people(desk: Desk, people: People, dry_run: bool) -> ImportReport:
    """The people of a file into the record."""
    act = importing.plan if dry_run else importing.run
    report = act(desk, people.source, people.records, people.problems)
    return replace(report, notes=(*people.notes, *report.notes), how=people.how)
