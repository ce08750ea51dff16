"""Contacts in and out by file: looked at first, then taken all at once or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange import contacts_csv, csv_dialect, csv_tables, vcards
from clinic_desk.exchange.contact_entry import Entry
from clinic_desk.exchange.incoming import Incoming
from clinic_desk.storage import contact_queries as book
from clinic_desk.storage.audit import Detail
from clinic_desk.storage.base import new_id
from clinic_desk.storage.models import Contact
from clinic_desk.usecases import address_book, contact_rows
from clinic_desk.usecases.contact_likeness import Likeness
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.long_work import Progress, unwatched

NEW, SAME, ALIKE, REFUSED = "new", "same", "alike", "refused"
ADD, LEAVE, FILL = "add", "leave", "fill"
FIELDS = tuple(contacts_csv.FIELDS)
DELIMITERS = csv_dialect.DELIMITERS
ENCODINGS = ("utf-8", "cp1252", "cp1250", "cp1251", "iso8859_15", "utf-16", "mac_roman")
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One contact of a file, and what becomes of it unless the person says otherwise."""

    place: str
    name: str
    state: str  # new | same | alike | refused
    choice: str  # add | leave | fill
    entry: Entry | None = None
    why: str = ""  # why it is refused, or by what it is alike: name, phone, email, near_name
    match_id: UUID | None = None
    match_version: int = 0
    match_name: str = ""
    in_file: bool = False  # the match is another contact of the same file
    told: str = ""  # what of it is not taken, or is to be looked at

    @property
    def choices(self) -> tuple[str, ...]:
        """What the person may choose."""
        if self.state == NEW:
            return (ADD, LEAVE)
        if self.state == ALIKE:
            return (LEAVE, ADD) if self.in_file else (LEAVE, ADD, FILL)
        return (LEAVE,)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds, before anything of it is taken."""

    name: str
    kind: str  # vcard | csv
    candidates: tuple[Candidate, ...]
    delimiter: str = ""
    encoding: str = ""
    encoding_sure: bool = True
    columns: tuple[tuple[str, str], ...] = ()  # of a table, with the field each was taken for
    lacking: str = ""  # why the columns, as they are taken, hold no contacts

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that are taken for nothing."""
        return tuple(column for column, field in self.columns if not field)

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.candidates)


@dataclass(frozen=True, slots=True)
class Taken:
    added: int
    filled: int
    left: int


from_file = csv_tables.from_file  # the bytes of a file that is no larger than a list can be


def look(
    desk: Desk,
    name: str,
    data: bytes,
    delimiter: str = "",
    encoding: str = "",
    progress: Progress = unwatched,
    fields: Mapping[str, str] | None = None,
) -> Looked:
    """What would be new, what is in the book already, and what cannot be taken. `fields` says
    which column of a table is what; None guesses it by their names.

    Raises InvalidInput with place and reason where the file as a whole cannot be read.
    """
    if vcards.looks_like(data):
        empty = Looked(name, "vcard", (), encoding=encoding)
        incoming = vcards.read(data, encoding, _halved(progress, 0))
    else:
        table = csv_tables.read(data, delimiter, encoding)
        mapped = (
            contacts_csv.guess(table) if fields is None else contacts_csv.declared(table, fields)
        )
        empty = Looked(
            name,
            "csv",
            (),
            table.delimiter,
            table.encoding,
            table.encoding_sure,
            tuple(zip(table.columns, mapped.fields, strict=True)),
            contacts_csv.missing(mapped),
        )
        if empty.lacking:
            return empty
        incoming = contacts_csv.read(table, mapped, _halved(progress, 0))
    return replace(empty, candidates=_compared(desk, incoming, _halved(progress, 1)))


def _halved(progress: Progress, half: int) -> Progress:
    return lambda done, of: progress(done + half * of, 2 * of)


