"""Documents: handouts and letters as the very bytes, previewed and kept for ever."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.programs import ProgramContent


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: BGRA rows, premultiplied."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that preflight found. Blocking ones stop the issue."""

    text: str
    blocking: bool
    field: str = ""  # which part of the form mends it


@dataclass(frozen=True, slots=True)
class Preview:
    """The PDF itself, in memory, and what is wrong with it."""

    pdf: bytes
    pages: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """An issued document: exact bytes and their fingerprint."""

    id: UUID
    kind: str  # handout | letter
    reference: str  # "H-2026-014"
    title: str
    issued_at: datetime
    issued_by: str
    sha256: str
    pdf: bytes
    filename: str  # a sensible name to save it under
    case_id: UUID


def preview_handout(desk: Desk, case_id: UUID, content: ProgramContent) -> Preview:
    """The handout of a program that is not issued yet, marked DRAFT."""
    raise NotImplementedError


def issue_handout(desk: Desk, program_id: UUID) -> DocumentView:
    """Make the handout of a prescribed program and keep its exact bytes."""
    raise NotImplementedError


def open_document(desk: Desk, document_id: UUID) -> DocumentView:
    """An issued document; its bytes are checked against the kept SHA-256 (StorageDamaged)."""
    raise NotImplementedError


def page(pdf: bytes, index: int, scale: float) -> PageImage:
    """A page as pixels; scale 1.0 is 72 dpi. Needs no open store: runs in the papers lane."""
    raise NotImplementedError
