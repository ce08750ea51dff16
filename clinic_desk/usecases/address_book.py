"""The address book: entries found, saved, archived and brought back, and where each is used."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from clinic_desk.errors import Locked, NotFound
from clinic_desk.exchange.contact_entry import ADDRESS_KINDS, ROLES, WAYS, Address, Entry, Phone
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage import lock_queries
from clinic_desk.storage.folding import fold
from clinic_desk.storage.models import Contact
from clinic_desk.usecases import charts, contact_rows, lockbox, phones, words
from clinic_desk.usecases.desk import Desk

__all__ = ["ADDRESS_KINDS", "ROLES", "WAYS", "Address", "Entry", "Phone"]

MOST = 200  # rows that a list shows at once
ALL = 1_000_000
PLACES = 50  # cases that are told one by one where an entry is used


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: UUID
    version: int
    entry: Entry
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of the book, and how many there are in all."""

    rows: tuple[EntryRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Use:
    """A case that has the contact, with the part that they have in it."""

    patient_id: UUID
    case_id: UUID
    patient: str
    case: str
    part: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A standing merge: the entry that was taken in, or the one that took this one in."""

    merge_id: UUID
    other_id: UUID
    name: str
    won: bool  # whether the entry that is looked at is the one that stands
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Uses:
    cases: tuple[Use, ...]
    letters: int
    merges: tuple[Merged, ...]

    @property
    def nowhere(self) -> bool:
        return not (self.cases or self.letters)


def terms(words: str) -> tuple[tuple[str, ...], ...] | None:
    """What was typed, as terms of which all must be found; None when nothing can be read."""
    folded = fold(words).split()
    if words.strip() and not folded:
        return None
    return tuple((one, one.lstrip("0")) if _national(one) else (one,) for one in folded)


def _national(word: str) -> bool:
    """Whether it may be a number without its country, whose leading 0 is then dropped."""
    return word.isdigit() and len(word) > 2 and word.startswith("0") and bool(word.strip("0"))


def find(
    desk: Desk, words: str = "", role: str = "", archived: bool = False, limit: int = MOST
) -> Found:
    """The entries in which every word is found, in any order, whatever the accents."""
    wanted = terms(words)
    if wanted is None:
        return Found((), 0)
    with desk.store.reading() as session:
        rows, total = book.found(session, wanted, role, archived, limit)
        return Found(tuple(view(row) for row in rows), total)


def view(row: Contact) -> EntryRow:
    """An entry as it is shown."""
    return EntryRow(row.id, row.version, contact_rows.entry_of(row), row.archived_at)


def open_entry(desk: Desk, contact_id: UUID) -> EntryRow:
    """One entry, archived or not. Raises NotFound."""
    with desk.store.reading() as session:
        row = session.get(Contact, contact_id)
        if row is None:
            raise NotFound("This is no longer in the address book.", "Look again.")
        return view(row)


def save(
    desk: Desk, entry: Entry, contact_id: UUID | None = None, version: int | None = None
) -> EntryRow:
    """Add an entry, or save a changed one. Raises InvalidInput, EditConflict."""
    entry = contact_rows.checked(entry, home_region(desk))
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Contact, contact_id, version) if contact_id else Contact()
        contact_rows.write(row, entry)
        unit.session.add(row)
        unit.session.flush()
        unit.audit("correct" if contact_id else "add", "contact", row.id, at=desk.now())
        unit.commit()
        return view(row)


def home_region(desk: Desk) -> str:
    """Where the practice's own number is; a number without a prefix is read as one from there."""
    with desk.store.reading() as session:
        return phones.region_of_number(chart.practice(session).phone)


def archive(desk: Desk, contact_id: UUID) -> None:
    """Take an entry out of the lists. What names it goes on naming it."""
    _set_archived(desk, contact_id, True)


def restore(desk: Desk, contact_id: UUID) -> None:
    """Bring an archived entry back. Raises Locked for one that was merged into another."""
    _set_archived(desk, contact_id, False)


def _set_archived(desk: Desk, contact_id: UUID, archived: bool) -> None:
    with desk.store.unit(desk.actor.id) as unit:
        row = unit.get(Contact, contact_id)
        if not archived and contact_id in book.winners(unit.session):
            raise Locked("This entry was merged into another.", "Take the merge back instead.")
        row.archived_at = desk.now() if archived else None
        unit.audit("archive" if archived else "restore", "contact", row.id, at=desk.now())
        unit.commit()


def uses(desk: Desk, contact_id: UUID) -> Uses:
    """Where an entry is used, those that were merged into it counted in."""
    with desk.store.reading() as session:
        winners = book.winners(session)
        ids = [contact_id, *_taken_in(contact_id, winners)]
        rows = book.cases_of(session, ids)[:PLACES]
        hidden = lock_queries.hidden_cases(session)
        merges = book.standing_merges(session, contact_id)
        names = book.by_ids(session, {i for m in merges for i in (m.winner_id, m.loser_id)})
        told = []
        for one in merges:
            won = one.winner_id == contact_id
            other = names[one.loser_id if won else one.winner_id]
            name = contact_rows.entry_of(other).written_name
            told.append(Merged(one.id, other.id, name, won, one.merged_at, one.merged_by))
        return Uses(
            tuple(
                Use(
                    who.id,
                    case.id,
                    words.list_name(who.given_name, who.family_name),
                    lockbox.CLOSED_CASE
                    if case.id in hidden
                    else words.sided(case.title, charts.side_of(case)),
                    part,
                )
                for case, who, part in rows
            ),
            book.letters_to(session, ids),
            tuple(told),
        )


def _taken_in(contact_id: UUID, winners: dict[UUID, UUID]) -> Sequence[UUID]:
    return [loser for loser in winners if contact_rows.winner_of(loser, winners) == contact_id]


def same_but_for_keys(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same."""
    return _bare(one) == _bare(other)


def _bare(entry: Entry) -> Entry:
    return replace(entry, phones=tuple(replace(one, key="") for one in entry.phones))
