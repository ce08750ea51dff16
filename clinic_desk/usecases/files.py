"""Files of a patient: added, described, found again, archived, and copied out on request.

A file is read twice: first to know what it is and its fingerprint, while nothing is locked; then
into the encrypted record, piece by piece and whole or not at all. It is never run, and no copy
is written anywhere but where a person says.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from clinic_desk.errors import InvalidInput, Locked, NotFound, StorageDamaged
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import file_queries as rows
from clinic_desk.storage import lock_queries
from clinic_desk.storage.models import Case, FileContent, FiledFile, Loop, Patient
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import file_kinds, lockbox, paper_file, typed, words
from clinic_desk.usecases.charts import side_of
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.file_intake import (
    LIMIT,
    PIECE,
    Examined,
    Going,
    Stopped,
    examine,
    go_on,
    read,
    said_size,
)

__all__ = [
    "KINDS",
    "LIMIT",
    "PIECE",
    "Added",
    "Examined",
    "FileDetails",
    "FileRow",
    "Going",
    "Stopped",
    "add",
    "archive",
    "content",
    "describe",
    "examine",
    "listed",
    "one",
    "restore",
    "said_size",
    "save_copy",
    "view",
]

KINDS = {
    "report": _("Report"),
    "imaging": _("Imaging"),
    "letter": _("Letter"),
    "photo": _("Photo"),
    "consent": _("Consent"),
    "questionnaire": _("Questionnaire"),
    "other": _("Other"),
}


@dataclass(frozen=True, slots=True)
class FileDetails:
    """What a person says about a file."""

    kind: str
    title: str
    dated_on: date | None = None
    source: str = ""
    note: str = ""
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FileRow:
    id: UUID
    version: int
    patient_id: UUID
    details: FileDetails
    name: str
    size: int
    media: str
    sha256: str
    added_at: datetime
    added_by: str
    archived_at: datetime | None
    loop_id: UUID | None
    case: str  # "Left hamstring strain" or ""

    @property
    def warning(self) -> str:
        """What to know before trusting it; empty for an ordinary file."""
        return file_kinds.warning(self.name, self.media)


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was added, or that had been filed with this patient before."""

    id: UUID
    title: str
    before: bool = False


