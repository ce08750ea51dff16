"""The letter kinds that letters are written with: those that ship, as the practice changed them,
and the practice's own.
"""

import json
from dataclasses import replace
from functools import lru_cache

from clinic_desk.errors import LibraryInvalid, NotFound
from clinic_desk.library import letter_templates as language
from clinic_desk.library.handout_words import language_name
from clinic_desk.library.letter_file import from_tables
from clinic_desk.library.letter_kind import LEAD
from clinic_desk.library.letters import LetterKind, LetterPartKind, named
from clinic_desk.storage import letter_template_queries as rows
from clinic_desk.storage.models import LetterTemplate
from clinic_desk.usecases import plain, shelf
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.words import capital

OWN = "own-"  # how the ids of the practice's own kinds begin


def in_use(desk: Desk, kind: str) -> LetterKind:
    """The kind as the practice has it. Raises NotFound, LibraryInvalid."""
    with desk.store.reading() as session:
        if kind.startswith(OWN):
            kept = [one for one in rows.versions(session, kind) if one.content is not None]
            if not kept:
                raise NotFound(f"There is no letter kind “{kind}”.")
            return made_of(desk, kept[0])
        row = rows.template(session, kind)
        if row is None or row.content is None:
            return shelf.letter_kind(desk.library, kind)
        return made_of(desk, row)


def all_in_use(desk: Desk) -> tuple[LetterKind, ...]:
    """Every kind that can be written, in English: those that ship, then the practice's own.

    A version of the practice that can no longer be used gives way to the shipped one.
    """
    with desk.store.reading() as session:
        touched = {one.kind: one for one in rows.newest(session) if one.content is not None}
    kinds = [
        _or_shipped(desk, touched.get(one.id), one) for one in shelf.letter_kinds(desk.library)
    ]
    own = [
        made_of(desk, row)
        for name, row in touched.items()
        if name.startswith(OWN) and "@" not in name and not fault_of(desk, row)
    ]
    return (*kinds, *sorted(own, key=lambda one: one.name.casefold()))


def languages(desk: Desk, kind: LetterKind) -> tuple[tuple[str, str], ...]:
    """The languages of a kind, English first: code and own name. A kind of the practice's own has
    those that it was copied in.
    """
    if kind.id.startswith(OWN):
        return of_own(desk, kind.base)
    codes = shelf.letter_languages(desk.library, kind)
    return tuple((code, capital(language_name(code, code))) for code in codes)


def of_own(desk: Desk, base: str) -> tuple[tuple[str, str], ...]:
    """The languages in which a kind of the practice's own can be written, English first."""
    with desk.store.reading() as session:
        found = [
            one
            for one in rows.newest(session)
            if one.kind.partition("@")[0] == base and one.content is not None
        ]
    codes = [one.kind.partition("@")[2] or "en" for one in found if not fault_of(desk, one)]
    return tuple(
        (code, capital(language_name(code, code)))
        for code in sorted(codes, key=lambda one: (one != "en", one))
    )


def _or_shipped(desk: Desk, row: LetterTemplate | None, shipped: LetterKind) -> LetterKind:
    if row is None or fault_of(desk, row):
        return shipped
    return made_of(desk, row)


def made_of(desk: Desk, row: LetterTemplate) -> LetterKind:
    """A kept version as a kind, with a version that names the shipped one and the practice's."""
    made = _read(row.kind, json.dumps(plain.plain(row.content), sort_keys=True))
    if not row.kind.startswith(OWN):
        shipped = shelf.letter_kind(desk.library, row.kind)
        return spoken(replace(made, version=f"{row.based_on}+practice.{row.revision}"), shipped)
    made, tongue = replace(made, version=f"own.{row.revision}"), row.kind.partition("@")[2]
    if not tongue:
        return made
    source = row.based_on.partition(" ")[0]  # the shipped kind that it was copied from
    return spoken(made, shelf.letter_kind(desk.library, named(source, tongue)))


@lru_cache(maxsize=64)
def _read(kind: str, content: str) -> LetterKind:
    return from_tables(kind, json.loads(content), kind)


def spoken(kind: LetterKind, shipped: LetterKind) -> LetterKind:
    """The kind in the language of the shipped one; a part with English words says so.

    A part that the practice never edited is told as the shipped one is.
    """
    if shipped.language == "en":
        return kind
    before = {one.id: one for one in shipped.parts}

    def part(one: LetterPartKind) -> LetterPartKind:
        same = before.get(one.id)
        if same is not None and one.id == LEAD:
            one = replace(one, title=same.title)
        if same is not None and same.text == one.text:
            return replace(
                one, language=same.language, note=same.note, spoken=one.spoken or same.spoken
            )
        english = one.table or one.chart or language.speaks_english(one.text)
        return replace(one, language=shipped.language, note=shipped.english if english else "")

    parts = tuple(part(one) for one in kind.parts)
    return replace(
        kind,
        language=shipped.language,
        frame=shipped.frame,
        english=shipped.english,
        reviewed=shipped.reviewed,
        parts=parts,
    )


def fault_of(desk: Desk, row: LetterTemplate) -> str:
    """Why a kept version can no longer be used; empty where it can."""
    try:
        made_of(desk, row)
    except LibraryInvalid as error:
        return error.message
    return ""
