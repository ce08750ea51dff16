"""A letter between the record and the screen: opened, composed, held as values by key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from clinic_desk.ui.parts.paper_words import as_day
from clinic_desk.usecases import contacts, letters, patients
from clinic_desk.usecases.contacts import ContactRow
from clinic_desk.usecases.desk import Desk
from clinic_desk.usecases.letters import KindRow, LetterDraft, Part
from clinic_desk.usecases.patients import Banner

HEAD_FIELDS = ("recipient_id", "copies", "see_by", "paper")


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
    """A draft that was composed anew, and the part that asked for it, if one did."""

    case: UUID
    draft: LetterDraft
    part: str = ""


def load(desk: Desk, case: UUID, wanted: str) -> Opened:
    """The kept draft, refreshed where it was not edited; or a new one of the wanted kind."""
    kinds = letters.kinds(desk)
    kept = letters.kept(desk, case)
    if kept is not None:
        changed = bool(wanted) and wanted != kept.kind
        before = replace(kept, kind=wanted, recipient_id=None) if changed else kept
        draft = letters.refresh(desk, case, before)
    else:
        draft = letters.compose(desk, case, wanted or kinds[0].id)
    base = draft.kind.partition("@")[0]
    role = next((kind.role for kind in kinds if kind.id == base), "")
    rows = contacts.listed(desk, role=role, case_id=case)
    return Opened(draft, kept is not None, kinds, rows, patients.case_banner(desk, case))


def values_of(draft: LetterDraft) -> dict[str, object]:
    """What the person can change of a draft, by key."""
    values: dict[str, object] = {name: getattr(draft, name) for name in HEAD_FIELDS}
    for part in draft.parts:
        values[f"text:{part.id}"] = part.text
        values[f"in:{part.id}"] = part.included
    return values


def draft_of(base: LetterDraft, values: Mapping[str, object]) -> LetterDraft:
    """The draft with what the person changed."""
    recipient, copies, paper = (values.get(key) for key in ("recipient_id", "copies", "paper"))
    return replace(
        base,
        recipient_id=recipient if isinstance(recipient, UUID) else None,
        copies=copies if isinstance(copies, tuple) else (),
        see_by=as_day(values.get("see_by")),
        paper=paper if isinstance(paper, str) else base.paper,
        parts=tuple(_held(part, values) for part in base.parts),
    )


def _held(part: Part, values: Mapping[str, object]) -> Part:
    text = values.get(f"text:{part.id}")
    return replace(
        part,
        text=text if isinstance(text, str) else "",
        included=values.get(f"in:{part.id}") is True,
    )
