"""Undo: the one way in which every act on the record is taken back.

An act is done under `doing`, which notes what it wrote. Its undo puts back just that, in one
transaction with its own entry in the trail. Where a colleague changed the same since, nothing is
put back and the person is told what it is and who changed it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from clinic_desk.errors import EditConflict
from clinic_desk.i18n import _
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import patient_file_queries, reversals
from clinic_desk.storage.base import Base
from clinic_desk.storage.models import (
    ClinicExercise,
    Clinician,
    ClinicTemplate,
    Contact,
    ExercisePhoto,
    Patient,
)
from clinic_desk.storage.reversals import Change, Written
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import contact_rows, endings, patients
from clinic_desk.usecases.desk import Desk

T = TypeVar("T")

_LIBRARY = frozenset({ClinicExercise, ClinicTemplate, ExercisePhoto})
# What a column is called where its own name would not be understood.
_CALLED: Mapping[str, str] = {
    "archived_at": _("archived"),
    "archived_on": _("archived"),
    "arrived_at": _("arrived"),
    "closed_on": _("closed"),
    "ended_at": _("done or withdrawn"),
    "hold_reason": _("hold"),
    "hold_since": _("hold"),
    "jpeg": _("picture"),
    "onset_on": _("onset"),
    "due_on": _("due day"),
}
_PATIENT_LISTS = frozenset(kind for kind, _columns in patient_file_queries.LISTS.values())
# What a row is called that came or went.
_ROWS: Mapping[str, str] = {
    "case_goals": _("goals"),
    "drafts": _("unfinished work"),
    "letterhead_images": _("picture"),
    "patient_allergies": _("allergies"),
    "patient_consents": _("consents"),
    "todos": _("the next task"),
}


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes one act back; called in the records lane. Raises EditConflict, Locked."""

    desk: Desk
    written: Written

    def __call__(self) -> None:
        desk, written = self.desk, self.written
        act, subject, subject_id = written.subjects[0]
        with desk.store.unit(desk.actor.id) as unit:
            moved = reversals.changed_since(unit.session, written.changes)
            if moved:
                raise EditConflict(
                    _("{what} changed since then{who}. Nothing was taken back.").format(
                        what=_named(moved), who=_by(unit, written)
                    ),
                    _("Look at it as it is now."),
                )
            rows = reversals.put_back(unit.session, written.changes, endings.of(desk, unit.session))
            _follow(desk, unit, rows, written)
            unit.audit("take_back", subject, subject_id, {"act": act}, at=desk.now())
            unit.commit()
        if any(one.kind in _LIBRARY for one in written.changes):
            desk.library.renew()


def doing(desk: Desk, act: Callable[[], T]) -> tuple[T, Undo | None]:
    """Do something to the record; gives what it gives, and its undo where it wrote anything."""
    with reversals.watching() as seen:
        made = act()
    return made, Undo(desk, seen.written) if seen.written.changes else None


def _follow(desk: Desk, unit: UnitOfWork, rows: list[Base], written: Written) -> None:
    """What follows from the rows that were put back: what is found by, flags, names to choose."""
    session = unit.session
    touched = {(one.kind, one.key[0]): one for one in written.changes}
    known = {
        (one.before or one.after or {})["patient_id"]
        for one in written.changes
        if one.kind in _PATIENT_LISTS
    }
    for row in rows:
        if isinstance(row, Contact):
            contact_rows.find_by(row)
        elif isinstance(row, Patient):
            known.add(row.id)
            if {"birth_date", "birth_part", "sex"} & set(touched[Patient, row.id].names):
                patients.flag_anew(desk, session, row)
        elif isinstance(row, Clinician):
            desk.store.name_people({one.id: one.name for one in chart.clinicians(session)})
    for patient_id in known:
        patient_file_queries.refold(session, session.get_one(Patient, patient_id))


def _named(moved: list[tuple[Change, list[str]]]) -> str:
    words: dict[str, None] = {}
    for change, names in moved:
        table = str(change.kind.__tablename__)
        if change.before is None or change.after is None:
            words[_ROWS.get(table, table.replace("patient_", "").replace("_", " "))] = None
        else:
            words |= {_CALLED.get(name, name.replace("_", " ")): None for name in names}
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def _by(unit: UnitOfWork, written: Written) -> str:
    """Who wrote to the same last, after the act."""
    ids = {one for _act, _subject, one in written.subjects if one is not None}
    who = reversals.last_actor(unit.session, ids)
    if who is None or who[0] == unit.actor_id:
        return ""
    return _(" by {name}").format(name=who[1])
