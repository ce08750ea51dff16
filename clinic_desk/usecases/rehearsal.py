"""Pages read once before they are wanted: Today on an empty database in memory, before the
records are open; a patient's page when the person rests.

SQLAlchemy works out the text of a statement when an engine first meets it; for Today that takes
twice as long as the reading itself. Here it is done while the passphrase is typed.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import uuid4

from clinic_desk.usecases.desk import Actor, Desk

if TYPE_CHECKING:
    from clinic_desk.library import Library

END = "end"  # said in place of a further step


def rehearse(library: "Library") -> None:
    """Let the engine of the next unlocking meet the statements of Today; for the background."""
    from clinic_desk.storage.store import Store
    from clinic_desk.usecases import today

    Store.rehearse(lambda empty: today.today(Desk(empty, library, Actor(uuid4(), ""))))


def patient_page(desk: Desk) -> Iterator[None]:
    """Read what a patient's page reads, a part at each step, of the patient seen most recently."""
    from clinic_desk.usecases import (
        adherence,
        case_contacts,
        cases,
        files,
        find,
        loops,
        patients,
        stage_gates,
    )

    rows = find.patients(desk, "", 1).rows
    yield
    cases.regions(desk)
    yield
    if not rows:
        return
    one = rows[0].id
    file = patients.open_file(desk, one)
    case = next((row.id for row in file.cases if not row.hidden), None)
    yield
    loops.of_patient(desk, one)
    yield
    files.listed(desk, one)
    yield
    if case is not None:
        for read in (
            cases.view,
            adherence.home_program,
            case_contacts.of_case,
            stage_gates.with_tracks,
        ):
            read(desk, case)
            yield
