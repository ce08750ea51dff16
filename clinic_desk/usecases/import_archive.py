"""Taking an archive in again: every row as it was, or the archive refused with the place.

Ids, moments, signatures and papers stay what they were. A practice without patients keeps the
numbers too; elsewhere a patient gets the next number and papers keep their printed reference
with a mark. What the practice has already is left alone.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import archive_in, archive_json
from clinic_desk.exchange.archive_in import Archive
from clinic_desk.exchange.archive_json import FileOf
from clinic_desk.exchange.records import Problem
from clinic_desk.i18n import _
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage import numbers
from clinic_desk.storage import whole_records as records
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.folding import number_text
from clinic_desk.storage.models import ImportItem
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import importing
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.import_matching import People, Person
from clinic_desk.usecases.import_views import Alike, ImportReport, RowPlan, Verdict
from clinic_desk.usecases.importing import NEW, Progress, Source, Stopped
from clinic_desk.usecases.patient_views import PatientDetails

_RECORD, _PRACTICE = "record.json", "practice.json"
_SHARED = ("clinicians", "contacts")  # taken along wherever a record points at them
_OWN = "practice"  # the letterhead of the practice that takes in is never changed
_NEEDED: Mapping[str, frozenset[str]] = {
    records.VISITS: frozenset({"number", "status", "signed_by"}),
    records.CONTENTS: frozenset({"sha256", "bytes"}),
    "documents": frozenset({"kind", "year", "number", "reference"}),
}
_MOST_SERIAL = 99_999_999


@dataclass(frozen=True, slots=True)
class _File:
    """One record.json, or practice.json: its rows with the bytes in their places."""

    place: str
    rows: records.Rows


@dataclass(slots=True)
class _Plan:
    rows: list[RowPlan] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    taken: records.Rows = field(default_factory=dict)

    def take(self, some: Mapping[str, Sequence[records.Row]]) -> None:
        for name, of_table in some.items():
            key = records.key_of(name)
            there = {row[key] for row in self.taken.setdefault(name, [])}
            self.taken[name] += [row for row in of_table if row[key] not in there]


def take(
    desk: Desk,
    path: Path,
    passphrase: str = "",
    dry_run: bool = False,
    settled: Mapping[str, str | UUID] | None = None,
    progress: Progress = importing.go_on,
) -> ImportReport:
    """Take an archive in, or say what would be done. Raises InvalidInput by member and row,
    AccessDenied (the archive's passphrase), Stopped.
    """
    archive = archive_in.open_archive(path, passphrase)
    files = _files(archive, progress)
    source = Source("archive", path.name, archive.sha256)
    with desk.store.unit(desk.actor.id) as unit:
        plan = _planned(unit.session, files, settled or {})
        report = replace(_report(source, plan), dry_run=dry_run)
        if not report.new:
            return report
        old = _numbered(unit, plan.taken)
        run = importing.begin(desk, unit, source, report)
        made = records.insert(unit.session, plan.taken)
        if dry_run:
            return report  # the store has taken every row and forgets it again
        unit.session.add_all(
            ImportItem(
                run_id=run,
                subject=name,
                subject_id=key,
                act="added",
                outside=old.get(key, ""),
                version=version,
                before={},
            )
            for name, key, version in made
        )
        if not progress(len(files), len(files)):
            raise Stopped
        unit.commit()
    return replace(report, run=run)


def _files(archive: Archive, progress: Progress) -> list[_File]:
    """Every record of the archive, with each file that its rows name."""
    shapes = records.shapes()
    names = [name for name in sorted(archive.files) if name.split("/")[-1] in (_RECORD, _PRACTICE)]
    if not any(name.split("/")[-1] == _RECORD for name in names):
        raise InvalidInput({archive.name: _("it holds no record.json: there is no record in it")})
    files = []
    for count, name in enumerate(names):
        if not progress(count, 2 * len(names)):
            raise Stopped
        rows = archive_json.decoded(archive.read(name), shapes, name)
        folder = PurePosixPath(name).parent
        for table, of_table in rows.items():
            for number, row in enumerate(of_table, 1):
                for column in _needed(table):
                    if row.get(column) is None:
                        place = f"{name}: {table}[{number}].{column}"
                        raise InvalidInput({place: _("it is missing")})
                _fill(archive, folder, row, f"{name}: {table}[{number}]")
        files.append(_File(name, rows))  # type: ignore[arg-type]
    for name in archive.files:
        archive.read(name)  # a damaged page beside an undamaged record is still a damaged archive
    return files


def _needed(table: str) -> set[str]:
    """What no row of a table can be without; the rest has its usual value where it is missing."""
    pointing = {
        column.name
        for column in records.shapes()[table].columns
        if column.points_at and not column.optional
    }
    return {records.key_of(table)} | pointing | _NEEDED.get(table, frozenset())


def _fill(archive: Archive, folder: PurePosixPath, row: dict[str, object], place: str) -> None:
    """Put the bytes of files in the place of their names."""
    for column, value in row.items():
        if not isinstance(value, FileOf):
            continue
        data = archive.read(str(folder / value.file))
        digest = hashlib.sha256(data).hexdigest()
        if digest != value.sha256 or row.get("sha256", digest) != digest:
            raise InvalidInput({f"{place}.{column}": _("the file is not the one of this row")})
        row[column] = data


def _planned(session: Reading, files: Sequence[_File], settled: Mapping[str, str | UUID]) -> _Plan:
    people = People(
        (
            Person(one.id, one.number, one.family, one.given, one.birth_date, one.phone)
            for one in kept.known_people(session)
        ),
        {},
    )
    plan = _Plan()
    fresh = records.is_empty(session)
    for file in files:
        if file.place.endswith(_PRACTICE):
            _take_practice(session, plan, file, fresh)
            continue
        patients = file.rows.get(records.PATIENTS, [])
        if len(patients) != 1:
            raise InvalidInput({file.place: _("a record is of one patient")})
        row = _verdict(session, people, file, patients[0], settled.get(file.place))
        plan.rows.append(row)
        if row.verdict is Verdict.NEW:
            plan.take(file.rows)
    if plan.taken:
        _leave_what_is_there(session, plan)
        _refuse_loose_ends(session, plan.taken)
    return plan


def _verdict(
    session: Reading,
    people: People,
    file: _File,
    who: records.Row,
    word: str | UUID | None,
) -> RowPlan:
    family, given = str(who.get("family_name") or ""), str(who.get("given_name") or "")
    name = ", ".join(part for part in (family, given) if part)
    if not family:
        return RowPlan(file.place, name, Verdict.REFUSED, _("a patient needs a family name"))
    key = who["id"]
    if isinstance(key, UUID) and records.present(session, records.PATIENTS, [key]):
        said = _("this record is here already; what is here is kept as it is")
        return RowPlan(file.place, name, Verdict.KNOWN, said)
    born = who.get("birth_date")
    details = PatientDetails(
        family, given, born if isinstance(born, date) else None, phone=str(who.get("phone") or "")
    )
    match = people.match(details, "")
    found = (match.same,) if match.same else match.perhaps
    if found and word != NEW:
        alike = tuple(Alike(one.id, one.shown) for one in found[:5])
        said = _("may be {who}: {why}")
        why = said.format(who=", ".join(one.shown for one in alike), why=match.why)
        return RowPlan(file.place, name, Verdict.REFUSED, why, alike=alike)
    people.add(details, "", file.place)
    return RowPlan(file.place, name, Verdict.NEW)


def _take_practice(session: Reading, plan: _Plan, file: _File, fresh: bool) -> None:
    """Contacts and clinicians always; the rest only where the practice has none of its own."""
    for name, rows in file.rows.items():
        if name == _OWN or not rows:
            continue
        if name in _SHARED or (fresh and not records.values(session, name, records.key_of(name))):
            plan.take({name: rows})
        else:
            said = _("{name}: the practice has its own; those of the archive were not taken")
            plan.notes.append(Problem(file.place, name, said.format(name=name.replace("_", " "))))


def _leave_what_is_there(session: Reading, plan: _Plan) -> None:
    """A clinician or a contact that is known by its id stays as it is here."""
    _share_contents(session, plan)
    for name, rows in plan.taken.items():
        key = records.key_of(name)
        ids = [value for row in rows if isinstance(value := row[key], UUID)]
        there = records.present(session, name, ids)
        if there and name not in _SHARED and name != _OWN:
            said = _("a row of it is here already, of another record")
            raise InvalidInput({name: said})
        plan.taken[name] = [row for row in rows if row[key] not in there]
    for row in plan.taken.get("clinicians", ()):
        row["active"] = False  # an author of what comes in, who does not work here
    plan.taken.pop(_OWN, None)


def _share_contents(session: Reading, plan: _Plan) -> None:
    """A content that the practice has already is kept once, whatever its id was elsewhere."""
    digests = [str(row["sha256"]) for row in plan.taken.get(records.CONTENTS, ())]
    there = records.contents(session, digests)
    instead = {
        row["id"]: there[str(row["sha256"])]
        for row in plan.taken.get(records.CONTENTS, ())
        if str(row["sha256"]) in there
    }
    if instead:
        kept_rows = [row for row in plan.taken[records.CONTENTS] if row["id"] not in instead]
        plan.taken[records.CONTENTS] = kept_rows
        for row in plan.taken.get("files", ()):
            row["content_id"] = instead.get(row["content_id"], row["content_id"])


def _refuse_loose_ends(session: Reading, taken: records.Rows) -> None:
    """What a row points at is in the archive or in the practice."""
    brought = {name: {row[records.key_of(name)] for row in rows} for name, rows in taken.items()}
    wanted: dict[str, set[UUID]] = {}
    for name, shape in records.shapes().items():
        for column in shape.columns:
            if column.points_at:
                for row in taken.get(name, ()):
                    value = row.get(column.name)
                    if isinstance(value, UUID) and value not in brought.get(column.points_at, ()):
                        wanted.setdefault(column.points_at, set()).add(value)
    for name, ids in wanted.items():
        if missing := ids - records.present(session, name, sorted(ids)):
            said = _("{count} rows that others point at are missing")
            raise InvalidInput({name: said.format(count=len(missing))})


def _numbered(unit: UnitOfWork, taken: records.Rows) -> dict[UUID, str]:
    """Give patients and papers their numbers here; returns the patients' old ones by id."""
    keep = records.is_empty(unit.session)
    old: dict[UUID, str] = {}
    seen: set[object] = set()
    fresh = []
    for row in taken.get(records.PATIENTS, ()):
        serial, number = row.get("serial"), str(row.get("number") or "")
        own = isinstance(serial, int) and 0 < serial <= _MOST_SERIAL and serial not in seen
        if keep and own and number == number_text(int(str(serial))):
            seen.add(serial)
            numbers.at_least(unit.session, "patient", int(str(serial)))
        else:
            fresh.append((row, number))
    for row, number in fresh:  # after those who keep theirs, so that none is given twice
        if isinstance(row["id"], UUID):
            old[row["id"]] = number
        row["serial"] = numbers.next_number(unit.session, "patient")
        row["number"] = number_text(int(str(row["serial"])))
    papers = taken.get("documents", [])
    if keep:
        for row in papers:
            series = f"{row['kind']!s}:{row['year']!s}"
            numbers.at_least(unit.session, series, int(str(row["number"])))
    else:
        _mark_papers(unit, papers)
    return old


def _mark_papers(unit: UnitOfWork, papers: Sequence[records.Row]) -> None:
    """Papers of elsewhere count below zero, and their reference says that they were taken over:
    neither can meet a number that this practice gives itself.
    """
    used = {int(str(one)) for one in records.values(unit.session, "documents", "number")}
    references = {str(one) for one in records.values(unit.session, "documents", "reference")}
    lowest = min(used, default=0)
    for row in papers:
        lowest = min(lowest, 0) - 1
        row["number"] = lowest
        shown = _("{reference} (taken over)").format(reference=row["reference"])
        fresh, count = shown, 1
        while fresh in references:
            count += 1
            fresh = f"{shown} {count}"
        references.add(fresh)
        row["reference"] = fresh


def _report(source: Source, plan: _Plan) -> ImportReport:
    count: Callable[[Verdict], int] = lambda verdict: sum(  # noqa: E731 (one line of counting)
        row.verdict is verdict for row in plan.rows
    )
    return ImportReport(
        source.kind,
        source.name,
        len(plan.rows),
        count(Verdict.NEW),
        0,
        count(Verdict.KNOWN),
        tuple(
            Problem(row.place, "", row.why) for row in plan.rows if row.verdict is Verdict.REFUSED
        ),
        tuple(plan.notes),
        tuple(plan.rows),
    )
