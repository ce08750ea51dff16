"""What the import assistant asks step by step: a file, what its columns mean, what is wrong.

One frozen `Intake` holds how far it is; every step gives a new one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from clinic_desk.clinical.measures import Sex
from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import csv_mapping, csv_rows, csv_values
from clinic_desk.exchange.csv_fields import BY_ID
from clinic_desk.exchange.csv_mapping import CsvMapping
from clinic_desk.exchange.dates import DateStyle, Order
from clinic_desk.exchange.map_file import DAY, PEOPLE, MapFile
from clinic_desk.exchange.records import DayRecord, PatientRecord
from clinic_desk.i18n import _
from clinic_desk.usecases import import_any, import_archive, import_files
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_files import CsvFile, People
from clinic_desk.usecases.import_views import Alike, ImportReport
from clinic_desk.usecases.importing import NEW, Progress, go_on

__all__ = [
    "DAY",
    "NEW",
    "PEOPLE",
    "Intake",
    "ProblemRow",
    "declare",
    "fields",
    "look",
    "open_file",
    "take",
]

_PREVIEW = 50  # rows


@dataclass(frozen=True, slots=True)
class Intake:
    """A file on its way in. `csv` is there for lists, `people` for FHIR, neither for archives."""

    kind: str
    path: Path
    passphrase: str = ""
    csv: CsvFile | None = None
    people: People | None = None


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row that is refused: where, why, its cells (of a list), and who it may be."""

    place: str
    why: str
    line: int | None = None
    cells: tuple[str, ...] = ()
    alike: tuple[Alike, ...] = ()
    may_be_new: bool = True  # a day list registers nobody


def fields(intake: Intake) -> tuple[tuple[str, str], ...]:
    """What a column can be: id and name."""
    return tuple((one.id, _(one.label)) for one in intake.csv.fields) if intake.csv else ()


def is_day_list(intake: Intake) -> bool:
    """Whether the list is of appointments rather than of people."""
    return intake.csv is not None and intake.csv.of == DAY


def open_file(path: Path, passphrase: str = "", declared: MapFile | None = None) -> Intake:
    """Look at a file. Raises InvalidInput by place, NotFound, AccessDenied."""
    kind = import_files.kind_of(path)
    if kind == "csv":
        return Intake(kind, path, csv=import_files.open_csv(path, declared))
    if kind == "fhir":
        from clinic_desk.usecases import import_fhir  # its library takes a third of a second

        return Intake(kind, path, people=import_fhir.people_of(path))
    return Intake(kind, path, passphrase)


def open_files(paths: Sequence[Path]) -> Intake:
    """Look at several files of FHIR lines that belong together. Raises InvalidInput by name,
    StorageUnavailable.
    """
    from clinic_desk.usecases import import_fhir  # as above

    wrong = [path.name for path in paths if import_files.kind_of(path) != "fhir"]
    if wrong:
        said = _("only FHIR as .ndjson is taken several files at a time; choose one file")
        raise InvalidInput(dict.fromkeys(wrong[:5], said))
    return Intake("fhir", paths[0].parent, people=import_fhir.people_of_files(paths))


def open_with_map(intake: Intake, path: Path) -> Intake:
    """The same list read as a map file says. Raises InvalidInput by key or column."""
    return open_file(intake.path, declared=import_files.read_map(path))


def save_map(intake: Intake, path: Path) -> None:
    """Keep what the columns mean as a file."""
    if intake.csv is not None:
        import_files.save_map(path if path.suffix else path.with_suffix(".toml"), intake.csv)


def reread(
    intake: Intake,
    delimiter: str = "",
    encoding: str = "",
    header: bool | None = None,
    of: str = "",
) -> Intake:
    """The same list with another delimiter or encoding, or of something else, guessed anew.
    Raises InvalidInput.
    """
    wanted = MapFile(CsvMapping({}), delimiter, encoding, header, of)
    return open_file(intake.path, declared=wanted)


def of_day(intake: Intake, day: date | None) -> Intake:
    """The same day list, of this day where its rows name none."""
    if intake.csv is None:
        return intake
    return replace(intake, csv=replace(intake.csv, mapping=replace(intake.csv.mapping, day=day)))


