"""The practice's own letter templates: copied from those that ship, edited, kept version by
version, and taken back.

A shipped template that changes never overwrites the practice's; it is only told that there is a
newer one. Nothing is deleted: an issued letter names the version that it was made with.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desk.errors import InvalidInput, NotFound
from clinic_desk.library import letter_templates as language
from clinic_desk.library.handout_words import language_name
from clinic_desk.library.letter_file import MAX_SHORT, from_tables, tables_of
from clinic_desk.library.letter_kind import LEAD, SILENT
from clinic_desk.library.letters import LetterKind, LetterPartKind, named
from clinic_desk.library.template_faults import strange
from clinic_desk.storage import letter_template_queries as rows
from clinic_desk.storage.models import LetterTemplate
from clinic_desk.usecases import plain, shelf, template_parts, template_versions
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letter_kinds import OWN, fault_of, in_use, made_of, of_own, spoken
from clinic_desk.usecases.template_parts import CLOSING, Edited, EditedPart
from clinic_desk.usecases.template_versions import (
    SHIPPED,
    NewVersion,
    last_kept,
    next_of,
    versions_of,
)
from clinic_desk.usecases.words import capital

__all__ = [
    "SHIPPED",
    "Edited",
    "EditedPart",
    "Fault",
    "TemplateRow",
    "Version",
    "copy",
    "edit",
    "faults",
    "history",
    "in_language",
    "kind_of",
    "languages",
    "listed",
    "restore",
    "save",
    "withdraw",
]

_GAP = re.compile(r"\n[ \t]*\n")  # between two paragraphs
_SHORT = f"one line of at most {MAX_SHORT} signs that can be printed"


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One kind in the list of templates."""

    id: str
    name: str
    state: str  # shipped | changed | own | withdrawn
    revision: int
    changed_at: datetime | None = None
    changed_by: str = ""
    newer: str = ""  # the shipped version that came after the one this was made from
    fault: str = ""  # why it can no longer be used, where it cannot
    reviewed: bool = True  # whether a clinician has read what ships in this language


@dataclass(frozen=True, slots=True)
class Version:
    """One line of the change log; version 0 is the shipped one."""

    revision: int
    at: datetime | None
    by: str
    note: str
    content: bool  # whether it has a text of its own


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one text of a template."""

    part: str
    line: int
    text: str


# The list, the editor and the log


def languages(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The languages in which any kind is there, English first: code and own name."""
    found: dict[str, None] = {}
    for kind in shelf.letter_kinds(desk.library):
        found |= dict.fromkeys(shelf.letter_languages(desk.library, kind))
    return tuple((code, capital(language_name(code, code))) for code in found)


def in_language(kind: str, tongue: str) -> str:
    """The id of the same kind in a language."""
    return named(kind, tongue)


def listed(desk: Desk, tongue: str = "en") -> tuple[TemplateRow, ...]:
    """Every kind that is there in a language, those that ship first."""
    with desk.store.reading() as session:
        touched = {one.kind: one for one in rows.newest(session)}
    made = []
    for base in shelf.letter_kinds(desk.library):
        if tongue not in shelf.letter_languages(desk.library, base):
            continue
        shipped = shelf.letter_kind(desk.library, named(base.id, tongue))
        row = _row(desk, shipped, touched.get(shipped.id))
        made.append(replace(row, reviewed=shipped.reviewed))
    own = [
        row
        for name, row in touched.items()
        if name.startswith(OWN) and (name.partition("@")[2] or "en") == tongue
    ]
    return (*made, *(_own_row(desk, row) for row in own))


def _row(desk: Desk, shipped: LetterKind, row: LetterTemplate | None) -> TemplateRow:
    if row is None:
        return TemplateRow(shipped.id, shipped.name, "shipped", SHIPPED)
    if row.content is None:
        return TemplateRow(
            shipped.id, shipped.name, "shipped", row.revision, row.changed_at, row.changed_by
        )
    return TemplateRow(
        shipped.id,
        plain.text(row.content, "name") or shipped.name,
        "changed",
        row.revision,
        row.changed_at,
        row.changed_by,
        shipped.version if shipped.version != row.based_on else "",
        fault_of(desk, row),
    )


def _own_row(desk: Desk, row: LetterTemplate) -> TemplateRow:
    with desk.store.reading() as session:
        kept = [one for one in rows.versions(session, row.kind) if one.content is not None]
    name = plain.text(kept[0].content or {}, "name") if kept else row.kind
    state = "withdrawn" if row.content is None else "own"
    fault = "" if row.content is None else fault_of(desk, row)
    return TemplateRow(
        row.kind, name, state, row.revision, row.changed_at, row.changed_by, "", fault
    )


