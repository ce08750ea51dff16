"""What a clinician has half typed of an exercise: kept encrypted, so that a restart loses nothing.

Each clinician has one at most, as there is one page that makes exercises.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desk.documents.photo import Photo
from clinic_desk.errors import LibraryInvalid
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import visit_acts
from clinic_desk.usecases import clinic_exercises, plain
from clinic_desk.usecases.clinic_exercises import DRAFT, Edited
from clinic_desk.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """An exercise as it stands on the page: its figure and its photos both, whichever shows it."""

    edited: Edited
    by_photos: bool
    kept_at: datetime | None = None
    lost: str = ""  # why its figure could not be read again


def keep(desk: Desk, typed: HalfTyped) -> datetime:
    """Keep what stands on the page; audited only when it is started."""
    now, mine = desk.now(), desk.actor.id
    edited = typed.edited
    photos = [
        {"jpeg": b64encode(one.jpeg).decode("ascii"), "width": one.width, "height": one.height}
        for one in edited.photos
    ]
    payload = {
        "exercise": edited.id,
        "version": edited.version,
        "based_on": edited.based_on,
        "tables": dict(edited.tables),
        "photos": photos,
        "by_photos": typed.by_photos,
    }
    with desk.store.unit(mine) as unit:
        started = chart.draft(unit.session, DRAFT, mine) is None
        visit_acts.keep_draft(unit.session, DRAFT, mine, mine, payload, now)
        if started:
            unit.audit("start", "exercise", None, {"exercise": edited.id}, at=now)
        unit.commit(drafts_only=not started)
    return now


def kept(desk: Desk) -> HalfTyped | None:
    """What is half typed of who sits at the desk; None where nothing is.

    The figure of an older version that cannot be read is left out, and it is said why.
    """
    with desk.store.reading() as session:
        row = chart.draft(session, DRAFT, desk.actor.id)
        if row is None:
            return None
        data, at = row.payload, row.kept_at
    name = plain.text(data, "exercise")
    edited = Edited(
        id=name,
        version=plain.whole(data, "version"),
        tables=plain.inner(data, "tables"),
        photos=tuple(_photo(one) for one in plain.tables(data, "photos")),
        based_on=plain.text(data, "based_on"),
    )
    lost = ""
    try:
        clinic_exercises.pose(edited)
    except LibraryInvalid as problem:
        edited, lost = (
            replace(edited, tables=clinic_exercises.posed(edited.tables, None)),
            str(problem),
        )
    if name in desk.library.shipped().exercises:
        edited = replace(edited, shipped=desk.library.shipped_tables(name))
    return HalfTyped(edited, plain.flag(data, "by_photos"), at, lost)


def discard(desk: Desk) -> None:
    """Drop what is half typed; audited."""
    with desk.store.unit(desk.actor.id) as unit:
        chart.discard_draft(unit.session, DRAFT, desk.actor.id)
        unit.audit("discard", "exercise", None, at=desk.now())
        unit.commit()


def _photo(data: plain.Plain) -> Photo:
    return Photo(
        b64decode(plain.text(data, "jpeg")), plain.whole(data, "width"), plain.whole(data, "height")
    )
