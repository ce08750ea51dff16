"""Snippets: `;hep` in a note becomes the practice's own text, filled from the case.

A field whose value is not recorded stands in the text as such; it is never left out silently.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from clinic_desk.errors import EditConflict
from clinic_desk.storage import chart_queries as chart
from clinic_desk.storage import snippet_queries
from clinic_desk.storage.models import Snippet as SnippetRow
from clinic_desk.usecases import charts, typed, words
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letterhead import day_number

BEGINS = ";"
LONGEST_KEY = 20

# What may stand in braces, with what is said where it is not recorded.
FIELDS: Mapping[str, str] = {
    "given_name": "given name",
    "family_name": "family name",
    "preferred_name": "preferred name",
    "age": "age",
    "complaint": "complaint",
    "side": "side",
    "onset": "onset",
    "day": "day since onset",
    "goal": "goal",
    "today": "today",
    "clinician": "clinician",
}

_KEY = re.compile(r"[^\W_][\w-]*")
_FIELD = re.compile(r"\{(\w+)\}")
# after a sign that is no part of a word, right before the caret
_TYPED = re.compile(rf"(?:^|[\s(\[\"'/–—-]){BEGINS}([\w-]*)$")


@dataclass(frozen=True, slots=True)
class Snippet:
    key: str  # without the semicolon
    text: str


def listed(desk: Desk) -> tuple[Snippet, ...]:
    """The practice's snippets, by key."""
    with desk.store.reading() as session:
        return _listed(session)


def for_case(desk: Desk, case_id: UUID) -> tuple[Snippet, ...]:
    """The snippets as they read for a case. Raises NotFound, AccessDenied (a closed part)."""
    with desk.store.reading() as session:
        known = _facts(desk, session, case_id)
        return tuple(Snippet(one.key, filled(one.text, known)) for one in _listed(session))


def save(desk: Desk, before: tuple[Snippet, ...], after: tuple[Snippet, ...]) -> None:
    """Put a list in place of the one that was read.

    Raises InvalidInput (key, text), EditConflict (the list is no longer the one that was read).
    """
    kept = tuple(Snippet(typed.line(one.key).lower(), typed.block(one.text)) for one in after)
    for one in kept:
        typed.refuse(_wrong(one, kept))
    with desk.store.unit(desk.actor.id) as unit:
        if set(_listed(unit.session)) != set(before):
            raise EditConflict(
                "Somebody else changed the snippets first; nothing was overwritten.",
                "Look at the newer list and repeat your change.",
            )
        wanted = {one.key: one.text for one in kept}
        for row in snippet_queries.listed(unit.session):
            text = wanted.pop(row.key, None)
            if text is None:
                unit.session.delete(row)
            elif row.text != text:
                row.text = text
        unit.session.flush()
        unit.session.add_all(SnippetRow(key=key, text=text) for key, text in wanted.items())
        unit.audit("correct", "snippets", at=desk.now())
        unit.commit()


def key_at(before: str, after: str = "") -> str | None:
    """The key that is typed at the caret, empty right after the semicolon; None inside a word or
    where no snippet begins.
    """
    found = _TYPED.search(before)
    return None if found is None or after[:1].isalnum() or after[:1] == "_" else found[1]


def matching(snippets: tuple[Snippet, ...], key: str) -> tuple[Snippet, ...]:
    """The snippets whose key begins so, in any case."""
    return tuple(one for one in snippets if one.key.startswith(key.lower()))


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with its fields; what is not known is said in brackets."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in FIELDS:
            return found[0]
        return known.get(name) or f"[{FIELDS[name]} not recorded]"

    return _FIELD.sub(value, text)


def _listed(session: chart.Reading) -> tuple[Snippet, ...]:
    return tuple(Snippet(row.key, row.text) for row in snippet_queries.listed(session))


def _wrong(one: Snippet, among: tuple[Snippet, ...]) -> dict[str, str]:
    problems = typed.over_limit(
        {"key": one.key, "text": one.text}, {"key": LONGEST_KEY, "text": typed.BLOCK}
    )
    if not _KEY.fullmatch(one.key):
        problems["key"] = "A key is one word of letters, digits and hyphens, without the semicolon."
    elif sum(other.key == one.key for other in among) > 1:
        problems["key"] = f"There is a snippet “{one.key}” already."
    unknown = [name for name in _FIELD.findall(one.text) if name not in FIELDS]
    if not one.text:
        problems["text"] = "A snippet needs its text."
    elif unknown:
        problems["text"] = (
            f"There is no field {{{unknown[0]}}}. Fields: "
            + ", ".join(f"{{{name}}}" for name in FIELDS)
            + "."
        )
    return problems


def _facts(desk: Desk, session: chart.Reading, case_id: UUID) -> Mapping[str, str]:
    case = charts.case(session, case_id)
    who = charts.patient(session, case.patient_id)
    today = desk.today()
    day = day_number(case.onset_on, today)
    return {
        "given_name": who.given_name,
        "family_name": who.family_name,
        "preferred_name": who.preferred_name or who.given_name,
        "age": words.age_text(who.birth_date, today, who.birth_part),
        "complaint": case.title,
        "side": case.side or "",
        "onset": words.day(case.onset_on) if case.onset_on else "",
        "day": "" if day is None else str(day),
        "goal": case.goal,
        "today": words.day(today),
        "clinician": desk.actor.name,
    }
