"""A letter template as it is edited: its texts in their order, parts added, taken out and moved.

The lead sentence stays first and the closing last; everything between is the practice's to order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clinic_desk.library.letter_file import MAX_PARTS
from clinic_desk.library.letter_kind import LEAD, LetterKind

CLOSING = "closing"
QUESTION = "question"  # the part that a kind that needs a clinical question cannot do without
NEW = "part-"  # how the ids of added parts begin


@dataclass(frozen=True, slots=True)
class EditedPart:
    """One text of a template: a part, the lead sentence or the closing."""

    id: str
    title: str
    text: str
    required: bool = False
    included: bool = True
    shows: str = ""  # what is drawn in it beside its text: table | chart

    @property
    def headed(self) -> bool:
        """Whether it has a heading and a box of its own."""
        return self.id not in (LEAD, CLOSING)


@dataclass(frozen=True, slots=True)
class Edited:
    """A template as it is edited. `revision` is the version that it was read from."""

    id: str
    name: str
    valediction: str
    parts: tuple[EditedPart, ...]  # the lead sentence first, the closing last
    revision: int
    state: str
    newest: int  # the version that counts now
    kind: LetterKind  # what it was read from; all that is not edited stays as there

    def part(self, part_id: str) -> EditedPart:
        return next(one for one in self.parts if one.id == part_id)

    def changed(self, **changes: str) -> "Edited":
        """With another name or valediction."""
        return replace(self, **changes)  # type: ignore[arg-type]  # each of them is one text

    def with_part(self, part_id: str, **changes: object) -> "Edited":
        parts = (
            replace(one, **changes) if one.id == part_id else one  # type: ignore[arg-type]
            for one in self.parts
        )
        return replace(self, parts=tuple(parts))


def add(edited: Edited, after: str, title: str) -> tuple[Edited, str]:
    """With an empty part behind another one; gives its id."""
    taken = {one.id for one in edited.parts} | {one.id for one in edited.kind.parts}
    number = 1
    while f"{NEW}{number}" in taken:
        number += 1
    made = EditedPart(f"{NEW}{number}", title, "", included=False)
    ids = [one.id for one in edited.parts]
    place = min(ids.index(after) + 1, len(ids) - 1)  # never behind the closing
    parts = (*edited.parts[:place], made, *edited.parts[place:])
    return replace(edited, parts=parts), made.id


def may_remove(edited: Edited, part_id: str) -> bool:
    """Whether a part can be taken out: the last one cannot, nor what the kind cannot do without."""
    headed = [one.id for one in edited.parts if one.headed]
    return part_id in headed and len(headed) > 1 and not is_held(edited, part_id)


def is_held(edited: Edited, part_id: str) -> bool:
    """Whether the kind cannot do without a part, nor leave it empty."""
    return part_id == QUESTION and QUESTION in edited.kind.needs


def remove(edited: Edited, part_id: str) -> Edited:
    """Without a part; the same where it cannot be taken out."""
    if not may_remove(edited, part_id):
        return edited
    return replace(edited, parts=tuple(one for one in edited.parts if one.id != part_id))


def may_move(edited: Edited, part_id: str, step: int) -> bool:
    """Whether a part can go one up (-1) or down (1)."""
    ids = [one.id for one in edited.parts]
    place = ids.index(part_id) + step
    return edited.part(part_id).headed and 0 < place < len(ids) - 1


def move(edited: Edited, part_id: str, step: int) -> Edited:
    """With a part one place up (-1) or down (1); the same where it cannot go there."""
    if not may_move(edited, part_id, step):
        return edited
    parts = list(edited.parts)
    place = next(number for number, one in enumerate(parts) if one.id == part_id)
    parts.insert(place + step, parts.pop(place))
    return replace(edited, parts=tuple(parts))


def missing(edited: Edited) -> Iterator[tuple[str, str]]:
    """What is wrong with the parts as a whole: which part, and why."""
    headed = [one for one in edited.parts if one.headed]
    if not headed:
        yield "", "A letter has at least one part."
    if len(headed) > MAX_PARTS:
        yield headed[-1].id, f"a letter has at most {MAX_PARTS} parts."
    if QUESTION in edited.kind.needs:
        held = next((one for one in headed if one.id == QUESTION), None)
        if held is None:
            yield "", "This kind asks a clinical question; its part is missing."
        elif not held.required:
            yield QUESTION, "this kind asks a clinical question; the part stays required."
    for one in headed:
        if one.required and not one.included:
            yield one.id, "a required part is ticked at first."
