"""A letter between the record and the screen: opened, composed, held as values by key."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from clinic_desk.ui.forms.sheet import Typed
from clinic_desk.ui.parts.paper_words import as_day
from clinic_desk.usecases import contacts, letter_sentences, letters, patients
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import KindRow, LetterDraft, Part, Sentence
from clinic_desk.usecases.patients import Banner

HEAD_FIELDS = ("recipient_id", "copies", "enclosures", "see_by", "paper", "overrides")


@dataclass(frozen=True, slots=True)
class Wording(Typed):
    """The sentences of a part, as one value of the sheet; `typing` where a person types them."""

    sentences: tuple[Sentence, ...]
    typing: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """All that the screen needs at first."""

    draft: LetterDraft
    restored: bool
    kinds: tuple[KindRow, ...]
    contacts: tuple[ContactRow, ...]
    banner: Banner


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft that was composed anew, and the word for that step of undo."""

    case: UUID
    draft: LetterDraft
    word: str = ""
    part: str = ""  # the only one that is taken whole, where one asked


def load(desk: Desk, case: UUID, wanted: str) -> Opened:
    """The kept draft as it was left, with what the record says otherwise still to be taken; or a
    new one of the wanted kind.
    """
    kinds = letters.kinds(desk)
    kept = letters.kept(desk, case)
    if kept is None:
        draft = letters.compose(desk, case, wanted or kinds[0].id)
    elif wanted and wanted != kept.kind:
        draft = letters.refresh(desk, case, replace(kept, kind=wanted, recipient_id=None))
    else:
        draft = kept
    base = draft.kind.partition("@")[0]
    role = next((kind.role for kind in kinds if kind.id == base), "")
    rows = contacts.listed(desk, role=role, case_id=case, also=draft.recipient_id)
    return Opened(draft, kept is not None, kinds, rows, patients.case_banner(desk, case))


def taken(desk: Desk, case: UUID, draft: LetterDraft, word: str, part: str = "") -> Composed:
    """The draft with what the record says by now; or one part whole in the record's words."""
    if not part:
        return Composed(case, letters.refresh(desk, case, draft), word)
    plain = replace(
        draft,
        parts=tuple(
            replace(one, text=one.composed, sentences=()) if one.id == part else one
            for one in draft.parts
        ),
    )
    return Composed(case, letters.refresh(desk, case, plain, part), word, part)


def values_of(draft: LetterDraft) -> dict[str, object]:
    """What can change of a draft, by key. `base` is what was composed; the rest is the person's."""
    values: dict[str, object] = {name: getattr(draft, name) for name in HEAD_FIELDS}
    values["base"] = draft
    values["order"] = tuple(part.id for part in draft.parts)
    for part in draft.parts:
        values[f"part:{part.id}"] = Wording(letter_sentences.of(part))
        values[f"in:{part.id}"] = part.included
    return values


def draft_of(values: Mapping[str, object]) -> LetterDraft | None:
    """The draft that the values make; none before one is opened."""
    base = values.get("base")
    if not isinstance(base, LetterDraft):
        return None
    recipient, paper = values.get("recipient_id"), values.get("paper")
    order = _tuple(values.get("order"))
    places = {name: place for place, name in enumerate(order)}
    parts = sorted(base.parts, key=lambda part: places.get(part.id, len(places)))
    return replace(
        base,
        recipient_id=recipient if isinstance(recipient, UUID) else None,
        copies=_tuple(values.get("copies")),
        enclosures=_tuple(values.get("enclosures")),
        overrides=_tuple(values.get("overrides")),
        see_by=as_day(values.get("see_by")),
        paper=paper if isinstance(paper, str) else base.paper,
        parts=tuple(_held(part, values) for part in parts),
    )


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _held(part: Part, values: Mapping[str, object]) -> Part:
    wording, included = values.get(f"part:{part.id}"), values.get(f"in:{part.id}")
    if isinstance(wording, Wording):
        part = letter_sentences.with_sentences(part, wording.sentences)
    return replace(part, included=included if isinstance(included, bool) else part.included)
