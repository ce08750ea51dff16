"""Entries that may be the same, merged field by field and parted again.

The loser stays as it is, archived; whoever names it is led to the winner while the merge stands.
Issued letters keep the words that they were issued with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from clinic_desk.errors import Locked
from clinic_desk.exchange.contact_entry import POSTAL, VISITING, Entry
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage.models import Contact, ContactMerge, ContactsApart
from clinic_desk.usecases import address_book, contact_rows, plain
from clinic_desk.usecases.address_book import EntryRow
from clinic_desk.usecases.contact_likeness import Likeness
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Progress, unwatched

ONE, OTHER, BOTH = "one", "other", "both"
FIELDS = (
    "title",
    "name",
    "salutation",
    "role",
    "organisation",
    POSTAL,
    VISITING,
    "phones",
    "fax",
    "email",
    "preferred",
    "note",
)
_JOINED = ("phones", "note")  # of which both can be kept
MOST_PAIRS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one; `one` is the older."""

    one: EntryRow
    other: EntryRow
    why: str  # name, phone, email, near_name


def pairs(desk: Desk, progress: Progress = unwatched) -> tuple[Pair, ...]:
    """Entries that may be the same, without those that somebody held to be two."""
    with desk.store.reading() as session:
        rows = sorted(map(address_book.view, book.every(session)), key=lambda row: row.id)
        apart = book.apart(session)
    known = {row.id: row for row in rows}
    index, found = Likeness(), []
    for number, row in enumerate(rows, start=1):
        progress(number, len(rows))
        alike = index.best(row.entry)
        if alike is not None and frozenset((alike.id, row.id)) not in apart:
            found.append(Pair(known[alike.id], row, alike.why))
            if len(found) >= MOST_PAIRS:
                break
        index.add(row.id, row.entry)
    return tuple(found)


def differing(pair: Pair) -> tuple[str, ...]:
    """The fields in which the two differ."""
    return tuple(
        field
        for field in FIELDS
        if _value(pair.one.entry, field) != _value(pair.other.entry, field)
    )


def proposed(pair: Pair) -> dict[str, str]:
    """Which of the two each differing field would be taken from: what is filled, the older first;
    of numbers and notes both.
    """
    choices = {}
    for field in differing(pair):
        mine, yours = _value(pair.one.entry, field), _value(pair.other.entry, field)
        choices[field] = ONE if mine else OTHER
        if mine and yours and field in _JOINED:
            choices[field] = BOTH
    return choices


def may_keep_both(field: str) -> bool:
    """Whether both values of a field can be kept."""
    return field in _JOINED


def said(entry: Entry, field: str) -> str:
    """A field as it is shown beside the other's."""
    value = _value(entry, field)
    if field in (POSTAL, VISITING):
        return "\n".join(one.written for one in value)
    if field == "phones":
        return "\n".join(" ".join(filter(None, (p.number, p.label))) for p in entry.phones)
    return str(value)


def _value(entry: Entry, field: str) -> Any:
    if field in (POSTAL, VISITING):
        return tuple(one for one in entry.addresses if one.kind == field)
    if field == "phones":
        return tuple(replace(one, key="") for one in entry.phones)
    return getattr(entry, field)


def combined(pair: Pair, choices: Mapping[str, str]) -> Entry:
    """The entry that the choices make; a field without one is the older's."""
    one, other = pair.one.entry, pair.other.entry
    taken = {field: other if choices.get(field) == OTHER else one for field in FIELDS}
    texts = [field for field in FIELDS if field not in (POSTAL, VISITING, "phones")]
    made = replace(
        one,
        **{field: getattr(taken[field], field) for field in texts},
        phones=taken["phones"].phones,
        addresses=(*_value(taken[POSTAL], POSTAL), *_value(taken[VISITING], VISITING)),
    )
    if choices.get("phones") == BOTH:
        known = {phone.key or phone.number for phone in one.phones}
        more = (phone for phone in other.phones if (phone.key or phone.number) not in known)
        made = replace(made, phones=(*one.phones, *more)[: contact_rows.MOST])
    if choices.get("note") == BOTH:
        made = replace(made, note="\n".join(filter(None, (one.note, other.note))))
    return made


def merge(desk: Desk, pair: Pair, choices: Mapping[str, str]) -> UUID:
    """Take the other into the one. Returns the merge. Raises InvalidInput, EditConflict."""
    entry = contact_rows.checked(combined(pair, choices), address_book.home_region(desk))
    with desk.store.unit(desk.actor.id) as unit:
        winner = unit.get(Contact, pair.one.id, pair.one.version)
        loser = unit.get(Contact, pair.other.id, pair.other.version)
        if winner.id in book.winners(unit.session) or loser.id in book.winners(unit.session):
            raise Locked("One of the two was merged already.", "Look again.")
        before = plain.plain(contact_rows.entry_of(winner))
        contact_rows.write(winner, entry)
        loser.archived_at = desk.now()
        unit.session.flush()
        row = ContactMerge(
            winner_id=winner.id,
            loser_id=loser.id,
            before={"entry": before, "version": winner.version},
            merged_at=desk.now(),
            merged_by=desk.actor.name,
            clinician_id=desk.actor.id,
        )
        unit.session.add(row)
        unit.session.flush()
        unit.audit("merge", "contact", winner.id, {"loser": str(loser.id)}, at=desk.now())
        unit.commit()
        return row.id


def part(desk: Desk, merge_id: UUID) -> bool:
    """Take a merge back. The loser comes back as it was; so does the winner, unless it was
    changed since: then it stays as it is, and False is returned.
    """
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(ContactMerge, merge_id)
        if row.undone_at is not None:
            raise Locked("This merge was taken back already.")
        winner = unit.get(Contact, row.winner_id)
        loser = unit.get(Contact, row.loser_id)
        unchanged = winner.version == plain.whole(row.before, "version")
        if unchanged:
            contact_rows.write(winner, contact_rows.read_entry(plain.inner(row.before, "entry")))
        loser.archived_at = None
        row.undone_at = desk.now()
        unit.audit("unmerge", "contact", winner.id, {"loser": str(loser.id)}, at=desk.now())
        unit.commit()
        return unchanged


def keep_apart(desk: Desk, pair: Pair) -> None:
    """Hold the two to be two from now on."""
    with desk.store.unit(desk.actor.id) as unit:
        if frozenset((pair.one.id, pair.other.id)) in book.apart(unit.session):
            return
        unit.session.add(ContactsApart(one_id=pair.one.id, other_id=pair.other.id))
        unit.audit("keep_apart", "contact", pair.one.id, {"other": str(pair.other.id)})
        unit.commit()
