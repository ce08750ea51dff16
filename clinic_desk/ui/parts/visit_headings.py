"""A visit's note under its headings: which fields it has, and what is carried forward into them."""

from clinic_desk.i18n import _
from clinic_desk.ui.parts.visit_draft import VisitDraft
from clinic_desk.ui.parts.visit_keys import BROUGHT, LAYOUT, NOTE
from clinic_desk.usecases import note_layouts
from clinic_desk.usecases.note_layouts import PARTS
from clinic_desk.usecases.visit_views import NoteLayout, Section


def sections(draft: VisitDraft) -> tuple[Section, ...]:
    """The note's fields, each with its heading and its text."""
    return note_layouts.sections_of(draft.content())


def take_layout(draft: VisitDraft, layout: NoteLayout) -> None:
    """Write the note under other headings; what is written stays. One step of undo."""
    if not draft.read_only:
        held = note_layouts.turned(layout, draft.content().layout)
        draft.sheet.set_many({LAYOUT: held if held.sections else None}, _("layout"))


def last_words(draft: VisitDraft, section: Section) -> str:
    """What the last visit says in the same place."""
    if draft.last is None:
        return ""
    same = [one.text for one in draft.last.layout.sections if one.title == section.title]
    if same:
        return same[0]
    return str(getattr(draft.last.note, section.id)) if section.id in PARTS else ""


def carry_forward(draft: VisitDraft, section: Section) -> None:
    """The last visit's words into a field that is still empty, as one step of undo."""
    text = last_words(draft, section)
    if text and not draft.read_only and not section.text.strip():
        keys = {NOTE + section.id: text, BROUGHT + section.id: text}
        draft.sheet.set_many(keys, _("carry forward"))


def untouched(draft: VisitDraft, section: str) -> bool:
    """Whether a field of the note stands as it was carried forward."""
    text = draft.sheet.value(BROUGHT + section)
    return not draft.read_only and bool(text) and draft.sheet.value(NOTE + section) == text
