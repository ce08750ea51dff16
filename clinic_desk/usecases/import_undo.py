"""Taking an import back: what it made is removed and what it filled is emptied again, whole.

Only while nobody has built on it: a changed row, a case of a patient or a signed visit holds it.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.i18n import _, ngettext
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.models import (
    Appointment,
    Contact,
    FiledFile,
    ImportItem,
    ImportRun,
    Patient,
)
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import patient_plain, patient_rows
from clinic_desk.usecases.desk import Desk

# Rows that the database itself keeps for ever.
_CLOSED = frozenset(
    {
        "visits",
        "documents",
        "programs",
        "returned_sheets",
        "addenda",
        "contact_entries",
        "contact_addenda",
        "files",
        "loops",
        "lock_openings",
        "appointments",
        "todos",
        "todo_moves",
    }
)


def undo(desk: Desk, run_id: UUID) -> int:
    """Take a run back; returns how many rows were removed or changed back.

    Raises Locked with what was built on it since; nothing is touched then.
    """
    with desk.store.unit(desk.actor.id) as unit:
        run = unit.get(ImportRun, run_id)
        if run.undone_at is not None:
            raise Locked(_("This import was taken back already."))
        items = kept.items(unit.session, run_id)
        if run.kind == "archive" and {item.subject for item in items} & _CLOSED:
            raise Locked(
                _("This archive brought signed or issued records; these are never removed."),
                _("Nothing was taken back."),
            )
        _refuse_built_on(unit, items)
        if run.kind == "day":
            _cancel(desk, unit, items)
            items_left: Sequence[ImportItem] = ()
        else:
            items_left = _put_away(desk, unit, items) if run.kind == "fhir" else items
        for item in items_left:
            if item.act == "changed":
                _change_back(unit, item)
        unit.session.flush()
        for name in kept.children_first({item.subject for item in items_left}):
            added = [i.subject_id for i in items_left if i.act == "added" and i.subject == name]
            kept.remove(unit.session, kept.table_named(name), added)
        run.undone_at = desk.now()
        run.undone_by = desk.actor.name
        unit.audit("undo_import", "import_run", run_id, {"rows": len(items)}, at=desk.now())
        unit.commit()
        return len(items)


def _refuse_built_on(unit: UnitOfWork, items: Sequence[ImportItem]) -> None:
    ours = {item.subject_id for item in items}
    worked_on, built_on = 0, set[UUID]()
    for name in dict.fromkeys(item.subject for item in items):
        table = kept.table_named(name)
        of_it = [item for item in items if item.subject == name]
        now = kept.versions(unit.session, table, [item.subject_id for item in of_it])
        worked_on += sum(now.get(item.subject_id) != item.version for item in of_it)
        added = [item.subject_id for item in of_it if item.act == "added"]
        for rows in kept.hanging_on(unit.session, table, added).values():
            built_on |= rows - ours
    if not worked_on and not built_on:
        return
    said = []
    if worked_on:
        text = ngettext(
            "{count} row of it was changed since.",
            "{count} rows of it were changed since.",
            worked_on,
        )
        said.append(text.format(count=worked_on))
    if built_on:
        text = ngettext(
            "{count} entry was made on it since.",
            "{count} entries were made on it since.",
            len(built_on),
        )
        said.append(text.format(count=len(built_on)))
    raise Locked(" ".join(said), _("Nothing was taken back. Correct single patients instead."))


def _cancel(desk: Desk, unit: UnitOfWork, items: Sequence[ImportItem]) -> None:
    """A day list is taken back by cancelling: no appointment is ever removed."""
    for item in items:
        row = unit.get(Appointment, item.subject_id)
        if item.act == "changed":
            row.arrived_at = None
        else:
            row.cancelled_at, row.cancelled_by = desk.now(), desk.actor.name


def _put_away(desk: Desk, unit: UnitOfWork, items: Sequence[ImportItem]) -> Sequence[ImportItem]:
    """Archive the documents of a run and the new people who have one, for neither is ever
    removed; gives the items that can be.
    """
    kept_back: set[UUID] = set()
    for item in items:
        if item.subject == "files":
            row = unit.get(FiledFile, item.subject_id)
            row.archived_at, row.archived_by = desk.now(), desk.actor.name
            kept_back |= {item.subject_id, row.patient_id}
    patients = kept.table_named("patients")
    added = {item.subject_id for item in items if item.act == "added"}
    people = [key for key in kept_back if kept.versions(unit.session, patients, [key])]
    for key in people:
        if key in added:
            unit.get(Patient, key).archived_on = desk.today()
    for rows in kept.hanging_on(unit.session, patients, people).values():
        kept_back |= rows
    contacts = [item.subject_id for item in items if item.subject == "contacts"]
    for key in contacts if people else ():
        unit.get(Contact, key).archived_at = desk.now()
        kept_back.add(key)
    unit.session.flush()
    return [item for item in items if item.act == "changed" or item.subject_id not in kept_back]


def _change_back(unit: UnitOfWork, item: ImportItem) -> None:
    """Empty again what the run filled; what is said in short is said in a list too."""
    row = unit.get(Patient, item.subject_id)
    before = patient_rows.details(unit.session, row)
    plain = patient_plain.to_plain(before) | dict(item.before)
    details = patient_plain.from_plain(plain)
    said: dict[str, object] = {}
    if "allergies" in item.before:
        said["allergy_list"] = ()
    if "consent_on" in item.before:
        said["consents"] = ()
    details = replace(details, **said)  # type: ignore[arg-type]
    patient_rows.put(row, details)
    patient_rows.write_lists(unit.session, row, details)