def _compared(
    desk: Desk, incoming: Sequence[Incoming], progress: Progress
) -> tuple[Candidate, ...]:
    region = address_book.home_region(desk)
    known: dict[UUID, tuple[Entry, int]] = {}
    here: set[UUID] = set()
    index = Likeness()
    with desk.store.reading() as session:
        for row in book.every(session):
            entry = contact_rows.entry_of(row)
            known[row.id] = (entry, row.version)
            index.add(row.id, entry)
    found = []
    for number, one in enumerate(incoming, start=1):
        progress(number, len(incoming))
        if one.entry is None:
            found.append(Candidate(one.place, one.name, REFUSED, LEAVE, why=one.refused))
            continue
        try:
            entry = contact_rows.checked(one.entry, region)
        except InvalidInput as error:
            why = "; ".join(f"{field}: {text}" for field, text in error.fields.items())
            found.append(Candidate(one.place, one.entry.name[:80], REFUSED, LEAVE, why=why))
            continue
        found.append(replace(_candidate(one.place, entry, index, known, here), told=one.told))
        key = new_id()
        here.add(key)
        known[key] = (entry, 0)
        index.add(key, entry)
    return tuple(found)


def _candidate(
    place: str,
    entry: Entry,
    index: Likeness,
    known: Mapping[UUID, tuple[Entry, int]],
    here: set[UUID],
) -> Candidate:
    new = Candidate(place, entry.written_name, NEW, ADD, entry)
    for key in index.named(entry):
        if address_book.same_but_for_keys(known[key][0], entry):
            return replace(new, state=SAME, choice=LEAVE, match_id=key, in_file=key in here)
    alike = index.best(entry)
    if alike is None:
        return new
    other, version = known[alike.id]
    return replace(
        new,
        state=ALIKE,
        choice=LEAVE,
        why=alike.why,
        match_id=alike.id,
        match_version=version,
        match_name=other.written_name,
        in_file=alike.id in here,
    )


def take(desk: Desk, candidates: Sequence[Candidate], progress: Progress = unwatched) -> Taken:
    """Do what is chosen for each, in one act: all of it or nothing. Raises Stopped, EditConflict
    (an entry that was to be filled up changed since it was looked at).
    """
    added = [one.entry for one in candidates if one.choice == ADD and one.entry]
    filled = [one for one in candidates if one.choice == FILL and one.entry and one.match_id]
    total = len(added) + len(filled)
    if not total:
        return Taken(0, 0, len(candidates))
    with desk.store.unit(desk.actor.id) as unit:
        for begin in range(0, len(added), _CHUNK):
            progress(begin, total)
            rows = [contact_rows.new_columns(one) for one in added[begin : begin + _CHUNK]]
            book.add_many(unit.session, rows)
        versions: dict[UUID, int] = {}
        for number, one in enumerate(filled, start=len(added)):
            progress(number, total)
            if one.entry is None or one.match_id is None:
                continue
            version = versions.get(one.match_id, one.match_version)
            row = unit.get(Contact, one.match_id, version)
            contact_rows.write(row, filled_up(contact_rows.entry_of(row), one.entry))
            unit.session.flush()
            versions[one.match_id] = row.version
        progress(total, total)
        counts: dict[str, Detail] = {"added": len(added), "filled": len(filled)}
        unit.audit("import", "contacts", None, counts, at=desk.now())
        unit.commit()
    return Taken(len(added), len(filled), len(candidates) - total)


def filled_up(kept: Entry, other: Entry) -> Entry:
    """The kept entry with what it lacks and the other has; nothing that it says is changed."""
    texts = ("title", "salutation", "organisation", "fax", "email", "preferred", "note")
    changed = {name: getattr(kept, name) or getattr(other, name) for name in texts}
    role = other.role if kept.role == "other" else kept.role
    numbers = {one.key or one.number for one in kept.phones}
    phones = tuple(one for one in other.phones if (one.key or one.number) not in numbers)
    kinds = {one.kind for one in kept.addresses}
    addresses = tuple(one for one in other.addresses if one.kind not in kinds)
    return replace(
        kept,
        **changed,
        role=role,
        phones=(*kept.phones, *phones)[: contact_rows.MOST],
        addresses=(*kept.addresses, *addresses)[: contact_rows.MOST],
    )


def export(desk: Desk, kind: str) -> bytes:
    """The whole book without the archived: as "csv", or as vCards of version "3.0" or "4.0"."""
    with desk.store.unit(desk.actor.id) as unit:
        entries = [contact_rows.entry_of(row) for row in book.every(unit.session)]
        written = contacts_csv.write(entries) if kind == "csv" else vcards.write(entries, kind)
        unit.audit("export", "contacts", None, {"kind": kind, "n": len(entries)}, at=desk.now())
        unit.commit()
    return written
