"""A visit's content by the keys of its sheet, and back."""

from collections.abc import Mapping
from functools import lru_cache

from clinic_desk.usecases import decision_history, note_layouts
from clinic_desk.usecases.visit_content import PARTS
from clinic_desk.usecases.visit_views import SOAP, Decision, Note, NoteLayout, VisitContent

ANSWER, NOTE, WRITTEN = "answer:", "note:", "written:"
DECISION, ACTIONS, CONFIRMED = "decision:", "actions:", "confirmed:"
SUPERSEDED, RETEST, DONE, BROUGHT = "superseded:", "retest", "done", "brought:"
LAYOUT = "layout"
_PARTS = (ANSWER, NOTE, WRITTEN, BROUGHT, DECISION, ACTIONS, CONFIRMED, SUPERSEDED)


def flat(content: VisitContent) -> dict[str, object]:
    """A content by the keys of the sheet."""
    values: dict[str, object] = {ANSWER + key: value for key, value in content.answers.items()}
    if content.layout.sections:
        values |= {NOTE + one.id: one.text or None for one in content.layout.sections}
        values[LAYOUT] = content.layout
    else:
        values |= {NOTE + part: getattr(content.note, part) or None for part in PARTS}
    values |= {WRITTEN + part: text for part, text in content.written.items()}
    values |= {BROUGHT + part: text for part, text in content.brought.items()}
    values |= {CONFIRMED + key: value for key, value in content.confirmed.items()}
    values |= {DECISION + one.subject: one for one in content.decisions}
    if content.retest:
        values[RETEST] = content.retest
    if content.done:
        values[DONE] = content.done
    for was in content.superseded:
        chain = values.get(SUPERSEDED + was.subject)
        values[SUPERSEDED + was.subject] = (*(chain if isinstance(chain, tuple) else ()), was)
    for one in content.flag_actions:
        held = values.get(ACTIONS + one.flag)
        values[ACTIONS + one.flag] = (*(held if isinstance(held, tuple) else ()), one)
    return values


def content_of(values: Mapping[str, object]) -> VisitContent:
    """The content that the sheet's values stand for."""
    parts = _parts(values)
    notes = {name: str(text or "") for name, text in parts[NOTE].items()}
    layout = layout_of(values, notes)
    actions = [one for held in parts[ACTIONS].values() if isinstance(held, tuple) for one in held]
    return VisitContent(
        note=note_layouts.composed(layout.sections) if layout.sections else note_of(values),
        layout=layout,
        answers=parts[ANSWER],
        decisions=tuple(one for one in parts[DECISION].values() if isinstance(one, Decision)),
        flag_actions=tuple(sorted(actions, key=lambda one: one.at)),
        written={part: str(text) for part, text in parts[WRITTEN].items()},
        brought={part: str(text) for part, text in parts[BROUGHT].items()},
        confirmed=parts[CONFIRMED],
        retest=retest if isinstance(retest := values.get(RETEST), tuple) else (),
        done=done if isinstance(done := values.get(DONE), tuple) else (),
        superseded=decision_history.chain(
            one for held in parts[SUPERSEDED].values() if isinstance(held, tuple) for one in held
        ),
    )


def note_of(values: Mapping[str, object]) -> Note:
    """The fields that are named like the four parts, whatever else the note's layout has."""
    return Note(**{part: str(values.get(NOTE + part) or "") for part in PARTS})


def layout_of(values: Mapping[str, object], notes: Mapping[str, str]) -> NoteLayout:
    """The note's own layout with its texts."""
    layout = values.get(LAYOUT)
    return note_layouts.filled(layout, notes) if isinstance(layout, NoteLayout) else SOAP


def _parts(values: Mapping[str, object]) -> Mapping[str, dict[str, object]]:
    """The values by what stands before the colon, in one pass: each keystroke asks for it."""
    parts: dict[str, dict[str, object]] = {part: {} for part in _PARTS}
    for key, value in values.items():
        part, name = _parted(key)
        if part:
            parts[part][name] = value
    return parts


@lru_cache(maxsize=4096)
def _parted(key: str) -> tuple[str, str]:
    part, colon, name = key.partition(":")
    return (part + colon, name) if colon else ("", key)
