"""What a report on paper says: headed parts of pictures and tables, ready to be set."""

from dataclasses import dataclass

from clinic_desk.documents.content import Paper
from clinic_desk.drawing.shapes import Picture


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A drawing with what stands above and below it."""

    name: str
    picture: Picture
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table; `widths` are the columns' shares of the page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ReportPart:
    """One headed part; its figures stand beside each other above its table."""

    heading: str
    note: str = ""
    figures: tuple[ReportFigure, ...] = ()
    table: ReportTable | None = None
    across: int = 2  # figures in a row


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A whole report. `foot` stands on every page: who or what it is about."""

    paper: Paper
    title: str
    lines: tuple[str, ...]  # under the title
    foot: str
    made: str  # "Printed 03 Feb 2026"
    parts: tuple[ReportPart, ...]
    author: str = "Clinic Desk"
    language: str = "en"