def declare(intake: Intake, columns: Mapping[str, str], answers: Mapping[str, str]) -> Intake:
    """What a person said: a field for each column, and an answer for each question's `field`.

    Raises InvalidInput by field where one has two columns.
    """
    if intake.csv is None:
        return intake
    chosen = {column: known for column, known in columns.items() if known}
    twice = {one for one in chosen.values() if list(chosen.values()).count(one) > 1}
    if twice:
        said = _("two columns are this field; choose one of them")
        raise InvalidInput({BY_ID[one].label: said for one in sorted(twice)})
    styles: dict[str, DateStyle] = {}
    sexes: dict[str, Sex] = {}
    family_first = None
    for question, answer in answers.items():
        name, _colon, what = question.partition(":")
        if name == "sex":
            sexes[csv_values.fold(what)] = Sex(answer)
        elif question == "full_name":
            family_first = answer == "family"
        else:
            style = styles.get(name, DateStyle())
            styles[name] = (
                replace(style, order=Order(answer))
                if what == "order"
                else replace(style, years_from=int(answer))
            )
    table = intake.csv.table
    mapping = csv_mapping.settled(
        table, CsvMapping(chosen, styles, sexes, family_first, intake.csv.mapping.day)
    )
    return replace(
        intake,
        csv=replace(intake.csv, mapping=mapping, questions=csv_mapping.questions(table, mapping)),
    )


def preview(intake: Intake) -> Sequence[PatientRecord | DayRecord]:
    """The first people or lines of a list as they would be taken."""
    if intake.csv is None:
        return ()
    head = replace(intake.csv.table, rows=intake.csv.table.rows[:_PREVIEW])
    if is_day_list(intake):
        return csv_rows.day_list(head, intake.csv.mapping)[0]
    return csv_rows.people(head, intake.csv.mapping)[0]


def look(
    desk: Desk,
    intake: Intake,
    mended: Mapping[int, Sequence[str]],
    settled: Mapping[str, str | UUID],
    progress: Progress = go_on,
) -> ImportReport:
    """What would be done now: the dry run. Raises InvalidInput, Stopped."""
    return _go(desk, intake, mended, settled, progress, dry_run=True)


def take(
    desk: Desk,
    intake: Intake,
    mended: Mapping[int, Sequence[str]],
    settled: Mapping[str, str | UUID],
    progress: Progress = go_on,
) -> ImportReport:
    """Take it in: all that is not refused, or nothing. Raises InvalidInput, Stopped."""
    return _go(desk, intake, mended, settled, progress, dry_run=False)


def _go(
    desk: Desk,
    intake: Intake,
    mended: Mapping[int, Sequence[str]],
    settled: Mapping[str, str | UUID],
    progress: Progress,
    dry_run: bool,
) -> ImportReport:
    if intake.csv is not None:
        cells = {line: tuple(row) for line, row in mended.items()}
        return import_any.of_list(desk, intake.csv, dry_run, cells, settled, progress)
    if intake.people is not None:
        return import_any.of_people(desk, intake.people, dry_run, settled, progress)
    return import_archive.take(desk, intake.path, intake.passphrase, dry_run, settled, progress)


def problem_rows(
    intake: Intake, report: ImportReport, mended: Mapping[int, Sequence[str]]
) -> tuple[ProblemRow, ...]:
    """The refused rows, each once, with what can be mended or decided about it."""
    alike = {row.place: row.alike for row in report.rows}
    reasons: dict[str, list[str]] = {}
    for one in report.refused:
        said = f"{BY_ID[one.field].label}: {one.why}" if one.field in BY_ID else one.why
        reasons.setdefault(one.place, []).append(said)
    lines = {row.place: row for row in intake.csv.table.rows} if intake.csv else {}
    found = []
    for place, why in reasons.items():
        row = lines.get(place)
        cells = tuple(mended.get(row.line, row.cells)) if row is not None else ()
        line = row.line if row is not None else None
        found.append(
            ProblemRow(
                place, "; ".join(why), line, cells, alike.get(place, ()), not is_day_list(intake)
            )
        )
    return tuple(sorted(found, key=lambda one: one.line or 0))


def is_sealed(path: Path) -> bool:
    """Whether the file asks for a passphrase."""
    return import_any.is_sealed(path)