def edit(desk: Desk, kind: str, revision: int | None = None) -> Edited:
    """A template to edit: the one in use, or an older version. Raises NotFound, LibraryInvalid."""
    with desk.store.reading() as session:
        kept = rows.versions(session, kind)
        newest = kept[0].revision if kept else SHIPPED
        wanted = newest if revision is None else revision
        row = next((one for one in kept if one.revision == wanted), None)
        if row is None and wanted != SHIPPED:
            raise NotFound("There is no such version of this template.")
        if row is not None and row.content is not None:
            made = made_of(desk, row)
        elif kind.startswith(OWN):
            made = in_use(desk, kind)
        else:
            made = shelf.letter_kind(desk.library, kind)
    state = "own" if kind.startswith(OWN) else "changed" if row and row.content else "shipped"
    return _edited(made, wanted, newest, state)


def _edited(kind: LetterKind, revision: int, newest: int, state: str) -> Edited:
    lead = [one for one in kind.parts if one.id == LEAD]
    parts = [
        EditedPart(LEAD, "Lead sentence", lead[0].told if lead else ""),
        *(
            EditedPart(one.id, one.title, one.told, one.required, one.included, _shows(one))
            for one in kind.parts
            if one.id != LEAD
        ),
        EditedPart(CLOSING, "Closing", "\n\n".join(kind.closing)),
    ]
    return Edited(kind.id, kind.name, kind.valediction, tuple(parts), revision, state, newest, kind)


def _shows(part: LetterPartKind) -> str:
    return "table" if part.table else "chart" if part.chart else ""


def history(desk: Desk, kind: str) -> tuple[Version, ...]:
    """The change log, the newest first; the shipped one stands at its end."""
    with desk.store.reading() as session:
        made = [
            Version(one.revision, one.changed_at, one.changed_by, one.note, one.content is not None)
            for one in rows.versions(session, kind)
        ]
    if not kind.startswith(OWN):
        made.append(Version(SHIPPED, None, "", "", True))
    return tuple(made)


def faults(edited: Edited) -> tuple[Fault, ...]:
    """What is wrong with each text: its part and line. Empty where it can be saved."""
    found = []
    for one in edited.parts:
        try:
            for line, text in _pieces(one):
                language.check(text, "", one.title, line)
        except language.TemplateRefused as refused:
            found.append(Fault(one.id, refused.line, refused.reason))
        if one.headed and not _is_short(one.title):
            found.append(Fault(one.id, 1, f"a heading is {_SHORT}."))
    for part_id, text in template_parts.missing(edited):
        found.append(Fault(part_id, 1, text))
    if not _is_short(edited.name):
        found.append(Fault("name", 1, f"a name is {_SHORT}."))
    if not edited.valediction.strip():
        found.append(Fault("valediction", 1, "the words before the signature are empty."))
    elif not _is_short(edited.valediction.strip()):
        found.append(Fault("valediction", 1, f"the words before the signature are {_SHORT}."))
    return tuple(found)


def _is_short(text: str) -> bool:
    fits = bool(text.strip()) and len(text) <= MAX_SHORT and "\n" not in text
    return fits and strange(text) is None


def _pieces(one: EditedPart) -> Iterator[tuple[int, str]]:
    """The texts that are filled each by itself, with the line that each begins on: the closing
    is kept paragraph by paragraph, so no tag may reach from one into the next.
    """
    if one.id != CLOSING or len(one.text) > language.MAX_TEMPLATE:
        yield 1, one.text
        return
    begin = 0
    for gap in (*_GAP.finditer(one.text), None):
        end = gap.start() if gap else len(one.text)
        yield one.text.count("\n", 0, begin) + 1, one.text[begin:end]
        begin = gap.end() if gap else end


def kind_of(edited: Edited) -> LetterKind:
    """What is edited as a kind. Raises LibraryInvalid where it has a fault."""
    read = from_tables(edited.id, _tables(edited), edited.name)
    return replace(spoken(read, edited.kind), version=edited.kind.version)


