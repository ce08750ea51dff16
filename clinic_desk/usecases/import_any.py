"""Taking one file in, whatever it is: the one path of the commands and of the assistant."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from clinic_desk.errors import NotFound
from clinic_desk.exchange import archive_in
from clinic_desk.exchange.map_file import PEOPLE, MapFile
from clinic_desk.exchange.records import Problem
from clinic_desk.i18n import _
from clinic_desk.usecases import import_archive, import_day, import_files, importing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_files import CsvFile, People
from clinic_desk.usecases.import_views import ImportReport
from clinic_desk.usecases.importing import Progress, go_on


def take(
    desk: Desk,
    path: Path,
    kind: str | None = None,
    declared: MapFile | None = None,
    dry_run: bool = False,
    passphrase: str = "",
) -> ImportReport:
    """Take a file in, or say what would be done. Raises InvalidInput by place, NotFound,
    AccessDenied (a sealed archive's passphrase).
    """
    kind = kind or import_files.kind_of(path)
    if kind == "archive":
        if not path.exists():
            raise NotFound(_("There is no file {name}.").format(name=path.name))
        return import_archive.take(desk, path, passphrase, dry_run)
    if kind == "fhir":
        from clinic_desk.usecases import import_fhir  # its library takes a third of a second

        return of_people(desk, import_fhir.people_of(path), dry_run)
    return of_list(desk, import_files.open_csv(path, declared), dry_run)


def is_sealed(path: Path) -> bool:
    """Whether a file is an archive that asks for a passphrase."""
    return archive_in.is_sealed(path)


def of_list(
    desk: Desk,
    file: CsvFile,
    dry_run: bool,
    mended: dict[int, tuple[str, ...]] | None = None,
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
) -> ImportReport:
    """A list of people, or a day list, into the record. Raises InvalidInput by place."""
    if file.of == PEOPLE:
        return of_people(desk, import_files.people_of(file, mended), dry_run, settled, progress)
    lines = import_files.day_list_of(file, mended)
    act = import_day.plan if dry_run else import_day.run
    report = act(desk, lines.source, lines.records, lines.problems, settled, progress, lines.day)
    if not lines.records and not lines.problems:
        nobody = Problem(lines.source.name, "", _("there is no line in it"))
        report = replace(report, refused=(nobody,))
    return replace(report, notes=(*lines.notes, *report.notes), how=lines.how)


def of_people(
    desk: Desk,
    people: People,
    dry_run: bool,
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = go_on,
) -> ImportReport:
    """The people of a file into the record. A file with nobody in it is refused as such."""
    act = importing.plan if dry_run else importing.run
    report = act(desk, people.source, people.records, people.problems, settled, progress,
                 contacts=people.contacts, files=people.files)  # fmt: skip
    if not (people.records or people.problems or people.contacts):
        nobody = Problem(people.source.name, "", _("there is nobody in it who could be taken"))
        report = replace(report, refused=(nobody,))
    return replace(report, notes=(*people.notes, *report.notes), how=people.how)
