"""Any list that a window shows as a CSV file: all its rows, in its order; audited.

The file gets its name only when the audit entry stands, so that no list leaves unrecorded. What
the list was made of comes from the use cases, which leave out closed parts of files.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from clinic_desk.exchange import csv_out
from clinic_desk.storage.audit import Detail
from clinic_desk.usecases import paper_file, typed
from clinic_desk.usecases.desk import Desk


def save(
    desk: Desk,
    what: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    target: Path,
    patient_id: UUID | None = None,
) -> int:
    """Write a list and say how many rows it has. Raises DocumentFailed."""
    lines = [tuple(_value(cell) for cell in row) for row in rows]
    with paper_file.writing(target) as file:
        file.write(csv_out.table(header, lines))
        with desk.store.unit(desk.actor.id) as unit:
            name = typed.line(what).replace(" ", "_")
            told: dict[str, Detail] = {"list": name, "rows": len(lines), "form": "csv"}
            subject = "patient" if patient_id else "practice"
            unit.audit("export_list", subject, patient_id, told, desk.now())
            unit.commit()
    return len(lines)


def _value(cell: object) -> object:
    """A moment as the clock showed it here; a spreadsheet reads no zone."""
    return f"{cell.astimezone():%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else cell
