"""The library as the clinic of a store sees it: what ships, with what the clinic made over it."""

from dataclasses import dataclass, field

from clinic_desk.drawing import shapes
from clinic_desk.library import Library
from clinic_desk.library.own import Entry
from clinic_desk.storage import exercise_queries as rows
from clinic_desk.storage import template_queries
from clinic_desk.storage.store import Store
from clinic_desk.usecases.desk import Desk


@dataclass(slots=True)
class Source:
    """What the clinic made, read from its store when the library first asks."""

    store: Store
    stamp: rows.Stamp | None = field(default=None)

    def __call__(self) -> tuple[Entry, ...]:
        with self.store.reading() as session:
            self.stamp = rows.stamp(session)
            found: dict[object, list[shapes.Picture]] = {}
            for one in rows.photos(session):
                picture = shapes.photo(one.jpeg, one.width, one.height)
                found.setdefault(one.exercise_id, []).append(picture)
            return tuple(
                Entry(
                    row.exercise,
                    row.content,
                    row.based_on,
                    row.hidden,
                    tuple(found.get(row.id, ())),
                )
                for row in rows.clinic_exercises(session)
            )

    def moved_on(self) -> bool:
        """Whether somebody changed an exercise since it was read, here or at another desk."""
        if self.stamp is None:
            return False
        with self.store.reading() as session:
            return rows.stamp(session) != self.stamp


@dataclass(slots=True)
class Templates:
    """What the clinic made of the program templates, read when the library first asks."""

    store: Store
    stamp: template_queries.Stamp | None = field(default=None)

    def __call__(self) -> tuple[Entry, ...]:
        with self.store.reading() as session:
            self.stamp = template_queries.stamp(session)
            return tuple(
                Entry(row.template, row.content, row.based_on, row.hidden)
                for row in template_queries.clinic_templates(session)
            )

    def moved_on(self) -> bool:
        """Whether somebody changed a template since it was read, here or at another desk."""
        if self.stamp is None:
            return False
        with self.store.reading() as session:
            return template_queries.stamp(session) != self.stamp


def of(store: Store, library: Library) -> Library:
    """A library that shows what this store's clinic made."""
    return library.of_clinic(Source(store), Templates(store))


def refresh(desk: Desk) -> None:
    """Let the library ask again where somebody changed an exercise or a template since then."""
    sources = (desk.library.own, desk.library.own_programs)
    if any(isinstance(one, (Source, Templates)) and one.moved_on() for one in sources):
        desk.library.renew()
