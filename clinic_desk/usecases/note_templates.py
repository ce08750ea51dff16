"""The practice's own note templates: headings, and the kinds of visit that begin with them."""

from dataclasses import dataclass

from clinic_desk.errors import EditConflict
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import note_template_queries as queries
from clinic_desk.storage.models import NoteTemplate as TemplateRow
from clinic_desk.usecases import note_layouts, plain, typed
from clinic_desk.usecases.charts import KINDS
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.note_layouts import PARTS
from clinic_desk.usecases.visit_views import SOAP, NoteLayout

MOST = 12  # sections of one note


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    part: str  # what it is read as: subjective, objective, assessment or plan


@dataclass(frozen=True, slots=True)
class NoteTemplate:
    name: str
    sections: tuple[Heading, ...]
    kinds: tuple[str, ...] = ()  # of visits that begin with it

    def layout(self) -> NoteLayout:
        """An empty note of this template."""
        return note_layouts.made(self.name, ((one.title, one.part) for one in self.sections))


def listed(desk: Desk) -> tuple[NoteTemplate, ...]:
    """The practice's templates, by name."""
    with desk.store.reading() as session:
        return _listed(session)


def standing(session: chart.Reading, kind: str) -> NoteLayout:
    """What a note of this kind of visit begins with; the four parts where nothing was chosen."""
    found = (one for one in _listed(session) if kind in one.kinds)
    return next((one.layout() for one in found), SOAP)


def save(desk: Desk, before: tuple[NoteTemplate, ...], after: tuple[NoteTemplate, ...]) -> None:
    """Put a list in place of the one that was read. Notes that were begun keep the headings
    they have.

    Raises InvalidInput (name, sections, kinds), EditConflict.
    """
    kept = tuple(_clean(one) for one in after)
    for one in kept:
        typed.refuse(_wrong(one, kept))
    with desk.store.unit(desk.actor.id) as unit:
        if set(_listed(unit.session)) != set(before):
            raise EditConflict(
                "Somebody else changed the note templates first; nothing was overwritten.",
                "Look at the newer list and repeat your change.",
            )
        wanted = {one.name: one for one in kept}
        for row in queries.listed(unit.session):
            held = wanted.pop(row.name, None)
            if held is None:
                unit.session.delete(row)
            elif held != _view(row):
                row.content = _content(held)
        unit.session.flush()
        unit.session.add_all(
            TemplateRow(name=one.name, content=_content(one)) for one in wanted.values()
        )
        unit.audit("correct", "note_templates", at=desk.now())
        unit.commit()


def _listed(session: chart.Reading) -> tuple[NoteTemplate, ...]:
    return tuple(_view(row) for row in queries.listed(session))


def _view(row: TemplateRow) -> NoteTemplate:
    return NoteTemplate(
        row.name,
        tuple(
            Heading(plain.text(one, "title"), plain.text(one, "part"))
            for one in plain.tables(row.content, "sections")
        ),
        plain.texts(row.content, "kinds"),
    )


def _content(one: NoteTemplate) -> plain.Plain:
    held = plain.table(one)
    return {"kinds": held["kinds"], "sections": held["sections"]}


def _clean(one: NoteTemplate) -> NoteTemplate:
    sections = tuple(Heading(typed.line(held.title), held.part) for held in one.sections)
    return NoteTemplate(
        typed.line(one.name),
        tuple(held for held in sections if held.title),
        tuple(kind for kind in KINDS if kind in one.kinds),
    )


def _wrong(one: NoteTemplate, among: tuple[NoteTemplate, ...]) -> dict[str, str]:
    titles = [held.title.casefold() for held in one.sections]
    problems = typed.over_limit({"name": one.name}, {"name": 60})
    if any(len(title) > 80 for title in titles):
        problems["sections"] = "A heading has at most 80 characters."
    if not one.name:
        problems["name"] = "A template needs a name."
    elif sum(other.name.casefold() == one.name.casefold() for other in among) > 1:
        problems["name"] = f"There is a template “{one.name}” already."
    if not titles:
        problems["sections"] = "A template needs at least one heading."
    elif len(titles) > MOST:
        problems["sections"] = f"A note has at most {MOST} headings."
    elif len(set(titles)) < len(titles):
        problems["sections"] = "Two headings are the same."
    elif any(held.part not in PARTS for held in one.sections):
        problems["sections"] = f"A heading belongs to one of {', '.join(PARTS)}."
    for other in among:
        both = [KINDS[kind].lower() for kind in one.kinds if kind in other.kinds]
        if other != one and both:
            problems["kinds"] = f"“{other.name}” is chosen for {both[0]} already."
    return problems