def add(
    desk: Desk,
    patient_id: UUID,
    found: Examined,
    case_id: UUID | None = None,
    loop_id: UUID | None = None,
    going: Going | None = None,
) -> Added:
    """Take an examined file into the record, whole or not at all; the same content is kept once.

    Filed with this patient before, it comes back as it is, and answers `loop_id` where it
    answered none. Raises InvalidInput (changed or gone meanwhile), NotFound, Locked, Stopped.
    """
    now = desk.now()
    with desk.store.unit(desk.actor.id) as unit:
        session = unit.session
        unit.get(Patient, patient_id)
        if loop_id is not None:
            case_id = _waiting_loop(unit, loop_id).case_id
        if case_id is not None and unit.get(Case, case_id).patient_id != patient_id:
            raise NotFound("This case is not one of the patient's.", "Look again.")
        content = rows.content_by_hash(session, found.sha256)
        if content is not None:
            before = _filed_before(session, patient_id, content, loop_id)
            if before is not None:
                if loop_id is not None and before.loop_id is None:
                    before.loop_id, before.case_id = loop_id, case_id
                    unit.audit("answer", "loop", loop_id, {"file": before.id}, at=now)
                    unit.commit()
                return Added(before.id, before.title, before=True)
        else:
            content = _taken_in(session, found, going)
        row = FiledFile(
            patient_id=patient_id,
            case_id=case_id,
            loop_id=loop_id,
            content_id=content.id,
            name=found.name,
            kind="report" if loop_id else file_kinds.guess(found.media),
            title=file_kinds.title_of(found.name)[: typed.LINE],
            added_at=now,
            added_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        session.add(row)
        session.flush()
        unit.audit("add", "file", row.id, {"sha256": found.sha256}, at=now)
        if loop_id is not None:
            unit.audit("answer", "loop", loop_id, {"file": row.id}, at=now)
        unit.commit()
        return Added(row.id, row.title)


def listed(desk: Desk, patient_id: UUID) -> tuple[FileRow, ...]:
    """A patient's files, the newest first; archived ones too. What the patient wants closed is
    left out until it is opened.
    """
    with desk.store.reading() as session:
        if lock_queries.is_hidden(session, patient_id, lockbox.FILES):
            return ()
        hidden = lock_queries.hidden_cases(session)
        found = [
            (filed, content)
            for filed, content in rows.of_patient(session, patient_id)
            if filed.case_id not in hidden
        ]
        names = _case_names(session, patient_id)
        return tuple(view(filed, content, names) for filed, content in found)


def one(desk: Desk, file_id: UUID) -> FileRow:
    """A file without its content. Raises NotFound."""
    with desk.store.reading() as session:
        filed, content = _filed(session, file_id)
        return view(filed, content, _case_names(session, filed.patient_id))


def describe(desk: Desk, file_id: UUID, version: int, details: FileDetails) -> int:
    """Say what a file is; returns the new version. Raises InvalidInput, EditConflict."""
    title, source = typed.line(details.title), typed.line(details.source)
    note = typed.block(details.note)
    problems = typed.over_limit(
        {"title": title, "source": source, "note": note}, {"note": typed.BLOCK}
    )
    if not title:
        problems["title"] = "A file needs a title, in a few words."
    if details.kind not in KINDS:
        problems["kind"] = "There is no such kind."
    problems["dated_on"] = typed.past_day(details.dated_on, desk.today(), "The day")
    typed.refuse(problems)
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(FiledFile, file_id, version)
        case = unit.get(Case, details.case_id) if details.case_id else None
        if case is not None and case.patient_id != row.patient_id:
            raise NotFound("This case is not one of the patient's.", "Look again.")
        if row.loop_id is not None and details.case_id != row.case_id:
            raise InvalidInput({"case_id": "It answers a request of this case and stays with it."})
        row.kind, row.title, row.dated_on = details.kind, title, details.dated_on
        row.source, row.note, row.case_id = source, note, details.case_id
        unit.audit("describe", "file", row.id, at=desk.now())
        unit.commit()
        return row.version


def archive(desk: Desk, file_id: UUID) -> UUID | None:
    """Put a file out of the way; nothing is deleted. Where it was the answer of an open request,
    that waits again, and its id comes back for `restore`.
    """
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(FiledFile, file_id)
        loop = unit.session.get(Loop, row.loop_id) if row.loop_id else None
        answered = None
        if loop is not None and loop.closed_at is None:
            answered, row.loop_id = loop.id, None
            unit.audit("unanswer", "loop", loop.id, {"file": row.id}, at=desk.now())
        row.archived_at, row.archived_by = desk.now(), desk.actor.name
        unit.audit("archive", "file", row.id, at=desk.now())
        unit.commit()
        return answered


def restore(desk: Desk, file_id: UUID, answers: UUID | None = None) -> None:
    """Bring an archived file back among the others, as the answer that it was."""
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(FiledFile, file_id)
        row.archived_at, row.archived_by = None, ""
        if answers is not None:
            row.loop_id = _waiting_loop(unit, answers).id
            unit.audit("answer", "loop", answers, {"file": row.id}, at=desk.now())
        unit.audit("restore", "file", row.id, at=desk.now())
        unit.commit()


def content(desk: Desk, file_id: UUID) -> bytes:
    """The whole content, checked against its fingerprint. Raises NotFound, StorageDamaged."""
    with desk.store.reading() as session:
        filed, kept = _filed(session, file_id)
        data = b"".join(rows.pieces(session, kept.id))
        if sha256(data).hexdigest() != kept.sha256:
            raise _damaged(filed.title)
        return data


def save_copy(desk: Desk, file_id: UUID, target: Path, going: Going | None = None) -> None:
    """Write a copy where the person said, whole or not at all; audited, since it leaves the
    encryption. Raises DocumentFailed, StorageDamaged, Stopped.
    """
    with desk.store.reading() as session:
        filed, kept = _filed(session, file_id)
        with paper_file.writing(target) as file:
            digest, done = sha256(), 0
            for piece in rows.pieces(session, kept.id):
                digest.update(piece)
                file.write(piece)
                done += len(piece)
                go_on(going, done, kept.size)
            if digest.hexdigest() != kept.sha256:
                raise _damaged(filed.title)
    with desk.store.unit(desk.actor.id) as unit:
        unit.audit("export", "file", file_id, at=desk.now())
        unit.commit()


def view(filed: FiledFile, content: FileContent, cases: dict[UUID, str]) -> FileRow:
    """A file as it is shown."""
    return FileRow(
        id=filed.id,
        version=filed.version,
        patient_id=filed.patient_id,
        details=FileDetails(
            filed.kind, filed.title, filed.dated_on, filed.source, filed.note, filed.case_id
        ),
        name=filed.name,
        size=content.size,
        media=content.media,
        sha256=content.sha256,
        added_at=filed.added_at,
        added_by=filed.added_by,
        archived_at=filed.archived_at,
        loop_id=filed.loop_id,
        case=cases.get(filed.case_id, "") if filed.case_id else "",
    )


def _case_names(session: chart.Reading, patient_id: UUID) -> dict[UUID, str]:
    found = chart.cases(session, patient_id)
    return {one.id: words.sided(one.title, side_of(one)) for one in found}


def _filed(session: chart.Reading, file_id: UUID) -> rows.Filed:
    found = rows.one(session, file_id)
    if found is None:
        raise NotFound("This file is not in the record.", "Look again.")
    lockbox.refuse_part(session, found[0].patient_id, lockbox.FILES)
    if found[0].case_id is not None:
        lockbox.refuse_hidden(session, found[0].case_id)
    return found


def _waiting_loop(unit: UnitOfWork, loop_id: UUID) -> Loop:
    loop = unit.get(Loop, loop_id)
    if loop.closed_at is not None:
        raise Locked("This request is closed.", "Add the file to the patient instead.")
    return loop


def _filed_before(
    session: chart.Reading, patient_id: UUID, content: FileContent, loop_id: UUID | None
) -> FiledFile | None:
    """The patient's file with this content; one that answers something else is no answer here."""
    for filed, held in rows.of_patient(session, patient_id):
        mine = held.id == content.id and filed.archived_at is None
        if mine and (loop_id is None or filed.loop_id in (None, loop_id)):
            return filed
    return None


def _taken_in(session: chart.Reading, found: Examined, going: Going | None) -> FileContent:
    content = FileContent(sha256=found.sha256, size=found.size, media=found.media)
    session.add(content)
    session.flush()
    digest, done = sha256(), 0
    for place, piece in enumerate(read(found.path, found.name)):
        done += len(piece)
        if done > found.size:
            break
        digest.update(piece)
        rows.add_piece(session, content.id, place, piece)
        go_on(going, done, found.size)
    if done != found.size or digest.hexdigest() != found.sha256:
        said = _("{name} was changed while it was read. Nothing was added; try again.")
        raise InvalidInput({"file": said.format(name=found.name)})
    return content


def _damaged(title: str) -> StorageDamaged:
    return StorageDamaged(
        f"The kept content of “{title}” is not what was filed.",
        "Put back the data folder from a backup.",
    )
