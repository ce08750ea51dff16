"""A letter template on a real case, as the page that it makes, and the fields it can name."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.documents import letter as paper
from clinic_desk.documents import raster
from clinic_desk.errors import ClinicError
from clinic_desk.library.letter_fields import FLAG, GAP, GROUPS, LIST
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import letter_template_queries as rows
from clinic_desk.storage import lock_queries
from clinic_desk.usecases import letter_draft, letter_page, letter_templates
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_templates import Edited, Fault
from clinic_desk.usecases.practice import view as practice_view

_COUNTED: Mapping[str, str] = {
    "asked": "asked",
    "positive_count": "asked",
    "negative_count": "asked",
    "unsure_count": "asked",
    "other_negatives": "asked",
    "safety_open": "safety",
    "grade_days": "grade_days",
}
"""What must have been asked before a number is one: until then its place stays open."""


@dataclass(frozen=True, slots=True)
class TriedCase:
    """A case that a template can be tried on."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field in the list: what it is, and what is written into the text for it."""

    group: str
    name: str
    said: str
    insert: str


@dataclass(frozen=True, slots=True)
class Tried:
    """The page, or what keeps it from being drawn."""

    pdf: bytes
    pages: int
    faults: tuple[Fault, ...] = ()


def fields() -> tuple[FieldRow, ...]:
    """Every field by its group, with a way to write it that the template language takes."""
    made = []
    for group, names in GROUPS.items():
        for name, (kind, said) in names.items():
            made.append(FieldRow(group, name, said, _written(name, kind)))
    return tuple(made)


def _written(name: str, kind: str) -> str:
    if kind == LIST:
        return f"{{% if {name} %}}{{{{ {name}|semicolons|capital }}}}.{{% endif %}}"
    if kind == FLAG:
        return f"{{% if {name} %}}{{% endif %}}"
    if name in _COUNTED:
        return f"{{% if {_COUNTED[name]} %}}{{{{ {name} }}}}{{% else %}}{GAP}{{% endif %}}"
    return f"{{{{ {name} }}}}"


def cases(desk: Desk, limit: int = 20) -> tuple[TriedCase, ...]:
    """Cases to try a template on, the newest care first."""
    with desk.store.reading() as session:
        hidden = lock_queries.hidden_cases(session)
        return tuple(
            TriedCase(case.id, f"{who.given_name} {who.family_name}, {case.title}".strip())
            for case, who in rows.newest_cases(session, limit + len(hidden))
            if case.id not in hidden
        )[:limit]


def tried(desk: Desk, edited: Edited, case_id: UUID) -> Tried:
    """The very page of a case, marked DRAFT; nothing is drawn while a text has a fault.

    A field that grows past the template's limits is told with the part it stands in.
    """
    wrong = letter_templates.faults(edited)
    if wrong:
        return Tried(b"", 0, wrong)
    kind = letter_templates.kind_of(edited)
    seen = practice_view(desk)
    with desk.store.reading() as session:
        size = chart.practice(session).paper
        source = letter_draft.source(desk, session, case_id, kind)
    try:
        draft = letter_draft.composed(kind, source, None, size, desk.today())
        pdf = paper.render(letter_page.page(kind, draft, source, seen, None, desk.now()))
    except ClinicError as error:
        return Tried(b"", 0, (Fault("", 1, error.message),))
    return Tried(pdf, raster.page_count(pdf))
