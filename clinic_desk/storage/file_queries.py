"""What the use cases read of a patient's files, and how a content comes in and goes out."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from clinic_desk.storage.models_files import FileContent, FiledFile, FilePiece

Filed = tuple[FiledFile, FileContent]


def of_patient(session: Session, patient_id: UUID) -> Sequence[Filed]:
    """All files of a patient, archived ones too; the newest first."""
    return _rows(session, _filed().where(FiledFile.patient_id == patient_id))


def in_cases(session: Session, case_ids: Sequence[UUID]) -> Sequence[FiledFile]:
    """The files of cases that are not archived."""
    mine = FiledFile.case_id.in_(case_ids)
    return session.scalars(select(FiledFile).where(mine, FiledFile.archived_at.is_(None))).all()


def of_loops(session: Session, loop_ids: Sequence[UUID]) -> Sequence[Filed]:
    """The files that are the answer of loops, the newest first."""
    return _rows(session, _filed().where(FiledFile.loop_id.in_(loop_ids)))


def one(session: Session, file_id: UUID) -> Filed | None:
    """A file with its content's facts."""
    return next(iter(_rows(session, _filed().where(FiledFile.id == file_id))), None)


def _filed() -> Select[FiledFile, FileContent]:
    return (
        select(FiledFile, FileContent)
        .join(FileContent, FileContent.id == FiledFile.content_id)
        .order_by(FiledFile.added_at.desc(), FiledFile.id.desc())
    )


def _rows(session: Session, query: Select[FiledFile, FileContent]) -> Sequence[Filed]:
    return [(filed, content) for filed, content in session.execute(query)]


def content_by_hash(session: Session, sha256: str) -> FileContent | None:
    """A content that is kept already."""
    return session.scalars(select(FileContent).where(FileContent.sha256 == sha256)).one_or_none()


def add_piece(session: Session, content_id: UUID, place: int, piece: bytes) -> None:
    """Write one piece at once; the session keeps no copy of it."""
    session.execute(insert(FilePiece), {"content_id": content_id, "place": place, "bytes": piece})


def pieces(session: Session, content_id: UUID) -> Iterator[bytes]:
    """A content's pieces in their order, one at a time."""
    mine = FilePiece.content_id == content_id
    count = session.scalar(select(func.count()).select_from(FilePiece).where(mine)) or 0
    for place in range(count):
        held = session.scalar(select(FilePiece.bytes).where(mine, FilePiece.place == place))
        if held is None:
            return  # the fingerprint tells that one is missing
        yield held
