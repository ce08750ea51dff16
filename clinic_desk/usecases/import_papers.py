"""Documents that a file brings for its people: into the encrypted record, each content once."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from clinic_desk.exchange.records import IncomingFile
from clinic_desk.i18n import _
from clinic_desk.storage import file_queries
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.base import new_id
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import FileContent, FiledFile, ImportItem
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import file_kinds, typed
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.file_intake import LIMIT, PIECE
from clinic_desk.usecases.import_views import RowPlan, Verdict

_ENDINGS = {
    file_kinds.PDF: ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    file_kinds.TEXT: ".txt",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that is taken, with what its bytes say of it."""

    incoming: IncomingFile
    digest: str
    media: str


def planned(
    session: Reading,
    files: Sequence[IncomingFile],
    known: Mapping[str, UUID],
    fresh: Container[str],
) -> tuple[list[RowPlan], list[Paper]]:
    """What becomes of each document, by what becomes of whom it is about."""
    rows, papers = [], []
    seen: set[tuple[str, str]] = set()
    for one in files:
        digest = sha256(one.data).hexdigest()
        who = known.get(one.about)
        if one.about not in fresh and who is None:
            why = _("the person whom it is about is not taken")
            rows.append(RowPlan(one.place, one.title, Verdict.REFUSED, why))
        elif len(one.data) > LIMIT:
            why = _("it is larger than a file may be")
            rows.append(RowPlan(one.place, one.title, Verdict.REFUSED, why))
        elif kept.was_issued(session, digest):
            why = _("a paper that was issued here")
            rows.append(RowPlan(one.place, one.title, Verdict.KNOWN, why))
        elif (one.about, digest) in seen or (who and _is_filed(session, who, digest)):
            why = _("filed with this person already")
            rows.append(RowPlan(one.place, one.title, Verdict.KNOWN, why))
        else:
            seen.add((one.about, digest))
            rows.append(RowPlan(one.place, one.title, Verdict.NEW))
            media = file_kinds.sniff(one.data[: file_kinds.HEAD], one.title)
            papers.append(Paper(one, digest, media))
    return rows, papers


def _is_filed(session: Reading, who: UUID, digest: str) -> bool:
    return any(content.sha256 == digest for _row, content in file_queries.of_patient(session, who))


def write(
    desk: Desk, unit: UnitOfWork, run_id: UUID, papers: Sequence[Paper], people: Mapping[str, UUID]
) -> None:
    """Bring the documents into the record as part of a run."""
    session = unit.session
    for one in papers:
        content = file_queries.content_by_hash(session, one.digest)
        if content is None:
            content = FileContent(sha256=one.digest, size=len(one.incoming.data), media=one.media)
            session.add(content)
            session.flush()
            for place, begin in enumerate(range(0, len(one.incoming.data), PIECE)):
                piece = one.incoming.data[begin : begin + PIECE]
                file_queries.add_piece(session, content.id, place, piece)
        row = _row(desk, one, content.id, people[one.incoming.about])
        session.add(row)
        session.flush()
        unit.audit("add", "file", row.id, {"sha256": one.digest}, at=desk.now())
        session.add(
            ImportItem(
                run_id=run_id,
                subject="files",
                subject_id=row.id,
                act="added",
                version=row.version,
                before={},
            )
        )
    session.flush()


def _row(desk: Desk, one: Paper, content_id: UUID, who: UUID) -> FiledFile:
    said = one.incoming
    title = typed.line(said.title)[: typed.LINE] or _("Document")
    name = file_kinds.safe_name(said.title)
    ending = _ENDINGS.get(one.media, "")
    if not name.casefold().endswith(ending):
        name = file_kinds.safe_name(f"{name[:150]}{ending}")
    return FiledFile(
        id=new_id(),
        patient_id=who,
        content_id=content_id,
        name=name,
        kind=_kind(said.title, one.media),
        title=title,
        dated_on=_past(said.dated_on, desk.today()),
        source=typed.line(said.source)[: typed.LINE],
        note=typed.block(said.note)[: typed.BLOCK],
        added_at=desk.now(),
        added_by=desk.actor.name,
        clinician_id=desk.actor.id,
    )


def _past(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _kind(title: str, media: str) -> str:
    """The kind that the title names, else what its bytes look like."""
    plain = title.casefold()
    for kind, words in (
        ("imaging", ("mri", "x-ray", "ultrasound", "radiolog", "imaging", " ct ")),
        ("letter", ("letter", "brief", "courrier", "carta")),
        ("consent", ("consent",)),
        ("questionnaire", ("questionnaire",)),
        ("report", ("report", "note", "summary", "bericht", "rapport", "informe")),
    ):
        if any(word in plain for word in words):
            return kind
    return file_kinds.guess(media)
