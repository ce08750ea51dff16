"""What the screens see of a document."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


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
    check: str = ""  # which check found it, by name; empty where it has none
    waivable: bool = False  # whether a reason may set it aside
    waived: str = ""  # the reason that did


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
