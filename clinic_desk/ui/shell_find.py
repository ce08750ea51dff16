"""What Ctrl+K finds: patients, contacts, words in notes and letters, sections and commands.

The first window is painted before most of this is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from clinic_desk.i18n import _

if TYPE_CHECKING:
    from clinic_desk.ui.widgets.find_hits import Hit, HitGroup
    from clinic_desk.ui.widgets.rail import Entry
    from clinic_desk.usecases import find
    from clinic_desk.usecases.desk import Desk
    from clinic_desk.usecases.patients import PatientRow


class Command(NamedTuple):
    """Something the New menu, the Alt menu and Ctrl+K offer."""

    key: str
    label: str
    icon: str = "plus"
    shortcut: str = ""


class Section(NamedTuple):
    """A place in the rail."""

    key: str


def commands(
    words: str, entries: Sequence[Entry], offered: Sequence[Command]
) -> tuple[HitGroup, ...]:
    """Sections and commands whose words begin as typed."""
    from clinic_desk.ui.widgets.find_hits import Hit, HitGroup  # not before the first paint

    wanted = words.casefold().split()

    def fits(label: str) -> bool:
        have = label.casefold().split()
        return all(any(word.startswith(part) for word in have) for part in wanted)

    hits = [
        Hit(label, _("go to this section"), Section(key), icon)
        for key, label, icon in entries
        if fits(label)
    ]
    hits += [Hit(one.label, one.shortcut, one, one.icon) for one in offered if fits(one.label)]
    return (HitGroup(_("Commands"), tuple(hits)),)


def records(desk: Desk, words: str) -> tuple[HitGroup, ...]:
    """What is found among the records, best first. Runs in the records lane."""
    from clinic_desk.ui.widgets.find_hits import HitGroup
    from clinic_desk.usecases import find

    found = find.everything(desk, words)
    groups = (
        HitGroup(_("Patients"), tuple(_patient(row) for row in found.patients.rows)),
        HitGroup(_("Similar names"), tuple(_patient(row) for row in found.patients.near)),
        HitGroup(_("Contacts"), tuple(_contact(one) for one in found.contacts)),
        HitGroup(_("Notes and letters"), tuple(_note(one) for one in found.notes), True),
    )
    return tuple(group for group in groups if group.hits)


def _patient(row: PatientRow) -> Hit:
    from clinic_desk.ui.parts.patient_line import list_name
    from clinic_desk.ui.refs import Place, Ref
    from clinic_desk.ui.widgets.find_hits import Hit
    from clinic_desk.ui.widgets.part_dates import written_birth

    known = (written_birth(row.birth_date, row.birth_part), row.number, row.open_case)
    return Hit(list_name(row), ", ".join(filter(None, known)), Ref(Place.PATIENT, row.id))


def _contact(one: find.FoundContact) -> Hit:
    from clinic_desk.ui.parts import contact_words
    from clinic_desk.ui.refs import Place, Ref
    from clinic_desk.ui.widgets.find_hits import Hit

    entry = one.entry
    town = next((place.town for place in entry.addresses if place.town), "")
    said = filter(None, (contact_words.role(entry.role), entry.organisation, town))
    ref = Ref(Place.CONTACTS, one.id)
    return Hit(entry.written_name, ", ".join(said), ref, "book-user")


def _note(one: find.FoundNote) -> Hit:
    from clinic_desk.ui.parts.patient_line import family_first
    from clinic_desk.ui.parts.visit_words import KINDS
    from clinic_desk.ui.refs import Place, Ref
    from clinic_desk.ui.widgets.dates import written_day
    from clinic_desk.ui.widgets.find_hits import Hit

    letter = one.kind == "letter"
    what = one.title if letter else _("Visit {number}").format(number=one.number)
    if one.kind == "addendum":
        what = _("Addendum to visit {number}").format(number=one.number)
    elif not letter:
        what = f"{what}, {KINDS.get(one.title, one.title)}"
    title = _("{patient}: {what}, {day}").format(
        patient=family_first(one.family_name, one.given_name),
        what=what,
        day=written_day(one.at.astimezone().date()),
    )
    ref = Ref(Place.DOCUMENT if letter else Place.VISIT, one.opens_id)
    return Hit(title, one.snippet, ref, "mail" if letter else "clipboard-list", one.marks)
