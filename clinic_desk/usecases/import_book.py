"""The people of the address book that a file speaks of: found there, or brought along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from clinic_desk.errors import InvalidInput
from clinic_desk.exchange.contact_entry import Entry
from clinic_desk.exchange.incoming import Incoming
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import contact_queries
from clinic_desk.storage import import_queries as kept
from clinic_desk.storage.base import new_id
from clinic_desk.storage.chart_queries import Reading
from clinic_desk.storage.models import ImportItem
from clinic_desk.usecases import contact_rows, phones
from clinic_desk.usecases.import_views import RowPlan, Verdict


@dataclass(slots=True)
class Book:
    """Who stands in the address book by name, with those whom the file adds."""

    region: str
    known: dict[str, UUID] = field(default_factory=dict)  # by the folded name without titles
    fresh: dict[UUID, Entry] = field(default_factory=dict)

    def named(self, name: str, role: str = "gp") -> UUID:
        """Somebody by name; who is not in the book is added. Raises InvalidInput."""
        return self.take(Entry(name, role=role))[0]

    def take(self, entry: Entry) -> tuple[UUID, bool]:
        """An entry's id, and whether it is new. Raises InvalidInput."""
        checked = contact_rows.checked(entry, self.region)
        key = contact_rows.name_key(checked.name) or checked.name.casefold()
        if key in self.known:
            return self.known[key], False
        who = new_id()
        self.known[key] = who
        self.fresh[who] = checked
        return who, True


def opened(session: Reading) -> Book:
    """The address book as it is; of two with one name the first in its order."""
    book = Book(phones.region_of_number(chart.practice(session).phone))
    for name, key, who in kept.contact_names(session):
        book.known.setdefault(key or name.casefold(), who)
    return book


def planned(book: Book, incoming: Iterable[Incoming]) -> list[RowPlan]:
    """What becomes of each contact that the file brings as such."""
    rows = []
    for one in incoming:
        if one.entry is None:
            rows.append(RowPlan(one.place, one.name, Verdict.REFUSED, one.refused))
            continue
        try:
            _who, is_new = book.take(one.entry)
        except InvalidInput as error:
            why = "; ".join(f"{name}: {text}" for name, text in error.fields.items())
            rows.append(RowPlan(one.place, one.entry.name[:80], Verdict.REFUSED, why))
            continue
        verdict = Verdict.NEW if is_new else Verdict.KNOWN
        rows.append(RowPlan(one.place, one.entry.written_name, verdict))
    return rows


def write(session: Reading, run_id: UUID, fresh: dict[UUID, Entry]) -> None:
    """Add whom the file brings, as part of its run."""
    rows: Sequence[dict[str, object]] = [
        contact_rows.new_columns(entry) | {"id": who} for who, entry in fresh.items()
    ]
    if not rows:
        return
    contact_queries.add_many(session, rows)
    session.add_all(
        ImportItem(
            run_id=run_id, subject="contacts", subject_id=who, act="added", version=1, before={}
        )
        for who in fresh
    )
    session.flush()
