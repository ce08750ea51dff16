"""What an import shows: the verdict on each row, and the report that windows and commands give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from clinic_desk.exchange.records import Problem

__all__ = ["Alike", "ImportReport", "Problem", "RowPlan", "RunRow", "Verdict"]


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"  # known, and the file fills what was empty
    KNOWN = "known"  # known, and the file says nothing more
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody whom a row may be."""

    id: UUID | None  # none for a row further up in the file
    shown: str  # "CD-00012" or "line 3"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row and what would be done with it."""

    place: str
    name: str
    verdict: Verdict
    why: str = ""
    fills: tuple[str, ...] = ()  # fields that the file fills
    differs: tuple[str, ...] = ()  # fields where the record says something else, and keeps it
    alike: tuple[Alike, ...] = ()  # of a row that a person has to settle


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The numbers of a run or of a dry run; `refused` and `notes` say row and reason."""

    kind: str
    source: str
    read: int
    new: int = 0
    changed: int = 0
    known: int = 0
    refused: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()  # what was not taken although its row was
    rows: tuple[RowPlan, ...] = ()
    dry_run: bool = True
    cancelled: bool = False
    run: UUID | None = None
    how: Mapping[str, object] = field(default_factory=dict)  # delimiter, encoding, mapping

    def plain(self) -> dict[str, object]:
        """As JSON."""
        return {
            "source": self.source,
            "as": self.kind,
            "dry_run": self.dry_run,
            "cancelled": self.cancelled,
            "run": str(self.run) if self.run else None,
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "known": self.known,
            "refused": [_problem(one) for one in self.refused],
            "notes": [_problem(one) for one in self.notes],
            "how": dict(self.how),
        }


def refused_whole(kind: str, source: str, said: Mapping[str, str], dry_run: bool) -> ImportReport:
    """The report of a file that could not be taken at all, by place and reason."""
    refused = tuple(Problem(place, "", why) for place, why in said.items())
    return ImportReport(kind, source, 0, refused=refused, dry_run=dry_run)


def _problem(one: Problem) -> dict[str, str]:
    return {"row": one.place, "field": one.field, "reason": one.why}


@dataclass(frozen=True, slots=True)
class RunRow:
    """An earlier run, as the list of runs shows it."""

    id: UUID
    kind: str
    source: str
    done_at: datetime
    done_by: str
    added: int
    changed: int
    refused: int
    undone_at: datetime | None