def _tables(edited: Edited) -> dict[str, object]:
    by_id = {one.id: one for one in edited.parts}
    tables = tables_of(edited.kind)
    parts = tables["part"]
    before = {one["id"]: one for one in parts} if isinstance(parts, list) else {}
    for one in before.values():
        one.pop("spoken", None)
    tables["part"] = [
        {
            **before.get(one.id, {}),
            "id": one.id,
            "title": one.title,
            **_texts(one, edited.kind),
            "required": one.required,
            "included": one.included,
        }
        for one in edited.parts
        if one.headed
    ]
    closing = by_id[CLOSING].text
    tables |= {
        "name": edited.name.strip(),
        "valediction": edited.valediction.strip(),
        "closing": [text for text in _GAP.split(closing) if text.strip()],
    }
    lead = by_id[LEAD]
    tables.pop("lead", None)
    tables.pop("lead_spoken", None)
    if lead.text.strip():
        said = _texts(lead, edited.kind)
        tables |= {"lead": said["text"]}
        tables |= {"lead_spoken": said["spoken"]} if "spoken" in said else {}
    return tables


def _texts(one: EditedPart, kind: LetterKind) -> dict[str, str]:
    """What a part says. In another language than English, what tells the record is kept apart
    from what stands in for it where the record cannot be said there.
    """
    before = next((part for part in kind.parts if part.id == one.id), None)
    if before is not None and before.told == one.text:
        kept = {"spoken": before.spoken} if before.spoken else {}
        return {"text": before.text, **kept}
    if kind.language == "en":
        return {"text": one.text}
    told = one.text if one.text.strip() else SILENT
    if before is not None and before.spoken:
        return {"text": before.text, "spoken": told}
    if one.shows or language.speaks_english(one.text):
        return {"text": one.text, "spoken": told}
    return {"text": one.text}


def save(desk: Desk, edited: Edited, note: str = "") -> int:
    """Keep what was edited as a new version; returns its number.

    Raises InvalidInput by part, EditConflict where another version came in between.
    """
    wrong = faults(edited)
    if wrong:
        raise InvalidInput({one.part: f"line {one.line}: {one.text}" for one in wrong})
    return template_versions.append(
        desk, note, next_of(desk, edited.id, edited.newest, _tables(edited))
    )


def restore(desk: Desk, kind: str, revision: int, note: str = "") -> int:
    """Make an older version, or the shipped one, count again, as a new version. A kind of the
    practice's own that was withdrawn comes back in all its languages.
    """
    found = edit(desk, kind, revision)
    content = None if revision == SHIPPED or found.state == "shipped" else _tables(found)
    said = note or (
        "Shipped template restored" if content is None else f"Version {revision} restored"
    )
    back = [
        next_of(desk, one.kind, one.revision, last_kept(desk, one.kind))
        for one in versions_of(desk, kind, kept=False)
        if one.kind != kind
    ]
    return template_versions.append(desk, said, *back, next_of(desk, kind, found.newest, content))


def withdraw(desk: Desk, kind: str) -> int:
    """Offer a kind of the practice's own no longer, in no language. Raises NotFound for one that
    ships.
    """
    if not kind.startswith(OWN):
        raise NotFound("Only a template of your own can be withdrawn.")
    gone = [
        next_of(desk, one.kind, one.revision, None) for one in versions_of(desk, kind, kept=True)
    ]
    return template_versions.append(desk, "Withdrawn", *gone)


def copy(desk: Desk, kind: str, name: str) -> str:
    """A new kind of the practice's own, made from another one in each language that this one has;
    returns its id in the language of `kind`.
    """
    if not _is_short(name):
        raise InvalidInput({"name": f"A name is one line of at most {MAX_SHORT} signs."})
    base, _at, tongue = kind.partition("@")
    found = {code: edit(desk, named(base, code)) for code in _tongues(desk, base)}
    with desk.store.reading() as session:
        taken = {one.kind for one in rows.newest(session)}
        row = rows.template(session, base) if base.startswith(OWN) else None
    slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "letter"
    made = f"{OWN}{slug}"
    count = 2
    while made in taken:
        made, count = f"{OWN}{slug}-{count}", count + 1
    source = row.based_on if row else f"{base} {found['en'].kind.version}"
    copies = [
        NewVersion(named(made, code), SHIPPED, _tables(replace(one, name=name)), source)
        for code, one in found.items()
    ]
    template_versions.append(desk, f"Copied from {found['en'].kind.name}", *copies)
    return named(made, tongue)


def _tongues(desk: Desk, base: str) -> tuple[str, ...]:
    """The languages that a kind can be copied in; English is always one, so that a fault in it is
    told, and no copy is made that could not be offered.
    """
    if base.startswith(OWN):
        return tuple(dict.fromkeys(("en", *(code for code, _ in of_own(desk, base)))))
    return tuple(shelf.letter_languages(desk.library, shelf.letter_kind(desk.library, base)))
