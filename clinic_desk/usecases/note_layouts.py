"""A note's sections under their own headings, and the four parts that they are read as."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from clinic_desk.usecases import plain
from clinic_desk.usecases.visit_views import SOAP, Note, NoteLayout, Section, VisitContent

PARTS = ("subjective", "objective", "assessment", "plan")
TITLES: Mapping[str, str] = {
    "subjective": "Subjective",
    "objective": "Objective",
    "assessment": "Assessment",
    "plan": "Plan",
}


def made(name: str, headings: Iterable[tuple[str, str]]) -> NoteLayout:
    """A layout of headings, each with its part."""
    used: dict[str, int] = {}
    sections = []
    for title, part in headings:
        used[part] = used.get(part, 0) + 1
        key = part if used[part] == 1 else f"{part}.{used[part]}"
        sections.append(Section(key, title, part))
    return NoteLayout(name, tuple(sections))


def stored(data: plain.Plain) -> NoteLayout:
    """A layout with its texts, of a draft or a signed visit."""
    sections = tuple(
        Section(
            plain.text(row, "id"),
            plain.text(row, "title"),
            plain.text(row, "part"),
            plain.text(row, "text"),
        )
        for row in plain.tables(data, "sections")
    )
    return NoteLayout(plain.text(data, "name"), sections) if sections else SOAP


def filled(layout: NoteLayout, texts: Mapping[str, str]) -> NoteLayout:
    """The layout with the texts by section. A text of a part that has no section of its own gets
    one, so that nothing that was written is hidden.
    """
    if not layout.sections:
        return layout
    held = {one.id for one in layout.sections}
    sections = [replace(one, text=texts.get(one.id, "")) for one in layout.sections]
    sections += [
        Section(part, TITLES[part], part, texts[part])
        for part in PARTS
        if part not in held and texts.get(part, "").strip()
    ]
    return replace(layout, sections=tuple(sections))


def turned(layout: NoteLayout, before: NoteLayout) -> NoteLayout:
    """The layout in place of another one: sections that hold a text and have no place in it are
    kept at its end.
    """
    held = {one.id for one in layout.sections} | (set(PARTS) if not layout.sections else set())
    lost = [one for one in before.sections if one.id not in held and one.text.strip()]
    if not lost:
        return layout
    sections = layout.sections or made("", ((TITLES[one], one) for one in PARTS)).sections
    return replace(layout, sections=(*sections, *lost))


def composed(sections: Sequence[Section]) -> Note:
    """The four parts: a part's one text as it is, several each under its heading."""
    texts = {}
    for part in PARTS:
        mine = [one for one in sections if one.part == part and one.text.strip()]
        if len(mine) == 1:
            texts[part] = mine[0].text
        else:
            texts[part] = "\n\n".join(f"{one.title}\n{one.text}" for one in mine)
    return Note(**texts)


def sections_of(content: VisitContent) -> tuple[Section, ...]:
    """A note as it is to be shown or printed: its own sections, or the four parts."""
    return content.layout.sections or tuple(
        Section(part, TITLES[part], part, getattr(content.note, part)) for part in PARTS
    )
