"""The clinic's own program templates: copied, changed, hidden, brought back.

Every one passes the checks of those that ship. Nothing is deleted: a program may name it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import own, programs
from clinic_desk.storage import template_queries as rows
from clinic_desk.storage.models import ClinicTemplate
from clinic_desk.storage.unit import UnitOfWork
from clinic_desk.usecases import typed
from clinic_desk.usecases.desk import Desk

Tables = Mapping[str, object]
BLANK: Tables = {
    "name": "",
    "phase": "own",
    "stage": 1,
    "exercises": [],
    "frequency": "Once a day",
    "pain_limit": 3,
}
"""Where a new one begins."""


@dataclass(frozen=True, slots=True)
class EditedTemplate:
    """A template as it is edited. `version` is 0 where the clinic has made nothing of it yet."""

    id: str
    version: int
    tables: Tables
    based_on: str = ""
    shipped: Tables | None = None  # as it ships, to compare


def edit(desk: Desk, template: str = "") -> EditedTemplate:
    """A template to edit, or a new one. Raises NotFound."""
    if not template:
        return EditedTemplate("", 0, BLANK)
    ships = template in desk.library.shipped_plans().templates
    shipped = desk.library.shipped_template(template) if ships else None
    with desk.store.reading() as session:
        row = rows.clinic_template(session, template)
        if row is not None and row.content is not None:
            return EditedTemplate(template, row.version, row.content, row.based_on, shipped)
        version = row.version if row is not None else 0
    if shipped is None:
        raise NotFound(f"There is no program “{template}” in the library.")
    return EditedTemplate(template, version, shipped, programs.fingerprint(shipped), shipped)


def copy(desk: Desk, template: str) -> EditedTemplate:
    """A new template that begins as another one; it is kept when it is saved. Raises NotFound."""
    found = edit(desk, template)
    name = f"{found.tables['name']} (copy)"
    return EditedTemplate("", 0, {**found.tables, "name": name})


def save(desk: Desk, edited: EditedTemplate) -> str:
    """Keep a template; the id, which a new one is given here.

    Raises InvalidInput by the file's keys (`name`, `exercises[1]`, `next`), EditConflict.
    """
    tables = {**edited.tables, "id": edited.id or _new_id(desk, str(edited.tables.get("name")))}
    name = str(tables["id"])
    content = _checked(desk, name, tables)
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, name, edited.version)
        row.content, row.based_on = content, edited.based_on
        _touch(desk, row)
        _done(unit, desk, "change" if edited.version else "make", name)
    return name


def hide(desk: Desk, template: str) -> None:
    """No longer offer a template. Programs that began with it keep its name. Raises NotFound."""
    desk.library.template(template)
    _set_hidden(desk, template, True)


def bring_back(desk: Desk, template: str) -> None:
    """Offer a hidden template again."""
    _set_hidden(desk, template, False)


def take_shipped(desk: Desk, template: str) -> None:
    """Give up the clinic\'s version for what ships. Raises NotFound."""
    before = edit(desk, template)
    if before.shipped is None:
        raise NotFound("This template does not ship with the program.")
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, template, before.version)
        row.content, row.based_on = None, ""
        _touch(desk, row)
        _done(unit, desk, "take_shipped", template)


def keep_mine(desk: Desk, template: str) -> None:
    """Keep the clinic's version beside what ships now; it is no longer called outdated."""
    shipped = desk.library.shipped_template(template)
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, template, None)
        row.based_on = programs.fingerprint(shipped)
        _touch(desk, row)
        _done(unit, desk, "keep_own", template)


def _checked(desk: Desk, name: str, tables: Tables) -> dict[str, object]:
    tidy = _tidy(tables)
    wrong = programs.faults(tidy)
    if not wrong:
        try:
            made = programs.build(name, tidy, desk.library.shelf().exercises)
        except LibraryInvalid as problem:
            where, reason = str(problem).split(": ", 2)[1:]
            wrong = {where: reason[:1].upper() + reason[1:]}
        else:
            if made.next == name:
                wrong["next"] = "A template cannot lead to itself."
            elif made.next is not None and made.next not in desk.library.plans().templates:
                wrong["next"] = f"There is no program “{made.next}” in the library."
    typed.refuse(wrong)
    return programs.normal(name, tidy)


def _tidy(value: Tables) -> dict[str, object]:
    """Typed text in its normal form, empty lines of lists left out."""

    def tidy(one: object) -> object:
        if isinstance(one, str):
            return typed.line(one)
        if isinstance(one, Mapping):
            return _tidy(one)
        if isinstance(one, Sequence):
            return [kept for kept in map(tidy, one) if kept != ""]
        return one

    return {key: tidy(one) for key, one in value.items() if one is not None}


def _new_id(desk: Desk, name: str) -> str:
    """A free id that begins as all of the clinic's own do."""
    words = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "program"
    with desk.store.reading() as session:  # a broken one has its id too
        taken = {row.template for row in rows.clinic_templates(session)}
    taken |= desk.library.plans().templates.keys()
    found, number = f"{own.PREFIX}{words}", 2
    while found in taken:
        found, number = f"{own.PREFIX}{words}_{number}", number + 1
    return found


def _row(unit: UnitOfWork, desk: Desk, template: str, version: int | None) -> ClinicTemplate:
    """The clinic's row, made where there is none. Raises EditConflict."""
    row = rows.clinic_template(unit.session, template)
    if row is None:
        row = ClinicTemplate(template=template, content=None)
        _touch(desk, row)
        unit.session.add(row)
        return row
    return unit.get(ClinicTemplate, row.id, version)


def _touch(desk: Desk, row: ClinicTemplate) -> None:
    row.changed_at, row.changed_by = desk.now(), desk.actor.name
    row.clinician_id = desk.actor.id


def _set_hidden(desk: Desk, template: str, hidden: bool) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        row = _row(unit, desk, template, None)
        row.hidden = hidden
        _touch(desk, row)
        _done(unit, desk, "hide" if hidden else "bring_back", template)


def _done(unit: UnitOfWork, desk: Desk, act: str, template: str) -> None:
    unit.audit(act, "template", None, {"template": template}, at=desk.now())
    unit.commit()
    desk.library.renew()
